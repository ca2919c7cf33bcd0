// An answer hop by hop: the rule that allows each, or the first that blocks, and the way back.

import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { Because } from '../api/types.ts'
import { answerOf, closePath, copy, goToStep, stepPath } from '../state/actions.ts'
import type { Path, PathHop } from '../state/store.ts'
import { printable, short } from '../state/words.ts'
import { Glyph } from './glyphs.tsx'
import { isPlace, Place, Prose } from './parts.tsx'

const verdicts: Readonly<Record<string, string>> = {
  yes: 'Yes, it gets there',
  no: 'No, it is blocked',
  partly: 'Partly',
  unknown: 'Not known',
  depends: 'It depends',
}

export function PathPanel({ path }: { readonly path: Path }): JSX.Element {
  const answer = answerOf(path)
  return (
    <aside class="side" aria-label="Path">
      <header class="side-head">
        <span class={`verdict is-${path.verdict}`}>
          <Glyph
            name={path.verdict === 'yes' ? 'check' : path.verdict === 'no' ? 'block' : 'help'}
            size={18}
          />
        </span>
        <div class="side-title">
          <h2>{verdicts[path.verdict] ?? path.verdict}</h2>
          <p class="mono small soft question">{printable(path.question)}</p>
        </div>
        <button
          type="button"
          class="icon-button"
          aria-label="Copy as a command"
          title="Copy as a command"
          onClick={() => void copy(`portolan reach '${path.question}'`, 'the command')}
        >
          <Glyph name="copy" size={14} />
        </button>
        <button
          type="button"
          class="icon-button"
          aria-label="Close the path"
          title="Close (Esc)"
          onClick={closePath}
        >
          <Glyph name="close" size={14} />
        </button>
      </header>
      <div class="side-body">
        {path.services !== 'none' && path.services !== '' && (
          <p class="small">
            <span class="faint">Gets through: </span>
            <span class="mono">{short(path.services, 120)}</span>
          </p>
        )}
        {answer?.because.map((because) => (
          <Blocked key={`${because.component} ${because.reason}`} because={because} />
        ))}
        <Hops path={path} />
        {answer && answer.assumptions.length > 0 && (
          <section class="side-section">
            <h3>Assumed</h3>
            <ul class="small soft">
              {answer.assumptions.map((each) => (
                <li key={each}>{printable(each)}</li>
              ))}
            </ul>
          </section>
        )}
      </div>
      {path.hops.length > 0 && (
        <footer class="side-foot">
          <button type="button" class="button" disabled={path.step === 0} onClick={() => stepPath(-1)}>
            <Glyph name="left" size={12} /> Back
          </button>
          <span class="small soft">
            Hop {path.step + 1} of {path.hops.length}
          </span>
          <button
            type="button"
            class="button"
            disabled={path.step >= path.hops.length - 1}
            onClick={() => stepPath(1)}
          >
            Next <Glyph name="right" size={12} />
          </button>
        </footer>
      )}
    </aside>
  )
}

function Blocked({ because }: { readonly because: Because }): JSX.Element {
  return (
    <section class="alarm">
      <h3>
        <Glyph name="block" size={14} /> {because.reason.replaceAll('_', ' ')}
      </h3>
      <p class="small">
        {because.component && !because.detail.includes(because.component) && <Place of={because.component} />}{' '}
        <Prose text={because.detail} />
      </p>
    </section>
  )
}

function Hops({ path }: { readonly path: Path }): JSX.Element {
  const list = useRef<HTMLOListElement>(null)
  useEffect(() => {
    list.current?.querySelector('[aria-current="step"]')?.scrollIntoView({ block: 'nearest' })
  }, [path.step])
  const firstReturn = path.hops.findIndex((hop) => hop.direction === 'return')
  return (
    <ol class="hops" ref={list} data-count={path.hops.length}>
      {path.hops.map((hop, i) => (
        <li key={i}>
          {i === firstReturn && (
            <p class="hops-return faint small">
              <Glyph name="reply" size={13} /> and the reply
            </p>
          )}
          <Hop hop={hop} at={i} isCurrent={i === path.step} />
        </li>
      ))}
    </ol>
  )
}

function Hop({
  hop,
  at,
  isCurrent,
}: {
  readonly hop: PathHop
  readonly at: number
  readonly isCurrent: boolean
}): JSX.Element {
  return (
    <div
      class={`hop${isCurrent ? ' is-current' : ''}${hop.blocks ? ' is-blocked' : ''}`}
      aria-current={isCurrent ? 'step' : undefined}
      onClick={() => goToStep(at)}
    >
      <span class="hop-mark">
        <Glyph name={hop.blocks ? 'block' : 'check'} size={12} />
        <span class="visually-hidden">{hop.blocks ? 'blocked at ' : 'passes '}</span>
      </span>
      <div>
        <p>
          {isPlace(hop.component) ? (
            <Place of={hop.component} />
          ) : (
            <strong>{printable(hop.component)}</strong>
          )}
        </p>
        {hop.rule && <p class="mono small">{short(hop.rule, 160)}</p>}
        {(hop.detail || hop.blocks) && (
          <p class="faint small">
            <Prose text={hop.detail} />
            {hop.blocks && ` (${hop.reason.replaceAll('_', ' ')})`}
          </p>
        )}
      </div>
    </div>
  )
}
