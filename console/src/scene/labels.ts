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
}

export interface PlacedLabel {
  readonly id: number
  readonly left: number
  readonly top: number
}

export interface Frame {
  readonly width: number
  readonly height: number
}

/** Places that panels cover, in pixels: left, top, right, bottom. */
export type Obstacle = readonly [number, number, number, number]

const gap = 3

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
    const left = Math.round(box.x - box.alignX * box.width)
    const top = Math.round(box.y - box.alignY * box.height)
    const right = left + box.width
    const bottom = top + box.height
    if (right < 0 || bottom < 0 || left > frame.width || top > frame.height) {
      continue
    }
    const isFree =
      box.isForced === true ||
      (left >= 0 &&
        right <= frame.width &&
        taken.every(
          ([l, t, r, b]) => right + gap <= l || left - gap >= r || bottom + gap <= t || top - gap >= b,
        ))
    if (!isFree || placed.length >= most) {
      hidden++
      continue
    }
    taken.push([left, top, right, bottom])
    placed.push({ id: box.id, left, top })
  }
  return { placed, hidden }
}

/** The text cut to what a label may hold; control and direction characters are shown as signs. */
export function labelText(name: string, most = 28): string {
  const points = Array.from(name.slice(0, 8 * most), (c) => (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(c) ? '�' : c))
  return points.length > most ? `${points.slice(0, most - 1).join('')}…` : points.join('')
}
