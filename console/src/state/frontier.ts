// Ribbons between what is shown: asked for whenever that changes, of the moment that is drawn.

import { effect } from '@preact/signals'
import { ApiError, pathOf } from '../api/client.ts'
import type { Frontier } from '../api/types.ts'
import { client, store } from './app.ts'
import { Kind } from './chart.ts'
import type { Direction } from './store.ts'

const MOST_RIBBONS = 600
const MOST_RISKY = 40

function frontierPath(): string {
  return pathOf('/frontier', { at: store.past.value?.at })
}

export function keepRibbons(): void {
  let current: AbortController | undefined
  effect(() => {
    const nodes = store.cut.value
    const mode = store.mode.value
    const lens = store.lens.value
    const direction = store.direction.value
    const snapshot = store.meta.value?.snapshot
    const path = frontierPath()
    const selected = mode === 'all' ? (store.selection.value?.node ?? -1) : -1
    current?.abort()
    if (mode === 'none' || nodes.length === 0 || (mode === 'all' && selected < 0)) {
      store.ribbons.value = { ribbons: [], hidden: 0 }
      return
    }
    const mine = new AbortController()
    current = mine
    const ask = async (end: 'from' | 'to' | null): Promise<Frontier> => {
      const more = end === null ? {} : { [end]: selected }
      return client.post<Frontier>(path, { lens, nodes, mode, most: MOST_RIBBONS, ...more }, mine.signal)
    }
    const asked = mode === 'all' ? ask(direction === 'ingress' ? 'to' : 'from') : ask(null)
    asked.then(
      (frontier) => {
        if (!mine.signal.aborted && store.meta.peek()?.snapshot === snapshot) {
          store.ribbons.value = mode === 'risky' ? calm(frontier, direction) : frontier
        }
      },
      (error: unknown) => {
        if (!mine.signal.aborted && !(error instanceof ApiError && error.status === 401)) {
          store.ribbons.value = { ribbons: [], hidden: 0 }
        }
      },
    )
  })
}

/** What the beams are labelled with: all that is open between the internet and what is shown. */
export function keepOpen(): void {
  let current: AbortController | undefined
  effect(() => {
    const nodes = store.cut.value
    const lens = store.lens.value
    const end = store.direction.value === 'ingress' ? 'from' : 'to'
    const snapshot = store.meta.value?.snapshot
    const path = frontierPath()
    current?.abort()
    const internet = store.chart.peek()?.internet ?? -1
    if (nodes.length === 0 || internet < 0) {
      store.open.value = []
      return
    }
    const mine = new AbortController()
    current = mine
    const wish = { lens, nodes, mode: 'all', most: MOST_RIBBONS, [end]: internet }
    client.post<Frontier>(path, wish, mine.signal).then(
      (frontier) => {
        if (!mine.signal.aborted && store.meta.peek()?.snapshot === snapshot) {
          store.open.value = frontier.ribbons
        }
      },
      () => {
        // What is risky is told all the same.
      },
    )
  })
}

/**
 * The most dangerous ribbons of one direction: a carpet of them tells nothing. What the whole internet may do, each block
 * of it may do as well: that is said once. The rest is told as hidden.
 */
function calm(frontier: Frontier, direction: Direction): Frontier {
  const chart = store.chart.peek()
  const isKind = (node: number, kind: number): boolean => chart !== null && chart.kind[node] === kind
  const beyond = direction === 'ingress' ? 'from' : 'to'
  const inside = direction === 'ingress' ? 'to' : 'from'
  const wanted = frontier.ribbons.filter(
    (each) => !isKind(each[inside], Kind.internet) && !isKind(each[inside], Kind.outside),
  )
  const ofAll = new Set<string>()
  for (const each of wanted) {
    if (isKind(each[beyond], Kind.internet)) {
      ofAll.add(`${each[inside]} ${each.services}`)
    }
  }
  const once = wanted.filter(
    (each) => !(isKind(each[beyond], Kind.outside) && ofAll.has(`${each[inside]} ${each.services}`)),
  )
  const ribbons = once.slice(0, MOST_RISKY)
  return { ribbons, hidden: frontier.hidden + wanted.length - ribbons.length }
}
