// A table of any length: rows of equal height, only those in sight are drawn; it sorts and walks by the keyboard.

import type { ComponentChildren, JSX } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import { Glyph } from './glyphs.tsx'
import { useWindow } from './parts.tsx'

export interface Column<T> {
  readonly id: string
  readonly title: string
  /** A share of the width, as `2fr` or `120px`. */
  readonly width: string
  readonly cell: (row: T) => ComponentChildren
  /** What the column is sorted by; absent: it is not. */
  readonly by?: (row: T) => string | number
}

interface GridProps<T> {
  readonly label: string
  readonly rows: readonly T[]
  readonly columns: readonly Column<T>[]
  readonly keyOf: (row: T) => string
  readonly isSelected?: (row: T) => boolean
  readonly onPick?: (row: T) => void
  readonly onHover?: (row: T | null) => void
  readonly onEnd?: () => void
  readonly empty: string
}

const ROW = 34

export function Grid<T>(props: GridProps<T>): JSX.Element {
  const { label, rows, columns, keyOf, isSelected, onPick, onHover, onEnd, empty } = props
  const [sort, setSort] = useState<{ readonly id: string; readonly down: boolean } | null>(null)
  const sorted = useMemo(() => sortRows(rows, columns, sort), [rows, sort])
  const { box, window } = useWindow(sorted.length, ROW)
  const template = columns.map((column) => column.width).join(' ')
  if (onEnd && window.last >= sorted.length && sorted.length > 0) {
    queueMicrotask(onEnd)
  }
  const walk = (event: KeyboardEvent): void => {
    const target = (event.target as HTMLElement).closest<HTMLElement>('[data-row]')
    const step = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: 12,
      PageUp: -12,
      Home: -sorted.length,
      End: sorted.length,
    }[event.key]
    if (!target || step === undefined) {
      return
    }
    event.preventDefault()
    event.stopPropagation()
    const next = Math.min(sorted.length - 1, Math.max(0, Number(target.dataset.row) + step))
    const scroller = box.current
    if (scroller) {
      const top = next * ROW
      if (top < scroller.scrollTop) {
        scroller.scrollTop = top
      } else if (top + 2 * ROW > scroller.scrollTop + scroller.clientHeight) {
        scroller.scrollTop = top + 2 * ROW - scroller.clientHeight
      }
      requestAnimationFrame(() => scroller.querySelector<HTMLElement>(`[data-row="${next}"]`)?.focus())
    }
  }
  return (
    <div class="grid" role="table" aria-label={label} aria-rowcount={sorted.length + 1}>
      <div class="grid-head" role="row" style={{ gridTemplateColumns: template }}>
        {columns.map((column) => (
          <span
            key={column.id}
            role="columnheader"
            aria-sort={sort?.id !== column.id ? 'none' : sort.down ? 'descending' : 'ascending'}
          >
            {column.by ? (
              <button type="button" onClick={() => setSort(nextSort(sort, column.id))}>
                {column.title}
                {sort?.id === column.id && <Glyph name={sort.down ? 'egress' : 'ingress'} size={11} />}
              </button>
            ) : (
              column.title
            )}
          </span>
        ))}
      </div>
      <div
        class="grid-scroll"
        ref={box}
        role="rowgroup"
        tabIndex={sorted.length > 0 && onPick ? -1 : 0}
        onKeyDown={walk}
      >
        {sorted.length === 0 && <p class="empty small faint">{empty}</p>}
        <div style={{ height: `${window.total}px`, position: 'relative' }} role="presentation">
          <div style={{ transform: `translateY(${window.top}px)` }} role="presentation">
            {sorted.slice(window.first, window.last).map((row, i) => {
              const at = window.first + i
              const selected = isSelected?.(row) ?? false
              return (
                <div
                  key={keyOf(row)}
                  class={`grid-row${selected ? ' is-selected' : ''}${onPick ? ' is-pickable' : ''}`}
                  role="row"
                  aria-rowindex={at + 2}
                  data-row={at}
                  data-key={keyOf(row)}
                  tabIndex={at === 0 || selected ? 0 : -1}
                  style={{ gridTemplateColumns: template }}
                  onClick={() => onPick?.(row)}
                  onKeyDown={(event) => {
                    if (event.key === 'Enter' && event.target === event.currentTarget) {
                      onPick?.(row)
                    }
                  }}
                  onMouseEnter={() => onHover?.(row)}
                  onMouseLeave={() => onHover?.(null)}
                >
                  {columns.map((column) => (
                    <span key={column.id} role="cell" class="grid-cell">
                      {column.cell(row)}
                    </span>
                  ))}
                </div>
              )
            })}
          </div>
        </div>
      </div>
    </div>
  )
}

function nextSort(
  sort: { readonly id: string; readonly down: boolean } | null,
  id: string,
): { id: string; down: boolean } | null {
  if (sort?.id !== id) {
    return { id, down: false }
  }
  return sort.down ? null : { id, down: true }
}

const collator = new Intl.Collator('en', { numeric: true })

export function sortRows<T>(
  rows: readonly T[],
  columns: readonly Column<T>[],
  sort: { readonly id: string; readonly down: boolean } | null,
): readonly T[] {
  const by = columns.find((column) => column.id === sort?.id)?.by
  if (!sort || !by) {
    return rows
  }
  const sign = sort.down ? -1 : 1
  return [...rows].sort((a, b) => {
    const left = by(a)
    const right = by(b)
    const order =
      typeof left === 'number' && typeof right === 'number'
        ? left - right
        : collator.compare(String(left), String(right))
    return sign * order
  })
}
