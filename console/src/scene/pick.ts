// What is under the pointer: a descent through the nested plates, which are a bounding hierarchy already. Pure.

import type { Ray } from './camera.ts'
import type { Cut } from './cut.ts'
import { at, type LensTree } from './tree.ts'

export interface Hit {
  readonly node: number
  /** How far along the ray, in lengths of its direction. */
  readonly distance: number
}

/** The nearest node of the cut, or of the containers above it, that the ray meets. */
export function pick(tree: LensTree, cut: Cut, ray: Ray): Hit | null {
  let best = -1
  let nearest = Infinity
  const stack = [0]
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    const entry = enterBounds(tree.bounds, node, ray)
    if (entry >= nearest) {
      continue
    }
    const own = enterBody(tree, node, ray)
    if (own < nearest) {
      nearest = own
      best = node
    }
    if (cut.isOpen[node] === 1) {
      for (let i = at(tree.firstChild, node); i < at(tree.firstChild, node + 1); i++) {
        stack.push(at(tree.children, i))
      }
    }
  }
  return best < 0 ? null : { node: best, distance: nearest }
}

function enterBounds(bounds: Float32Array, node: number, ray: Ray): number {
  const i = 6 * node
  return enter(
    ray,
    at(bounds, i),
    at(bounds, i + 1),
    at(bounds, i + 2),
    at(bounds, i + 3),
    at(bounds, i + 4),
    at(bounds, i + 5),
  )
}

function enterBody(tree: LensTree, node: number, ray: Ray): number {
  const x = at(tree.rect, 4 * node)
  const z = at(tree.rect, 4 * node + 1)
  const w = at(tree.rect, 4 * node + 2)
  const h = at(tree.rect, 4 * node + 3)
  return enter(ray, x, x + w, at(tree.base, node), at(tree.top, node), z, z + h)
}

/** Where the ray enters the box; Infinity if it misses. */
function enter(ray: Ray, x0: number, x1: number, y0: number, y1: number, z0: number, z1: number): number {
  const [ox, oy, oz] = ray.origin
  const [dx, dy, dz] = ray.direction
  const ix = 1 / dx
  const iy = 1 / dy
  const iz = 1 / dz
  const ax = (x0 - ox) * ix
  const bx = (x1 - ox) * ix
  const ay = (y0 - oy) * iy
  const by = (y1 - oy) * iy
  const az = (z0 - oz) * iz
  const bz = (z1 - oz) * iz
  const near = Math.max(Math.min(ax, bx), Math.min(ay, by), Math.min(az, bz))
  const far = Math.min(Math.max(ax, bx), Math.max(ay, by), Math.max(az, bz))
  return near <= far && far >= 0 ? Math.max(near, 0) : Infinity
}
