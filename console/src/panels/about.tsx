// Facts, relations and rules of one resource; each relation leads on to the next.

import type { JSX } from 'preact'
import type { NodeAnswer, Relation, Rule } from '../api/types.ts'
import { copy, openWhatIf } from '../state/actions.ts'
import { count, printable, short } from '../state/words.ts'
import { Glyph } from './glyphs.tsx'
import { isPlace, Place } from './parts.tsx'

const MOST_OF_ROLE = 12

export function About({ answer }: { readonly answer: NodeAnswer }): JSX.Element {
  const tags = Object.entries(answer.tags ?? {})
  return (
    <>
      <dl class="facts">
        {answer.facts.map((fact) => (
          <div key={`${fact.label} ${fact.value}`} class="fact">
            <dt>{printable(fact.label)}</dt>
            <dd>
              {isPlace(fact.value) && fact.value !== answer.key ? (
                <Place of={fact.value} />
              ) : (
                short(fact.value, 120)
              )}
              <button
                type="button"
                class="fact-copy"
                aria-label={`Copy ${printable(fact.label)}`}
                onClick={() => void copy(fact.value, fact.label)}
              >
                <Glyph name="copy" size={12} />
              </button>
            </dd>
          </div>
        ))}
      </dl>
      <Relations relations={answer.relations} />
      {answer.rules.length > 0 && <Rules of={answer.key} rules={answer.rules} />}
      {tags.length > 0 && (
        <section class="side-section">
          <h3>Tags</h3>
          <div class="tags">
            {tags.map(([key, value]) => (
              <span key={key} class="pill mono" title={short(`${key}=${value}`, 300)}>
                {short(`${key}=${value}`, 44)}
              </span>
            ))}
          </div>
        </section>
      )}
    </>
  )
}

function Relations({ relations }: { readonly relations: readonly Relation[] }): JSX.Element | null {
  if (relations.length === 0) {
    return null
  }
  const byRole = new Map<string, Relation[]>()
  for (const relation of relations) {
    byRole.set(relation.role, [...(byRole.get(relation.role) ?? []), relation])
  }
  return (
    <section class="side-section">
      <h3>Relations</h3>
      <dl class="relations">
        {[...byRole].map(([role, of]) => (
          <div key={role} class="relation">
            <dt class="faint small">{printable(role)}</dt>
            <dd>
              {of.slice(0, MOST_OF_ROLE).map((relation) => (
                <Place key={relation.key} of={relation.key} name={relation.name} kind={relation.kind} />
              ))}
              {of.length > MOST_OF_ROLE && <span class="faint small">{of.length - MOST_OF_ROLE} more</span>}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function Rules({ of, rules }: { readonly of: string; readonly rules: readonly Rule[] }): JSX.Element {
  return (
    <section class="side-section">
      <h3>{count(rules.length, 'rule')}</h3>
      <ul class="rules">
        {rules.map((rule) => (
          <li key={`${rule.direction} ${rule.id}`} class="rule">
            <Glyph name={rule.direction} size={14} />
            <div>
              <span class="mono">{printable(rule.services)}</span>{' '}
              <span class="faint">{rule.direction === 'ingress' ? 'from' : 'to'}</span>{' '}
              {isPlace(rule.peer) ? (
                <Place of={rule.peer} />
              ) : (
                <span class="mono">{short(rule.peer, 60)}</span>
              )}
              {rule.action && rule.action !== 'allow' && <span class="pill">{printable(rule.action)}</span>}
              {rule.description && <p class="faint small">{short(rule.description, 160)}</p>}
            </div>
            {of.startsWith('sg-') && (
              <button
                type="button"
                class="icon-button rule-tool"
                aria-label={`What if ${rule.services} ${rule.peer} were removed`}
                title="What if this rule were removed?"
                onClick={() => openWhatIf(removal(of, rule))}
              >
                <Glyph name="flask" size={14} />
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The line of a change that takes the rule away. */
export function removal(group: string, rule: Rule): string {
  const sign = rule.direction === 'ingress' ? '-ingress' : '-egress'
  return rule.id.startsWith('sgr-')
    ? `${group} ${sign} ${rule.id}`
    : `${group} ${sign} ${rule.services} ${rule.peer}`
}
