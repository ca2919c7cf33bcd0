// What the selection was, as the logs tell: what opened and closed, when, and by whom.

import type { JSX } from 'preact'
import type { History } from '../api/types.ts'
import { useAnswer } from '../state/answers.ts'
import { store } from '../state/app.ts'
import { count, duration, moment, printable, short } from '../state/words.ts'
import { Glyph } from './glyphs.tsx'
import { Empty, Problem, Waiting } from './parts.tsx'

export function HistoryTab({ of }: { readonly of: string }): JSX.Element {
  const can = store.meta.value?.can.history ?? false
  const answer = useAnswer<History>(can ? `/history/${encodeURIComponent(of)}` : null)
  if (!can) {
    return (
      <Empty>
        No CloudTrail logs were given: start with portolan serve SOURCE --logs LOGS for its history.
      </Empty>
    )
  }
  if (answer.error) {
    return answer.error.status === 404 ? (
      <Empty>{answer.error.message}</Empty>
    ) : (
      <Problem error={answer.error} />
    )
  }
  if (!answer.value) {
    return <Waiting what="Reading the history" />
  }
  const { intervals } = answer.value
  if (intervals.length === 0) {
    return <Empty>The logs tell nothing of it.</Empty>
  }
  return (
    <>
      <p class="faint small" data-count={intervals.length}>
        {count(intervals.length, 'interval')}
      </p>
      <ol class="history">
        {intervals.map((each) => {
          const length =
            each.opened_at && each.closed_at ? Date.parse(each.closed_at) - Date.parse(each.opened_at) : null
          const isShort = length !== null && length <= 30 * 60_000
          return (
            <li
              key={`${each.opened_at} ${each.closed_at} ${each.direction} ${each.ports} ${each.peer}`}
              class={each.closed_at ? '' : 'is-current'}
            >
              <p>
                {each.direction && (
                  <Glyph name={each.direction === 'egress' ? 'egress' : 'ingress'} size={13} />
                )}
                <span class="mono">
                  {printable([each.ports, each.peer].filter(Boolean).join(' ')) ||
                    short(each.detail ?? 'the group itself', 60)}
                </span>
                {isShort && <span class="pill bad">{duration(length)}</span>}
              </p>
              <p class="faint small">
                {each.opened_at ? moment(each.opened_at) : 'before the logs'} →{' '}
                {each.closed_at ? moment(each.closed_at) : 'open'}
                {length !== null && !isShort && `, ${duration(length)}`}
              </p>
              {each.actor && (
                <p class="faint small clip" title={short(each.actor, 300)}>
                  by {short(each.actor.replace(/^arn:aws:(iam|sts)::/, ''), 60)}
                </p>
              )}
            </li>
          )
        })}
      </ol>
    </>
  )
}
