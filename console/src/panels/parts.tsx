// Small parts that all panels share.

import type { ComponentChildren, JSX } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { ApiError } from '../api/client.ts'
import { select } from '../state/actions.ts'
import { store } from '../state/app.ts'
import { kindWords } from '../state/chart.ts'
import { pieces, short } from '../state/words.ts'
import { Glyph, type GlyphName, kindGlyph } from './glyphs.tsx'

interface SegmentsProps<T extends string> {
  readonly label: string
  readonly value: T
  readonly options: readonly {
    readonly value: T
    readonly text: string
    readonly glyph?: GlyphName
    readonly hint?: string
  }[]
  readonly onPick: (value: T) => void
  readonly hideText?: boolean
}

/** One of a few: a radio group that arrows walk. */
export function Segments<T extends string>(props: SegmentsProps<T>): JSX.Element {
  const { label, value, options, onPick, hideText = false } = props
  const walk = (event: KeyboardEvent): void => {
    const by =
      event.key === 'ArrowRight' || event.key === 'ArrowDown'
        ? 1
        : event.key === 'ArrowLeft' || event.key === 'ArrowUp'
          ? -1
          : 0
    if (by === 0) {
      return
    }
    event.preventDefault()
    event.stopPropagation()
    const at = options.findIndex((option) => option.value === value)
    const next = options[(at + by + options.length) % options.length]
    if (next) {
      onPick(next.value)
      const group = event.currentTarget as HTMLElement
      requestAnimationFrame(() => group.querySelector<HTMLElement>('[aria-checked="true"]')?.focus())
    }
  }
  return (
    <div class="segments" role="radiogroup" aria-label={label} onKeyDown={walk}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          class="segment"
          role="radio"
          aria-checked={option.value === value ? 'true' : 'false'}
          aria-label={option.text}
          tabIndex={option.value === value ? 0 : -1}
          title={option.hint}
          onClick={() => onPick(option.value)}
        >
          {option.glyph && <Glyph name={option.glyph} size={14} />}
          {!hideText && <span class="segment-text">{option.text}</span>}
        </button>
      ))}
    </div>
  )
}

interface PlaceProps {
  readonly of: string
  readonly name?: string
  readonly kind?: string
  readonly most?: number
}

/** A resource by its key, which selects it. `internet` and addresses are places too. */
export function Place({ of, name, kind, most = 40 }: PlaceProps): JSX.Element {
  const chart = store.chart.value
  const node = chart?.find(of) ?? -1
  const shown = name || (chart && node >= 0 ? chart.name(node) : '') || of
  const what = kind ?? (chart && node >= 0 ? kindWords[chart.kind[node] ?? 0] : undefined)
  return (
    <button
      type="button"
      class="place link"
      title={short(of, 200)}
      onClick={() => select(of)}
      onMouseEnter={() => hover(node)}
      onMouseLeave={() => hover(-1)}
      onFocus={() => hover(node)}
      onBlur={() => hover(-1)}
    >
      {what && <Glyph name={kindGlyph(what)} size={13} />}
      <span>{short(shown, most)}</span>
    </button>
  )
}

/** `sg:app in vpc:harbor-prod` in its two parts, and `lb:shop` without its kind. */
export function partyWords(label: string): { readonly name: string; readonly where: string } {
  const [name = label, where = ''] = label.split(' in vpc:')
  return { name: name.replace(/^(lb|subnet):/, ''), where }
}

/** One end of a row of connections: a member that can be selected, or the class that its members are. */
export function Party({
  label,
  members,
}: {
  readonly label: string
  readonly members: readonly string[]
}): JSX.Element {
  const chart = store.chart.value
  const { name, where } = partyWords(label)
  const [only] = members
  if (label.startsWith('internet')) {
    return <Place of="internet" name={label} kind="internet" />
  }
  if (members.length === 1 && only !== undefined) {
    const node = chart?.find(only) ?? -1
    return <Place of={only} name={(chart && node >= 0 ? chart.name(node) : '') || name} most={30} />
  }
  return (
    <span class="party clip" title={short(`${label}: ${members.join(', ')}`, 400)}>
      {short(name, 40)}{' '}
      <span class="faint">
        {members.length > 1 && `× ${members.length}`} {where}
      </span>
    </span>
  )
}

/** A sentence whose ids can be selected. The whole sentence as it came is its title. */
export function Prose({
  text,
  class: more = '',
}: {
  readonly text: string
  readonly class?: string
}): JSX.Element {
  return (
    <span class={`prose ${more}`} title={short(text, 600)} data-text={text}>
      {pieces(text).map((piece, i) =>
        piece.key === null ? piece.text : <Place key={i} of={piece.key} name={piece.text} most={36} />,
      )}
    </span>
  )
}

function hover(node: number): void {
  store.hover.value = node
}

/** Whether a text is an id that can be selected. */
export function isPlace(text: string): boolean {
  return (
    text === 'internet' ||
    /^[a-z]+-[0-9a-z-]+$/.test(text) ||
    text.startsWith('arn:') ||
    (store.chart.value?.find(text) ?? -1) >= 0
  )
}

export function Waiting({ what }: { readonly what: string }): JSX.Element {
  return (
    <p class="waiting faint small" aria-busy="true">
      {what}…
    </p>
  )
}

export function Problem({ error }: { readonly error: ApiError }): JSX.Element {
  return (
    <p class="problem small" role="alert">
      <Glyph name="gap" size={14} />
      <span>{error.message}</span>
    </p>
  )
}

export function Empty({ children }: { readonly children: ComponentChildren }): JSX.Element {
  return <p class="empty small faint">{children}</p>
}

export interface Window {
  readonly first: number
  readonly last: number
  readonly top: number
  readonly total: number
}

/** Which rows of equal height are to be seen in a box that scrolls. */
export function useWindow(
  rows: number,
  height: number,
): { readonly box: { current: HTMLDivElement | null }; readonly window: Window } {
  const box = useRef<HTMLDivElement>(null)
  const [seen, setSeen] = useState({ top: 0, height: 600 })
  useLayoutEffect(() => {
    const element = box.current
    if (!element) {
      return undefined
    }
    const look = (): void => setSeen({ top: element.scrollTop, height: element.clientHeight })
    look()
    element.addEventListener('scroll', look, { passive: true })
    const watcher = new ResizeObserver(look)
    watcher.observe(element)
    return () => {
      element.removeEventListener('scroll', look)
      watcher.disconnect()
    }
  }, [])
  const first = Math.max(0, Math.floor(seen.top / height) - 6)
  const last = Math.min(rows, Math.ceil((seen.top + seen.height) / height) + 6)
  return { box, window: { first, last, top: first * height, total: rows * height } }
}

interface MenuProps {
  readonly label: string
  readonly glyph: GlyphName
  readonly items: readonly {
    readonly text: string
    readonly what?: string
    readonly isOn?: boolean
    readonly onPick: () => void
  }[]
}

/** A button that opens a short menu. */
export function Menu({ label, glyph, items }: MenuProps): JSX.Element {
  const [isOpen, setOpen] = useState(false)
  const anchor = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!isOpen) {
      return undefined
    }
    anchor.current?.querySelector<HTMLElement>('[role^="menuitem"]')?.focus()
    const away = (event: Event): void => {
      if (!anchor.current?.contains(event.target as Node)) {
        setOpen(false)
      }
    }
    document.addEventListener('pointerdown', away)
    document.addEventListener('focusin', away)
    return () => {
      document.removeEventListener('pointerdown', away)
      document.removeEventListener('focusin', away)
    }
  }, [isOpen])
  const keys = (event: KeyboardEvent): void => {
    if (!isOpen) {
      return
    }
    const all = [...(anchor.current?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])]
    const at = all.indexOf(document.activeElement as HTMLElement)
    if (event.key === 'Escape') {
      setOpen(false)
      anchor.current?.querySelector<HTMLElement>('button')?.focus()
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      all[(at + (event.key === 'ArrowDown' ? 1 : all.length - 1)) % all.length]?.focus()
    } else {
      return
    }
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div class="menu-anchor" ref={anchor} onKeyDown={keys}>
      <button
        type="button"
        class="icon-button"
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={isOpen ? 'true' : 'false'}
        onClick={() => setOpen(!isOpen)}
      >
        <Glyph name={glyph} />
      </button>
      {isOpen && (
        <div class="drop menu" role="menu" aria-label={label}>
          {items.map((item) => (
            <button
              key={item.text}
              type="button"
              class="menu-item"
              role={item.isOn === undefined ? 'menuitem' : 'menuitemradio'}
              aria-checked={item.isOn === undefined ? undefined : item.isOn ? 'true' : 'false'}
              tabIndex={-1}
              onClick={() => {
                setOpen(false)
                anchor.current?.querySelector<HTMLElement>('button')?.focus()
                item.onPick()
              }}
            >
              <span>{item.text}</span>
              {item.what && <span class="what">{item.what}</span>}
              {item.isOn && <Glyph name="check" size={13} />}
            </button>
          ))}
        </div>
      )}
    </div>
  )
}
