// All findings, worst first, as the command line ranks them.

import type { JSX } from 'preact'
import { useMemo } from 'preact/hooks'
import type { Finding } from '../api/types.ts'
import { loadMoreFindings, save, showFinding } from '../state/actions.ts'
import { openFinding, ranked, rankedTotal, store } from '../state/app.ts'
import { findingFilter } from '../state/filter.ts'
import { hoverNode } from '../state/store.ts'
import { checkTitle, count, number, plain, risksWorstFirst, short } from '../state/words.ts'
import { Glyph, RiskMark } from './glyphs.tsx'
import { type Column, Grid } from './grid.tsx'
import { Segments } from './parts.tsx'
import { placeName } from './rail.tsx'

const columns: readonly Column<Finding>[] = [
  {
    id: 'risk',
    title: 'Risk',
    width: '96px',
    cell: (row) => (
      <span class="risk-cell">
        <RiskMark risk={row.risk} isUnknown={row.outcome === 'unknown'} size={12} />
        {row.outcome === 'unknown' ? 'unknown' : row.risk}
      </span>
    ),
    by: (row) => risksWorstFirst.indexOf(row.risk) + (row.outcome === 'unknown' ? 10 : 0),
  },
  {
    id: 'where',
    title: 'Where',
    width: 'minmax(0, 1fr)',
    cell: (row) => <strong class="clip">{short(placeName(row), 40)}</strong>,
    by: placeName,
  },
  {
    id: 'what',
    title: 'What is wrong',
    width: 'minmax(0, 3.4fr)',
    cell: (row) => (
      <span class="clip" title={short(row.message, 600)}>
        {plain(row.message)}
      </span>
    ),
    by: (row) => row.message,
  },
  {
    id: 'check',
    title: 'Check',
    width: 'minmax(0, 1.5fr)',
    cell: (row) => (
      <span class="clip soft" title={row.check}>
        {checkTitle(row.check)}
      </span>
    ),
    by: (row) => row.check,
  },
]

export function FindingsView(): JSX.Element {
  const filter = findingFilter.value
  const all = ranked.value
  const rows = useMemo(() => all.filter((row) => isWanted(row, filter.risk, filter.words)), [all, filter])
  return (
    <section class="findings" aria-label="Findings">
      <div class="view-bar">
        <Segments
          label="Risk"
          value={filter.risk}
          options={[
            { value: '', text: 'All' },
            ...risksWorstFirst.map((risk) => ({ value: risk as string, text: risk })),
            { value: 'unknown', text: 'unknown' },
          ]}
          onPick={(risk) => {
            findingFilter.value = { ...filter, risk }
          }}
        />
        <input
          class="field"
          type="search"
          aria-label="Narrow the findings"
          placeholder="Narrow"
          value={filter.words}
          onInput={(event) => {
            findingFilter.value = { ...filter, words: event.currentTarget.value }
          }}
        />
        <span class="faint small view-count" data-count={rows.length}>
          {count(rows.length, 'finding')}
          {all.length < rankedTotal.value && ` of ${number(rankedTotal.value)}`}
        </span>
        <button
          type="button"
          class="button"
          onClick={() => void save('/export.json', 'portolan-findings.json')}
        >
          <Glyph name="export" size={13} /> JSON
        </button>
      </div>
      <Grid
        label="Findings"
        rows={rows}
        columns={columns}
        keyOf={(row) => row.id}
        isSelected={(row) => openFinding.value === row.id}
        onPick={showFinding}
        onHover={(row) =>
          hoverNode(store, row ? (store.chart.peek()?.find(row.standing.at || row.resource) ?? -1) : -1)
        }
        onEnd={() => void loadMoreFindings()}
        empty="Nothing is found here."
      />
    </section>
  )
}

export function isWanted(row: Finding, risk: string, words: string): boolean {
  const isRisk =
    risk === '' ||
    (risk === 'unknown' ? row.outcome === 'unknown' : row.outcome === 'fail' && row.risk === risk)
  const low = words.trim().toLowerCase()
  return (
    isRisk &&
    (low === '' ||
      [row.name, row.resource, row.message, row.check].some((text) => text.toLowerCase().includes(low)))
  )
}
