// The rail: the worst loopholes first, without touching anything, and what the estate amounts to.

import type { JSX } from 'preact'
import type { Finding } from '../api/types.ts'
import { setView, showFinding } from '../state/actions.ts'
import { openFinding, ranked, store } from '../state/app.ts'
import { findingFilter } from '../state/filter.ts'
import { count, number, plain, printable, risksWorstFirst, short } from '../state/words.ts'
import { Glyph, RiskMark } from './glyphs.tsx'

const MOST_WORST = 5

/** The worst findings of five different places: one place with five findings is one loophole to look at. */
export function worstOf(findings: readonly Finding[]): readonly Finding[] {
  const places = new Set<string>()
  const worst: Finding[] = []
  for (const finding of findings) {
    const place = finding.standing.at || finding.resource
    if (finding.outcome === 'fail' && !places.has(place)) {
      places.add(place)
      worst.push(finding)
    }
    if (worst.length === MOST_WORST) {
      break
    }
  }
  return worst
}

export function Rail(): JSX.Element {
  const meta = store.meta.value
  const failing = risksWorstFirst.reduce((sum, risk) => sum + (meta?.findings[risk] ?? 0), 0)
  return (
    <aside class="rail" aria-label="Worst first">
      <div class="rail-head">
        <h2>Worst first</h2>
        <Tally />
      </div>
      <ol class="worst">
        {worstOf(ranked.value).map((finding) => (
          <li key={finding.id}>
            <FindingCard finding={finding} />
          </li>
        ))}
      </ol>
      {ranked.value.length === 0 && <p class="rail-head soft">Nothing is found to be wrong.</p>}
      <div class="rail-more">
        <button type="button" class="button is-bare" onClick={() => showAll(null)}>
          All {count(failing, 'finding')}
          <Glyph name="arrow" size={13} />
        </button>
      </div>
      <div class="rail-foot">
        <Figures />
        <Gaps />
      </div>
    </aside>
  )
}

function showAll(risk: string | null): void {
  findingFilter.value = { ...findingFilter.value, risk: risk ?? '' }
  setView('findings')
}

function Tally(): JSX.Element {
  const found = store.meta.value?.findings ?? {}
  return (
    <div class="tally">
      {risksWorstFirst.slice(0, 4).map((risk) => (
        <button key={risk} type="button" class="tally-item" onClick={() => showAll(risk)}>
          <RiskMark risk={risk} size={11} />
          <span>
            <strong>{number(found[risk] ?? 0)}</strong> {risk}
          </span>
        </button>
      ))}
    </div>
  )
}

/** The name of what is wrong, or of the place that it is about. */
export function placeName(finding: Finding): string {
  const chart = store.chart.value
  const node = chart?.find(finding.resource) ?? -1
  return finding.name || (chart && node >= 0 ? chart.name(node) : '') || finding.resource
}

export function FindingCard({ finding }: { readonly finding: Finding }): JSX.Element {
  const services = (finding.rules.length === 1 ? finding.rules[0]?.services : '') || finding.standing.services
  const isSelected = openFinding.value === finding.id
  return (
    <button
      type="button"
      class={`card${isSelected ? ' is-selected' : ''}`}
      data-finding={finding.id}
      aria-pressed={isSelected ? 'true' : 'false'}
      onClick={() => showFinding(finding)}
    >
      <RiskMark risk={finding.risk} isUnknown={finding.outcome === 'unknown'} />
      <span>
        <span class="card-title">
          <span class="clip">{short(placeName(finding), 48)}</span>
          {services && <span class="pill mono">{short(services, 18)}</span>}
        </span>
        <span class="card-text" title={short(finding.message, 600)}>
          {short(plain(finding.message), 400)}
        </span>
      </span>
    </button>
  )
}

function Figures(): JSX.Element | null {
  const meta = store.meta.value
  if (!meta) {
    return null
  }
  const figures: readonly (readonly [number, string])[] = [
    [meta.totals.internet, 'reached from the internet'],
    [meta.totals.open, `of ${number(meta.totals.pairs)} pairs open`],
    [meta.counts.interfaces ?? 0, `interfaces in ${count(meta.counts.vpcs ?? 0, 'VPC')}`],
    [meta.counts.rules ?? 0, `rules in ${count(meta.counts.groups ?? 0, 'group')}`],
  ]
  return (
    <div class="figures">
      {figures.map(([value, label]) => (
        <div key={label}>
          <div class="figure-value">{number(value)}</div>
          <div class="figure-label">{label}</div>
        </div>
      ))}
    </div>
  )
}

function Gaps(): JSX.Element | null {
  const gaps = store.meta.value?.gaps ?? []
  if (gaps.length === 0) {
    return null
  }
  return (
    <details class="gaps">
      <summary>
        <Glyph name="gap" size={14} />
        {count(gaps.length, 'thing')} not known
      </summary>
      <ul>
        {gaps.slice(0, 50).map((gap) => (
          <li key={`${gap.what} ${gap.where}`}>
            {printable(gap.what)} {gap.where && `in ${short(gap.where, 60)}`}
            <span class="faint">: {printable(gap.why)}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}
