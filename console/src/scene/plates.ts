// Plates and blocks as instances: places in both lenses, colour, and how each is lit. Pure.

import { type Chart, Kind } from '../state/chart.ts'
import { densityStep, severity } from './beams.ts'
import type { Cut } from './cut.ts'
import { mixRgb, type Palette, type Rgb, riskColor } from './theme.ts'
import { at, clamp, isDirectlyExposed, type LensTree } from './tree.ts'

/** Rectangles in both lenses 8; base and top in both 4; colour 3; edge 3; presence in both 2; corner; outline. */
export const plateStride = 22

export interface Plates {
  readonly data: Float32Array
  /** The node of each instance; blocks before the plates that they stand on, so that hidden pixels are not shaded. */
  readonly nodes: Uint32Array
  readonly instanceOf: Map<number, number>
}

export interface Look {
  readonly color: Rgb
  readonly edge: Rgb
  /** How strong the line around the top is. */
  readonly outline: number
}

/** What stands in the cut of either lens, and the containers above. */
export function packPlates(
  chart: Chart,
  trees: readonly [LensTree, LensTree],
  cuts: readonly [Cut, Cut],
  isMorphing: boolean,
  lens: 0 | 1,
  palette: Palette,
): Plates {
  const nodes = nodesToDraw(chart, trees, cuts, isMorphing, lens)
  const data = new Float32Array(nodes.length * plateStride)
  const instanceOf = new Map<number, number>()
  nodes.forEach((node, instance) => {
    instanceOf.set(node, instance)
    const present = [isShown(cuts[0], node), isShown(cuts[1], node)] as const
    const look = lookOf(chart, trees[lens], cuts[lens].isLeaf[node] === 1, palette, node)
    const home = present[lens] || !present[1 - lens] ? lens : 1 - lens
    const placed = ([0, 1] as const).map((each) => placedIn(trees, each, home as 0 | 1, node))
    const [l, p] = placed as [Placed, Placed]
    const side = Math.min(l.rect[2], l.rect[3])
    data.set(
      [
        ...l.rect,
        ...p.rect,
        l.base,
        l.top,
        p.base,
        p.top,
        ...look.color,
        ...look.edge,
        present[0] ? 1 : 0,
        present[1] ? 1 : 0,
        cornerOf(at(chart.kind, node), side),
        look.outline,
      ],
      instance * plateStride,
    )
  })
  return { data, nodes: Uint32Array.from(nodes), instanceOf }
}

interface Placed {
  readonly rect: readonly [number, number, number, number]
  readonly base: number
  readonly top: number
}

function placedIn(trees: readonly [LensTree, LensTree], wanted: 0 | 1, home: 0 | 1, node: number): Placed {
  const tree = trees[trees[wanted].exists[node] === 1 ? wanted : home]
  const i = 4 * node
  return {
    rect: [at(tree.rect, i), at(tree.rect, i + 1), at(tree.rect, i + 2), at(tree.rect, i + 3)],
    base: at(tree.base, node),
    top: at(tree.top, node),
  }
}

function isShown(cut: Cut, node: number): boolean {
  return cut.isLeaf[node] === 1 || cut.isOpen[node] === 1
}

function nodesToDraw(
  chart: Chart,
  trees: readonly [LensTree, LensTree],
  cuts: readonly [Cut, Cut],
  isMorphing: boolean,
  lens: 0 | 1,
): number[] {
  const wanted = new Set<number>()
  for (const each of isMorphing ? ([0, 1] as const) : [lens]) {
    for (const node of cuts[each].leaves) {
      wanted.add(node)
    }
    for (const node of cuts[each].open) {
      wanted.add(node)
    }
  }
  const isSolid = (node: number) => {
    const kind = at(chart.kind, node)
    return (
      kind !== Kind.organisation && kind !== Kind.internet && kind !== Kind.gateway && kind !== Kind.balancer
    )
  }
  const depth = (node: number) => Math.max(at(trees[0].depth, node), at(trees[1].depth, node))
  return [...wanted].filter(isSolid).sort((a, b) => depth(b) - depth(a) || a - b)
}

function cornerOf(kind: number, side: number): number {
  return kind === Kind.interface ? clamp(0.14 * side, 0, 3) : clamp(0.05 * side, 0, 7)
}

/** Quiet unless exposed: exposure fills a block, a finding without exposure only draws its edge. */
export function lookOf(chart: Chart, tree: LensTree, isLeaf: boolean, palette: Palette, node: number): Look {
  const kind = at(chart.kind, node)
  const plain = plainColor(kind, palette)
  if (!isLeaf) {
    return { color: plain, edge: mixRgb(plain, palette.edge, 0.7), outline: 0.8 * palette.edgeStrength }
  }
  if (kind === Kind.outside) {
    return { color: plain, edge: palette.edge, outline: palette.edgeStrength }
  }
  if (kind === Kind.interface) {
    return lookOfBlock(chart, palette, node)
  }
  const all = at(tree.interfaces, node)
  const density = densityStep(at(tree.risky, node), all)
  const body = mixRgb(plain, palette.block, all > 0 ? 0.55 : 0.15)
  return {
    color: mixRgb(body, palette.high, density),
    edge: palette.edge,
    outline: palette.edgeStrength,
  }
}

function lookOfBlock(chart: Chart, palette: Palette, node: number): Look {
  const risk = severity(at(chart.risk, node))
  const color = riskColor(palette, risk)
  if (isDirectlyExposed(at(chart.flags, node))) {
    return {
      color: mixRgb(palette.block, color, risk >= 3 ? 0.86 : 0.62),
      edge: mixRgb(color, palette.accent, 0.35),
      outline: 0.9,
    }
  }
  if (risk >= 3) {
    return { color: palette.block, edge: color, outline: 0.85 }
  }
  return { color: palette.block, edge: palette.edge, outline: palette.edgeStrength }
}

function plainColor(kind: number, palette: Palette): Rgb {
  switch (kind) {
    case Kind.account:
      return palette.account
    case Kind.region:
      return palette.region
    case Kind.vpc:
      return palette.vpc
    case Kind.zone:
      return palette.zone
    case Kind.subnet:
    case Kind.group:
      return palette.subnet
    case Kind.outside:
      return palette.outside
    default:
      return palette.block
  }
}
