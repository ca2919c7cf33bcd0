// Where one looks from, in so few digits that it fits an address, and reads back as the same.

export interface Look {
  /** What is looked at, in units of the scene. */
  readonly x: number
  readonly y: number
  readonly z: number
  /** Degrees: the turn about the vertical, and the height over the horizon. */
  readonly yaw: number
  readonly pitch: number
  /** How much of the scene is as high as the frame. */
  readonly span: number
}

const tenth = (value: number): number => Math.round(value * 10) / 10 + 0

export function quantised(look: Look): Look {
  const digits = look.span < 10 ? 100 : 10
  return {
    x: tenth(look.x),
    y: tenth(look.y),
    z: tenth(look.z),
    yaw: tenth(((((look.yaw + 180) % 360) + 360) % 360) - 180),
    pitch: tenth(look.pitch),
    span: Math.round(look.span * digits) / digits,
  }
}

export function writeLook(look: Look | null): string {
  return look === null
    ? ''
    : [look.x, look.y, look.z, look.yaw, look.pitch, look.span]
        .map((each) => Number(each.toFixed(2)))
        .join('_')
}

/** Null for what is none. */
export function readLook(text: string | null): Look | null {
  const parts = (text ?? '').split('_')
  const [x, y, z, yaw, pitch, span] = parts.map(Number)
  const isWhole = parts.length === 6 && parts.every((part) => /^-?\d{1,6}(\.\d{1,2})?$/.test(part))
  if (!isWhole || x === undefined || y === undefined || z === undefined) {
    return null
  }
  if (yaw === undefined || pitch === undefined || span === undefined || span <= 0) {
    return null
  }
  return quantised({ x, y, z, yaw, pitch: Math.min(90, Math.max(0, pitch)), span })
}
