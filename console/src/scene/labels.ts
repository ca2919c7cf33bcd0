// Which labels are shown, and where: the most important first, none over another. Pure.

export const mostLabels = 60

export interface LabelBox {
  readonly id: number
  /** Higher comes first. */
  readonly priority: number
  /** The point it belongs to, in pixels. */
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  /** Which part of the label lies on the point: 0 its left or upper side, 1 its right or lower side. */
  readonly alignX: number
  readonly alignY: number
  /** It is shown even where it covers another. */
  readonly isForced?: boolean
  /** It may give way along this line, in pixels, as far as it lies on it whole. */
  readonly slide?: readonly [number, number] | undefined
  /** How wide it is without its second part, which it gives up where there is no room. */
  readonly shortWidth?: number | undefined
}

export interface PlacedLabel {
  readonly id: number
  readonly left: number
  readonly top: number
  readonly isShort: boolean
}

export interface Frame {
  readonly width: number
  readonly height: number
}

/** Places that panels cover, in pixels: left, top, right, bottom. */
export type Obstacle = readonly [number, number, number, number]

const gap = 3
/** Places that are tried on a line, from its start. */
const slideSteps = 6

interface Spot {
  readonly left: number
  readonly top: number
  readonly width: number
}

/** Where the box may lie: its place first, whole before short. */
function spotsOf(box: LabelBox): Spot[] {
  const widths = box.shortWidth === undefined ? [box.width] : [box.width, box.shortWidth]
  return widths.flatMap((width) => {
    const left = box.x - box.alignX * width
    const top = box.y - box.alignY * box.height
    const [dx, dy] = box.slide ?? [0, 0]
    const room = Math.max(Math.abs(dx) - width, 0)
    const steps = room > 0 ? slideSteps : 0
    return Array.from({ length: steps + 1 }, (_, i) => {
      const part = steps === 0 ? 0 : ((i / steps) * room) / Math.abs(dx)
      return { left: Math.round(left + part * dx), top: Math.round(top + part * dy), width }
    })
  })
}

export function placeLabels(
  boxes: readonly LabelBox[],
  frame: Frame,
  obstacles: readonly Obstacle[] = [],
  most = mostLabels,
): { placed: PlacedLabel[]; hidden: number } {
  const placed: PlacedLabel[] = []
  const taken: Obstacle[] = [...obstacles]
  let hidden = 0
  const ordered = [...boxes].sort((a, b) => b.priority - a.priority || a.id - b.id)
  for (const box of ordered) {
    const spots = spotsOf(box).filter(
      ({ left, top, width }) =>
        left + width >= 0 && top + box.height >= 0 && left <= frame.width && top <= frame.height,
    )
    if (spots.length === 0) {
      continue
    }
    const free = spots.find(
      ({ left, top, width }) =>
        box.isForced === true ||
        (left >= 0 &&
          left + width <= frame.width &&
          taken.every(
            ([l, t, r, b]) =>
              left + width + gap <= l || left - gap >= r || top + box.height + gap <= t || top - gap >= b,
          )),
    )
    if (free === undefined || placed.length >= most) {
      hidden++
      continue
    }
    const { left, top, width } = free
    taken.push([left, top, left + width, top + box.height])
    placed.push({ id: box.id, left, top, isShort: width < box.width })
  }
  return { placed, hidden }
}

/** The text cut to what a label may hold; control and direction characters are shown as signs. */
export function labelText(name: string, most = 28): string {
  const points = Array.from(name.slice(0, 8 * most), (c) => (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(c) ? '�' : c))
  return points.length > most ? `${points.slice(0, most - 1).join('')}…` : points.join('')
}
