// Where captions belong on the screen, before any of them makes way for another. Pure.

import { Kind } from '../state/chart.ts'
import { type Box, type Projected, pixelsPerUnit, project, type View } from './camera.ts'
import type { Caption } from './captions.ts'
import type { Places } from './ribbons.ts'
import { at, childrenOf, hasChildren, type LensTree, lift } from './tree.ts'

/** How many pixels the shorter side of a node's body has. */
export function pixelsOf(tree: LensTree, view: View, node: number): number {
  const w = at(tree.rect, 4 * node + 2)
  const h = at(tree.rect, 4 * node + 3)
  const x = at(tree.rect, 4 * node) + w / 2
  const z = at(tree.rect, 4 * node + 1) + h / 2
  return Math.min(w, h) * pixelsPerUnit(view, x, at(tree.top, node), z)
}

/** x and y of each caption; NaN where it has no place now. */
export function anchorsOf(
  places: Places,
  view: View,
  captions: readonly Caption[],
  sky: number,
  box: Box,
): Float32Array {
  const spots = new Float32Array(2 * captions.length).fill(Number.NaN)
  captions.forEach((caption, i) => {
    const spot = caption.anchor === 'sky' ? rimOf(view, sky, box) : anchorOf(places, view, caption, sky)
    if (spot !== null) {
      spots[2 * i] = spot[0]
      spots[2 * i + 1] = spot[1]
    }
  })
  return spots
}

const p: Projected = { x: 0, y: 0, depth: 0 }

function anchorOf(places: Places, view: View, caption: Caption, sky: number): [number, number] | null {
  const tree = places.trees[places.lens]
  const cut = places.cuts[places.lens]
  const node = cut.isOpen[caption.node] === 1 ? caption.node : lift(tree, cut.isLeaf, caption.node)
  const wide = node < 0 ? 0 : pixelsOf(tree, view, node)
  if (node < 0 || wide < caption.leastPixels * (caption.anchor === 'corner' ? 0.6 : 1)) {
    return null
  }
  caption.isShort = wide < caption.morePixels
  const i = 4 * node
  const [x, z, w, h] = [at(tree.rect, i), at(tree.rect, i + 1), at(tree.rect, i + 2), at(tree.rect, i + 3)]
  const top = at(tree.top, node)
  if (caption.anchor === 'corner') {
    const isOpen = cut.isOpen[node] === 1
    const header = isOpen && !isOuter(places, node) ? headerOf(tree, node) : null
    const inHeader = header === null ? null : spotInHeader(view, top, header)
    caption.lift = inHeader === null ? 0 : 0.5
    caption.shift = 0
    caption.slide =
      inHeader === null
        ? undefined
        : [inHeader.end[0] - inHeader.start[0], inHeader.end[1] - inHeader.start[1]]
    if (inHeader !== null) {
      return inHeader.start
    }
    if (!isOpen) {
      caption.lift = 0.5
      project(view, x + w / 2, top, z + h / 2, p)
      caption.shift = 0.5
      return p.depth > 0 ? [p.x, p.y] : null
    }
    const box = { x0: x, x1: x + w, z0: z, z1: z + h }
    const best = cornerOf(view, top, box, (point) => point.x - 0.9 * point.y)
    caption.slide = best === null ? undefined : edgeFrom(view, top, box, best)
    return best
  }
  const y = caption.anchor === 'beam' ? top + Math.max(sky - top, 0) * caption.tier : top
  project(view, x + w / 2, y, z + h / 2, p)
  return p.depth > 0 ? [p.x, p.y] : null
}

/** Accounts are told before their plate: behind it their name would meet those of their VPCs. */
function isOuter(places: Places, node: number): boolean {
  return places.chart.kind[node] === Kind.account
}

interface Header {
  readonly x0: number
  readonly x1: number
  readonly z: number
  readonly deep: number
}

const headers = new WeakMap<LensTree, Map<number, Header | null>>()
const leastHeader = 9

/** The strip that a plate keeps free beyond what stands on it; null if it has none. */
function headerOf(tree: LensTree, node: number): Header | null {
  const known = headers.get(tree) ?? new Map<number, Header | null>()
  headers.set(tree, known)
  let header = known.get(node)
  if (header === undefined) {
    let [x0, x1, z] = [Infinity, -Infinity, Infinity]
    for (const child of childrenOf(tree, node)) {
      // What is thin stands on the rim, in the strip itself.
      const i = 4 * child
      if (hasChildren(tree, child) || tree.interfaces[child] === 1) {
        x0 = Math.min(x0, at(tree.rect, i))
        x1 = Math.max(x1, at(tree.rect, i) + at(tree.rect, i + 2))
        z = Math.min(z, at(tree.rect, i + 1))
      }
    }
    const from = at(tree.rect, 4 * node + 1)
    header = z > from && z < Infinity ? { x0, x1, z: (from + z) / 2, deep: z - from } : null
    known.set(node, header)
  }
  return header
}

/** The strip from left to right in the picture; null where it is too thin for text. */
function spotInHeader(
  view: View,
  top: number,
  header: Header,
): { start: [number, number]; end: [number, number] } | null {
  const { x0, x1, z, deep } = header
  const tall = deep * pixelsPerUnit(view, x0, top, z) * Math.sin(view.pose.pitch)
  // Only where the strip lies level in the picture does level text follow it.
  if (tall < leastHeader || Math.abs(Math.cos(view.pose.yaw)) < 0.8) {
    return null
  }
  const [left, right] = Math.cos(view.pose.yaw) > 0 ? [x0, x1] : [x1, x0]
  project(view, right, top, z, p)
  if (p.depth <= 0) {
    return null
  }
  const end: [number, number] = [p.x, p.y]
  project(view, left, top, z, p)
  return p.depth > 0 ? { start: [p.x, p.y], end } : null
}

/** The corner of the sky that is leftmost in the picture; none from above, where the sky is not seen. */
function rimOf(view: View, sky: number, box: Box): [number, number] | null {
  return view.pose.pitch > 1.2 ? null : cornerOf(view, sky, box, (point) => point.x)
}

type Ground = Pick<Box, 'x0' | 'x1' | 'z0' | 'z1'>

/** From a corner along the edge that runs rightmost in the picture; none if none runs to the right. */
function edgeFrom(
  view: View,
  y: number,
  box: Ground,
  [fromX, fromY]: [number, number],
): [number, number] | undefined {
  const end = cornerOf(view, y, box, (point) => {
    const [dx, dy] = [point.x - fromX, point.y - fromY]
    return dx <= 0 ? Infinity : Math.abs(dy) / dx
  })
  return end === null || end[0] <= fromX ? undefined : [end[0] - fromX, end[1] - fromY]
}

function cornerOf(
  view: View,
  y: number,
  box: Ground,
  score: (point: Projected) => number,
): [number, number] | null {
  let least = Infinity
  let best: [number, number] | null = null
  for (const x of [box.x0, box.x1]) {
    for (const z of [box.z0, box.z1]) {
      project(view, x, y, z, p)
      const value = score(p)
      if (p.depth > 0 && value < least) {
        least = value
        best = [p.x, p.y]
      }
    }
  }
  return best
}
