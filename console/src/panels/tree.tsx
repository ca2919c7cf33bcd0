// The same hierarchy as a tree: for the keyboard, for screen readers, and for those who like lists.

import type { JSX } from 'preact'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { selectNodeNumber } from '../state/actions.ts'
import { store } from '../state/app.ts'
import {
  type Chart,
  childrenOf,
  Flag,
  Kind,
  kindWords,
  type Lens,
  NO_RISK,
  pathToRoot,
} from '../state/chart.ts'
import { hoverNode, lookAt } from '../state/store.ts'
import { count, riskWord, short } from '../state/words.ts'
import { Glyph, kindGlyph, RiskMark } from './glyphs.tsx'
import { useWindow } from './parts.tsx'

interface Row {
  readonly node: number
  readonly level: number
  readonly place: number
  readonly siblings: number
  readonly hasChildren: boolean
  readonly isOpen: boolean
}

const HEIGHT = 30

/** The rows that are to be seen, given which nodes are open. */
export function treeRows(chart: Chart, lens: Lens, open: ReadonlySet<number>): Row[] {
  const tree = chart.trees[lens]
  const rows: Row[] = []
  const stack: Row[] = [{ node: 0, level: 1, place: 1, siblings: 1, hasChildren: true, isOpen: open.has(0) }]
  for (let row = stack.pop(); row; row = stack.pop()) {
    rows.push(row)
    if (!row.isOpen) {
      continue
    }
    const children = childrenOf(tree, row.node)
    for (let i = children.length - 1; i >= 0; --i) {
      const node = children[i] ?? 0
      stack.push({
        node,
        level: row.level + 1,
        place: i + 1,
        siblings: children.length,
        hasChildren: childrenOf(tree, node).length > 0,
        isOpen: open.has(node),
      })
    }
  }
  return rows
}

function openAtFirst(chart: Chart, lens: Lens): Set<number> {
  const open = new Set<number>([0])
  const tree = chart.trees[lens]
  for (let node = 0; node < chart.count && open.size < 40; ++node) {
    const kind = chart.kind[node] ?? 0
    if (
      kind <= Kind.vpc &&
      childrenOf(tree, node).length > 0 &&
      (node === 0 || open.has(tree.parent[node] ?? -1))
    ) {
      open.add(node)
    }
  }
  return open
}

export function TreeView(): JSX.Element | null {
  const chart = store.chart.value
  return chart && <Tree chart={chart} lens={store.lens.value} />
}

function Tree({ chart, lens }: { readonly chart: Chart; readonly lens: Lens }): JSX.Element {
  const [open, setOpen] = useState<ReadonlySet<number>>(() => openAtFirst(chart, lens))
  const selected = store.selection.value?.node ?? -1
  const [at, setAt] = useState(Math.max(selected, 0))
  useEffect(() => {
    if (selected >= 0) {
      setAt(selected)
      setOpen((old) => new Set([...old, ...pathToRoot(chart.trees[lens], selected).slice(1)]))
    }
  }, [selected, chart, lens])
  const rows = useMemo(() => treeRows(chart, lens, open), [chart, lens, open])
  const { box, window } = useWindow(rows.length, HEIGHT)
  const here = Math.max(
    0,
    rows.findIndex((row) => row.node === at),
  )
  const focus = (index: number): void => {
    const row = rows[Math.min(rows.length - 1, Math.max(0, index))]
    const scroller = box.current
    if (!row || !scroller) {
      return
    }
    setAt(row.node)
    hoverNode(store, row.node)
    const top = rows.indexOf(row) * HEIGHT
    if (top < scroller.scrollTop) {
      scroller.scrollTop = top
    } else if (top + HEIGHT > scroller.scrollTop + scroller.clientHeight) {
      scroller.scrollTop = top + HEIGHT - scroller.clientHeight
    }
    requestAnimationFrame(() => scroller.querySelector<HTMLElement>(`[data-node="${row.node}"]`)?.focus())
  }
  const toggle = (node: number, isOpen: boolean): void => {
    setOpen((old) => {
      const next = new Set(old)
      if (isOpen) {
        next.add(node)
      } else {
        next.delete(node)
      }
      return next
    })
  }
  const keys = (event: KeyboardEvent): void => {
    const row = rows[here]
    if (!row) {
      return
    }
    switch (event.key) {
      case 'ArrowDown':
        focus(here + 1)
        break
      case 'ArrowUp':
        focus(here - 1)
        break
      case 'Home':
        focus(0)
        break
      case 'End':
        focus(rows.length - 1)
        break
      case 'ArrowRight':
        if (row.hasChildren && !row.isOpen) {
          toggle(row.node, true)
        } else if (row.hasChildren) {
          focus(here + 1)
        }
        break
      case 'ArrowLeft':
        if (row.isOpen) {
          toggle(row.node, false)
        } else {
          focus(rows.findIndex((each) => each.node === (chart.trees[lens].parent[row.node] ?? 0)))
        }
        break
      case 'Enter':
      case ' ':
        selectNodeNumber(row.node)
        lookAt(store, 'focus', row.node)
        break
      default:
        return
    }
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <section class="tree" aria-label="Tree">
      <div class="tree-scroll" ref={box} role="tree" aria-label={`The chart by ${lens}`} onKeyDown={keys}>
        <div style={{ height: `${window.total}px` }} role="presentation">
          <div style={{ transform: `translateY(${window.top}px)` }} role="presentation">
            {rows.slice(window.first, window.last).map((row) => (
              <TreeRow
                key={row.node}
                chart={chart}
                lens={lens}
                row={row}
                isAt={row.node === (rows[here]?.node ?? 0)}
                isSelected={row.node === selected}
                onToggle={() => toggle(row.node, !row.isOpen)}
                onPick={() => {
                  setAt(row.node)
                  selectNodeNumber(row.node)
                }}
              />
            ))}
          </div>
        </div>
      </div>
    </section>
  )
}

interface TreeRowProps {
  readonly chart: Chart
  readonly lens: Lens
  readonly row: Row
  readonly isAt: boolean
  readonly isSelected: boolean
  readonly onToggle: () => void
  readonly onPick: () => void
}

function TreeRow({ chart, lens, row, isAt, isSelected, onToggle, onPick }: TreeRowProps): JSX.Element {
  const kind = kindWords[chart.kind[row.node] ?? 0] ?? ''
  const name = chart.name(row.node) || chart.key(row.node)
  const risk = riskWord(chart.risk[row.node] ?? NO_RISK)
  const flags = chart.flags[row.node] ?? 0
  const exposed =
    flags & Flag.exposed
      ? 'reached from the internet'
      : flags & Flag.perhapsExposed
        ? 'perhaps reached from the internet'
        : ''
  const leaves = chart.trees[lens].leaves[row.node] ?? 0
  return (
    <div
      class={`tree-row${isSelected ? ' is-selected' : ''}`}
      role="treeitem"
      data-node={row.node}
      aria-level={row.level}
      aria-posinset={row.place}
      aria-setsize={row.siblings}
      aria-expanded={row.hasChildren ? (row.isOpen ? 'true' : 'false') : undefined}
      aria-selected={isSelected ? 'true' : 'false'}
      tabIndex={isAt ? 0 : -1}
      style={{ paddingLeft: `${12 + (row.level - 1) * 18}px` }}
      onClick={onPick}
      onMouseEnter={() => hoverNode(store, row.node)}
    >
      <span
        class="tree-twist"
        onClick={(event) => {
          event.stopPropagation()
          onToggle()
        }}
      >
        {row.hasChildren && <Glyph name={row.isOpen ? 'down' : 'right'} size={11} />}
      </span>
      <Glyph name={kindGlyph(kind)} size={14} />
      <span class="clip">{short(name, 80)}</span>
      <span class="faint small">{kind}</span>
      {exposed && !row.isOpen && (
        <span class="pill">
          <Glyph name="internet" size={11} /> {flags & Flag.exposed ? 'internet' : 'perhaps'}
          <span class="visually-hidden"> {exposed}</span>
        </span>
      )}
      <span class="tree-end">
        {row.hasChildren && leaves > 0 && <span class="faint small">{count(leaves, 'interface')}</span>}
        {risk && <RiskMark risk={risk} size={11} />}
      </span>
    </div>
  )
}
