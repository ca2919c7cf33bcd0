// Which nodes of the cut get a beam from the sky: the worst forty. The others show in the ramp of their block. Pure.

import { type Chart, Flag, Kind, NO_RISK } from '../state/chart.ts'
import type { Direction } from '../state/store.ts'
import type { Cut } from './cut.ts'
import { at, isDirectlyExposed, type LensTree, lift } from './tree.ts'

export const mostBeams = 40

export interface Beam {
  /** The node of the cut that it comes down on, and the worst exposed node in it. */
  readonly node: number
  readonly worst: number
  /** As in the chart; what is exposed as meant has 0. */
  readonly risk: number
  readonly services: number
  /** Exposed nodes that it stands for. */
  readonly count: number
}

/** Risks in the order of their rank: none, or for information, is the lowest. */
export function severity(risk: number): number {
  return risk === NO_RISK ? 0 : risk
}

export function isCandidate(chart: Chart, node: number, direction: Direction): boolean {
  const kind = at(chart.kind, node)
  if (kind !== Kind.interface && kind !== Kind.balancer) {
    return false
  }
  const flags = at(chart.flags, node)
  return direction === 'ingress' ? isDirectlyExposed(flags) : (flags & Flag.reachesInternet) !== 0
}

const candidates = new WeakMap<Chart, Partial<Record<Direction, Uint32Array>>>()

/** All candidates of a chart, found once. */
function candidatesOf(chart: Chart, direction: Direction): Uint32Array {
  const known = candidates.get(chart) ?? {}
  candidates.set(chart, known)
  let list = known[direction]
  if (list === undefined) {
    const found: number[] = []
    for (let i = 0; i < chart.count; i++) {
      if (isCandidate(chart, i, direction)) {
        found.push(i)
      }
    }
    list = Uint32Array.from(found)
    known[direction] = list
  }
  return list
}

/** The worst first; `hidden` counts the exposed nodes that no beam stands for. */
export function rankBeams(
  chart: Chart,
  tree: LensTree,
  cut: Cut,
  direction: Direction,
  most = mostBeams,
): { beams: Beam[]; hidden: number } {
  const byNode = new Map<number, { -readonly [K in keyof Beam]: Beam[K] }>()
  for (const i of candidatesOf(chart, direction)) {
    const node = tree.exists[i] === 1 ? lift(tree, cut.isLeaf, i) : -1
    if (node < 0) {
      continue
    }
    const risk = severity(at(chart.risk, i))
    const services = at(chart.ports, i)
    const beam = byNode.get(node)
    if (beam === undefined) {
      byNode.set(node, { node, worst: i, risk, services, count: 1 })
      continue
    }
    if (risk > beam.risk) {
      beam.worst = i
      beam.risk = risk
    }
    beam.services = Math.max(beam.services, services)
    beam.count++
  }
  const ranked = [...byNode.values()].sort(
    (a, b) => b.risk - a.risk || b.services - a.services || b.count - a.count || a.node - b.node,
  )
  const hidden = ranked.slice(most).reduce((sum, beam) => sum + beam.count, 0)
  return { beams: ranked.slice(0, most), hidden }
}

/** How much of the way up to the sky a beam is solid: the worse, the taller. */
export function tierOf(risk: number): number {
  return [0.34, 0.42, 0.56, 0.76, 1][risk] ?? 0.34
}

export function beamWidth(services: number): number {
  return 2 + Math.min(4.5, 1.3 * Math.log2(1 + services))
}

/** The tint of a block by the share of risky exposed nodes in it: four steps, quiet ones. */
export function densityStep(risky: number, all: number): number {
  if (risky === 0 || all === 0) {
    return 0
  }
  const share = risky / all
  return share >= 0.3 ? 0.5 : share >= 0.1 ? 0.34 : share >= 0.03 ? 0.22 : 0.12
}
