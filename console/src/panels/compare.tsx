// What changed between two moments of the logs: rules that opened, that closed, and that were open for a while in between.

import type { JSX } from 'preact'
import type { Opening } from '../api/types.ts'
import { compared, moment, since } from '../state/app.ts'
import { stopComparing } from '../state/compare.ts'
import { moment as momentWords, number, printable, short } from '../state/words.ts'
import { Glyph } from './glyphs.tsx'
import { Empty, Place } from './parts.tsx'

const MOST = 100

export function ComparePanel(): JSX.Element {
  const found = compared.value
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
        {found && (
          <>
            <Part title="Opened" word="opened" rows={found.opened} />
            <Part title="Closed" word="closed" rows={found.closed} />
            <Part title="Open for a while in between" word="passing" rows={found.passing} />
            {found.isCut && (
              <Empty>There are more than the server tells at once: choose a shorter span.</Empty>
            )}
            <Empty>
              Rules, as the logs tell them. Whether one let anybody in depends on the routes and NACLs of that
              moment, which are not worked out here.
            </Empty>
          </>
        )}
      </div>
    </aside>
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
