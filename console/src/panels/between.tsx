// Ingress and egress of one resource: protocol, ports, peer and the rule that lets it through, after NACLs and routes.

import type { JSX } from 'preact'
import type { Connection, NodeAnswer } from '../api/types.ts'
import { ask, questionName } from '../state/actions.ts'
import { store } from '../state/app.ts'
import type { Direction } from '../state/store.ts'
import { count, printable, short } from '../state/words.ts'
import { Glyph } from './glyphs.tsx'
import { Empty, Party, Segments } from './parts.tsx'
import { servicesOf } from './tables.tsx'

const MOST = 200

export function ConnectionsTab({ answer }: { readonly answer: NodeAnswer }): JSX.Element {
  const direction = store.direction.value
  const rows = direction === 'ingress' ? answer.ingress : answer.egress
  return (
    <>
      <Segments<Direction>
        label="Direction"
        value={direction}
        options={[
          { value: 'ingress', text: `Ingress ${answer.ingress.length}`, glyph: 'ingress' },
          { value: 'egress', text: `Egress ${answer.egress.length}`, glyph: 'egress' },
        ]}
        onPick={(next) => {
          store.direction.value = next
        }}
      />
      {rows.length === 0 && (
        <Empty>
          {direction === 'ingress' ? 'Nothing can open a connection to it.' : 'It can open no connection.'}
        </Empty>
      )}
      <ul class="between" data-direction={direction} data-count={rows.length}>
        {rows.slice(0, MOST).map((row) => (
          <li key={`${row.from} ${row.to} ${row.services} ${row.sources.join()} ${row.targets.join()}`}>
            <Row row={row} direction={direction} of={answer.key} />
          </li>
        ))}
      </ul>
      {rows.length > MOST && (
        <p class="faint small">{count(rows.length - MOST, 'more row')}: see the table of connections</p>
      )}
    </>
  )
}

interface RowProps {
  readonly row: Connection
  readonly direction: Direction
  readonly of: string
}

function Row({ row, direction, of }: RowProps): JSX.Element {
  const peer = direction === 'ingress' ? row.from : row.to
  const members = direction === 'ingress' ? row.sources : row.targets
  const { text, isSure } = servicesOf(row)
  const rules = ruleTexts(row)
  const one = members.length === 1 ? (members[0] ?? peer) : null
  const question =
    one === null
      ? null
      : direction === 'ingress'
        ? `${questionName(one)} -> ${questionName(of)} any`
        : `${questionName(of)} -> ${questionName(one)} any`
  return (
    <div class="between-row">
      <div class="between-services">
        <span class="mono">{short(text, 48)}</span>
        {!isSure && <span class="pill">not known</span>}
      </div>
      <div class="between-peer">
        <span class="faint small">{direction === 'ingress' ? 'from' : 'to'}</span>
        <Party label={peer} members={members} />
        {question !== null && (
          <button
            type="button"
            class="icon-button rule-tool"
            aria-label={`Why: ${question}`}
            title="Why? Hop by hop"
            onClick={() => void ask(question)}
          >
            <Glyph name="right" size={13} />
          </button>
        )}
      </div>
      {rules.map((rule) => (
        <p key={rule} class="faint small mono between-rule">
          {short(rule, 120)}
        </p>
      ))}
    </div>
  )
}

/** The rules of a row: the server names one, or several. */
export function ruleTexts(row: Connection): readonly string[] {
  const via = row.via ?? row.rules ?? row.rule
  const list = Array.isArray(via) ? via : via === undefined ? [] : [via]
  return list.map((each: unknown) => {
    if (typeof each === 'string') {
      return printable(each)
    }
    const rule = each as {
      readonly holder?: string
      readonly id?: string
      readonly services?: string
      readonly peer?: string
    }
    return printable([rule.holder, rule.services, rule.peer].filter(Boolean).join(' ') || (rule.id ?? ''))
  })
}
