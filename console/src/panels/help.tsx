// The help: keys, and how a question is written.

import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { isHelpOpen } from '../state/app.ts'
import { Glyph } from './glyphs.tsx'

const keys: readonly (readonly [readonly string[], string])[] = [
  [['/'], 'search or ask'],
  [['Esc'], 'one step back'],
  [['C', 'P'], 'chart, plan from above'],
  [['G', 'T'], 'matrix, tables'],
  [['F', 'O'], 'findings, tree'],
  [['E'], 'ingress or egress'],
  [['L'], 'location or policy'],
  [['N', 'R', 'A'], 'connections: none, risky, all of the selection'],
  [['←', '→', '↑', '↓'], 'sibling, parent, child'],
  [['Enter'], 'go into the selection'],
  [['0'], 'all in sight'],
  [[',', '.'], 'hop back, hop on'],
  [['[', ']'], 'earlier, later'],
  [['Space'], 'play the history, or pause'],
  [['B'], 'hold two moments against each other'],
  [['{', '}'], 'the first of them earlier, later'],
  [['1', '5'], 'the five worst loopholes'],
  [['W'], 'what if'],
  [['?'], 'this help'],
]

const questions: readonly (readonly [string, string])[] = [
  ['internet -> web-1 tcp/22', 'may the internet open SSH to web-1?'],
  ['10.0.0.0/8 -> sg:web any', 'what may the inside open to the group?'],
  ['bastion-1 -> tag:tier=data any', 'and the bastion to the data tier?'],
  ['exposed:internet', 'all that the internet reaches'],
  ['finding:high', 'all with a finding of that risk or worse'],
  ['tag:env=production', 'all with the tag'],
]

export function Help(): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null)
  const isOpen = isHelpOpen.value
  useEffect(() => {
    if (isOpen && !dialog.current?.open) {
      dialog.current?.showModal()
    } else if (!isOpen && dialog.current?.open) {
      dialog.current.close()
    }
  }, [isOpen])
  const close = (): void => {
    isHelpOpen.value = false
  }
  return (
    <dialog class="dialog" ref={dialog} onClose={close} aria-labelledby="help-title">
      {isOpen && (
        <>
          <div class="dialog-head">
            <h2 id="help-title">Keys and questions</h2>
            <button type="button" class="icon-button" aria-label="Close the help" onClick={close}>
              <Glyph name="close" />
            </button>
          </div>
          <div class="help-columns">
            <section>
              <h3>Keys</h3>
              <dl>
                {keys.map(([names, what]) => (
                  <div key={what} class="help-row">
                    <dt>
                      {names.map((name) => (
                        <kbd key={name}>{name}</kbd>
                      ))}
                    </dt>
                    <dd>{what}</dd>
                  </div>
                ))}
              </dl>
            </section>
            <section>
              <h3>Questions, as on the command line</h3>
              <dl>
                {questions.map(([text, what]) => (
                  <div key={text} class="help-question">
                    <dt class="mono small">{text}</dt>
                    <dd class="faint small">{what}</dd>
                  </div>
                ))}
              </dl>
            </section>
          </div>
        </>
      )}
    </dialog>
  )
}
