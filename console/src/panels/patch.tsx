// An edit as people make it, in three languages, to be copied. Nothing is sent to AWS.

import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { copy } from '../state/actions.ts'
import { printable } from '../state/words.ts'
import { Glyph } from './glyphs.tsx'
import { Segments } from './parts.tsx'

type PatchKind = 'cli' | 'terraform' | 'cloudformation'

const kinds: readonly { readonly value: PatchKind; readonly text: string }[] = [
  { value: 'cli', text: 'AWS CLI' },
  { value: 'terraform', text: 'Terraform' },
  { value: 'cloudformation', text: 'CloudFormation' },
]

export function PatchTexts({ texts }: { readonly texts: Readonly<Record<PatchKind, string>> }): JSX.Element {
  const [kind, setKind] = useState<PatchKind>('cli')
  const text = texts[kind] ?? ''
  return (
    <>
      <Segments label="Patch" value={kind} options={kinds} onPick={setKind} />
      <div class="code-box">
        <pre>{printableLines(text) || 'There is no such text for this change.'}</pre>
        {text !== '' && (
          <button
            type="button"
            class="icon-button"
            aria-label="Copy the patch"
            onClick={() => void copy(text, 'the patch')}
          >
            <Glyph name="copy" size={14} />
          </button>
        )}
      </div>
    </>
  )
}

/** Line ends stay, all else that does not print is told. */
export function printableLines(text: string): string {
  return text.split('\n').map(printable).join('\n')
}
