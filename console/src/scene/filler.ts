// From the store to the stage: what is drawn where, lit how, named what.

import type { Ribbon } from '../api/types.ts'
import { Kind } from '../state/chart.ts'
import type { Store } from '../state/store.ts'
import { anchorsOf, pixelsOf } from './anchors.ts'
import { type Beam, rankBeams } from './beams.ts'
import type { View } from './camera.ts'
import {
  type Caption,
  captionOfSky,
  captionsOf,
  captionsOfBeams,
  captionsOfFocus,
  captionsOfPath,
} from './captions.ts'
import { packArches, packBeams, packShells, ringsOfMarks, ringsOfPulses } from './content.ts'
import { lookOf, type Plates, packPlates, plateStride } from './plates.ts'
import {
  type Line,
  lineOfHover,
  linesOfChanged,
  linesOfMembers,
  linesOfPath,
  linesOfRibbons,
  linesOfTethers,
  type Places,
  packLines,
} from './ribbons.ts'
import { type Stage, splitPlates } from './stage.ts'
import { mixRgb, type Palette } from './theme.ts'
import { at, lift } from './tree.ts'

/** From so many pixels on, a body has round corners; a processor that draws alone rounds fewer. */
const roundFrom = 26
const roundFromSoftware = 70
/** And its membrane is seen. */
const membraneFrom = 24

export class Filler {
  beams: readonly Beam[] = []
  /** The connections that are drawn, in the order of `lines`. */
  ribbons: readonly (Ribbon | undefined)[] = []
  lines: Float32Array = new Float32Array(0)
  captions: readonly Caption[] = []
  /** Something beats, or flows, and needs frames of its own. */
  isBeating = false
  hasFlow = false
  private plates: Plates | null = null
  private isLarge = new Uint32Array(0)
  private isMorphing = false
  private view: View | null = null
  private readonly store: Store
  private readonly stage: Stage

  constructor(store: Store, stage: Stage) {
    this.store = store
    this.stage = stage
  }

  /** Plates, blocks, gates, portals and shadows; answers how many exposed nodes no beam stands for. */
  fillSolids(places: Places, view: View, isMorphing: boolean, palette: Palette, isSoftware: boolean): number {
    const { chart, trees, cuts, lens } = places
    const tree = trees[lens]
    this.plates = packPlates(chart, trees, cuts, isMorphing, lens, palette)
    const least = isSoftware ? roundFromSoftware : roundFrom
    this.isLarge = this.plates.nodes.map((node) => (pixelsOf(tree, view, node) >= least ? 1 : 0))
    this.isMorphing = isMorphing
    this.view = view
    this.fillStates(places, palette)
    const ranked = rankBeams(chart, tree, cuts[lens], this.store.direction.peek())
    this.beams = ranked.beams
    return ranked.hidden
  }

  /** The same solids, lit in another way. */
  fillStates(places: Places, palette: Palette): void {
    const { chart, trees, cuts, lens } = places
    if (this.plates === null || this.view === null) {
      return
    }
    const { view } = this
    const states = this.states(places)
    const stateOf = (node: number) => states.get(node) ?? 0
    const split = splitPlates(this.plates, plateStride, this.isLarge, stateOf)
    const both = this.isMorphing ? new Set([...cuts[0].leaves, ...cuts[1].leaves]) : cuts[lens].leaves
    // Frames of a pixel or two are only noise.
    const isSeen = (node: number) => pixelsOf(trees[lens], view, node) >= 3
    const leaves = Array.from(both)
    const ofKind = (kind: number) => leaves.filter((node) => chart.kind[node] === kind && isSeen(node))
    const gateColor = (node: number) =>
      mixRgb(lookOf(chart, trees[lens], true, palette, node).color, palette.gate, 0.7)
    const gates = packArches(places, ofKind(Kind.balancer), this.isMorphing, gateColor, stateOf)
    const portals = packArches(places, ofKind(Kind.gateway), this.isMorphing, () => palette.portal, stateOf)
    this.stage.setSolids({ ...split, gates, portals })
    this.stage.setShadows(split.plates)
  }

  /** Connections, tethers, the path, what changed, and the membrane of a group. */
  fillLines(places: Places, palette: Palette, isSoftware: boolean): void {
    const { store } = this
    const path = store.path.peek()
    const changed = store.whatIfRibbons.peek() ?? store.between.peek()?.ribbons ?? null
    const selection = store.selection.peek()
    const lit = store.lit.peek()
    const lines: Line[] = []
    if (path !== null) {
      lines.push(...linesOfPath(path, palette))
    } else {
      if (store.mode.peek() !== 'none') {
        lines.push(...linesOfRibbons(places.chart, store.ribbons.peek().ribbons, palette, false))
      }
      if (selection !== null && selection.node >= 0) {
        lines.push(...linesOfTethers(selection.node, store.tethers.peek(), palette))
      }
    }
    if (changed !== null) {
      lines.push(...linesOfChanged(changed, palette))
    }
    // A group has no place of its own: its members are what is lit.
    const isGroup = path === null && selection !== null && selection.node < 0
    const members = isGroup && lit !== null ? [...lit] : []
    lines.push(...linesOfMembers(places, members, palette))
    this.stage.setShells(packShells(places, members, this.wearers(places), places.chart))
    const hover = store.hoverRibbon.peek()
    const packed = packLines(places, [
      ...lines,
      ...(hover === null ? [] : lineOfHover(lines, hover.ribbon, palette)),
    ])
    this.lines = packed.data
    this.ribbons = packed.kept.map((index) => lines[index]?.ribbon ?? hover?.ribbon)
    this.stage.setRibbons(packed.data)
    const isWatched = path !== null || (!isSoftware && (changed !== null || selection !== null))
    this.hasFlow = store.motion.peek() && isWatched
  }

  /** Interfaces that are seen near enough to tell what guards them, unless something else is looked at. */
  private wearers({ chart, trees, cuts, lens }: Places): number[] {
    const { view } = this
    if (view === null || lens !== 0 || this.isMorphing || this.dim() > 0) {
      return []
    }
    const hasGroups = (node: number) => chart.key(at(trees[1].parent, node)).startsWith('sg-')
    return Array.from(cuts[0].leaves).filter(
      (node) =>
        chart.kind[node] === Kind.interface &&
        pixelsOf(trees[0], view, node) >= membraneFrom &&
        trees[1].exists[node] === 1 &&
        hasGroups(node),
    )
  }

  /** Beams, their marks and rings, pulses; and the captions of all. */
  fillCues(places: Places, palette: Palette, now: number): void {
    const { store } = this
    const direction = store.direction.peek()
    const states = this.states(places)
    const isDimmed = this.dim() > 0
    const isQuiet = (node: number) => isDimmed && (states.get(node) ?? 0) === 0
    const packed = packBeams(places, this.beams, palette, direction, (node) =>
      isQuiet(node) ? 1 - this.dim() : 1,
    )
    const pulses = ringsOfPulses(places, store.pulses.peek(), palette, now / 1000, store.motion.peek())
    const path = store.path.peek()
    this.isBeating = pulses.isBeating
    this.stage.setBeams(packed.beams, packed.marks)
    const marks = ringsOfMarks(places, store.marks.peek(), palette)
    this.stage.setRings(Float32Array.from([...packed.rings, ...marks, ...pulses.rings]))
    const ribbons = { open: store.open.peek(), risky: store.ribbons.peek().ribbons }
    const shown = this.beams.filter((beam) => !isQuiet(beam.node))
    const named = new Set(shown.filter((beam) => beam.count === 1).map((beam) => beam.worst))
    this.captions = [
      captionOfSky(direction),
      ...captionsOf(places, named, states, isDimmed),
      ...captionsOfBeams(places, path === null ? shown : [], ribbons, palette, direction),
      ...(path === null ? [] : captionsOfPath(places, path, palette)),
      ...captionsOfFocus(places, store.hover.peek(), store.selection.peek()?.node ?? -1),
    ]
  }

  anchors(places: Places, view: View, sky: number, box: Parameters<typeof anchorsOf>[4]): Float32Array {
    return anchorsOf(places, view, this.captions, sky, box)
  }

  dim(): number {
    const { store } = this
    if (store.path.peek() !== null) {
      return 0.72
    }
    if (store.lit.peek() !== null) {
      return 0.62
    }
    return store.tethers.peek().length > 0 ? 0.35 : 0
  }

  /** 2: bright, pointed at or selected; 1: lit while the rest is dimmed. By the node that shows it. */
  private states(places: Places): Map<number, number> {
    const { store } = this
    const states = new Map<number, number>()
    const tree = places.trees[places.lens]
    const { isLeaf, isOpen } = places.cuts[places.lens]
    const put = (node: number, state: number) => {
      if (node >= 0 && node < places.chart.count) {
        const shown = isOpen[node] === 1 ? node : lift(tree, isLeaf, node)
        states.set(shown, Math.max(states.get(shown) ?? 0, state))
      }
    }
    for (const node of store.lit.peek() ?? store.tethers.peek()) {
      put(node, 1)
    }
    // What has just opened is seen, whatever else is looked at.
    for (const pulse of store.pulses.peek()) {
      put(pulse.opened ? pulse.to : -1, 1)
    }
    for (const hop of store.path.peek()?.hops ?? []) {
      put(hop.node, 1)
    }
    put(store.selection.peek()?.node ?? -1, 2)
    put(store.hover.peek(), 2)
    return states
  }
}
