// All lines of the scene as instances of one draw: connections, tethers, paths, what-if, hulls. Pure.

import type { Ribbon } from '../api/types.ts'
import { type Chart, Kind } from '../state/chart.ts'
import { partsOf } from '../state/services.ts'
import type { Path } from '../state/store.ts'
import { type Projected, project, type View } from './camera.ts'
import type { Cut } from './cut.ts'
import { exposureColor, mixRgb, type Palette, type Rgb } from './theme.ts'
import { at, clamp, type LensTree, lift } from './tree.ts'

export const mostRibbons = 600
/** From and to in both lenses, 3 each; colour 4; width, dash, arch, bow. */
export const ribbonStride = 20
/** Stands for the height of the sky, which moves with the camera. */
export const skyHeight = 1e6

/** How the shader breaks the line. */
export const Dash = { flow: 0, dashed: 1, dotted: 2, solid: 3 } as const

export interface Places {
  readonly chart: Chart
  readonly trees: readonly [location: LensTree, policy: LensTree]
  readonly cuts: readonly [location: Cut, policy: Cut]
  /** The lens that is shown, or on its way to be. */
  readonly lens: 0 | 1
}

export interface Line {
  readonly from: number
  readonly to: number
  readonly color: Rgb
  readonly alpha: number
  readonly width: number
  readonly dash: number
  readonly arch: number
  readonly bow: number
  /** What it tells of, if it is a connection. */
  readonly ribbon?: Ribbon
}

export type Point = [number, number, number]

/** The middle of the top of the node of the cut that shows it; null if the lens shows none. */
export function placeOf(places: Places, lens: 0 | 1, node: number): Point | null {
  const tree = places.trees[lens]
  const shown = lift(tree, places.cuts[lens].isLeaf, node)
  const i = shown >= 0 ? shown : tree.exists[node] === 1 ? node : -1
  if (i < 0) {
    return null
  }
  return [
    at(tree.rect, 4 * i) + at(tree.rect, 4 * i + 2) / 2,
    at(tree.top, i),
    at(tree.rect, 4 * i + 1) + at(tree.rect, 4 * i + 3) / 2,
  ]
}

/** Packs the lines that go anywhere; `kept` tells which of them have an instance, in order. */
export function packLines(places: Places, lines: readonly Line[]): { data: Float32Array; kept: number[] } {
  const data = new Float32Array(lines.length * ribbonStride)
  const kept: number[] = []
  lines.forEach((line, index) => {
    const ends = endsOf(places, line)
    if (ends === null) {
      return
    }
    data.set(
      [
        ...ends[0],
        ...ends[1],
        ...ends[2],
        ...ends[3],
        ...line.color,
        line.alpha,
        line.width,
        line.dash,
        line.arch,
        line.bow,
      ],
      kept.length * ribbonStride,
    )
    kept.push(index)
  })
  return { data: data.subarray(0, kept.length * ribbonStride), kept }
}

function endsOf(places: Places, line: Line): [Point, Point, Point, Point] | null {
  const here = pairIn(places, places.lens, line)
  if (here === null) {
    return null
  }
  const other = pairIn(places, places.lens === 0 ? 1 : 0, line) ?? here
  return places.lens === 0 ? [...here, ...other] : [...other, ...here]
}

function pairIn(places: Places, lens: 0 | 1, line: Line): [Point, Point] | null {
  const isSky = (node: number) => places.chart.kind[node] === Kind.internet
  const from = isSky(line.from) ? null : placeOf(places, lens, line.from)
  const to = isSky(line.to) ? null : placeOf(places, lens, line.to)
  if (isSky(line.from) && to !== null) {
    return [[to[0], skyHeight, to[2]], to]
  }
  if (isSky(line.to) && from !== null) {
    return [from, [from[0], skyHeight, from[2]]]
  }
  if (from === null || to === null || (from[0] === to[0] && from[2] === to[2])) {
    return null
  }
  return [from, to]
}

export function ribbonWidth(ribbon: Ribbon): number {
  return Math.min(
    5.5,
    1.4 + 0.5 * Math.log2(1 + ribbon.pairs) + 0.45 * Math.log2(1 + partsOf(ribbon.services).length),
  )
}

/** Connections. What the internet has to do with shows as beams, unless it is all that is asked for. */
export function linesOfRibbons(
  chart: Chart,
  ribbons: readonly Ribbon[],
  palette: Palette,
  isWithInternet: boolean,
): Line[] {
  const isSky = (node: number) => chart.kind[node] === Kind.internet
  const shown = ribbons
    .filter((ribbon) => isWithInternet || !(isSky(ribbon.from) || isSky(ribbon.to)))
    .slice(0, mostRibbons)
  // Many lines are drawn finer, so that they stay lines.
  const fine = Math.max(0.5, Math.min(1, (60 / Math.max(1, shown.length)) ** 0.3))
  return shown.map((ribbon) => ({
    from: ribbon.from,
    to: ribbon.to,
    color: exposureColor(palette, ribbon.exposure),
    alpha: (ribbon.risky ? 0.85 : 0.5) * (0.4 + 0.6 * fine),
    width: Math.max(1, ribbonWidth(ribbon) * fine),
    dash: ribbon.state === 'open' ? Dash.flow : ribbon.state === 'depends' ? Dash.dashed : Dash.dotted,
    arch: 0.17,
    bow: 0.07,
    ribbon,
  }))
}

const samples = 14

/** The instance that passes nearest to the pixel, at most `reach` pixels beside its edge; −1 none. As the shader bends it. */
export function lineAt(
  data: Float32Array,
  lens: 0 | 1,
  view: View,
  sky: number,
  pixel: { readonly x: number; readonly y: number; readonly reach: number },
): number {
  const p: Projected = { x: 0, y: 0, depth: 0 }
  let best = -1
  let nearest = Infinity
  for (let line = 0; line * ribbonStride < data.length; line++) {
    const i = line * ribbonStride + 6 * lens
    const heightOf = (y: number) => (y > 1e5 ? sky : y)
    const [ax, ay, az] = [at(data, i), heightOf(at(data, i + 1)), at(data, i + 2)]
    const [bx, by, bz] = [at(data, i + 3), heightOf(at(data, i + 4)), at(data, i + 5)]
    const style = line * ribbonStride + 16
    const far = Math.hypot(bx - ax, by - ay, bz - az)
    const flat = Math.hypot(bx - ax, bz - az) || 1
    const [up, aside] = [at(data, style + 2) * far, (at(data, style + 3) * far) / flat]
    let [x0, y0] = [Number.NaN, Number.NaN]
    for (let step = 0; step <= samples; step++) {
      const t = step / samples
      const bend = 4 * t * (1 - t)
      const x = ax + (bx - ax) * t - (bz - az) * aside * bend
      const z = az + (bz - az) * t + (bx - ax) * aside * bend
      project(view, x, ay + (by - ay) * t + up * bend, z, p)
      if (p.depth > 0 && step > 0) {
        const gap = distanceToPart(pixel.x, pixel.y, x0, y0, p.x, p.y) - at(data, style) / 2
        if (gap <= pixel.reach && gap < nearest) {
          nearest = gap
          best = line
        }
      }
      x0 = p.depth > 0 ? p.x : Number.NaN
      y0 = p.y
    }
  }
  return best
}

function distanceToPart(x: number, y: number, x0: number, y0: number, x1: number, y1: number): number {
  const [dx, dy] = [x1 - x0, y1 - y0]
  const t = clamp(((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy || 1), 0, 1)
  return Math.hypot(x - x0 - t * dx, y - y0 - t * dy)
}

/** The same ribbon, brought forward. */
export function lineOfHover(lines: readonly Line[], ribbon: Ribbon, palette: Palette): Line[] {
  const line = lines.find((each) => each.ribbon === ribbon)
  return line === undefined
    ? []
    : [{ ...line, color: mixRgb(line.color, palette.ink, 0.45), alpha: 1, width: line.width + 2 }]
}

/** From the selection to each node that it is related to. */
export function linesOfTethers(from: number, nodes: readonly number[], palette: Palette): Line[] {
  return nodes.map((to) => ({
    from,
    to,
    color: palette.tether,
    alpha: 0.8,
    width: 1.3,
    dash: Dash.dotted,
    arch: 0.1,
    bow: 0,
  }))
}

/** Opened: red and solid; closed: green and dashed. */
export function linesOfChanged(ribbons: readonly Ribbon[], palette: Palette): Line[] {
  return ribbons.slice(0, mostRibbons).map((ribbon) => ({
    from: ribbon.from,
    to: ribbon.to,
    color: ribbon.is_open === true ? palette.opened : palette.closed,
    alpha: 1,
    width: ribbonWidth(ribbon) + 1.5,
    dash: ribbon.is_open === true ? Dash.flow : Dash.dashed,
    arch: 0.24,
    bow: 0.07,
    ribbon,
  }))
}

/** Hop by hop, those after the one that is looked at faintly; the reply's way bows to the other side. */
export function linesOfPath(path: Path, palette: Palette): Line[] {
  const lines: Line[] = []
  let from = path.from
  for (const [i, hop] of path.hops.entries()) {
    if (hop.node < 0 || hop.node === from) {
      continue
    }
    if (from >= 0) {
      const isBack = hop.direction === 'return'
      // What lies ahead of the step is there, but faint.
      const strength = i > path.step ? 0.4 : 1
      lines.push({
        from,
        to: hop.node,
        color: hop.blocks ? palette.critical : isBack ? palette.tether : palette.path,
        alpha: (isBack ? 0.75 : 1) * strength,
        width: (isBack ? 2.5 : 4.5) * (strength + 1) * 0.5,
        dash: hop.blocks ? Dash.dashed : Dash.flow,
        arch: 0.16,
        bow: isBack ? 0.08 : 0,
      })
    }
    from = hop.node
  }
  return lines
}

/** The shortest set of lines that holds the members of a group together: nearest first, from the first member on. */
export function linesOfMembers(places: Places, members: readonly number[], palette: Palette): Line[] {
  const spots = members
    .slice(0, 200)
    .map((node) => ({ node, at: placeOf(places, places.lens, node) }))
    .filter((spot): spot is { node: number; at: Point } => spot.at !== null)
  const lines: Line[] = []
  const inside = spots.splice(0, 1)
  while (spots.length > 0) {
    let best = { distance: Infinity, from: 0, to: 0 }
    for (const [from, a] of inside.entries()) {
      for (const [to, b] of spots.entries()) {
        const distance = Math.hypot(a.at[0] - b.at[0], a.at[2] - b.at[2])
        if (distance < best.distance) {
          best = { distance, from, to }
        }
      }
    }
    const [next] = spots.splice(best.to, 1)
    const from = inside[best.from]
    if (next === undefined || from === undefined) {
      break
    }
    inside.push(next)
    lines.push({
      from: from.node,
      to: next.node,
      color: palette.accent,
      alpha: 0.7,
      width: 2,
      dash: Dash.solid,
      arch: 0.05,
      bow: 0,
    })
  }
  return lines
}
