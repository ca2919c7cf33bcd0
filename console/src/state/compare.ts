// Two moments of the history held against each other, and what stood open at one of them. The moments are the borders of the
// timeline's bins: border 0 is before the first event, the last one is now.

import { batch, effect, type ReadonlySignal } from '@preact/signals'
import { pathOf } from '../api/client.ts'
import type { Opening, Selected, Timeline } from '../api/types.ts'
import { type Answer, answerAt } from './answers.ts'
import {
  announce,
  client,
  compared,
  events,
  isComparing,
  isPlaying,
  moment,
  since,
  store,
  timeline,
} from './app.ts'
import { childrenOf, Kind } from './chart.ts'
import type { Mark } from './store.ts'
import { count } from './words.ts'

/** The server tells no more openings than that of one span. */
const MOST_TOLD = 1000
const MOST_PLACES = 60

export interface Between {
  /** Not open at the first moment, open at the second. */
  readonly opened: readonly Opening[]
  readonly closed: readonly Opening[]
  /** Open at neither, but in between. */
  readonly passing: readonly Opening[]
  /** There are more than the server tells. */
  readonly isCut: boolean
}

/** What stood open at that moment. */
export function openAt(openings: readonly Opening[], at: string): readonly Opening[] {
  return openings.filter((each) => isOpenAt(each, at))
}

function isOpenAt(each: Opening, at: string | null): boolean {
  const hasOpened = at === null || each.opened === null || each.opened <= at
  const hasClosed = each.closed !== null && (at === null || each.closed <= at)
  return hasOpened && !hasClosed
}

/** What changed from one moment to a later one; null is now. */
export function between(openings: readonly Opening[], from: string, to: string | null): Between {
  const isPast = (time: string | null): boolean => time !== null && time > from && (to === null || time <= to)
  const of = (before: boolean, after: boolean): Opening[] =>
    openings.filter((each) => isOpenAt(each, from) === before && isOpenAt(each, to) === after)
  return {
    opened: of(false, true),
    closed: of(true, false),
    passing: of(false, false).filter((each) => isPast(each.opened) && isPast(each.closed)),
    isCut: openings.length >= MOST_TOLD,
  }
}

/** The moment at a border of the bins; null is now. */
export function timeAt(line: Timeline, border: number): string | null {
  if (border >= line.bins.length) {
    return null
  }
  const before = new Date(Date.parse(line.from) - 1000).toISOString().replace(/\.\d+Z$/, 'Z')
  return border <= 0 ? before : (line.bins[border - 1]?.to ?? null)
}

export function borderOf(line: Timeline, time: string | null): number {
  const at = time === null ? -1 : line.bins.findIndex((bin) => bin.to > time)
  return at < 0 ? line.bins.length : at
}

/** How far a replay has come in the line; null: it is not in it, or nothing was played yet. */
export function playedTo(line: Timeline): string | null {
  const newest = events.value[0]?.time
  return newest !== undefined && newest >= line.from && newest < line.to ? newest : null
}

/** Those that opened or closed since the border before that moment. */
export function justThen(line: Timeline, at: string): readonly Opening[] {
  const before = timeAt(line, borderOf(line, at) - 1) ?? at
  const isThen = (time: string | null): boolean => time !== null && time > before && time <= at
  return line.openings.filter((each) => isThen(each.opened) || isThen(each.closed))
}

/** Sets the later moment, and keeps the earlier one before it. */
export function lookBack(line: Timeline, border: number): void {
  batch(() => {
    moment.value = timeAt(line, Math.max(border, since.peek() === null ? 0 : 1))
    if (since.peek() !== null && borderOf(line, since.peek()) >= border) {
      since.value = timeAt(line, border - 1)
    }
  })
}

/** Sets the earlier moment, and keeps the later one after it. */
export function lookFurtherBack(line: Timeline, border: number): void {
  batch(() => {
    since.value = timeAt(line, Math.min(border, line.bins.length - 1))
    if (borderOf(line, moment.peek()) <= border) {
      moment.value = timeAt(line, border + 1)
    }
  })
}

/** From before all that the logs tell to the moment that is looked at, until somebody says otherwise. */
export function startComparing(): void {
  const line = timeline.peek()
  if (line) {
    since.value = timeAt(line, 0)
    lookBack(line, borderOf(line, moment.peek()))
  }
}

export function stopComparing(): void {
  since.value = null
}

/** Nobody looks at the past any more. */
export function backToNow(): void {
  batch(() => {
    since.value = null
    moment.value = null
  })
}

/** Keeps what is told and lit in step with the two moments. */
export function keepMoments(): void {
  let hasLit = false
  effect(() => {
    const line = timeline.value
    const [from, to] = [since.value, moment.value]
    const snapshot = store.meta.value?.snapshot
    if (!line || snapshot === undefined || (from === null && to === null)) {
      batch(() => {
        compared.value = null
        store.marks.value = []
        if (hasLit) {
          store.lit.value = null
          hasLit = false
        }
      })
      return undefined
    }
    let isOver = false
    hasLit = true
    void openingsIn(line, from ?? to, to).then((openings) => {
      if (isOver) {
        return
      }
      if (from === null) {
        const at = to ?? ''
        const marked = justThen(line, at).map((each) => ({
          key: each.resource,
          opened: each.closed === null || each.closed > at,
        }))
        light(
          openAt(openings, at).map((each) => ({ key: each.resource, opened: true })),
          marked,
        )
        return
      }
      // What a replay has yet to play is not open now.
      const found = between(openings, from, to ?? playedTo(line))
      compared.value = found
      if (!store.meta.peek()?.can.at && !isPlaying.peek()) {
        announce(`${count(found.opened.length, 'rule')} opened, ${found.closed.length} closed`)
      }
      const changed = [
        ...found.closed.map((each) => ({ key: each.resource, opened: false })),
        ...found.opened.map((each) => ({ key: each.resource, opened: true })),
      ]
      light(changed, changed)
    })
    return () => {
      isOver = true
    }
  })
  effect(() => {
    isComparing.value = since.value !== null
  })
}

/** Those of the line, unless it had too many to tell: then those of the span alone. */
async function openingsIn(
  line: Timeline,
  from: string | null,
  to: string | null,
): Promise<readonly Opening[]> {
  if (line.openings.length < MOST_TOLD) {
    return line.openings
  }
  const span = pathOf('/timeline', { from: from ?? line.from, to: to ?? line.to, bins: 1 })
  return client.get<Timeline>(span).then(
    (part) => part.openings,
    () => line.openings,
  )
}

interface Lit {
  readonly key: string
  readonly opened: boolean
}

let stop: () => void = () => {}

/** A class stands in the policy lens alone: its members are in both. */
function membersOf(nodes: readonly number[]): readonly number[] {
  const chart = store.chart.peek()
  return nodes.flatMap((node) =>
    chart && chart.kind[node] === Kind.group ? [...childrenOf(chart.trees.policy, node)] : [node],
  )
}

/** Lights up who has them (a group has its members), with the ends of connections that differ, and puts rings on some. */
function light(lit: readonly Lit[], marked: readonly Lit[]): void {
  stop()
  const openOf = new Map(marked.map(({ key, opened }) => [key, opened]))
  const keys = [...new Set([...marked, ...lit].map(({ key }) => key))].slice(0, MOST_PLACES)
  const asked = keys.map(
    (key): ReadonlySignal<Answer<Selected>> => answerAt<Selected>(pathOf('/select', { q: key })),
  )
  const isLit = new Set(lit.map(({ key }) => key))
  stop = effect(() => {
    const ends = (store.between.value?.ribbons ?? []).flatMap(({ from, to }) => [from, to])
    const found = asked.map((each) => membersOf(each.value.value?.nodes ?? []))
    if (since.peek() === null && moment.peek() === null) {
      return
    }
    const nodes = [...ends, ...found.flatMap((each, i) => (isLit.has(keys[i] ?? '') ? each : []))]
    batch(() => {
      store.marks.value = found.flatMap((each, i): Mark[] => {
        const opened = openOf.get(keys[i] ?? '')
        return opened === undefined ? [] : each.map((node) => ({ node, opened }))
      })
      store.lit.value = nodes.length > 0 ? new Set(nodes) : null
    })
  })
}
