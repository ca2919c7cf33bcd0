// Keys of the whole page. What stands inside a field, a menu or a list keeps its own.

import {
  clearSelection,
  closeWhatIf,
  flipDirection,
  goUp,
  openWhatIf,
  selectNodeNumber,
  setLens,
  setMode,
  setView,
  showFinding,
  stepPath,
  stepTime,
  toggleView,
} from '../state/actions.ts'
import {
  isHelpOpen,
  isWhatIfShown,
  moment,
  ranked,
  since,
  status,
  store,
  timeline,
  whatIf,
} from '../state/app.ts'
import { childrenOf, isInLens } from '../state/chart.ts'
import { backToNow, startComparing, stopComparing } from '../state/compare.ts'
import { pause, togglePlay } from '../state/play.ts'
import { lookAt } from '../state/store.ts'
import { worstOf } from './rail.tsx'

export function listenToKeys(): void {
  document.addEventListener('keydown', onKey)
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest('input, textarea, select, [contenteditable], dialog') !== null
  )
}

const plainKeys: Readonly<Record<string, () => void>> = {
  '/': () => document.getElementById('search')?.focus(),
  '?': () => {
    isHelpOpen.value = true
  },
  c: () => setView('chart'),
  p: () => toggleView('plan'),
  g: () => toggleView('matrix'),
  t: () => toggleView('tables'),
  f: () => toggleView('findings'),
  o: () => toggleView('tree'),
  e: flipDirection,
  l: () => setLens(store.lens.peek() === 'location' ? 'policy' : 'location'),
  n: () => setMode('none'),
  r: () => setMode('risky'),
  a: () => setMode('all'),
  w: () => (whatIf.peek() && isWhatIfShown.peek() ? closeWhatIf() : openWhatIf()),
  '0': () => lookAt(store, store.view.peek() === 'plan' ? 'plan' : 'overview', -1),
  ',': () => stepPath(-1),
  '.': () => stepPath(1),
  '[': () => stepTime(-1),
  ']': () => stepTime(1),
  '{': () => stepTime(-1, true),
  '}': () => stepTime(1, true),
  b: () => (since.peek() === null ? startComparing() : stopComparing()),
  ' ': togglePlay,
  Escape: goBack,
  ArrowLeft: () => walk('before'),
  ArrowRight: () => walk('after'),
  ArrowUp: () => walk('up'),
  ArrowDown: () => walk('down'),
  Enter: () => lookAt(store, 'focus', store.selection.peek()?.node ?? -1),
}

function goBack(): void {
  if (since.peek() !== null && store.selection.peek()) {
    clearSelection()
  } else if (since.peek() !== null || moment.peek() !== null) {
    pause()
    backToNow()
  } else if (whatIf.peek() && isWhatIfShown.peek() && !store.path.peek()) {
    closeWhatIf()
  } else {
    goUp()
  }
}

function onKey(event: KeyboardEvent): void {
  if (
    event.key === 'Escape' &&
    event.target instanceof HTMLElement &&
    event.target.matches('input, select')
  ) {
    event.target.blur()
    return
  }
  if (
    status.peek() !== 'ready' ||
    event.ctrlKey ||
    event.metaKey ||
    event.altKey ||
    event.defaultPrevented ||
    isTyping(event.target)
  ) {
    return
  }
  const isOnControl =
    event.target instanceof HTMLElement && event.target.closest('button, a, summary, [role="row"]') !== null
  if ((event.key === 'Enter' || event.key === ' ') && isOnControl) {
    return
  }
  if (/^[1-5]$/.test(event.key)) {
    const finding = worstOf(ranked.peek())[Number(event.key) - 1]
    if (finding) {
      showFinding(finding)
      event.preventDefault()
    }
    return
  }
  // Elsewhere it scrolls.
  if (event.key === ' ' && !isTimeShown()) {
    return
  }
  const action = plainKeys[event.key.length === 1 ? event.key.toLowerCase() : event.key]
  if (action) {
    event.preventDefault()
    action()
  }
}

function isTimeShown(): boolean {
  const view = store.view.peek()
  return timeline.peek() !== null && (view === 'chart' || view === 'plan')
}

/** From the selection to its neighbour in the tree of the lens; from nothing to the first account. */
function walk(way: 'before' | 'after' | 'up' | 'down'): void {
  const chart = store.chart.peek()
  if (!chart) {
    return
  }
  const lens = store.lens.peek()
  const tree = chart.trees[lens]
  const at = store.selection.peek()?.node ?? -1
  if (at < 0) {
    const all = childrenOf(tree, 0)
    const first = all.find((node) => childrenOf(tree, node).length > 0) ?? all[0]
    if (first !== undefined) {
      selectNodeNumber(first)
    }
    return
  }
  const above = tree.parent[at] ?? -1
  if (way === 'up') {
    if (above > 0) {
      selectNodeNumber(above)
    }
    return
  }
  if (way === 'down') {
    const child = childrenOf(tree, at)[0]
    if (child !== undefined) {
      selectNodeNumber(child)
    }
    return
  }
  const siblings = childrenOf(tree, Math.max(0, above)).filter((node) => isInLens(chart, lens, node))
  const place = siblings.indexOf(at)
  const next = siblings[(place + (way === 'after' ? 1 : siblings.length - 1)) % siblings.length]
  if (next !== undefined) {
    selectNodeNumber(next)
  }
}
