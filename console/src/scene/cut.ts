// Level of detail: the frontier of nodes that are worth their pixels, never one above another. Pure.

import { type Chart, Kind } from '../state/chart.ts'
import { at, childrenOf, hasChildren, type LensTree } from './tree.ts'

export interface CutView {
  /** Pixels per unit at a point of the ground; 0 behind the camera. */
  pixelsPerUnit(x: number, y: number, z: number): number
  isInSight(x: number, y: number, z: number, radius: number): boolean
}

export interface CutLimits {
  /** At most so many blocks. */
  readonly blocks: number
  /** A container opens when its children would get so many pixels each way, on average. */
  readonly opensAt: number
}

export interface Cut {
  /** The frontier, in the order of the chart. */
  readonly leaves: Uint32Array
  /** Containers above it. */
  readonly open: Uint32Array
  readonly isLeaf: Uint8Array
  readonly isOpen: Uint8Array
}

export const defaultLimits: CutLimits = { blocks: 1500, opensAt: 9 }

/** `mustShow`: nodes that are opened down to, as far as the limit allows. `before`: opened containers stay open a little longer. */
export function computeCut(
  chart: Chart,
  tree: LensTree,
  view: CutView,
  limits: CutLimits,
  mustShow: readonly number[] = [],
  before: Cut | null = null,
): Cut {
  const isOpen = new Uint8Array(chart.count)
  const forced = new Set<number>()
  for (const node of mustShow) {
    if (tree.exists[node] === 1) {
      for (let i = at(tree.parent, node); i >= 0; i = at(tree.parent, i)) {
        forced.add(i)
      }
    }
  }
  const queue = new Queue()
  let blocks = 1
  const offer = (node: number) => {
    if (!hasChildren(tree, node)) {
      return
    }
    const worth = forced.has(node)
      ? Infinity
      : worthOf(tree, view, node) * (before?.isOpen[node] === 1 ? 1.25 : 1)
    if (worth >= limits.opensAt) {
      queue.push(node, worth)
    }
  }
  queue.push(0, Infinity)
  for (let node = queue.pop(); node >= 0; node = queue.pop()) {
    const children = childrenOf(tree, node)
    if (node !== 0 && blocks - 1 + children.length > limits.blocks) {
      continue
    }
    isOpen[node] = 1
    blocks += children.length - 1
    for (const child of children) {
      offer(child)
    }
  }
  return collect(chart, tree, isOpen)
}

function collect(chart: Chart, tree: LensTree, isOpen: Uint8Array): Cut {
  const isLeaf = new Uint8Array(chart.count)
  const leaves: number[] = []
  const open: number[] = []
  for (let i = 0; i < chart.count; i++) {
    if (tree.exists[i] !== 1) {
      continue
    }
    const p = at(tree.parent, i)
    if (isOpen[i] === 1) {
      open.push(i)
    } else if (p >= 0 && isOpen[p] === 1) {
      isLeaf[i] = 1
      leaves.push(i)
    }
  }
  return { leaves: Uint32Array.from(leaves), open: Uint32Array.from(open), isLeaf, isOpen }
}

/** The side in pixels that a child of the node would have on average; 0 out of sight. */
function worthOf(tree: LensTree, view: CutView, node: number): number {
  const w = at(tree.rect, 4 * node + 2)
  const h = at(tree.rect, 4 * node + 3)
  const x = at(tree.rect, 4 * node) + w / 2
  const z = at(tree.rect, 4 * node + 1) + h / 2
  const y = at(tree.top, node)
  if (!view.isInSight(x, y, z, Math.hypot(w, h) / 2)) {
    return 0
  }
  const count = at(tree.firstChild, node + 1) - at(tree.firstChild, node)
  return view.pixelsPerUnit(x, y, z) * Math.sqrt((w * h) / count)
}

/** A binary heap: the worthiest first, and of equals the one with the lower number. */
class Queue {
  private readonly nodes: number[] = []
  private readonly worths: number[] = []

  push(node: number, worth: number): void {
    let i = this.nodes.length
    this.nodes.push(node)
    this.worths.push(worth)
    while (i > 0) {
      const up = (i - 1) >> 1
      if (!this.isBefore(i, up)) {
        break
      }
      this.swap(i, up)
      i = up
    }
  }

  /** −1 if none is left. */
  pop(): number {
    const first = this.nodes[0]
    const last = this.nodes.length - 1
    if (first === undefined) {
      return -1
    }
    this.swap(0, last)
    this.nodes.pop()
    this.worths.pop()
    for (let i = 0; ; ) {
      let best = i
      for (const child of [2 * i + 1, 2 * i + 2]) {
        if (child < last && this.isBefore(child, best)) {
          best = child
        }
      }
      if (best === i) {
        return first
      }
      this.swap(i, best)
      i = best
    }
  }

  private isBefore(a: number, b: number): boolean {
    const [x, y] = [at(this.worths, a), at(this.worths, b)]
    return x > y || (x === y && at(this.nodes, a) < at(this.nodes, b))
  }

  private swap(a: number, b: number): void {
    const [node, worth] = [at(this.nodes, a), at(this.worths, a)]
    this.nodes[a] = at(this.nodes, b)
    this.worths[a] = at(this.worths, b)
    this.nodes[b] = node
    this.worths[b] = worth
  }
}

/** The nodes that POST /frontier is asked about: the frontier, and the internet. */
export function frontierOf(chart: Chart, cut: Cut): number[] {
  const nodes = Array.from(cut.leaves)
  for (let i = 0; i < chart.count; i++) {
    if (at(chart.kind, i) === Kind.internet) {
      nodes.push(i)
    }
  }
  return nodes
}
