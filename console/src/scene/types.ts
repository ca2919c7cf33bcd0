// The contract between the scene and the rest of the console. The scene reads signals and writes through functions
// only; it fetches nothing, keeps no truth of its own, and puts names on the page as text nodes.

/** What `@preact/signals` gives, and all that the scene needs of it. */
export interface ReadSignal<T> {
  readonly value: T
  subscribe(listener: (value: T) => void): () => void
}

export type Lens = 'location' | 'policy'
export type Direction = 'ingress' | 'egress'
export type CameraName = 'overview' | 'focus' | 'plan'
export type ThemeName = 'dark' | 'light' | 'contrast'
export type RibbonMode = 'none' | 'risky' | 'selection'

/** Kinds of nodes, as numbered in docs/API.md. */
export const Kind = {
  organisation: 0,
  account: 1,
  region: 2,
  vpc: 3,
  zone: 4,
  subnet: 5,
  class: 6,
  interface: 7,
  balancer: 8,
  gateway: 9,
  outside: 10,
  internet: 11,
} as const

/** Bits of `flags`, as numbered in docs/API.md. */
export const Flag = {
  reachable: 1,
  perhapsReachable: 2,
  publicAddress: 4,
  behindBalancer: 8,
  mayEgress: 16,
  production: 32,
  dependsOnUnknown: 64,
} as const

export const noRisk = 255

/** The chart in columns: the sections of the binary answer, or the JSON twin put into arrays. */
export interface ChartColumns {
  readonly count: number
  readonly parent: Int32Array
  readonly policyParent: Int32Array
  readonly kind: Uint8Array
  readonly risk: Uint8Array
  readonly flags: Uint16Array
  readonly findings: Uint32Array
  /** x, y, w, h of each node. */
  readonly rect: Float32Array
  /** The same in the policy lens; NaN where a node has none. */
  readonly policyRect: Float32Array
  /** How many services the internet reaches on it. */
  readonly services: Uint16Array
  name(node: number): string
  key(node: number): string
}

export type Exposure = 'internet' | 'account' | 'vpc' | 'intra'

/** As of POST /frontier; `is_open` as of POST /whatif and of the event stream. */
export interface Ribbon {
  readonly from: number
  readonly to: number
  readonly services: string
  readonly state: 'open' | 'depends' | 'unknown'
  readonly exposure: Exposure
  readonly pairs: number
  readonly risky: boolean
  readonly is_open?: boolean
}

/** A relation of what is selected, drawn as a thin line. */
export interface Tether {
  readonly from: number
  readonly to: number
  readonly role: string
}

/** A group that is selected: its members wear a membrane, with a door for each open service. */
export interface Membrane {
  readonly name: string
  readonly members: readonly number[]
  readonly doors: readonly string[]
}

/** One answer of path mode: the nodes on the way; the first `blocked` hop ends it. */
export interface PathView {
  readonly hops: readonly PathHop[]
  /** How many hops are shown; all from `hops.length` on. */
  readonly step: number
}

export interface PathHop {
  /** The chart's node, or null where the hop (a rule, a table) has no place of its own. */
  readonly node: number | null
  readonly text: string
  readonly is_blocked: boolean
}

/** A change that has just happened; the scene forgets it when the store drops it from the list. */
export interface Pulse {
  readonly id: string
  readonly node: number
  readonly kind: 'opened' | 'closed'
  /** Milliseconds of `performance.now()`. */
  readonly at: number
}

/** What the cue budget left out. */
export interface HiddenCues {
  readonly beams: number
  readonly labels: number
}

/** Three numbers say where the camera looks, three from where: enough for a deep link. */
export interface CameraState {
  readonly x: number
  readonly y: number
  readonly z: number
  readonly yaw: number
  readonly pitch: number
  readonly distance: number
}

export interface SceneStore {
  readonly chart: ReadSignal<ChartColumns | null>
  readonly lens: ReadSignal<Lens>
  readonly direction: ReadSignal<Direction>
  readonly camera: ReadSignal<CameraName>
  readonly theme: ReadSignal<ThemeName>
  readonly reducedMotion: ReadSignal<boolean>
  readonly hover: ReadSignal<number | null>
  readonly selection: ReadSignal<readonly number[]>
  /** What stays lit while the rest is dimmed (the answer of a search); null: all. */
  readonly lit: ReadSignal<readonly number[] | null>
  /** The answer to the last cut; the scene lifts what is finer than it. */
  readonly ribbons: ReadSignal<readonly Ribbon[]>
  readonly tethers: ReadSignal<readonly Tether[]>
  readonly membrane: ReadSignal<Membrane | null>
  readonly path: ReadSignal<PathView | null>
  readonly whatIf: ReadSignal<readonly Ribbon[] | null>
  readonly pulses: ReadSignal<readonly Pulse[]>

  setHover(node: number | null): void
  /** `isMore`: add to the selection (with the shift key); null clears it. */
  select(node: number | null, isMore: boolean): void
  /** A new cut, at most every 250 ms and only when it differs: to be sent to POST /frontier. */
  setCut(nodes: readonly number[]): void
  setHidden(hidden: HiddenCues): void
  /** The camera has come to rest. */
  setCameraState(state: CameraState): void
}
