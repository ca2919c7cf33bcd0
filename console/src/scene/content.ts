// What the store says, turned into instances: beams, marks, rings, membranes. Pure.

import type { Chart } from '../state/chart.ts'
import type { Direction, Mark, Pulse } from '../state/store.ts'
import { type Beam, beamWidth, tierOf } from './beams.ts'
import { plateStride } from './plates.ts'
import { type Places, type Point, placeOf } from './ribbons.ts'
import { type Palette, type Rgb, riskColor } from './theme.ts'
import { at, lift } from './tree.ts'

export const spotStride = 14
export const shellStride = 14
/** How long a pulse beats, and its trace stays, in seconds. */
export const pulseBeats = 4
export const traceStays = 45

function bothPlaces(places: Places, node: number): [Point, Point] | null {
  const location = placeOf(places, 0, node)
  const policy = placeOf(places, 1, node)
  const any = location ?? policy
  return any === null ? null : [location ?? any, policy ?? any]
}

/** The same at the foot of the node, on the plate that it stands on. */
function bothFeet(places: Places, node: number): [Point, Point] | null {
  const both = bothPlaces(places, node)
  if (both === null) {
    return null
  }
  return ([0, 1] as const).map((lens) => {
    const tree = places.trees[lens]
    const shown = lift(tree, places.cuts[lens].isLeaf, node)
    const [x, y, z] = both[lens]
    return [x, shown >= 0 ? at(tree.base, shown) : y, z]
  }) as [Point, Point]
}

export function beamColor(palette: Palette, beam: Beam, direction: Direction): Rgb {
  return direction === 'egress' && beam.risk < 3 ? palette.egress : riskColor(palette, beam.risk)
}

/** Half the shorter side of what shows the node: the measure of rings around it. */
export function radiusOf(places: Places, node: number): number {
  const tree = places.trees[places.lens]
  const shown = lift(tree, places.cuts[places.lens].isLeaf, node)
  const i = shown < 0 ? node : shown
  return 0.5 * Math.min(at(tree.rect, 4 * i + 2), at(tree.rect, 4 * i + 3))
}

export function packBeams(
  places: Places,
  beams: readonly Beam[],
  palette: Palette,
  direction: Direction,
  strengthOf: (node: number) => number,
): { beams: Float32Array; marks: Float32Array; rings: number[] } {
  const lines: number[] = []
  const marks: number[] = []
  const rings: number[] = []
  // The worst last, so that they lie over the others.
  for (const beam of [...beams].reverse()) {
    const both = bothPlaces(places, beam.worst)
    if (both === null) {
      continue
    }
    const [l, p] = both
    const color = beamColor(palette, beam, direction)
    const tier = tierOf(beam.risk)
    const strength = strengthOf(beam.node)
    const alpha = strength * ([0.5, 0.55, 0.8, 0.95, 1][beam.risk] ?? 0.5)
    lines.push(...l, ...p, ...color, alpha, beamWidth(beam.services), tier, beam.count, 1)
    const kind = direction === 'egress' ? 2 : ([0, 0, 1, 2, 3][beam.risk] ?? 0)
    marks.push(...l, ...p, ...color, strength, 5.5 + 0.9 * beam.risk, kind, tier, 0)
    if (direction === 'ingress' || beam.risk >= 3) {
      const feet = bothFeet(places, beam.worst) ?? both
      rings.push(
        ...feet[0],
        ...feet[1],
        ...color,
        0.9 * strength,
        1.75 * radiusOf(places, beam.worst),
        0,
        0.05,
        -1,
      )
    }
  }
  return { beams: Float32Array.from(lines), marks: Float32Array.from(marks), rings }
}

/** An opening beats and leaves an amber trace; a closing fades. Without motion there is only the trace. */
export function ringsOfPulses(
  places: Places,
  pulses: readonly Pulse[],
  palette: Palette,
  now: number,
  hasMotion: boolean,
): { rings: number[]; isBeating: boolean } {
  const rings: number[] = []
  let isBeating = false
  for (const pulse of pulses) {
    const age = now - pulse.at / 1000
    if (age > traceStays) {
      continue
    }
    for (const node of new Set([pulse.to, pulse.from])) {
      const both = node < 0 ? null : bothFeet(places, node)
      if (both === null) {
        continue
      }
      const radius = Math.max(1.9 * radiusOf(places, node), 1)
      const fade = Math.max(0, 1 - age / traceStays)
      const color = pulse.opened ? palette.ghost : palette.closed
      rings.push(
        ...both[0],
        ...both[1],
        ...color,
        pulse.opened ? 0.4 + 0.5 * fade : 0.7 * fade,
        radius,
        0,
        0.1,
        -1,
      )
      if (hasMotion && age < pulseBeats) {
        isBeating = true
        rings.push(
          ...both[0],
          ...both[1],
          ...(pulse.opened ? palette.opened : palette.closed),
          1,
          radius,
          1,
          0.09,
          pulse.at / 1000,
        )
      }
    }
  }
  return { rings, isBeating }
}

/** Rings that stay, around what opened and what closed between two moments. */
export function ringsOfMarks(places: Places, marks: readonly Mark[], palette: Palette): number[] {
  return marks.flatMap(({ node, opened }) => {
    const both = bothFeet(places, node)
    if (both === null) {
      return []
    }
    const radius = Math.max(2.3 * radiusOf(places, node), 1)
    return [...both[0], ...both[1], ...(opened ? palette.opened : palette.closed), 1, radius, 0, 0.12, -1]
  })
}

/** How much of a membrane is seen where nobody asked for it. */
const quiet = 0.4

/**
 * Shells around the blocks that show the members of the selected group, and faint ones around what wears its groups in
 * sight; a slot for each service that the internet reaches.
 */
export function packShells(
  places: Places,
  members: Iterable<number>,
  wearers: Iterable<number>,
  chart: Chart,
): Float32Array {
  const doors = new Map<number, { count: number; strength: number }>()
  const tree = places.trees[places.lens]
  const put = (node: number, strength: number) => {
    const shown = lift(tree, places.cuts[places.lens].isLeaf, node)
    if (shown >= 0) {
      const old = doors.get(shown) ?? { count: 0, strength: 0 }
      const count = Math.max(old.count, at(chart.ports, node))
      doors.set(shown, { count, strength: Math.max(old.strength, strength) })
    }
  }
  for (const node of wearers) {
    put(node, quiet)
  }
  for (const member of members) {
    put(member, 1)
  }
  const data = new Float32Array(doors.size * shellStride)
  let i = 0
  for (const [node, { count, strength }] of doors) {
    const rects = ([0, 1] as const).map((lens) => {
      const own = places.trees[lens].exists[node] === 1 ? places.trees[lens] : tree
      return {
        rect: own.rect.subarray(4 * node, 4 * node + 4),
        base: at(own.base, node),
        top: at(own.top, node),
      }
    })
    const [l, p] = rects
    if (l !== undefined && p !== undefined) {
      data.set([...l.rect, ...p.rect, l.base, l.top, p.base, p.top, count, strength], i * shellStride)
    }
    i++
  }
  return data
}

/** Gates and portals, packed as plates are. */
export function packArches(
  places: Places,
  nodes: readonly number[],
  isMorphing: boolean,
  colorOf: (node: number) => Rgb,
  stateOf: (node: number) => number,
): Float32Array {
  const stride = plateStride + 1
  const data = new Float32Array(nodes.length * stride)
  nodes.forEach((node, i) => {
    const sides = ([0, 1] as const).map((lens) => {
      const stands = places.trees[lens].exists[node] === 1
      const own = stands ? places.trees[lens] : places.trees[places.lens]
      return {
        rect: own.rect.subarray(4 * node, 4 * node + 4),
        base: at(own.base, node),
        top: at(own.top, node),
        presence: stands && (places.cuts[lens].isLeaf[node] === 1 || !isMorphing) ? 1 : 0,
      }
    })
    const [l, p] = sides
    if (l !== undefined && p !== undefined) {
      const color = colorOf(node)
      data.set(
        [
          ...l.rect,
          ...p.rect,
          l.base,
          l.top,
          p.base,
          p.top,
          ...color,
          ...color,
          l.presence,
          p.presence,
          0,
          0,
          stateOf(node),
        ],
        i * stride,
      )
    }
  })
  return data
}
