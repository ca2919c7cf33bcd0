// Ingress and egress of one resource: protocol, ports, peer and the rule that lets it through, after NACLs and routes.

import type { JSX } from 'preact'
import type { Connection, NodeAnswer, PortRule } from '../api/types.ts'
import { ask, questionName, select } from '../state/actions.ts'
import { openFinding, panelTab, store } from '../state/app.ts'
import type { Direction } from '../state/store.ts'
import { checkTitle, count, moment, printable, short } from '../state/words.ts'
import { Glyph, RiskMark } from './glyphs.tsx'
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
            <Row row={row} direction={direction} answer={answer} />
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
  readonly answer: NodeAnswer
}

function Row({ row, direction, answer }: RowProps): JSX.Element {
  const of = answer.key
  const peer = direction === 'ingress' ? row.from : row.to
  const members = direction === 'ingress' ? row.sources : row.targets
  const { text, isSure } = servicesOf(row)
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
      {(row.rules ?? []).map((rule) => (
        <p key={rule.id + rule.services + rule.peer} class="faint small between-rule">
          <span class="mono">{short(ruleText(rule), 120)}</span>
          {rule.changed && (
            <span class="between-changed" title={printable(`${rule.changed.event} by ${rule.changed.actor}`)}>
              {' '}
              {moment(rule.changed.time)}{' '}
              {short(rule.changed.actor.slice(rule.changed.actor.lastIndexOf(':') + 1), 32)}
            </span>
          )}
        </p>
      ))}
      {row.finding && (
        <button type="button" class="link small between-finding" onClick={() => openFindingOf(row, answer)}>
          <RiskMark risk={row.finding.risk} size={12} /> {checkTitle(row.finding.check)}
        </button>
      )}
    </div>
  )
}

function ruleText(rule: PortRule): string {
  return printable([rule.holder, rule.services, rule.peer].join(' '))
}

/** Of the resource itself if it is one of its findings, else of the group that holds the rule. */
function openFindingOf(row: Connection, answer: NodeAnswer): void {
  const id = row.finding?.id ?? null
  const holder = row.rules?.[0]?.holder
  if (holder !== undefined && !answer.findings.some((finding) => finding.id === id)) {
    select(holder)
  }
  panelTab.value = 'findings'
  openFinding.value = id
}
