// One lens of the chart as a tree that the cut and the picking descend: children in one array, heights, bounds, and
// what a container adds up to. Pure.

import { type Chart, Flag, Kind, type Lens, NO_RISK } from '../state/chart.ts'

/** A number of an array that is known to be in it. */
export function at(values: ArrayLike<number>, index: number): number {
  return values[index] as number
}

export interface LensTree {
  readonly lens: Lens
  readonly parent: Int32Array
  readonly rect: Float32Array
  /** 1 where the node stands in this lens. */
  readonly exists: Uint8Array
  /** The children of n are `children[firstChild[n]] … children[firstChild[n + 1] - 1]`. */
  readonly firstChild: Uint32Array
  readonly children: Uint32Array
  readonly depth: Uint8Array
  /** Where its body begins and ends, while it is open or a leaf. */
  readonly base: Float32Array
  readonly top: Float32Array
  /** x0, x1, y0, y1, z0, z1 around the node and all below it. */
  readonly bounds: Float32Array
  /** Interfaces in it, and how many of them the internet reaches. */
  readonly interfaces: Uint32Array
  readonly exposed: Uint32Array
  /** Those of the exposed with a finding of medium risk or worse. */
  readonly risky: Uint32Array
}

/** How thick a node's own body is, from its kind and its shorter side. */
export function bodyHeight(kind: number, side: number): number {
  switch (kind) {
    case Kind.organisation:
      return 0
    case Kind.zone:
      return clamp(0.004 * side, 0.004, 0.9)
    case Kind.vpc:
      return clamp(0.022 * side, 0.01, 6)
    case Kind.interface:
      return clamp(0.5 * side, 0.02, 15)
    case Kind.balancer:
      return clamp(0.7 * side, 0.03, 22)
    case Kind.gateway:
      return clamp(0.9 * side, 0.03, 24)
    case Kind.outside:
      return clamp(0.16 * side, 0.05, 5)
    case Kind.internet:
      return 0
    default:
      return clamp(0.014 * side, 0.006, 3.2)
  }
}

export function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value))
}

/** The internet reaches it by its own address, not only through a gate. */
export function isDirectlyExposed(flags: number): boolean {
  if ((flags & (Flag.exposed | Flag.perhapsExposed)) === 0) {
    return false
  }
  return (flags & Flag.behindBalancer) === 0 || (flags & Flag.publicAddress) !== 0
}

export function makeTree(chart: Chart, lens: Lens): LensTree {
  const n = chart.count
  const parent = chart.trees[lens].parent
  const rect = chart.rects[lens]
  const exists = new Uint8Array(n)
  const firstChild = new Uint32Array(n + 1)
  for (let i = 0; i < n; i++) {
    const p = at(parent, i)
    const hasPlace = Number.isFinite(at(rect, 4 * i)) && at(chart.kind, i) !== Kind.internet
    exists[i] = i === 0 || (p >= 0 && p < i && hasPlace && exists[p] === 1) ? 1 : 0
    if (i > 0 && exists[i] === 1) {
      firstChild[p + 1] = at(firstChild, p + 1) + 1
    }
  }
  for (let i = 0; i < n; i++) {
    firstChild[i + 1] = at(firstChild, i + 1) + at(firstChild, i)
  }
  const children = new Uint32Array(at(firstChild, n))
  const next = firstChild.slice()
  for (let i = 1; i < n; i++) {
    if (exists[i] === 1) {
      const p = at(parent, i)
      children[at(next, p)] = i
      next[p] = at(next, p) + 1
    }
  }
  const bodies = placeBodies(chart, { parent, rect, exists })
  return { lens, parent, rect, exists, firstChild, children, ...bodies, ...addUp(chart, parent, exists) }
}

function placeBodies(
  chart: Chart,
  tree: { parent: Int32Array; rect: Float32Array; exists: Uint8Array },
): { depth: Uint8Array; base: Float32Array; top: Float32Array; bounds: Float32Array } {
  const n = chart.count
  const depth = new Uint8Array(n)
  const base = new Float32Array(n)
  const top = new Float32Array(n)
  const bounds = new Float32Array(6 * n)
  for (let i = 0; i < n; i++) {
    if (tree.exists[i] !== 1) {
      continue
    }
    const p = at(tree.parent, i)
    const x = at(tree.rect, 4 * i)
    const z = at(tree.rect, 4 * i + 1)
    const w = at(tree.rect, 4 * i + 2)
    const h = at(tree.rect, 4 * i + 3)
    const kind = at(chart.kind, i)
    depth[i] = p < 0 ? 0 : Math.min(255, at(depth, p) + 1)
    base[i] = p < 0 ? 0 : at(top, p)
    top[i] = at(base, i) + bodyHeight(kind, Math.min(w, h))
    bounds.set([x, x + w, at(base, i), at(top, i), z, z + h], 6 * i)
  }
  for (let i = n - 1; i > 0; i--) {
    if (tree.exists[i] === 1) {
      const p = at(tree.parent, i)
      for (let side = 0; side < 6; side++) {
        const mine = at(bounds, 6 * i + side)
        const its = at(bounds, 6 * p + side)
        bounds[6 * p + side] = side % 2 === 0 ? Math.min(mine, its) : Math.max(mine, its)
      }
    }
  }
  return { depth, base, top, bounds }
}

function addUp(chart: Chart, parent: Int32Array, exists: Uint8Array) {
  const n = chart.count
  const interfaces = new Uint32Array(n)
  const exposed = new Uint32Array(n)
  const risky = new Uint32Array(n)
  for (let i = n - 1; i >= 0; i--) {
    if (exists[i] !== 1) {
      continue
    }
    const kind = at(chart.kind, i)
    const isLeaf = kind === Kind.interface || kind === Kind.balancer
    if (isLeaf && isDirectlyExposed(at(chart.flags, i))) {
      const risk = at(chart.risk, i)
      exposed[i] = 1
      risky[i] = risk !== NO_RISK && risk >= 2 ? 1 : 0
    }
    interfaces[i] = at(interfaces, i) + (kind === Kind.interface ? 1 : 0)
    const p = at(parent, i)
    if (p >= 0) {
      interfaces[p] = at(interfaces, p) + at(interfaces, i)
      exposed[p] = at(exposed, p) + at(exposed, i)
      risky[p] = at(risky, p) + at(risky, i)
    }
  }
  return { interfaces, exposed, risky }
}

export function childrenOf(tree: LensTree, node: number): Uint32Array {
  return tree.children.subarray(at(tree.firstChild, node), at(tree.firstChild, node + 1))
}

export function hasChildren(tree: LensTree, node: number): boolean {
  return at(tree.firstChild, node + 1) > at(tree.firstChild, node)
}

/** The nearest of the node and its ancestors that `isShown` marks; −1 if none is. */
export function lift(tree: LensTree, isShown: Uint8Array, node: number): number {
  for (let i = node; i >= 0; i = at(tree.parent, i)) {
    if (isShown[i] === 1) {
      return i
    }
  }
  return -1
}

/** Where an arrow key leads in the tree: siblings left and right, the parent up, the first child down. */
export function walk(tree: LensTree, node: number, key: string): number | null {
  const parent = at(tree.parent, node)
  if (key === 'ArrowUp') {
    return parent >= 0 ? parent : null
  }
  if (key === 'ArrowDown') {
    return hasChildren(tree, node) ? at(tree.children, at(tree.firstChild, node)) : null
  }
  if ((key !== 'ArrowLeft' && key !== 'ArrowRight') || parent < 0) {
    return null
  }
  const siblings = childrenOf(tree, parent)
  const place = siblings.indexOf(node) + (key === 'ArrowRight' ? 1 : -1)
  return place >= 0 && place < siblings.length ? at(siblings, place) : null
}
