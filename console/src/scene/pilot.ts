// Where the camera stands and where it is going: presets, flights, bounds.

import {
  type Box,
  between,
  bound,
  ease,
  fitBox,
  highestPitch,
  makeView,
  type Pose,
  perspectiveLens,
  pixelsPerUnit,
  planLens,
  project,
  type View,
} from './camera.ts'
import type { CutView } from './cut.ts'
import { at, clamp, type LensTree } from './tree.ts'

const flightMs = 700

export type Preset = 'overview' | 'focus' | 'plan'

export class Pilot {
  pose: Pose = { x: 500, y: 0, z: 300, yaw: -0.5, pitch: 0.62, span: 900, lens: perspectiveLens }
  size = { width: 1, height: 1 }
  /** Around the whole estate. */
  box: Box = { x0: 0, x1: 1000, y0: 0, y1: 1, z0: 0, z1: 600 }
  private flight: { from: Pose; to: Pose; start: number } | null = null

  get isFlying(): boolean {
    return this.flight !== null
  }

  view(): View {
    const reach = 1.3 * Math.hypot(this.box.x1 - this.box.x0, this.box.z1 - this.box.z0)
    return makeView(this.pose, this.size.width, this.size.height, reach)
  }

  /** The sky comes lower as one comes nearer, so that beams stay whole. */
  sky(): number {
    const size = Math.hypot(this.box.x1 - this.box.x0, this.box.z1 - this.box.z0)
    return clamp(0.21 * this.pose.span, 0.002 * size, 0.24 * size)
  }

  move(pose: Pose): void {
    const size = Math.max(this.box.x1 - this.box.x0, this.box.z1 - this.box.z0)
    this.flight = null
    this.pose = bound(pose, { box: this.box, shortestSpan: size * 0.0015, longestSpan: size * 2.2 })
  }

  flyTo(pose: Pose, now: number): void {
    this.flight = { from: this.pose, to: pose, start: now }
  }

  /** Goes on with a flight; whether there was one. */
  advance(now: number): boolean {
    if (this.flight === null) {
      return false
    }
    const t = clamp((now - this.flight.start) / flightMs, 0, 1)
    this.pose = between(this.flight.from, this.flight.to, ease(t))
    if (t >= 1) {
      this.flight = null
    }
    return true
  }

  /** The pose that frames the node, or all of it (−1). */
  poseOf(preset: Preset, tree: LensTree, node: number): Pose {
    const isWhole = node < 0 || preset === 'overview' || tree.exists[node] !== 1
    const i = 6 * (isWhole ? 0 : node)
    const b = tree.bounds
    const [x0, x1, z0, z1] = [at(b, i), at(b, i + 1), at(b, i + 4), at(b, i + 5)]
    const size = Math.hypot(x1 - x0, z1 - z0)
    const room = isWhole ? 0 : tree.interfaces[node] === 1 ? 2.2 * size : 0.02 * size
    const rise = preset === 'plan' ? 0 : isWhole ? 0.1 * size : at(b, i + 3) + 0.1 * size
    const box = { x0: x0 - room, x1: x1 + room, y0: 0, y1: rise, z0: z0 - room, z1: z1 + room }
    const look =
      preset === 'plan'
        ? { yaw: 0, pitch: highestPitch, lens: planLens }
        : { yaw: -0.4, pitch: preset === 'focus' ? 0.76 : 0.72, lens: perspectiveLens }
    return fitBox(box, look, this.size, { left: 0.03, right: 0.03, top: 0.085, bottom: 0.05 })
  }

  cutView(): CutView {
    const view = this.view()
    const p = { x: 0, y: 0, depth: 0 }
    return {
      pixelsPerUnit: (x, y, z) => pixelsPerUnit(view, x, y, z),
      isInSight: (x, y, z, radius) => {
        const { depth } = project(view, x, y, z, p)
        const pixels = radius * pixelsPerUnit(view, x, y, z)
        const isBeside =
          p.x < -pixels || p.x > view.width + pixels || p.y < -pixels || p.y > view.height + pixels
        return depth > -radius && !isBeside
      },
    }
  }
}
