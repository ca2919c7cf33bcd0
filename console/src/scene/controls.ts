// Pointer, wheel and keyboard to camera moves. Dragging moves the map; with the right button or Ctrl it turns.

import { meetPlane, type Pose, rayThrough, type View } from './camera.ts'

export interface ControlHandlers {
  view(): View
  /** A new pose, within bounds or not. */
  move(pose: Pose): void
  hover(x: number, y: number): void
  leave(): void
  click(x: number, y: number, isMore: boolean): void
  enter(x: number, y: number): void
  /** Whether the key meant something. */
  key(event: KeyboardEvent): boolean
}

const clickSlack = 5
const turnPerPixel = 0.0055
const wheelZoom = 0.0014

interface Held {
  x: number
  y: number
}

export class Controls {
  private readonly held = new Map<number, Held>()
  private travelled = 0
  private isTurning = false
  private readonly canvas: HTMLCanvasElement
  private readonly on: ControlHandlers
  private readonly stop = new AbortController()

  constructor(canvas: HTMLCanvasElement, handlers: ControlHandlers) {
    this.canvas = canvas
    this.on = handlers
    const options = { signal: this.stop.signal }
    canvas.addEventListener('pointerdown', (event) => this.down(event), options)
    canvas.addEventListener('pointermove', (event) => this.drag(event), options)
    canvas.addEventListener('pointerup', (event) => this.up(event), options)
    canvas.addEventListener('pointercancel', (event) => this.drop(event), options)
    canvas.addEventListener('pointerleave', () => this.on.leave(), options)
    canvas.addEventListener('contextmenu', (event) => event.preventDefault(), options)
    canvas.addEventListener('dblclick', (event) => this.on.enter(event.offsetX, event.offsetY), options)
    canvas.addEventListener('wheel', (event) => this.wheel(event), { ...options, passive: false })
    canvas.addEventListener(
      'keydown',
      (event) => {
        if (this.on.key(event)) {
          event.preventDefault()
          event.stopPropagation()
        }
      },
      options,
    )
  }

  get isHeld(): boolean {
    return this.held.size > 0
  }

  dispose(): void {
    this.stop.abort()
  }

  private down(event: PointerEvent): void {
    this.canvas.setPointerCapture(event.pointerId)
    this.held.set(event.pointerId, { x: event.offsetX, y: event.offsetY })
    if (this.held.size === 1) {
      this.travelled = 0
      this.isTurning = event.button === 2 || event.button === 1 || event.ctrlKey || event.metaKey
    }
  }

  private drag(event: PointerEvent): void {
    const last = this.held.get(event.pointerId)
    if (last === undefined) {
      this.on.hover(event.offsetX, event.offsetY)
      return
    }
    const now = { x: event.offsetX, y: event.offsetY }
    this.travelled += Math.abs(now.x - last.x) + Math.abs(now.y - last.y)
    if (this.travelled > clickSlack) {
      this.canvas.classList.add('is-dragged')
      const others = [...this.held].filter(([id]) => id !== event.pointerId).map(([, each]) => each)
      const other = others[0]
      if (other !== undefined) {
        this.pinch(other, last, now)
      } else if (this.isTurning) {
        this.turn(now.x - last.x, now.y - last.y)
      } else {
        this.pan(last, now)
      }
    }
    this.held.set(event.pointerId, now)
  }

  private up(event: PointerEvent): void {
    const wasClick = this.held.size === 1 && this.travelled <= clickSlack
    this.drop(event)
    if (wasClick && event.button === 0) {
      this.on.click(event.offsetX, event.offsetY, event.shiftKey)
    }
  }

  private drop(event: PointerEvent): void {
    this.held.delete(event.pointerId)
    this.canvas.classList.remove('is-dragged')
  }

  private turn(dx: number, dy: number): void {
    const { pose } = this.on.view()
    this.on.move({ ...pose, yaw: pose.yaw - dx * turnPerPixel, pitch: pose.pitch + dy * turnPerPixel })
  }

  /** The ground under the pointer stays under it. */
  private pan(from: Held, to: Held): void {
    const view = this.on.view()
    const a = meetPlane(rayThrough(view, from.x, from.y), view.pose.y)
    const b = meetPlane(rayThrough(view, to.x, to.y), view.pose.y)
    if (a !== null && b !== null) {
      const limit = view.pose.span
      const step = (d: number) => Math.max(-limit, Math.min(limit, d))
      this.on.move({ ...view.pose, x: view.pose.x + step(a.x - b.x), z: view.pose.z + step(a.z - b.z) })
    }
  }

  private pinch(still: Held, from: Held, to: Held): void {
    const before = Math.hypot(from.x - still.x, from.y - still.y)
    const after = Math.hypot(to.x - still.x, to.y - still.y)
    const angle = Math.atan2(to.y - still.y, to.x - still.x) - Math.atan2(from.y - still.y, from.x - still.x)
    if (before > 1 && after > 1) {
      const { pose } = this.on.view()
      this.on.move({
        ...zoomed(this.on.view(), before / after, still.x, still.y),
        yaw: pose.yaw + Math.atan2(Math.sin(angle), Math.cos(angle)),
      })
    }
  }

  private wheel(event: WheelEvent): void {
    event.preventDefault()
    const pixels = event.deltaMode === 1 ? 33 * event.deltaY : event.deltaY
    const step = Math.max(-240, Math.min(240, pixels))
    this.on.move(zoomed(this.on.view(), Math.exp(step * wheelZoom), event.offsetX, event.offsetY))
  }
}

/** Nearer or farther, while the ground under the pixel stays under it. */
export function zoomed(view: View, factor: number, px: number, py: number): Pose {
  const { pose } = view
  const ground = meetPlane(rayThrough(view, px, py), pose.y)
  const span = pose.span * factor
  if (ground === null || Math.hypot(ground.x - pose.x, ground.z - pose.z) > 2 * pose.span) {
    return { ...pose, span }
  }
  return {
    ...pose,
    span,
    x: ground.x + (pose.x - ground.x) * factor,
    z: ground.z + (pose.z - ground.z) * factor,
  }
}

/** Camera moves by key; null if the key is none of them. */
export function keyPose(event: { key: string; shiftKey: boolean }, pose: Pose): Pose | null {
  const step = 0.08 * pose.span
  const [sin, cos] = [Math.sin(pose.yaw), Math.cos(pose.yaw)]
  const pan = (right: number, near: number): Pose => ({
    ...pose,
    x: pose.x + step * (right * cos + near * sin),
    z: pose.z + step * (-right * sin + near * cos),
  })
  switch (event.key) {
    case '+':
    case '=':
      return { ...pose, span: pose.span / 1.2 }
    case '-':
    case '_':
      return { ...pose, span: pose.span * 1.2 }
    case ',':
      return { ...pose, yaw: pose.yaw + 0.12 }
    case '.':
      return { ...pose, yaw: pose.yaw - 0.12 }
    case 'PageUp':
      return { ...pose, pitch: pose.pitch + 0.08 }
    case 'PageDown':
      return { ...pose, pitch: pose.pitch - 0.08 }
    case 'ArrowLeft':
      return event.shiftKey ? pan(-1, 0) : null
    case 'ArrowRight':
      return event.shiftKey ? pan(1, 0) : null
    case 'ArrowUp':
      return event.shiftKey ? pan(0, -1) : null
    case 'ArrowDown':
      return event.shiftKey ? pan(0, 1) : null
    default:
      return null
  }
}
