// What if: changes on a scratch layer, what they open and close, and the patch to make them. Nothing is sent to AWS.

import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { Connection, DiffFinding } from '../api/types.ts'
import { closeWhatIf, tryChanges } from '../state/actions.ts'
import { store, type WhatIfState } from '../state/app.ts'
import { count, number, short } from '../state/words.ts'
import { Glyph, RiskMark } from './glyphs.tsx'
import { Party, Place, Prose } from './parts.tsx'
import { PatchTexts } from './patch.tsx'
import { servicesOf } from './tables.tsx'

type Verb = '+ingress' | '-ingress' | '+egress' | '-egress' | 'deleted'

const MOST = 60

export function WhatIfPanel({ state }: { readonly state: WhatIfState }): JSX.Element {
  const { lines, answer } = state
  const without = (at: number): void => void tryChanges(lines.filter((_, i) => i !== at))
  return (
    <aside class="side" aria-label="What if">
      <header class="side-head">
        <Glyph name="flask" size={20} />
        <div class="side-title">
          <h2>What if</h2>
          <p class="faint small">Tried here only. Nothing is sent to AWS.</p>
        </div>
        <button
          type="button"
          class="icon-button"
          aria-label="Close what if"
          title="Close (Esc)"
          onClick={closeWhatIf}
        >
          <Glyph name="close" size={14} />
        </button>
      </header>
      <div class="side-body">
        <Form lines={lines} />
        {lines.length > 0 && (
          <ul class="changes">
            {lines.map((line, i) => (
              <li key={line} class="change">
                <span class="mono small">{short(line, 120)}</span>
                <button
                  type="button"
                  class="icon-button"
                  aria-label={`Take back ${line}`}
                  onClick={() => without(i)}
                >
                  <Glyph name="close" size={12} />
                </button>
              </li>
            ))}
          </ul>
        )}
        {state.isBusy && (
          <p class="faint small" aria-busy="true">
            {answer && !answer.findings_appeared ? 'Judging what it means…' : 'Working it out…'}
          </p>
        )}
        {state.error && (
          <p class="problem small" role="alert">
            <Glyph name="gap" size={14} /> {state.error}
          </p>
        )}
        {answer && lines.length > 0 && (
          <>
            <Changed title="opened" rows={answer.opened} />
            <Changed title="closed" rows={answer.closed} />
            {answer.weakened.length > 0 && <Changed title="weakened" rows={answer.weakened} />}
            <Judged title="appear" findings={answer.findings_appeared ?? []} isBad />
            <Judged title="go" findings={answer.findings_gone ?? []} isBad={false} />
            <section class="side-section">
              <h3>To make the change</h3>
              <PatchTexts texts={answer.patches} />
            </section>
          </>
        )}
      </div>
    </aside>
  )
}

function Form({ lines }: { readonly lines: readonly string[] }): JSX.Element {
  const selected = store.selection.value?.key ?? ''
  const group = selected.startsWith('sg-') ? selected : (groupIn(selected) ?? '')
  const [resource, setResource] = useState(group)
  const [verb, setVerb] = useState<Verb>('+ingress')
  const [services, setServices] = useState('tcp/22')
  const [peer, setPeer] = useState('0.0.0.0/0')
  const submit = (event: Event): void => {
    event.preventDefault()
    if (resource.trim() !== '') {
      const line =
        verb === 'deleted'
          ? `${resource.trim()} deleted`
          : `${resource.trim()} ${verb} ${services.trim()} ${peer.trim()}`
      void tryChanges([...lines, line])
    }
  }
  return (
    <form class="whatif-form" onSubmit={submit}>
      <label>
        <span class="faint small">Group, or what else is changed</span>
        <input
          class="field mono"
          name="resource"
          placeholder="sg:web or sg-…"
          value={resource}
          onInput={(event) => setResource(event.currentTarget.value)}
        />
      </label>
      <label>
        <span class="faint small">Change</span>
        <select
          class="field"
          name="verb"
          value={verb}
          onChange={(event) => setVerb(event.currentTarget.value as Verb)}
        >
          <option value="+ingress">add ingress</option>
          <option value="-ingress">remove ingress</option>
          <option value="+egress">add egress</option>
          <option value="-egress">remove egress</option>
          <option value="deleted">delete it</option>
        </select>
      </label>
      {verb !== 'deleted' && (
        <>
          <label>
            <span class="faint small">Service</span>
            <input
              class="field mono"
              name="services"
              value={services}
              onInput={(event) => setServices(event.currentTarget.value)}
            />
          </label>
          <label>
            <span class="faint small">Peer</span>
            <input
              class="field mono"
              name="peer"
              value={peer}
              onInput={(event) => setPeer(event.currentTarget.value)}
            />
          </label>
        </>
      )}
      <button type="submit" class="button is-strong">
        <Glyph name="plus" size={12} /> Try it
      </button>
    </form>
  )
}

/** The first group of a class, whose key is the ids of its groups. */
function groupIn(key: string): string | undefined {
  return key.split('+').find((each) => each.startsWith('sg-'))
}

/** Connections that changed alike. `total`: how many there are, if the rows are only the first of them. */
export function Changed({
  title,
  rows,
  total = rows.length,
}: {
  readonly title: string
  readonly rows: readonly Connection[]
  readonly total?: number
}): JSX.Element {
  return (
    <section class={`side-section diff is-${title}`} data-diff={title} data-count={total}>
      <h3>
        <span class="diff-count">{number(total)}</span> {title}
      </h3>
      <ul class="between">
        {rows.slice(0, MOST).map((row) => {
          const { text, isSure } = servicesOf(row)
          return (
            <li key={`${row.from} ${row.to} ${text} ${row.sources.join()} ${row.targets.join()}`}>
              <div class="between-row">
                <div class="between-services">
                  <span class="mono">{short(text, 48)}</span>
                  {!isSure && <span class="pill">not known</span>}
                </div>
                <div class="between-peer">
                  <Party label={row.from} members={row.sources} /> <Glyph name="arrow" size={12} />{' '}
                  <Party label={row.to} members={row.targets} />
                </div>
              </div>
            </li>
          )
        })}
      </ul>
      {total > Math.min(rows.length, MOST) && (
        <p class="faint small">{number(total - Math.min(rows.length, MOST))} more</p>
      )}
    </section>
  )
}

interface JudgedProps {
  readonly title: string
  readonly findings: readonly DiffFinding[]
  readonly total?: number
  readonly isBad: boolean
}

export function Judged({ title, findings, total = findings.length, isBad }: JudgedProps): JSX.Element | null {
  if (findings.length === 0) {
    return null
  }
  return (
    <details class="side-section" open={isBad}>
      <summary class={isBad ? 'bad' : 'good'}>
        {count(total, 'finding')} {total === 1 ? oneOf(title) : title}
      </summary>
      <ul class="judged">
        {findings.slice(0, MOST).map((finding) => (
          <li key={`${finding.check} ${finding.resource} ${finding.message}`}>
            <RiskMark risk={finding.risk} isUnknown={finding.outcome === 'unknown'} size={11} />
            <span class="small">
              <Place of={finding.resource} most={30} /> <Prose class="soft" text={finding.message} />
            </span>
          </li>
        ))}
      </ul>
      {total > Math.min(findings.length, MOST) && (
        <p class="faint small">{number(total - Math.min(findings.length, MOST))} more</p>
      )}
    </details>
  )
}

/** `appear` of one finding is `appears`. */
function oneOf(title: string): string {
  return title === 'go' ? 'goes' : `${title}s`
}
