// The map in the corner: always from above, with what the camera sees. A click goes there.

import { type Chart, Kind } from '../state/chart.ts'
import type { Beam } from './beams.ts'
import { meetPlane, rayThrough, type View } from './camera.ts'
import { cssOf, type Palette, riskColor } from './theme.ts'
import { at, type LensTree } from './tree.ts'

const longestSide = 168
const tallestSide = 120

export class Minimap {
  readonly canvas = document.createElement('canvas')
  private readonly picture = document.createElement('canvas')
  private readonly ground = document.createElement('canvas')
  private painted: { tree: LensTree | null; palette: Palette | null } = { tree: null, palette: null }
  private ratio = 1
  private scale = 1
  private origin = { x: 0, z: 0 }
  private size = { width: 0, height: 0 }
  private seen = ''

  constructor(host: HTMLElement, goTo: (x: number, z: number) => void) {
    this.canvas.className = 'scene-minimap'
    this.canvas.setAttribute('aria-hidden', 'true')
    host.append(this.canvas)
    const go = (event: PointerEvent) => {
      const box = this.canvas.getBoundingClientRect()
      goTo(
        this.origin.x + (event.clientX - box.left) / this.scale,
        this.origin.z + (event.clientY - box.top) / this.scale,
      )
    }
    this.canvas.addEventListener('pointerdown', (event) => {
      this.canvas.setPointerCapture(event.pointerId)
      go(event)
    })
    this.canvas.addEventListener('pointermove', (event) => {
      if ((event.buttons & 1) !== 0) {
        go(event)
      }
    })
  }

  get width(): number {
    return this.size.width
  }

  get height(): number {
    return this.size.height
  }

  /** Paints the ground again, where the chart, the lens or the colors are others than before. */
  setGround(chart: Chart, tree: LensTree, palette: Palette): void {
    if (this.painted.tree === tree && this.painted.palette === palette) {
      return
    }
    this.painted = { tree, palette }
    this.measure(tree)
    const context = this.contextOf(this.ground)
    context.fillStyle = cssOf(palette.background, 0.86)
    context.fillRect(0, 0, this.size.width, this.size.height)
    for (let i = 0; i < chart.count; i++) {
      const fill = areaColor(at(chart.kind, i), palette)
      if (fill === null || tree.exists[i] !== 1) {
        continue
      }
      const [x, y, w, h] = this.rectOf(tree, i)
      if (w > 2 && h > 2) {
        context.fillStyle = fill
        context.fillRect(x, y, w, h)
      }
    }
  }

  /** Puts the beams on the ground as dots. */
  setBeams(tree: LensTree, beams: readonly Beam[], palette: Palette): void {
    const context = this.contextOf(this.picture)
    context.clearRect(0, 0, this.size.width, this.size.height)
    context.drawImage(this.ground, 0, 0, this.size.width, this.size.height)
    for (const beam of [...beams].reverse()) {
      const [x, y, w, h] = this.rectOf(tree, beam.node)
      context.fillStyle = cssOf(riskColor(palette, beam.risk))
      context.beginPath()
      context.arc(x + w / 2, y + h / 2, beam.risk >= 3 ? 2.4 : 1.7, 0, 2 * Math.PI)
      context.fill()
    }
    this.seen = ''
  }

  private measure(tree: LensTree): void {
    const b = tree.bounds
    const pad = 0.03 * Math.max(at(b, 1) - at(b, 0), at(b, 5) - at(b, 4))
    const w = at(b, 1) - at(b, 0) + 2 * pad
    const h = at(b, 5) - at(b, 4) + 2 * pad
    this.origin = { x: at(b, 0) - pad, z: at(b, 4) - pad }
    this.scale = Math.min(longestSide / w, tallestSide / h)
    this.size = { width: Math.round(w * this.scale), height: Math.round(h * this.scale) }
    this.ratio = Math.max(1, Math.min(2, window.devicePixelRatio))
    for (const canvas of [this.canvas, this.picture, this.ground]) {
      canvas.width = this.size.width * this.ratio
      canvas.height = this.size.height * this.ratio
    }
    this.canvas.style.width = `${this.size.width}px`
    this.canvas.style.height = `${this.size.height}px`
  }

  private contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
    const context = canvas.getContext('2d')
    if (context === null) {
      throw new Error('this browser gives no canvas')
    }
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0)
    return context
  }

  private rectOf(tree: LensTree, node: number): [number, number, number, number] {
    return [
      (at(tree.rect, 4 * node) - this.origin.x) * this.scale,
      (at(tree.rect, 4 * node + 1) - this.origin.z) * this.scale,
      at(tree.rect, 4 * node + 2) * this.scale,
      at(tree.rect, 4 * node + 3) * this.scale,
    ]
  }

  draw(view: View, palette: Palette): void {
    const seen = view.matrix.join()
    if (seen === this.seen || this.size.width === 0) {
      return
    }
    this.seen = seen
    const context = this.contextOf(this.canvas)
    context.clearRect(0, 0, this.size.width, this.size.height)
    context.drawImage(this.picture, 0, 0, this.size.width, this.size.height)
    context.beginPath()
    const far = 4 * Math.max(this.size.width, this.size.height)
    for (const [px, py] of [
      [0, 0],
      [view.width, 0],
      [view.width, view.height],
      [0, view.height],
    ] as const) {
      const ray = rayThrough(view, px, py)
      const ground = meetPlane(ray, 0) ?? {
        x: view.eye[0] + ray.direction[0] * 1e5,
        z: view.eye[2] + ray.direction[2] * 1e5,
      }
      const x = (ground.x - this.origin.x) * this.scale
      const y = (ground.z - this.origin.z) * this.scale
      context.lineTo(Math.max(-far, Math.min(far, x)), Math.max(-far, Math.min(far, y)))
    }
    context.closePath()
    context.strokeStyle = cssOf(palette.accent, 0.75)
    context.lineWidth = 1
    context.stroke()
    context.fillStyle = cssOf(palette.accent, 0.05)
    context.fill()
  }

  dispose(): void {
    this.canvas.remove()
  }
}

function areaColor(kind: number, palette: Palette): string | null {
  switch (kind) {
    case Kind.account:
      return cssOf(palette.account)
    case Kind.vpc:
      return cssOf(palette.subnet)
    case Kind.outside:
      return cssOf(palette.block)
    case Kind.subnet:
    case Kind.group:
      return cssOf(palette.block, 0.45)
    default:
      return null
  }
}
