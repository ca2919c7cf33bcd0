// The matrix: rows open connections to columns. Of the same nodes as the chart, with the same selection.

import type { JSX } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import { pathOf } from '../api/client.ts'
import type { Matrix, MatrixCell } from '../api/types.ts'
import { ask, questionName, selectNodeNumber } from '../state/actions.ts'
import { useAnswer } from '../state/answers.ts'
import { store } from '../state/app.ts'
import { type Chart, kindWords } from '../state/chart.ts'
import { hoverNode } from '../state/store.ts'
import { count, short } from '../state/words.ts'
import { Glyph, kindGlyph } from './glyphs.tsx'
import { Empty, Problem, Segments, Waiting } from './parts.tsx'

type Level = 'vpc' | 'subnet' | 'class' | 'interface'

const MOST_LINES = 120

export function MatrixView(): JSX.Element {
  const lens = store.lens.value
  const [wanted, setLevel] = useState<Level | null>(null)
  const [risky, setRisky] = useState(false)
  const level: Level = wanted ?? (lens === 'location' ? 'subnet' : 'class')
  const within = withinOf(store.chart.value, store.selection.value?.node ?? -1)
  const answer = useAnswer<Matrix>(
    pathOf('/matrix', { lens, level, within: within > 0 ? within : undefined, risky }),
  )
  const middle =
    lens === 'location'
      ? ({ value: 'subnet', text: 'Subnets' } as const)
      : ({ value: 'class', text: 'Classes' } as const)
  return (
    <section class="matrix" aria-label="Matrix">
      <div class="view-bar">
        <Segments<Level>
          label="Level"
          value={level}
          options={[{ value: 'vpc', text: 'VPCs' }, middle, { value: 'interface', text: 'Interfaces' }]}
          onPick={setLevel}
        />
        <Segments
          label="Lens"
          value={lens}
          options={[
            { value: 'location', text: 'Location' },
            { value: 'policy', text: 'Policy' },
          ]}
          onPick={(next) => {
            setLevel(level === 'subnet' || level === 'class' ? null : level)
            store.lens.value = next
          }}
        />
        <label class="tick">
          <input
            type="checkbox"
            checked={risky}
            onChange={(event) => setRisky(event.currentTarget.checked)}
          />
          Risky only
        </label>
        {answer.value && <Summary matrix={answer.value} />}
      </div>
      {answer.error && <Problem error={answer.error} />}
      {!answer.value && !answer.error && <Waiting what="Asking for the matrix" />}
      {answer.value && store.chart.value && <Grid chart={store.chart.value} matrix={answer.value} />}
    </section>
  )
}

/** A selected VPC, account or region narrows the matrix to what it holds. */
function withinOf(chart: Chart | null, node: number): number {
  const kind = chart && node > 0 ? (chart.kind[node] ?? 0) : 0
  return kind >= 1 && kind <= 3 ? node : 0
}

function Summary({ matrix }: { readonly matrix: Matrix }): JSX.Element {
  return (
    <span class="faint small view-count">
      {count(matrix.rows.length, 'row')}, {count(matrix.columns.length, 'column')},{' '}
      {count(matrix.cells.length, 'cell')}
      {matrix.hidden > 0 && `, ${matrix.hidden} more hidden`}
    </span>
  )
}

function Grid({ chart, matrix }: { readonly chart: Chart; readonly matrix: Matrix }): JSX.Element {
  const cells = useMemo(
    () => new Map(matrix.cells.map((cell) => [`${cell.row} ${cell.column}`, cell])),
    [matrix],
  )
  const rows = matrix.rows.slice(0, MOST_LINES)
  const columns = matrix.columns.slice(0, MOST_LINES)
  if (matrix.cells.length === 0) {
    return <Empty>No connection is open here.</Empty>
  }
  const name = (node: number): string => chart.name(node) || chart.key(node)
  const hovered = store.hover.value
  const selected = store.selection.value?.node ?? -1
  const classOf = (node: number): string =>
    `${node === selected ? ' is-selected' : ''}${node === hovered ? ' is-hovered' : ''}`
  return (
    <div
      class="matrix-scroll"
      tabIndex={0}
      role="region"
      aria-label="Matrix, rows are sources, columns are targets"
    >
      <table>
        <thead>
          <tr>
            <th scope="col" class="matrix-corner">
              <span class="faint small">from ↓ to →</span>
            </th>
            {columns.map((node) => (
              <th key={node} scope="col" class={`matrix-column${classOf(node)}`}>
                <button type="button" title={short(name(node), 120)} onClick={() => selectNodeNumber(node)}>
                  <span>{short(name(node), 22)}</span>
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row}>
              <th scope="row" class={`matrix-row${classOf(row)}`}>
                <button
                  type="button"
                  class="place"
                  title={short(name(row), 120)}
                  onClick={() => selectNodeNumber(row)}
                >
                  <Glyph name={kindGlyph(kindWords[chart.kind[row] ?? 0] ?? '')} size={13} />
                  <span class="clip">{short(name(row), 26)}</span>
                </button>
              </th>
              {columns.map((column) => (
                <Cell
                  key={column}
                  chart={chart}
                  cell={cells.get(`${row} ${column}`)}
                  isSame={row === column}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {(matrix.rows.length > MOST_LINES || matrix.columns.length > MOST_LINES) && (
        <p class="faint small">
          The first {MOST_LINES} of {count(matrix.rows.length, 'row')} and{' '}
          {count(matrix.columns.length, 'column')}: select a VPC to narrow it.
        </p>
      )}
    </div>
  )
}

interface CellProps {
  readonly chart: Chart
  readonly cell: MatrixCell | undefined
  readonly isSame: boolean
}

function Cell({ chart, cell, isSame }: CellProps): JSX.Element {
  if (!cell) {
    return <td class={isSame ? 'is-same' : ''} />
  }
  const from = chart.name(cell.row) || chart.key(cell.row)
  const to = chart.name(cell.column) || chart.key(cell.column)
  const text = `${from} to ${to}: ${cell.services}, ${count(cell.pairs, 'pair')}, ${cell.state}`
  return (
    <td class={`${isSame ? 'is-same ' : ''}has-cell is-${cell.state}${cell.risky ? ' is-risky' : ''}`}>
      <button
        type="button"
        title={short(text, 300)}
        aria-label={`${brief(cell.services)}: ${short(text, 300)}`}
        onMouseEnter={() => hoverNode(store, cell.column)}
        onMouseLeave={() => hoverNode(store, -1)}
        onClick={() =>
          void ask(`${questionName(chart.key(cell.row))} -> ${questionName(chart.key(cell.column))} any`)
        }
      >
        <span class="clip">{brief(cell.services)}</span>
      </button>
    </td>
  )
}

/** `tcp/22,443 udp/53` as `22 443 53/u`: a cell is narrow. */
export function brief(services: string): string {
  if (/\btcp\/(any|0-65535)\b/.test(services) || services === 'any' || /(^| )tcp( |$)/.test(services)) {
    return 'any'
  }
  const parts = services.split(' ').flatMap((word) => {
    const [protocol = '', ports] = word.split('/')
    return ports === undefined
      ? [protocol]
      : ports.split(',').map((port) => (protocol === 'tcp' ? port : `${port}/${protocol.slice(0, 1)}`))
  })
  return parts.length > 3 ? `${parts.slice(0, 2).join(' ')} +${parts.length - 2}` : parts.join(' ')
}
