// Paths to here, paths from here, and how far an intruder here would get.

import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { pathOf } from '../api/client.ts'
import type { Paths, Radius, Step } from '../api/types.ts'
import { ask, questionName } from '../state/actions.ts'
import { useAnswer } from '../state/answers.ts'
import { store } from '../state/app.ts'
import { count, printable, short } from '../state/words.ts'
import { Glyph } from './glyphs.tsx'
import { Empty, Place, Problem, Segments, Waiting } from './parts.tsx'

type Which = 'to' | 'from'

const MOST_HOPS = 6

export function PathsTab({ of }: { readonly of: string }): JSX.Element {
  const [which, setWhich] = useState<Which>('to')
  return (
    <>
      <Segments<Which>
        label="Paths"
        value={which}
        options={[
          { value: 'to', text: 'Paths to here' },
          { value: 'from', text: 'Blast radius' },
        ]}
        onPick={setWhich}
      />
      {which === 'to' ? <ToHere of={of} /> : <FromHere of={of} />}
    </>
  )
}

function ToHere({ of }: { readonly of: string }): JSX.Element {
  const answer = useAnswer<Paths>(pathOf('/paths', { to: questionName(of) }))
  if (answer.error) {
    return <Problem error={answer.error} />
  }
  if (!answer.value) {
    return <Waiting what="Looking for paths" />
  }
  const { paths } = answer.value
  if (paths.length === 0) {
    return <Empty>No chain of connections leads here from the internet.</Empty>
  }
  return (
    <>
      <p class="faint small" data-count={paths.length}>
        {count(paths.length, 'path')} from the internet
      </p>
      <ol class="chains">
        {paths.map((path, i) => (
          <li key={i}>
            <Chain steps={path} />
          </li>
        ))}
      </ol>
    </>
  )
}

function Chain({ steps }: { readonly steps: readonly Step[] }): JSX.Element {
  const first = steps[0]
  return (
    <div class="chain" onMouseEnter={() => light(steps)} onMouseLeave={() => light(null)}>
      {first && <End label={first.from} member={first.from === 'internet' ? 'internet' : first.source} />}
      {steps.map((step) => (
        <div key={`${step.source} ${step.target}`} class="chain-step">
          <button
            type="button"
            class="chain-link mono small"
            title={`${printable(step.rule)}: hop by hop`}
            onClick={() =>
              void ask(
                `${step.from === 'internet' ? 'internet' : questionName(step.source)} -> ${questionName(step.target)} any`,
              )
            }
          >
            <Glyph name="down" size={11} /> {short(step.services, 40)}
          </button>
          <End label={step.to} member={step.target} />
        </div>
      ))}
    </div>
  )
}

function End({ label, member }: { readonly label: string; readonly member: string }): JSX.Element {
  return (
    <div class="chain-end">
      <Place of={member} /> {label !== member && <span class="faint small">{short(label, 30)}</span>}
    </div>
  )
}

function light(steps: readonly Step[] | null): void {
  const chart = store.chart.peek()
  if (!chart || steps === null) {
    store.lit.value = null
    return
  }
  const ends = steps.flatMap((step) => [step.from === 'internet' ? 'internet' : step.source, step.target])
  const nodes = ends
    .map((key) => (key === 'internet' ? chart.internet : chart.find(key)))
    .filter((node) => node >= 0)
  store.lit.value = new Set(nodes)
}

function FromHere({ of }: { readonly of: string }): JSX.Element {
  const [hops, setHops] = useState(1)
  const answer = useAnswer<Radius>(pathOf('/radius', { from: questionName(of), hops }))
  const reached = answer.value?.reached ?? []
  const members = new Set(reached.flatMap((each) => each.members))
  return (
    <>
      <div class="stepper">
        <button
          type="button"
          class="icon-button"
          aria-label="One hop less"
          disabled={hops <= 1}
          onClick={() => setHops(hops - 1)}
        >
          <Glyph name="minus" size={13} />
        </button>
        <span>{count(hops, 'hop')}</span>
        <button
          type="button"
          class="icon-button"
          aria-label="One hop more"
          disabled={hops >= MOST_HOPS}
          onClick={() => setHops(hops + 1)}
        >
          <Glyph name="plus" size={13} />
        </button>
        <button
          type="button"
          class="button"
          disabled={members.size === 0}
          onClick={() => lightKeys([of, ...members])}
        >
          Show on the chart
        </button>
      </div>
      {answer.error && <Problem error={answer.error} />}
      {!answer.value && !answer.error && <Waiting what="Following connections" />}
      {answer.value && (
        <p class="faint small" data-count={reached.length}>
          {members.size === 0
            ? 'Nothing is reached from here.'
            : `${count(members.size, 'place')} within ${count(hops, 'hop')}`}
        </p>
      )}
      <ul class="between">
        {reached.map((each) => (
          <li key={`${each.hops} ${each.to} ${each.by.source} ${each.by.target}`}>
            <div class="between-row">
              <div class="between-services">
                <span class="pill">{each.hops}</span> <span class="mono">{short(each.by.services, 40)}</span>
              </div>
              <div class="between-peer">
                {each.members.slice(0, 4).map((member) => (
                  <Place key={member} of={member} />
                ))}
                {each.members.length > 4 && <span class="faint small">{each.members.length - 4} more</span>}
              </div>
              <p class="faint small between-rule">
                from {short(each.by.from, 40)}, <span class="mono">{short(each.by.rule, 90)}</span>
              </p>
            </div>
          </li>
        ))}
      </ul>
    </>
  )
}

function lightKeys(keys: readonly string[]): void {
  const chart = store.chart.peek()
  if (chart) {
    store.lit.value = new Set(
      keys.map((key) => (key === 'internet' ? chart.internet : chart.find(key))).filter((node) => node >= 0),
    )
  }
}
