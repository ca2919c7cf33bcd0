// Who can change the selection: always or perhaps, directly or by a detour.

import type { JSX } from 'preact'
import type { Power, Who } from '../api/types.ts'
import { useAnswer } from '../state/answers.ts'
import { store } from '../state/app.ts'
import { count, printable, short } from '../state/words.ts'
import { Glyph } from './glyphs.tsx'
import { Empty, Problem, Waiting } from './parts.tsx'

export function WhoTab({ of }: { readonly of: string }): JSX.Element {
  const can = store.meta.value?.can.who ?? false
  const answer = useAnswer<Who>(can ? `/who/${encodeURIComponent(of)}` : null)
  if (!can) {
    return <Empty>IAM was not collected, so who can change it is not known.</Empty>
  }
  if (answer.error) {
    return answer.error.status === 404 ? (
      <Empty>{answer.error.message}</Empty>
    ) : (
      <Problem error={answer.error} />
    )
  }
  if (!answer.value) {
    return <Waiting what="Asking every principal" />
  }
  const { principals, judged, internet, missing } = answer.value
  return (
    <>
      {internet.length > 0 && (
        <section class="alarm">
          <h3>
            <Glyph name="internet" size={14} /> From the internet
          </h3>
          {internet.map((door) => (
            <p key={door} class="small">
              {printable(door)}
            </p>
          ))}
        </section>
      )}
      <p class="faint small" data-count={principals.length}>
        {count(principals.length, 'principal')} of {judged} can change it
      </p>
      <ul class="who">
        {principals.map((each) => (
          <li key={each.principal}>
            <details>
              <summary>
                <Glyph name="who" size={14} />
                <span class="clip" title={short(each.principal, 300)}>
                  {short(each.principal.replace(/^arn:aws:iam::/, ''), 50)}
                </span>
                <span class="pill">{each.powers.length === 0 ? 'by a detour' : printable(each.verdict)}</span>
              </summary>
              {each.powers.map((power, i) => (
                <PowerItem key={i} power={power} />
              ))}
              {each.indirect.map((detour) => (
                <div key={detour.path.join()} class="detour small">
                  {detour.path.map((hop, i) => (
                    <span key={i} class={i % 2 === 1 ? 'faint' : 'mono'}>
                      {i % 2 === 1 ? ` ${printable(hop)} → ` : short(hop, 60)}
                    </span>
                  ))}
                  {detour.condition && <p class="faint">if {printable(detour.condition)}</p>}
                </div>
              ))}
            </details>
          </li>
        ))}
      </ul>
      {missing.length > 0 && (
        <details class="gaps">
          <summary>
            <Glyph name="gap" size={14} /> {count(missing.length, 'thing')} not known
          </summary>
          <ul>
            {missing.map((gap) => (
              <li key={gap}>{printable(gap)}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

function PowerItem({ power }: { readonly power: Power }): JSX.Element {
  return (
    <div class="power small">
      <p class="mono">{power.actions.map((each) => each.action.replace(/^ec2:/, '')).join(', ')}</p>
      {power.condition && <p class="faint">if {short(power.condition.text, 300)}</p>}
      {power.reasons?.map((reason) => (
        <p key={reason} class="faint">
          {printable(reason)}
        </p>
      ))}
    </div>
  )
}
