// Labels in HTML over the canvas. Elements are kept and used again; names go in as text nodes.

import { type LabelBox, mostLabels, type Obstacle, placeLabels } from './labels.ts'
import { cssOf, type Rgb } from './theme.ts'

export type LabelStyle =
  | 'vpc'
  | 'plate'
  | 'zone'
  | 'block'
  | 'beam'
  | 'gate'
  | 'outside'
  | 'sky'
  | 'hover'
  | 'hop'
  | 'chosen'

export interface Label {
  readonly style: LabelStyle
  readonly text: string
  /** A second, quieter part. */
  readonly more: string
  readonly color: Rgb | null
  readonly priority: number
  readonly alignX: number
  readonly alignY: number
  readonly isForced: boolean
  /** Pixels up from its place. */
  readonly rise: number
  /** Only the first part fits its place now. */
  isShort?: boolean
  /** Where it lies on its place now, if other than alignX and alignY say. */
  shift?: number
  lift?: number
  /** A line in pixels along which it may give way. */
  slide?: readonly [number, number] | undefined
}

interface Slot {
  readonly element: HTMLElement
  readonly dot: HTMLElement
  readonly text: Text
  readonly more: HTMLElement
  readonly moreText: Text
  shown: string
}

const fonts: Readonly<Record<LabelStyle, { font: string; height: number; extra: number; spacing: number }>> =
  {
    vpc: { font: '600 14px', height: 20, extra: 6, spacing: 0 },
    plate: { font: '500 11px', height: 15, extra: 4, spacing: 0 },
    zone: { font: '500 10px', height: 13, extra: 4, spacing: 0.4 },
    block: { font: '500 11px', height: 15, extra: 4, spacing: 0 },
    beam: { font: '600 12px', height: 20, extra: 28, spacing: 0 },
    gate: { font: '500 11px', height: 15, extra: 6, spacing: 0 },
    outside: { font: '500 11px', height: 15, extra: 6, spacing: 0 },
    sky: { font: '600 11px', height: 15, extra: 6, spacing: 2.2 },
    hover: { font: '600 12px', height: 24, extra: 22, spacing: 0 },
    hop: { font: '600 12px', height: 22, extra: 20, spacing: 0 },
    chosen: { font: '600 12px', height: 22, extra: 20, spacing: 0 },
  }

export class Overlay {
  readonly element: HTMLElement
  private readonly slots: Slot[] = []
  private readonly measure = document.createElement('canvas').getContext('2d')
  private readonly widths = new Map<string, number>()
  private family = 'sans-serif'
  private drawn: { label: Label; left: number; top: number }[] = []

  constructor(host: HTMLElement) {
    this.element = document.createElement('div')
    this.element.className = 'scene-labels'
    this.element.setAttribute('aria-hidden', 'true')
    host.append(this.element)
  }

  /** The page's font has changed, or come. */
  refont(): void {
    this.family = getComputedStyle(this.element).fontFamily || 'sans-serif'
    this.widths.clear()
  }

  /** Shows what fits; answers how many did not. */
  show(
    labels: readonly Label[],
    places: Float32Array,
    frame: { width: number; height: number },
    obstacles: readonly Obstacle[],
  ): number {
    const boxes: LabelBox[] = labels.map((label, id) => ({
      id,
      priority: label.priority,
      x: places[2 * id] as number,
      y: (places[2 * id + 1] as number) - (label.lift === 0.5 ? 0 : label.rise),
      width: this.widthOf(label),
      height: fonts[label.style].height,
      alignX: label.shift ?? label.alignX,
      alignY: label.lift ?? label.alignY,
      isForced: label.isForced,
      slide: label.slide,
      shortWidth: label.style === 'vpc' && label.more !== '' ? this.widthOf(label, true) : undefined,
    }))
    const { placed, hidden } = placeLabels(
      boxes.filter((box) => Number.isFinite(box.x)),
      frame,
      obstacles,
    )
    this.drawn = []
    placed.forEach(({ id, left, top, isShort }, i) => {
      const label = labels[id]
      if (label !== undefined) {
        label.isShort = label.isShort === true || isShort
        this.drawn.push({ label, left, top })
        this.fill(this.slot(i), label, left, top)
      }
    })
    for (let i = placed.length; i < this.slots.length; i++) {
      const slot = this.slots[i]
      if (slot !== undefined && slot.shown !== '') {
        slot.shown = ''
        slot.element.hidden = true
      }
    }
    return hidden
  }

  private widthOf(label: Label, isShort = label.isShort === true): number {
    const { font, extra, spacing } = fonts[label.style]
    const more = isShort ? '' : label.more
    const key = `${font}|${label.text}|${more}`
    let width = this.widths.get(key)
    if (width === undefined) {
      const text = more === '' ? label.text : `${label.text}  ${more}`
      if (this.measure !== null) {
        this.measure.font = `${font} ${this.family}`
      }
      width = Math.ceil(
        (this.measure?.measureText(text).width ?? 7 * text.length) + extra + spacing * text.length,
      )
      if (this.widths.size > 5000) {
        this.widths.clear()
      }
      this.widths.set(key, width)
    }
    return width
  }

  private slot(i: number): Slot {
    let slot = this.slots[i]
    if (slot === undefined && i <= mostLabels) {
      const element = document.createElement('span')
      const dot = document.createElement('i')
      const text = document.createTextNode('')
      const more = document.createElement('small')
      const moreText = document.createTextNode('')
      more.append(moreText)
      element.append(dot, text, more)
      this.element.append(element)
      slot = { element, dot, text, more, moreText, shown: '' }
      this.slots.push(slot)
    }
    return slot as Slot
  }

  private fill(slot: Slot, label: Label, left: number, top: number): void {
    const color = label.color === null ? '' : cssOf(label.color)
    const more = label.isShort === true ? '' : label.more
    const shown = `${label.style}|${label.text}|${more}|${color}`
    if (slot.shown !== shown) {
      slot.shown = shown
      slot.element.hidden = false
      slot.element.className = `scene-label scene-label-${label.style}`
      slot.text.data = label.text
      slot.moreText.data = more
      slot.more.hidden = more === ''
      slot.dot.hidden = label.color === null
      slot.element.style.setProperty('--cue', color || 'currentColor')
    }
    slot.element.style.transform = `translate(${left}px, ${top}px)`
  }

  /** The labels as they are shown, painted for a picture. */
  paint(context: CanvasRenderingContext2D, scale: number, ink: Rgb, ground: Rgb): void {
    context.textBaseline = 'middle'
    for (const { label, left, top } of this.drawn) {
      const { font, height, extra } = fonts[label.style]
      const [weight, size] = font.split(' ')
      context.font = `${weight} ${scale * Number.parseFloat(size ?? '11')}px ${this.family}`
      const y = scale * (top + height / 2)
      let x = scale * (left + extra / 2)
      const text = label.more === '' || label.isShort === true ? label.text : `${label.text}  ${label.more}`
      if (label.color !== null) {
        context.fillStyle = cssOf(label.color)
        context.beginPath()
        context.arc(scale * (left + 10), y, 3.5 * scale, 0, 2 * Math.PI)
        context.fill()
        x = scale * (left + 20)
      }
      context.strokeStyle = cssOf(ground, 0.8)
      context.lineWidth = 3 * scale
      context.lineJoin = 'round'
      context.strokeText(text, x, y)
      context.fillStyle = cssOf(ink)
      context.fillText(text, x, y)
    }
  }

  dispose(): void {
    this.element.remove()
  }
}
