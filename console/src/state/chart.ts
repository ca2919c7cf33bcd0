// The chart as it comes from the server: one column per property, a node's number is its place in each.

export const Kind = {
  organisation: 0,
  account: 1,
  region: 2,
  vpc: 3,
  zone: 4,
  subnet: 5,
  group: 6, // the API calls it `class`: interfaces of a VPC with the same set of groups
  interface: 7,
  balancer: 8,
  gateway: 9,
  outside: 10,
  internet: 11,
} as const

export const kindWords = [
  'organisation',
  'account',
  'region',
  'VPC',
  'zone',
  'subnet',
  'class',
  'interface',
  'balancer',
  'gateway',
  'outside network',
  'internet',
] as const

export const Flag = {
  exposed: 1,
  perhapsExposed: 2,
  publicAddress: 4,
  behindBalancer: 8,
  reachesInternet: 16,
  production: 32,
  dependsOnUnknown: 64,
} as const

export type Lens = 'location' | 'policy'

/** A risk of 255 in the column is no risk: nothing is wrong there. */
export const NO_RISK = 255

/** Numbers of children, in order: those of `node` are list[offsets[node]] … list[offsets[node + 1] - 1]. */
export interface Tree {
  readonly parent: Int32Array
  readonly offsets: Uint32Array
  readonly list: Uint32Array
  /** How many interfaces stand below the node, itself included. */
  readonly leaves: Uint32Array
}

export interface Chart {
  readonly snapshot: string
  readonly count: number
  readonly kind: Uint8Array
  readonly risk: Uint8Array
  readonly flags: Uint16Array
  readonly findings: Uint32Array
  readonly ports: Uint16Array
  /** Four floats a node: x, y, width, height. NaN where the node is not in that lens. */
  readonly rects: Readonly<Record<Lens, Float32Array>>
  readonly trees: Readonly<Record<Lens, Tree>>
  /** The number of the internet's node, or -1. */
  readonly internet: number
  key(node: number): string
  name(node: number): string
  /** The node with that key, or -1. */
  find(key: string): number
}

export function childrenOf(tree: Tree, node: number): Uint32Array {
  return tree.list.subarray(tree.offsets[node] ?? 0, tree.offsets[node + 1] ?? 0)
}

/** From the node up to the root, the node first. */
export function pathToRoot(tree: Tree, node: number): number[] {
  const path: number[] = []
  for (let at = node; at >= 0 && path.length <= 64; at = tree.parent[at] ?? -1) {
    path.push(at)
  }
  return path
}

export function isInLens(chart: Chart, lens: Lens, node: number): boolean {
  return node === 0 || (chart.trees[lens].parent[node] ?? -1) >= 0
}

/** Whether `ancestor` is `node` or stands above it. */
export function isWithin(tree: Tree, node: number, ancestor: number): boolean {
  for (let at = node; at >= 0; at = tree.parent[at] ?? -1) {
    if (at === ancestor) {
      return true
    }
  }
  return false
}

/** What ranks nodes for the budget of cues: sure exposure before risk before what may be. */
export function cueRank(chart: Chart, node: number): number {
  const flags = chart.flags[node] ?? 0
  const risk = chart.risk[node] ?? NO_RISK
  const exposed = flags & Flag.exposed ? 2 : flags & Flag.perhapsExposed ? 1 : 0
  return exposed * 8 + (risk === NO_RISK ? 0 : risk + 1)
}

interface Columns {
  readonly snapshot: string
  readonly parent: Int32Array
  readonly policyParent: Int32Array
  readonly kind: Uint8Array
  readonly risk: Uint8Array
  readonly flags: Uint16Array
  readonly findings: Uint32Array
  readonly ports: Uint16Array
  readonly rect: Float32Array
  readonly policyRect: Float32Array
  readonly key: (node: number) => string
  readonly name: (node: number) => string
}

/** Makes a chart of checked columns: trees of children, and an index of keys. */
export function makeChart(columns: Columns): Chart {
  const count = columns.kind.length
  let index: Map<string, number> | undefined
  const find = (key: string): number => {
    if (!index) {
      index = new Map()
      for (let node = count - 1; node >= 0; --node) {
        index.set(columns.key(node), node)
      }
    }
    return index.get(key) ?? -1
  }
  return {
    snapshot: columns.snapshot,
    count,
    kind: columns.kind,
    risk: columns.risk,
    flags: columns.flags,
    findings: columns.findings,
    ports: columns.ports,
    rects: { location: columns.rect, policy: columns.policyRect },
    trees: {
      location: makeTree(columns.parent, columns.kind),
      policy: makeTree(columns.policyParent, columns.kind),
    },
    internet: columns.kind.indexOf(Kind.internet),
    key: columns.key,
    name: columns.name,
    find,
  }
}

function makeTree(parent: Int32Array, kind: Uint8Array): Tree {
  const count = parent.length
  const offsets = new Uint32Array(count + 1)
  for (let node = 0; node < count; ++node) {
    const above = parent[node] ?? -1
    if (above >= 0) {
      offsets[above + 1] = (offsets[above + 1] ?? 0) + 1
    }
  }
  for (let node = 0; node < count; ++node) {
    offsets[node + 1] = (offsets[node + 1] ?? 0) + (offsets[node] ?? 0)
  }
  const list = new Uint32Array(offsets[count] ?? 0)
  const next = offsets.slice(0, count)
  const leaves = new Uint32Array(count)
  for (let node = 0; node < count; ++node) {
    const above = parent[node] ?? -1
    if (above >= 0) {
      const place = next[above] ?? 0
      list[place] = node
      next[above] = place + 1
    }
  }
  for (let node = count - 1; node >= 0; --node) {
    if (kind[node] === Kind.interface) {
      leaves[node] = (leaves[node] ?? 0) + 1
    }
    const above = parent[node] ?? -1
    if (above >= 0) {
      leaves[above] = (leaves[above] ?? 0) + (leaves[node] ?? 0)
    }
  }
  return { parent, offsets, list, leaves }
}
