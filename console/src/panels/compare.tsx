// What changed between two moments of the logs: rules that opened, that closed, and that were open for a while in between.

import type { JSX } from 'preact'
import type { Opening } from '../api/types.ts'
import { compared, type DifferenceState, difference, moment, since } from '../state/app.ts'
import { stopComparing } from '../state/compare.ts'
import { count, moment as momentWords, number, printable, short } from '../state/words.ts'
import { Glyph } from './glyphs.tsx'
import { Empty, Place, Waiting } from './parts.tsx'
import { Changed, Judged } from './whatif.tsx'

const MOST = 100

export function ComparePanel(): JSX.Element {
  const found = compared.value
  const told = difference.value
  return (
    <aside class="side" aria-label="Between two moments">
      <header class="side-head">
        <Glyph name="clock" size={20} />
        <div class="side-title">
          <h2>Between two moments</h2>
          <p class="faint small">
            {momentWords(since.value)} → {moment.value === null ? 'now' : momentWords(moment.value)}
          </p>
        </div>
        <button
          type="button"
          class="icon-button"
          aria-label="Close the comparison"
          title="Close (Esc)"
          onClick={stopComparing}
        >
          <Glyph name="close" size={14} />
        </button>
      </header>
      <div class="side-body">
        {told && <Connections told={told} />}
        {found && (
          <>
            {told && <h3 class="compare-rules">Rules</h3>}
            <Part title="Opened" word="opened" rows={found.opened} />
            <Part title="Closed" word="closed" rows={found.closed} />
            <Part title="Open for a while in between" word="passing" rows={found.passing} />
            {found.isCut && (
              <Empty>There are more than the server tells at once: choose a shorter span.</Empty>
            )}
            <Empty>
              {told
                ? 'Rules, as the logs tell them: whether one lets anybody in depends on routes and NACLs, which the connections heed.'
                : 'Rules, as the logs tell them. Whether one let anybody in depends on the routes and NACLs of that moment: the server works that out where it is started with --taken.'}
            </Empty>
          </>
        )}
      </div>
    </aside>
  )
}

/** What was open at the one moment and not at the other, after routes and NACLs, as `portolan diff` tells it. */
function Connections({ told }: { readonly told: DifferenceState }): JSX.Element {
  const { answer, isBusy, error } = told
  return (
    <div aria-busy={isBusy ? 'true' : undefined}>
      {error && (
        <p class="problem small" role="alert">
          <Glyph name="gap" size={14} /> {error}
        </p>
      )}
      {!answer && isBusy && <Waiting what="Working it out" />}
      {answer && (
        <>
          <Changed title="opened" rows={answer.opened} total={answer.opened_total} />
          <Changed title="closed" rows={answer.closed} total={answer.closed_total} />
          {answer.weakened_total > 0 && (
            <Changed title="weakened" rows={answer.weakened} total={answer.weakened_total} />
          )}
          <Judged
            title="appear"
            findings={answer.findings_appeared}
            total={answer.findings_appeared_total}
            isBad
          />
          <Judged
            title="go"
            findings={answer.findings_gone}
            total={answer.findings_gone_total}
            isBad={false}
          />
          {answer.gaps.length > 0 && (
            <details class="side-section">
              <summary>
                {count(answer.gaps.length, 'thing is', 'things are')} not known of these moments
              </summary>
              <ul class="judged">
                {answer.gaps.map((gap) => (
                  <li key={`${gap.what} ${gap.where} ${gap.why}`}>
                    <Glyph name="gap" size={11} /> <span class="small soft">{short(gap.why, 300)}</span>
                  </li>
                ))}
              </ul>
            </details>
          )}
        </>
      )}
    </div>
  )
}

function Part(props: {
  readonly title: string
  readonly word: 'opened' | 'closed' | 'passing'
  readonly rows: readonly Opening[]
}): JSX.Element {
  const { title, word, rows } = props
  const tone = word === 'opened' ? 'bad' : word === 'closed' ? 'good' : 'soft'
  return (
    <section class="side-section" data-compare={word} data-count={rows.length}>
      <h3>
        <span class={tone}>{title}</span> <span class="faint">{number(rows.length)}</span>
      </h3>
      <ul class="compare">
        {rows.slice(0, MOST).map((each) => (
          <li
            key={`${each.resource} ${each.direction} ${each.services} ${each.peer} ${each.opened} ${each.closed}`}
          >
            <Place of={each.resource} most={30} />
            <span class="mono">
              {short(each.services ?? each.detail, 30)} {each.direction === 'egress' ? '→' : '←'}{' '}
              {short(each.peer, 40)}
            </span>
            <span class="faint small">
              {each.opened === null ? 'from before' : momentWords(each.opened)}
              {each.closed === null ? '' : ` – ${momentWords(each.closed)}`}
              {each.actor ? `, by ${printable(each.actor.replace(/^.*[:/]/, ''))}` : ''}
            </span>
          </li>
        ))}
      </ul>
      {rows.length > MOST && <Empty>and {number(rows.length - MOST)} more</Empty>}
    </section>
  )
}
