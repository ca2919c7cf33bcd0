// Which names the scene would show, and how important each is. Placing them is the work of labels.ts. Pure.

import type { Ribbon } from '../api/types.ts'
import { type Chart, Kind, kindWords } from '../state/chart.ts'
import type { Direction, Path } from '../state/store.ts'
import { type Beam, tierOf } from './beams.ts'
import { beamColor } from './content.ts'
import type { Cut } from './cut.ts'
import { labelText } from './labels.ts'
import type { Label, LabelStyle } from './overlay.ts'
import type { Places } from './ribbons.ts'
import type { Palette, Rgb } from './theme.ts'
import { at, lift } from './tree.ts'

export interface Caption extends Label {
  readonly node: number
  /** Over its top; at the front corner of its plate; at the head of its beam; at the rim of the sky. */
  readonly anchor: 'top' | 'corner' | 'beam' | 'sky'
  readonly tier: number
  /** It shows only where the node is at least so many pixels wide. */
  readonly leastPixels: number
  /** And its second part only from so many on. */
  readonly morePixels: number
}

const plain = {
  more: '',
  color: null as Rgb | null,
  alignX: 0.5,
  alignY: 1,
  isForced: false,
  rise: 3,
  tier: 0,
  leastPixels: 0,
  morePixels: 0,
  anchor: 'top' as Caption['anchor'],
}

export function nameOf(chart: Chart, node: number): string {
  return labelText(chart.name(node) || chart.key(node) || (kindWords[at(chart.kind, node)] ?? ''))
}

function count(n: number, one: string): string {
  return `${n.toLocaleString('en')} ${one}${n === 1 ? '' : 's'}`
}

const corner = { anchor: 'corner' as const, alignX: 0, alignY: 0, rise: -2 }

function captionOfNode(places: Places, cut: Cut, node: number): Caption | null {
  const { chart } = places
  const tree = places.trees[places.lens]
  const text = nameOf(chart, node)
  const isLeaf = cut.isLeaf[node] === 1
  const make = (style: LabelStyle, priority: number, more: Partial<Caption> = {}): Caption => ({
    ...plain,
    node,
    style,
    text,
    priority,
    ...more,
  })
  switch (at(chart.kind, node)) {
    case Kind.account:
      return make('plate', 62, { ...corner, more: 'account', leastPixels: 90, morePixels: 240 })
    case Kind.region:
      return make('zone', 24, { ...corner, leastPixels: 120 })
    case Kind.vpc:
      return make('vpc', 84, {
        ...corner,
        more: count(at(tree.interfaces, node), 'interface'),
        leastPixels: 84,
        morePixels: 170,
      })
    case Kind.zone:
      return make('zone', 20, { ...corner, leastPixels: 90 })
    case Kind.subnet:
    case Kind.group:
      return make('plate', 42, {
        ...corner,
        more: isLeaf ? String(at(tree.interfaces, node)) : '',
        leastPixels: 64,
      })
    case Kind.balancer:
      return make('gate', 48, { leastPixels: 14 })
    case Kind.gateway:
      return make('gate', 34, { leastPixels: 12 })
    case Kind.outside:
      return make('outside', 46, { leastPixels: 16 })
    case Kind.interface:
      return make('block', 12, { leastPixels: 20 })
    default:
      return null
  }
}

const mostCandidates = 240
const mostBeamCaptions = 18

/**
 * `named`: nodes whose beam bears their name already. What `states` lights comes before all else of its kind, and where
 * the rest is dimmed, blocks that are not lit have no name.
 */
export function captionsOf(
  places: Places,
  named: ReadonlySet<number>,
  states: ReadonlyMap<number, number>,
  isDimmed: boolean,
): Caption[] {
  const cut = places.cuts[places.lens]
  const list: Caption[] = []
  for (const nodes of [cut.open, cut.leaves]) {
    for (const node of nodes) {
      const caption = named.has(node) ? null : captionOfNode(places, cut, node)
      const isLit = (states.get(node) ?? 0) > 0
      if (caption !== null && (isLit || !isDimmed || caption.style !== 'block')) {
        list.push(
          isDimmed && isLit ? { ...caption, priority: caption.priority + 60, leastPixels: 8 } : caption,
        )
      }
    }
  }
  const { rect } = places.trees[places.lens]
  const area = (each: Caption) => at(rect, 4 * each.node + 2) * at(rect, 4 * each.node + 3)
  return list.sort((a, b) => b.priority - a.priority || area(b) - area(a)).slice(0, mostCandidates)
}

/** The services of the ribbon between the sky and what shows the node. */
export function servicesAt(
  places: Places,
  ribbons: readonly Ribbon[],
  node: number,
  direction: Direction,
): string {
  const { chart } = places
  const tree = places.trees[places.lens]
  const { isLeaf } = places.cuts[places.lens]
  const shown = lift(tree, isLeaf, node)
  for (const ribbon of ribbons) {
    const [sky, other] = direction === 'ingress' ? [ribbon.from, ribbon.to] : [ribbon.to, ribbon.from]
    if (chart.kind[sky] === Kind.internet && lift(tree, isLeaf, other) === shown) {
      return ribbon.services
    }
  }
  return ''
}

/** A zone or a subnet is told with its VPC. */
function placeName(places: Places, node: number): string {
  const { chart } = places
  const { parent } = places.trees[places.lens]
  for (let i = at(parent, node); i > 0; i = at(parent, i)) {
    if (chart.kind[i] === Kind.vpc) {
      return `${nameOf(chart, i)} / ${nameOf(chart, node)}`
    }
  }
  return nameOf(chart, node)
}

/** Where the internet is. */
export function captionOfSky(direction: Direction): Caption {
  const text = direction === 'ingress' ? 'internet' : 'to the internet'
  return { ...plain, node: 0, style: 'sky', text, priority: 64, anchor: 'sky', alignX: 0, alignY: 1, rise: 2 }
}

export function captionsOfBeams(
  places: Places,
  beams: readonly Beam[],
  ribbons: readonly Ribbon[],
  palette: Palette,
  direction: Direction,
): Caption[] {
  return beams.slice(0, mostBeamCaptions).map((beam, rank) => {
    const isOne = beam.count === 1
    const services = servicesAt(places, ribbons, beam.worst, direction)
    return {
      ...plain,
      node: beam.worst,
      style: 'beam',
      text: isOne ? nameOf(places.chart, beam.worst) : placeName(places, beam.node),
      more: isOne ? labelText(services, 18) : `${beam.count} exposed`,
      color: beamColor(palette, beam, direction),
      priority: beam.risk >= 2 ? 94 + 2 * beam.risk - 0.02 * rank : 30 - 0.02 * rank,
      anchor: 'beam',
      tier: tierOf(beam.risk),
      rise: 9,
    }
  })
}

/** What is pointed at and what is chosen always have a name. */
export function captionsOfFocus(places: Places, hover: number, selected: number): Caption[] {
  const list: Caption[] = []
  const { chart } = places
  const tree = places.trees[places.lens]
  for (const [node, style] of [
    [selected, 'chosen'],
    [hover, 'hover'],
  ] as const) {
    if (
      node < 0 ||
      node >= chart.count ||
      (style === 'chosen' && node === hover) ||
      at(chart.kind, node) === Kind.organisation
    ) {
      continue
    }
    const kind = at(chart.kind, node)
    const all = at(tree.interfaces, node)
    const exposed = at(tree.exposed, node)
    const parts = [kindWords[kind] ?? '']
    if (kind !== Kind.interface && all > 0) {
      parts.push(count(all, 'interface'))
    }
    if (exposed > 0) {
      parts.push(
        kind === Kind.interface || kind === Kind.balancer
          ? 'reached from the internet'
          : `${exposed} exposed`,
      )
    }
    list.push({
      ...plain,
      node,
      style,
      text: nameOf(chart, node),
      more: style === 'hover' ? parts.join(' · ') : (parts[0] ?? ''),
      priority: style === 'hover' ? 300 : 290,
      isForced: style === 'hover',
      rise: 8,
    })
  }
  return list
}

export function captionsOfPath(places: Places, path: Path, palette: Palette): Caption[] {
  const seen = new Set<number>()
  const list: Caption[] = []
  path.hops.slice(0, path.step + 1).forEach((hop, i) => {
    if (hop.node < 0 || seen.has(hop.node) || places.chart.kind[hop.node] === Kind.internet) {
      return
    }
    seen.add(hop.node)
    list.push({
      ...plain,
      node: hop.node,
      style: 'hop',
      text: `${i + 1}  ${nameOf(places.chart, hop.node)}`,
      more: hop.blocks ? 'blocked' : '',
      color: hop.blocks ? palette.critical : palette.path,
      priority: 260 - i,
      rise: 10,
    })
  })
  return list
}
