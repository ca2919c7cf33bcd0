// The one store. Panels and the scene read its signals; they write through the functions of actions.ts alone.

import { type Signal, signal } from '@preact/signals'
import type { Frontier, Meta, Ribbon } from '../api/types.ts'
import type { Chart, Lens } from './chart.ts'
import { type Look, quantised } from './look.ts'

export type View = 'chart' | 'matrix' | 'plan' | 'tables' | 'findings' | 'tree' | 'events'
/** Which ribbons are drawn: none, the dangerous ones, or all that touch the selection. */
export type Mode = 'none' | 'risky' | 'all'
export type Direction = 'ingress' | 'egress'
export type Theme = 'dark' | 'light' | 'contrast'
export type CameraPreset = 'overview' | 'focus' | 'plan' | 'look'

/** What is selected: any resource has a key, but only what stands on the chart has a node (-1: none). */
export interface Selection {
  readonly key: string
  readonly node: number
}

export interface PathHop {
  readonly direction: 'forward' | 'return'
  readonly component: string
  readonly rule: string
  readonly reason: string
  readonly services: string
  readonly detail: string
  readonly blocks: boolean
  /** Where the hop stands on the chart: the component's node, or the nearest that is known; -1 none. */
  readonly node: number
}

export interface Path {
  readonly question: string
  readonly verdict: string
  readonly services: string
  readonly from: number
  readonly to: number
  readonly hops: readonly PathHop[]
  /** The hop that is being looked at. */
  readonly step: number
}

/** A moment's cue where something changed. `at` is performance.now() of its arrival. */
export interface Pulse {
  readonly id: number
  readonly at: number
  readonly opened: boolean
  readonly from: number
  readonly to: number
}

/** A place where something opened or closed between two moments. */
export interface Mark {
  readonly node: number
  readonly opened: boolean
}

export interface RibbonUnderPointer {
  readonly ribbon: Ribbon
  /** Where the pointer came upon it, in pixels of the stage. */
  readonly x: number
  readonly y: number
}

export interface CameraRequest {
  readonly preset: CameraPreset
  /** What to look at; -1 the whole chart. */
  readonly node: number
  /** Of the preset `look` alone: from where. */
  readonly look: Look | null
  /** Grows with each request, so that the same one can be made twice. */
  readonly turn: number
}

export interface Past {
  readonly at: string
  readonly chart: Chart
}

export interface Store {
  readonly meta: Signal<Meta | null>
  readonly chart: Signal<Chart | null>
  /** The same nodes as another moment had them, while that is looked at; null: now. */
  readonly past: Signal<Past | null>
  readonly lens: Signal<Lens>
  readonly view: Signal<View>
  readonly mode: Signal<Mode>
  readonly direction: Signal<Direction>
  readonly selection: Signal<Selection | null>
  /** The node under the pointer or the keyboard's focus, -1 none. */
  readonly hover: Signal<number>
  /** Nodes that a search or a group's members light up while all else is dimmed; null: nothing is dimmed. */
  readonly lit: Signal<ReadonlySet<number> | null>
  /** Nodes tied to the selection: tethers go from the selection to each. */
  readonly tethers: Signal<readonly number[]>
  /** What the scene shows: the cut of visible nodes, which it writes; ribbons between them come back. */
  readonly cut: Signal<readonly number[]>
  readonly ribbons: Signal<Frontier>
  /** What is open between the internet and the cut, whether risky or not: beams are labelled with it. */
  readonly open: Signal<readonly Ribbon[]>
  /** Beams and labels that the budget left out, as the scene counts them. */
  readonly hiddenCues: Signal<number>
  /** The text of the search box. */
  readonly question: Signal<string>
  readonly path: Signal<Path | null>
  /** Ribbons that a what-if opens and closes (`is_open`), drawn over the chart; null: no what-if. */
  readonly whatIfRibbons: Signal<readonly Ribbon[] | null>
  /** The same of two moments that are held against each other, and how many more there are. */
  readonly between: Signal<Frontier | null>
  readonly marks: Signal<readonly Mark[]>
  readonly pulses: Signal<readonly Pulse[]>
  readonly camera: Signal<CameraRequest>
  /** Where one looks from, once at rest; null: the whole chart, as it fits the window. */
  readonly look: Signal<Look | null>
  readonly hoverRibbon: Signal<RibbonUnderPointer | null>
  readonly theme: Signal<Theme>
  /** False where the user wants no motion: no flights, no pulses, no moving dashes. */
  readonly motion: Signal<boolean>
  /** False without WebGL2, or once its context is lost for good: the plan stands in. */
  readonly hasScene: Signal<boolean>
}

/** What is drawn: the chart of now, or of the moment that is looked at. */
export function drawnChart(store: Store): Chart | null {
  return store.past.value?.chart ?? store.chart.value
}

export function makeStore(): Store {
  return {
    meta: signal<Meta | null>(null),
    chart: signal<Chart | null>(null),
    past: signal<Past | null>(null),
    lens: signal<Lens>('location'),
    view: signal<View>('chart'),
    mode: signal<Mode>('risky'),
    direction: signal<Direction>('ingress'),
    selection: signal<Selection | null>(null),
    hover: signal(-1),
    lit: signal<ReadonlySet<number> | null>(null),
    tethers: signal<readonly number[]>([]),
    cut: signal<readonly number[]>([]),
    ribbons: signal<Frontier>({ ribbons: [], hidden: 0 }),
    open: signal<readonly Ribbon[]>([]),
    hiddenCues: signal(0),
    question: signal(''),
    path: signal<Path | null>(null),
    whatIfRibbons: signal<readonly Ribbon[] | null>(null),
    between: signal<Frontier | null>(null),
    marks: signal<readonly Mark[]>([]),
    pulses: signal<readonly Pulse[]>([]),
    camera: signal<CameraRequest>({ preset: 'overview', node: -1, look: null, turn: 0 }),
    look: signal<Look | null>(null),
    hoverRibbon: signal<RibbonUnderPointer | null>(null),
    theme: signal<Theme>('dark'),
    motion: signal(true),
    hasScene: signal(true),
  }
}

// What the scene writes, and nothing else of it writes the store.

export function hoverNode(store: Store, node: number): void {
  if (store.hover.peek() !== node) {
    store.hover.value = node
  }
}

export function selectNode(store: Store, node: number): void {
  const chart = store.chart.peek()
  if (!chart || node < 0 || node >= chart.count) {
    store.selection.value = null
    return
  }
  store.selection.value = { key: chart.key(node), node }
}

export function setCut(store: Store, nodes: readonly number[]): void {
  const old = store.cut.peek()
  if (old.length !== nodes.length || old.some((node, i) => node !== nodes[i])) {
    store.cut.value = nodes
  }
}

export function lookAt(store: Store, preset: Exclude<CameraPreset, 'look'>, node: number): void {
  store.look.value = null
  store.camera.value = { preset, node, look: null, turn: store.camera.peek().turn + 1 }
}

export function lookFrom(store: Store, look: Look): void {
  store.look.value = look
  store.camera.value = { preset: 'look', node: -1, look, turn: store.camera.peek().turn + 1 }
}

export function setLook(store: Store, look: Look | null): void {
  const next = look === null ? null : quantised(look)
  if (JSON.stringify(next) !== JSON.stringify(store.look.peek())) {
    store.look.value = next
  }
}

/** The end of a ribbon that one asks about: what is reached, or on the egress side what reaches. */
export function askedEnd(store: Store, ribbon: Ribbon): number {
  const isIngress = store.direction.peek() === 'ingress'
  const [first, second] = isIngress ? [ribbon.to, ribbon.from] : [ribbon.from, ribbon.to]
  return store.chart.peek()?.internet === first ? second : first
}

export function hoverOverRibbon(store: Store, found: RibbonUnderPointer | null): void {
  if (store.hoverRibbon.peek()?.ribbon !== found?.ribbon) {
    store.hoverRibbon.value = found
  }
}
