// Findings about one resource, each with its proof, its fix and what the check is for.

import type { JSX } from 'preact'
import type { CheckAnswer, Finding } from '../api/types.ts'
import { ask, openWhatIf, questionName } from '../state/actions.ts'
import { useAnswer } from '../state/answers.ts'
import { openFinding, ranked } from '../state/app.ts'
import { checkTitle, plain, printable, short } from '../state/words.ts'
import { Glyph, RiskMark } from './glyphs.tsx'
import { Empty, isPlace, Place, Prose } from './parts.tsx'
import { PatchTexts, printableLines } from './patch.tsx'

const MOST_AFFECTED = 20

interface FindingsProps {
  readonly of: string
  readonly own: readonly Finding[]
}

/** What is found about a resource: as it tells itself, and the finding that led here. */
export function FindingsOf({ of, own: told }: FindingsProps): JSX.Element {
  const known = told.length > 0 ? told : ranked.value.filter((finding) => finding.resource === of)
  const own = known.filter((finding) => finding.outcome !== 'pass')
  const open = openFinding.value
  const listed = own.some((finding) => finding.id === open)
    ? own
    : [...ranked.value.filter((finding) => finding.id === open), ...own]
  if (listed.length === 0) {
    return <Empty>Nothing is found to be wrong with it.</Empty>
  }
  return (
    <ul class="fixes">
      {listed.map((finding) => (
        <li key={finding.id}>
          <FindingItem finding={finding} isOpen={finding.id === open} />
        </li>
      ))}
    </ul>
  )
}

function FindingItem({
  finding,
  isOpen,
}: {
  readonly finding: Finding
  readonly isOpen: boolean
}): JSX.Element {
  return (
    <article class={`fix${isOpen ? ' is-open' : ''}`}>
      <button
        type="button"
        class="fix-head"
        aria-expanded={isOpen ? 'true' : 'false'}
        onClick={() => {
          openFinding.value = isOpen ? null : finding.id
        }}
      >
        <RiskMark risk={finding.risk} isUnknown={finding.outcome === 'unknown'} />
        <span>
          <strong>{checkTitle(finding.check)}</strong>
          <span class="fix-message soft" title={short(finding.message, 600)}>
            {plain(finding.message)}
          </span>
        </span>
        <Glyph name={isOpen ? 'down' : 'right'} size={12} />
      </button>
      {isOpen && <Proof finding={finding} />}
    </article>
  )
}

function Proof({ finding }: { readonly finding: Finding }): JSX.Element {
  const check = useAnswer<CheckAnswer>(`/checks/${encodeURIComponent(finding.check)}`)
  const question = questionOf(finding)
  return (
    <div class="fix-body">
      {finding.standing.text && (
        <p class="small">
          <Prose text={finding.standing.text} />
        </p>
      )}
      {finding.witness.length > 0 && (
        <>
          <h3>Proof</h3>
          <ol class="witness">
            {finding.witness.map((hop, i) => (
              <li key={i}>
                <Prose text={hop} />
              </li>
            ))}
          </ol>
        </>
      )}
      {question && (
        <button type="button" class="button" onClick={() => void ask(question)}>
          <Glyph name="arrow" size={13} /> Walk the path
        </button>
      )}
      {finding.rules.length > 0 && (
        <>
          <h3>By</h3>
          <ul class="rules">
            {finding.rules.map((rule) => (
              <li key={rule.id} class="rule">
                <Glyph name="group" size={14} />
                <div>
                  <Place of={rule.holder} /> <span class="mono">{printable(rule.services)}</span>{' '}
                  <span class="faint">with</span>{' '}
                  {isPlace(rule.peer) ? (
                    <Place of={rule.peer} />
                  ) : (
                    <span class="mono">{short(rule.peer, 60)}</span>
                  )}
                </div>
                {rule.holder.startsWith('sg-') && (
                  <button
                    type="button"
                    class="icon-button rule-tool"
                    aria-label={`What if ${rule.services} ${rule.peer} were removed`}
                    title="What if this rule were removed?"
                    onClick={() => openWhatIf(removalOf(finding, rule))}
                  >
                    <Glyph name="flask" size={14} />
                  </button>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {finding.affected.length > 0 && (
        <>
          <h3>Affected</h3>
          <div class="places">
            {finding.affected.slice(0, MOST_AFFECTED).map((key) => (
              <Place key={key} of={key} />
            ))}
            {finding.affected.length > MOST_AFFECTED && (
              <span class="faint small">{finding.affected.length - MOST_AFFECTED} more</span>
            )}
          </div>
        </>
      )}
      {finding.gaps.length > 0 && (
        <>
          <h3>Not known</h3>
          <ul class="small soft">
            {finding.gaps.map((gap) => (
              <li key={gap}>{printable(gap)}</li>
            ))}
          </ul>
        </>
      )}
      {finding.fix && <Fix finding={finding} />}
      {check.value && <Why check={check.value} />}
    </div>
  )
}

/** What to do in words, unless these are the commands of the patch, and the patch where it is known. */
function Fix({ finding }: { readonly finding: Finding }): JSX.Element {
  const { fix, patch } = finding
  const isCommand = fix.startsWith('aws ')
  return (
    <>
      <h3>Fix</h3>
      {!(patch && isCommand) && <p class="small fix-words">{printableLines(fix)}</p>}
      {patch && (
        <PatchTexts
          texts={{
            cli: patch.commands.join('\n'),
            terraform: patch.terraform,
            cloudformation: patch.cloudformation,
          }}
        />
      )}
      {patch?.to_fill_in && (
        <p class="small faint">What begins with YOUR_ is yours to choose; no what-if has tried it.</p>
      )}
    </>
  )
}

function Why({ check }: { readonly check: CheckAnswer }): JSX.Element | null {
  const why = [check.why, check.rationale, check.description].find(
    (each): each is string => typeof each === 'string',
  )
  if (!why) {
    return null
  }
  return (
    <>
      <h3>Why it matters</h3>
      <p class="small soft">{printable(why)}</p>
    </>
  )
}

function questionOf(finding: Finding): string | null {
  const { at, from, services } = finding.standing
  if (!at || !from) {
    return null
  }
  const service = services.split(/[ ,]/)[0]
  return `${questionName(from)} -> ${questionName(at)} ${service || 'any'}`
}

function removalOf(finding: Finding, rule: Finding['rules'][number]): string {
  const sign = /\/egress\//.test(rule.id) || finding.check.includes('egress') ? '-egress' : '-ingress'
  return rule.id.startsWith('sgr-')
    ? `${rule.holder} ${sign} ${rule.id}`
    : `${rule.holder} ${sign} ${rule.services} ${rule.peer}`
}
