// The search box: it speaks the grammar of questions, and helps with names.

import type { JSX } from 'preact'
import { useRef, useState } from 'preact/hooks'
import { ask, closePath } from '../state/actions.ts'
import { searchError, store } from '../state/app.ts'
import { type Chart, Kind, kindWords } from '../state/chart.ts'
import { short } from '../state/words.ts'
import { Glyph, type GlyphName, kindGlyph } from './glyphs.tsx'

interface Suggestion {
  readonly text: string
  readonly what: string
  readonly glyph: GlyphName
}

const MOST = 9
const MOST_LOOKED_AT = 200_000

const starters: readonly Suggestion[] = [
  { text: 'exposed:internet', what: 'all that the internet reaches', glyph: 'internet' },
  { text: 'finding:critical', what: 'places with a critical finding', glyph: 'findings' },
  { text: 'finding:high', what: 'places with a high finding', glyph: 'findings' },
  { text: 'internet -> any tcp/22', what: 'who takes SSH from the internet?', glyph: 'arrow' },
  { text: 'tag:env=production', what: 'all with a tag', glyph: 'thing' },
]

/** Names that start with, then names that hold, the word under the cursor. */
export function suggest(chart: Chart | null, text: string): readonly Suggestion[] {
  if (text.trim() === '') {
    return starters
  }
  const word = /(\S*)$/.exec(text)?.[1] ?? ''
  const before = text.slice(0, text.length - word.length)
  if (/->\s*\S+\s+\S*$/.test(text)) {
    return services
      .filter((one) => one.startsWith(word))
      .map((one) => ({ text: before + one, what: 'service', glyph: 'arrow' }))
  }
  if (word === '') {
    return before.includes('->') ? [] : [{ text: `${before}-> `, what: 'to where?', glyph: 'arrow' }]
  }
  const low = word.toLowerCase()
  const starts: Suggestion[] = []
  const holds: Suggestion[] = []
  if ('internet'.startsWith(low) && low !== 'internet') {
    starts.push({ text: `${before}internet`, what: 'the internet', glyph: 'internet' })
  }
  const end = Math.min(chart?.count ?? 0, MOST_LOOKED_AT)
  for (let node = 1; chart && node < end && starts.length < MOST; ++node) {
    if (node === chart.internet) {
      continue
    }
    const name = chart.name(node)
    const key = chart.key(node)
    const found = name.toLowerCase().indexOf(low)
    if (found < 0 && !key.startsWith(low)) {
      continue
    }
    const kind = chart.kind[node] ?? 0
    const shown = nameInQuestion(kind, name, key)
    const one = { text: before + shown, what: kindWords[kind] ?? '', glyph: kindGlyph(kindWords[kind] ?? '') }
    if (found === 0 || key.startsWith(low)) {
      starts.push(one)
    } else if (holds.length < MOST) {
      holds.push(one)
    }
  }
  const all = [...starts, ...holds].filter((one) => one.text !== text)
  const texts = new Set<string>()
  return all.filter((one) => !texts.has(one.text) && texts.add(one.text)).slice(0, MOST)
}

const services: readonly string[] = [
  'any',
  'tcp',
  'udp',
  'icmp',
  'tcp/22',
  'tcp/80,443',
  'tcp/443',
  'tcp/3389',
  'tcp/5432',
]

function nameInQuestion(kind: number, name: string, key: string): string {
  const plain = name !== '' && /^[\w.-]+$/.test(name)
  if (kind === Kind.subnet && plain) {
    return `subnet:${name}`
  }
  if (kind === Kind.vpc && plain) {
    return `vpc:${name}`
  }
  if (kind === Kind.balancer && plain) {
    return `lb:${name}`
  }
  if (kind === Kind.group) {
    return key.split('+')[0] ?? key
  }
  return plain ? name : key
}

export function Search(): JSX.Element {
  const [draft, setDraft] = useState<string | null>(null)
  const [isOpen, setOpen] = useState(false)
  const [at, setAt] = useState(-1)
  const input = useRef<HTMLInputElement>(null)
  const text = draft ?? store.question.value
  const list = isOpen ? suggest(store.chart.value, text) : []
  const picked = list[at]

  const run = (words: string): void => {
    setDraft(null)
    setOpen(false)
    setAt(-1)
    input.current?.blur()
    document.getElementById('stage')?.focus({ preventScroll: true })
    void ask(words)
  }
  const take = (suggestion: Suggestion): void => {
    const isWhole = suggestion.what !== 'to where?'
    setDraft(suggestion.text)
    setAt(-1)
    input.current?.focus()
    if (isWhole && (!suggestion.text.includes('->') || /->\s*\S+\s+\S+$/.test(suggestion.text))) {
      run(suggestion.text)
    }
  }
  const keys = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      setOpen(true)
      const step = event.key === 'ArrowDown' ? 1 : -1
      setAt(list.length === 0 ? -1 : (at + step + list.length + (at < 0 && step < 0 ? 1 : 0)) % list.length)
    } else if (event.key === 'Tab' && picked) {
      event.preventDefault()
      setDraft(picked.text)
      setAt(-1)
    } else if (event.key === 'Enter') {
      if (picked) {
        take(picked)
      } else {
        run(text)
      }
    } else if (event.key === 'Escape') {
      setDraft(null)
      setOpen(false)
      input.current?.blur()
    } else {
      return
    }
    event.stopPropagation()
  }
  const clear = (): void => {
    setDraft(null)
    closePath()
    input.current?.focus()
  }
  return (
    <div class="search" role="search">
      <div class={`search-box${searchError.value ? ' has-error' : ''}`}>
        <Glyph name="search" />
        <input
          ref={input}
          id="search"
          type="text"
          role="combobox"
          aria-label="Ask or search"
          aria-expanded={list.length > 0 ? 'true' : 'false'}
          aria-controls="suggestions"
          aria-autocomplete="list"
          aria-activedescendant={picked ? `suggestion-${at}` : undefined}
          autocomplete="off"
          spellcheck={false}
          maxLength={2000}
          placeholder="internet -> web-1 tcp/22, a name, or exposed:internet"
          value={text}
          onFocus={() => setOpen(true)}
          onBlur={() => setOpen(false)}
          onInput={(event) => {
            setDraft(event.currentTarget.value)
            setOpen(true)
            setAt(-1)
            searchError.value = null
          }}
          onKeyDown={keys}
        />
        {text === '' ? (
          <kbd>/</kbd>
        ) : (
          <button
            type="button"
            class="icon-button"
            aria-label="Clear the search"
            onMouseDown={keepFocus}
            onClick={clear}
          >
            <Glyph name="close" size={13} />
          </button>
        )}
      </div>
      {list.length > 0 && (
        <div class="drop suggestions" id="suggestions" role="listbox" aria-label="Suggestions">
          {list.map((one, i) => (
            <div
              key={one.text}
              id={`suggestion-${i}`}
              class="suggestion"
              role="option"
              tabIndex={-1}
              aria-selected={i === at ? 'true' : 'false'}
              onMouseDown={keepFocus}
              onClick={() => take(one)}
            >
              <Glyph name={one.glyph} size={14} />
              <span class="mono clip">{short(one.text, 70)}</span>
              <span class="what">{one.what}</span>
            </div>
          ))}
        </div>
      )}
      {list.length === 0 && searchError.value && (
        <div class="drop search-error" role="alert">
          {searchError.value}
        </div>
      )}
    </div>
  )
}

function keepFocus(event: Event): void {
  event.preventDefault()
}
