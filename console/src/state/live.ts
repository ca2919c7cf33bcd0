// How the console keeps up with the server. What an event tells is on the screen at once; what it does not tell (places,
// findings, figures) is fetched beside it, and takes the place of what was there without moving anything else.

import { batch } from '@preact/signals'
import { follow, type ServerEvent } from '../api/stream.ts'
import type { ChangeEvent, Meta, Ribbon } from '../api/types.ts'
import { ask, goToStep, loadFindings, tryChanges } from './actions.ts'
import { forgetAnswers } from './answers.ts'
import { announce, client, events, isLive, isWhatIfShown, store, whatIf } from './app.ts'
import { type Chart, Flag, Kind } from './chart.ts'
import { ribbonsOf } from './ribbons.ts'
import type { Pulse } from './store.ts'
import { count } from './words.ts'

const MOST_EVENTS = 2000
const MOST_PULSES = 400
const PULSE_MS = 6000

/** Fetches what is served now. `snapshot` is its hash where that is known: then nothing waits for anything else. */
export async function loadAll(snapshot?: string): Promise<void> {
  const asked = client.get<Meta>('/meta')
  const findings = loadFindings()
  void findings.catch(() => undefined) // told at the end, unless something else fails before
  const chartOf = async (hash: string): Promise<Chart> => {
    const old = store.chart.peek()
    return old?.snapshot === hash ? old : client.chart(hash)
  }
  // Whoever asks too late is told that it is gone: the next event has come by then.
  const early = snapshot === undefined ? null : chartOf(snapshot).catch(() => null)
  const meta = await asked
  const chart =
    ((await early)?.snapshot === meta.snapshot ? await early : null) ?? (await chartOf(meta.snapshot))
  forgetAnswers()
  batch(() => {
    moveTo(chart)
    store.meta.value = meta
  })
  await findings
}

/** Puts the chart in, with all that names its nodes by number. */
function moveTo(chart: Chart): void {
  const old = store.chart.peek()
  store.chart.value = chart
  store.hover.value = -1
  store.hoverRibbon.value = null
  if (old === null || old === chart) {
    return
  }
  const moved = (node: number): number => (node < 0 ? node : chart.find(old.key(node)))
  const stands = (each: { readonly from: number; readonly to: number }): boolean =>
    each.from >= 0 && each.to >= 0
  const ends = <T extends { readonly from: number; readonly to: number }>(list: readonly T[]): T[] =>
    list.map((each) => ({ ...each, from: moved(each.from), to: moved(each.to) })).filter(stands)
  const selection = store.selection.peek()
  if (selection) {
    store.selection.value = { key: selection.key, node: chart.find(selection.key) }
  }
  const lit = store.lit.peek()
  if (lit) {
    store.lit.value = new Set([...lit].map(moved).filter((node) => node >= 0))
  }
  const { ribbons, hidden } = store.ribbons.peek()
  store.ribbons.value = { ribbons: ends(ribbons), hidden }
  store.open.value = ends(store.open.peek())
  store.pulses.value = ends(store.pulses.peek())
  store.tethers.value = store.tethers
    .peek()
    .map(moved)
    .filter((node) => node >= 0)
}

/** What was asked of the estate as it was is asked of it as it is. */
async function askAgain(): Promise<void> {
  const path = store.path.peek()
  const tried = whatIf.peek()?.lines ?? []
  if (path) {
    await ask(path.question, false)
    goToStep(path.step)
  }
  if (tried.length > 0) {
    const isShown = isWhatIfShown.peek()
    await tryChanges(tried)
    isWhatIfShown.value = isShown
  }
}

export function keepLive(): void {
  follow({
    open: (after, signal) => client.stream(after, signal),
    after: store.meta.peek()?.sequence ?? -1,
    onEvent: (event) => void takeEvent(event),
    onState: (live) => {
      isLive.value = live
    },
  })
}

let isRefreshing = false
let wanted: { readonly snapshot: string | undefined } | null = null

/** One at a time; of several that are wanted meanwhile, the last. */
async function refresh(snapshot?: string): Promise<void> {
  wanted = { snapshot }
  if (isRefreshing) {
    return
  }
  isRefreshing = true
  try {
    while (wanted !== null) {
      const next: { readonly snapshot: string | undefined } = wanted
      wanted = null
      await loadAll(next.snapshot)
    }
    await askAgain()
  } catch {
    // The stream tells when the server is back.
  } finally {
    isRefreshing = false
  }
}

async function takeEvent(event: ServerEvent): Promise<void> {
  if (event.event === 'reload') {
    await refresh()
    announce('the chart was loaded anew')
    return
  }
  if (event.event !== 'change') {
    return
  }
  const change = JSON.parse(event.data) as ChangeEvent
  const isSeen = store.view.peek() === 'events'
  const chart = store.chart.peek()
  const fresh = chart
    ? [...ribbonsOf(chart, change.opened, true), ...ribbonsOf(chart, change.closed, false)]
    : []
  batch(() => {
    events.value = [{ ...change, id: event.id, isSeen }, ...events.peek()].slice(0, MOST_EVENTS)
    pulse(fresh)
    if (chart) {
      raiseBeams(chart, fresh)
    }
  })
  const opened = change.opened_total ?? change.opened.length
  const closed = change.closed_total ?? change.closed.length
  const exposed = fresh.filter((ribbon) => ribbon.is_open && ribbon.exposure === 'internet').length
  announce(
    `${count(opened, 'connection')} opened, ${closed} closed${exposed > 0 ? `, ${exposed} with the internet` : ''}`,
  )
  await refresh(change.snapshot)
}

/** What the internet reaches since now: the event says so, the new chart need not be waited for. */
function raiseBeams(chart: Chart, fresh: readonly Ribbon[]): void {
  const raised = fresh.filter(
    (ribbon) =>
      ribbon.is_open === true &&
      ribbon.state === 'open' &&
      ribbon.from === chart.internet &&
      (chart.kind[ribbon.to] === Kind.interface || chart.kind[ribbon.to] === Kind.balancer),
  )
  if (raised.length === 0) {
    return
  }
  const flags = chart.flags.slice()
  for (const { to } of raised) {
    flags[to] = (flags[to] ?? 0) | Flag.exposed
  }
  // It is of no snapshot that the server ever had.
  store.chart.value = { ...chart, flags, snapshot: '' }
  store.open.value = [...raised, ...store.open.peek()]
}

let nextPulse = 1

function pulse(ribbons: readonly Ribbon[]): void {
  const at = performance.now()
  const fresh = ribbons.map(
    (ribbon): Pulse => ({
      id: nextPulse++,
      at,
      opened: ribbon.is_open ?? true,
      from: ribbon.from,
      to: ribbon.to,
    }),
  )
  store.pulses.value = [...store.pulses.peek(), ...fresh].slice(-MOST_PULSES)
  setTimeout(() => {
    const now = performance.now()
    store.pulses.value = store.pulses.peek().filter((each) => now - each.at < PULSE_MS)
  }, PULSE_MS + 50)
}
