// The chart from above in SVG: the same rectangles, ribbons and cues as the scene, for browsers without WebGL2.

import type { JSX } from 'preact'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { Ribbon } from '../api/types.ts'
import { selectNodeNumber } from '../state/actions.ts'
import { store } from '../state/app.ts'
import { type Chart, childrenOf, cueRank, Flag, Kind, type Lens, NO_RISK } from '../state/chart.ts'
import { askedEnd, drawnChart, hoverNode, hoverOverRibbon, setCut, setLook } from '../state/store.ts'
import { riskWord, short } from '../state/words.ts'

interface View {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

interface Box extends View {
  readonly node: number
  readonly isLeaf: boolean
  /** Room for a name above what it holds. */
  readonly room: number
}

const MOST_BOXES = 1500
const MOST_CUES = 40
const OPEN_FROM_PX = 54
const LABEL_FROM_PX = 44
const SKY = 70

function rectOf(chart: Chart, lens: Lens, node: number): View | null {
  const rects = chart.rects[lens]
  const x = rects[node * 4] ?? Number.NaN
  const w = rects[node * 4 + 2] ?? Number.NaN
  if (Number.isNaN(x) || Number.isNaN(w)) {
    return null
  }
  return { x, y: rects[node * 4 + 1] ?? 0, w, h: rects[node * 4 + 3] ?? 0 }
}

/** Boxes to draw, parents first: a place is opened where its picture is large enough. */
export function planBoxes(
  chart: Chart,
  lens: Lens,
  view: View,
  pixels: number,
): { boxes: Box[]; cut: number[] } {
  const tree = chart.trees[lens]
  const boxes: Box[] = []
  const cut: number[] = []
  const scale = pixels / view.w
  let queue = [0]
  while (queue.length > 0) {
    const next: number[] = []
    for (const node of queue) {
      const rect = rectOf(chart, lens, node)
      if (!rect || node === chart.internet || boxes.length >= MOST_BOXES) {
        continue
      }
      const isOut =
        rect.x > view.x + view.w ||
        rect.x + rect.w < view.x ||
        rect.y > view.y + view.h ||
        rect.y + rect.h < view.y
      const children = childrenOf(tree, node)
      const isOpen =
        !isOut && children.length > 0 && (node === 0 || Math.max(rect.w, rect.h) * scale >= OPEN_FROM_PX)
      boxes.push({
        ...rect,
        node,
        isLeaf: !isOpen,
        room: isOpen ? roomAbove(chart, lens, rect, children) : rect.h,
      })
      if (isOpen) {
        next.push(...children)
      } else {
        cut.push(node)
      }
    }
    queue = next
  }
  if (chart.internet >= 0) {
    cut.push(chart.internet)
  }
  return { boxes, cut }
}

function roomAbove(chart: Chart, lens: Lens, rect: View, children: Uint32Array): number {
  let room = rect.h
  for (const child of children) {
    const inner = chart.kind[child] === Kind.gateway ? null : rectOf(chart, lens, child)
    if (inner && inner.h > 0) {
      room = Math.min(room, Math.max(0, inner.y - rect.y))
    }
  }
  return room
}

function home(chart: Chart): View {
  const root = rectOf(chart, 'location', 0) ?? { x: 0, y: 0, w: 1000, h: 700 }
  return { x: root.x - 20, y: root.y - SKY - 20, w: root.w + 40, h: root.h + SKY + 40 }
}

export function PlanView(): JSX.Element | null {
  const chart = drawnChart(store)
  const lens = store.lens.value
  const host = useRef<HTMLDivElement>(null)
  const [size, setSize] = useState({ w: 900, h: 600 })
  const [view, setViewBox] = useState<View | null>(null)
  useEffect(() => {
    const element = host.current
    if (!element) {
      return undefined
    }
    const watcher = new ResizeObserver(() => setSize({ w: element.clientWidth, h: element.clientHeight }))
    watcher.observe(element)
    return () => watcher.disconnect()
  }, [])
  const camera = store.camera.value
  useEffect(() => {
    const rect = chart && camera.node >= 0 ? rectOf(chart, lens, camera.node) : null
    if (camera.look) {
      const { x, z, span } = camera.look
      setViewBox({ x: x - span / 2, y: z - span / 2, w: span, h: span })
    } else if (rect && camera.preset === 'focus') {
      const side = Math.max(rect.w, rect.h, 60) * 3
      setViewBox({ x: rect.x + rect.w / 2 - side / 2, y: rect.y + rect.h / 2 - side / 2, w: side, h: side })
    } else {
      setViewBox(null)
    }
  }, [camera.turn])
  const shown = chart ? fit(view ?? home(chart), size) : { x: 0, y: 0, w: 1, h: 1 }
  const drawn = useMemo(
    () => (chart ? planBoxes(chart, lens, shown, size.w) : { boxes: [], cut: [] }),
    [chart, lens, shown.x, shown.y, shown.w, size.w],
  )
  useEffect(() => setCut(store, drawn.cut), [drawn])
  useEffect(() => {
    const middle = { x: shown.x + shown.w / 2, y: 0, z: shown.y + shown.h / 2 }
    setLook(store, view && { ...middle, yaw: 0, pitch: 90, span: Math.min(shown.w, shown.h) })
  }, [view, shown.w, shown.h])
  const states = useShown(chart, lens, drawn.cut)
  const cues = useMemo(() => (chart ? topCues(chart, drawn.boxes) : []), [chart, drawn])
  useEffect(() => {
    const all = chart ? drawn.boxes.filter((box) => box.isLeaf && cueRank(chart, box.node) >= 8).length : 0
    store.hiddenCues.value = Math.max(0, all - cues.length)
  }, [cues])
  if (!chart) {
    return null
  }
  const unit = shown.w / size.w
  const zoom = (factor: number, x: number, y: number): void => {
    const w = Math.min(4000, Math.max(8, shown.w * factor))
    const by = w / shown.w
    setViewBox({ x: x - (x - shown.x) * by, y: y - (y - shown.y) * by, w, h: shown.h * by })
  }
  const onWheel = (event: WheelEvent): void => {
    event.preventDefault()
    const box = (event.currentTarget as Element).getBoundingClientRect()
    zoom(
      Math.exp(event.deltaY * 0.0015),
      shown.x + (event.clientX - box.x) * unit,
      shown.y + (event.clientY - box.y) * unit,
    )
  }
  return (
    <div class="plan" ref={host} onWheel={onWheel}>
      <svg
        viewBox={`${shown.x} ${shown.y} ${shown.w} ${shown.h}`}
        role="img"
        aria-label="Plan of the chart; the tree view holds the same for the keyboard"
        onPointerDown={(event) => drag(event, shown, unit, setViewBox)}
        onPointerLeave={() => hoverNode(store, -1)}
      >
        <Sky chart={chart} unit={unit} lens={lens} states={states} />
        {drawn.boxes.map((box) => (
          <PlanBox key={box.node} chart={chart} box={box} unit={unit} states={states} />
        ))}
        <PlanRibbons chart={chart} lens={lens} unit={unit} cut={drawn.cut} />
        {cues.map((box) => (
          <Cue key={box.node} chart={chart} box={box} unit={unit} />
        ))}
      </svg>
    </div>
  )
}

function overRibbon(event: PointerEvent, ribbon: Ribbon): void {
  const around = (event.currentTarget as Element).closest('.plan')?.getBoundingClientRect()
  if (around) {
    hoverOverRibbon(store, { ribbon, x: event.clientX - around.x, y: event.clientY - around.y })
  }
}

function fit(view: View, size: { readonly w: number; readonly h: number }): View {
  const wanted = size.w / Math.max(1, size.h)
  const has = view.w / view.h
  if (has < wanted) {
    const w = view.h * wanted
    return { x: view.x - (w - view.w) / 2, y: view.y, w, h: view.h }
  }
  const h = view.w / wanted
  return { x: view.x, y: view.y - (h - view.h) / 2, w: view.w, h }
}

function drag(start: PointerEvent, from: View, unit: number, move: (view: View) => void): void {
  const element = start.currentTarget as SVGElement
  const onMove = (event: PointerEvent): void => {
    const dx = (event.clientX - start.clientX) * unit
    const dy = (event.clientY - start.clientY) * unit
    if (Math.abs(dx) + Math.abs(dy) > 4 * unit) {
      move({ ...from, x: from.x - dx, y: from.y - dy })
    }
  }
  const onUp = (): void => {
    element.removeEventListener('pointermove', onMove)
    removeEventListener('pointerup', onUp)
  }
  element.addEventListener('pointermove', onMove)
  addEventListener('pointerup', onUp)
}

function topCues(chart: Chart, boxes: readonly Box[]): Box[] {
  return boxes
    .filter((box) => box.isLeaf && cueRank(chart, box.node) > 0)
    .sort((a, b) => cueRank(chart, b.node) - cueRank(chart, a.node) || a.node - b.node)
    .slice(0, MOST_CUES)
}

/** What is lit and marked, by the boxes of the cut that show it. */
interface Shown {
  readonly lit: ReadonlySet<number> | null
  readonly opened: ReadonlySet<number>
  readonly closed: ReadonlySet<number>
}

function useShown(chart: Chart | null, lens: Lens, cut: readonly number[]): Shown {
  const [lit, marks] = [store.lit.value, store.marks.value]
  return useMemo(() => {
    const inCut = new Set(cut)
    const lift = (nodes: Iterable<number>): Set<number> => {
      const shown = new Set<number>()
      for (const node of nodes) {
        shown.add(node)
        for (let at = node; chart && at > 0; at = chart.trees[lens].parent[at] ?? -1) {
          if (inCut.has(at)) {
            shown.add(at)
            break
          }
        }
      }
      return shown
    }
    const of = (opened: boolean) =>
      lift(marks.filter((each) => each.opened === opened).map(({ node }) => node))
    return { lit: lit && lift(lit), opened: of(true), closed: of(false) }
  }, [chart, lens, cut, lit, marks])
}

function stateOf(node: number, { lit, opened, closed }: Shown): string {
  const words = [
    opened.has(node) ? ' has-opened' : closed.has(node) ? ' has-closed' : '',
    store.selection.value?.node === node ? ' is-selected' : '',
    store.hover.value === node ? ' is-hovered' : '',
    store.tethers.value.includes(node) ? ' is-tied' : '',
    lit && !lit.has(node) ? ' is-dim' : '',
    lit?.has(node) ? ' is-lit' : '',
  ]
  return words.join('')
}

const classOfKind = [
  'root',
  'account',
  'region',
  'vpc',
  'zone',
  'subnet',
  'class',
  'interface',
  'balancer',
  'gateway',
  'outside',
  'internet',
]

function PlanBox({
  chart,
  box,
  unit,
  states,
}: {
  readonly chart: Chart
  readonly box: Box
  readonly unit: number
  readonly states: Shown
}): JSX.Element {
  const kind = chart.kind[box.node] ?? 0
  const name = chart.name(box.node) || chart.key(box.node)
  const size = Math.min(12, Math.max(0, (box.room / unit) * 0.8)) * unit
  const isLabelled = box.w / unit >= LABEL_FROM_PX && size >= 8 * unit && kind !== Kind.organisation
  const most = Math.max(3, Math.floor(box.w / (size * 0.56)))
  return (
    <g
      class={`plan-node plan-${classOfKind[kind]}${stateOf(box.node, states)}`}
      data-node={box.node}
      onPointerEnter={() => hoverNode(store, box.node)}
      onClick={() => box.node > 0 && selectNodeNumber(box.node)}
    >
      <rect
        x={box.x}
        y={box.y}
        width={Math.max(box.w, unit)}
        height={Math.max(box.h, unit)}
        rx={Math.min(4 * unit, box.w / 6)}
      />
      {isLabelled && (
        <text x={box.x + 5 * unit} y={box.y + size + 2 * unit} font-size={size}>
          {short(name, most)}
        </text>
      )}
      <title>{short(name, 120)}</title>
    </g>
  )
}

function Sky({
  chart,
  unit,
  lens,
  states,
}: {
  readonly chart: Chart
  readonly unit: number
  readonly lens: Lens
  readonly states: Shown
}): JSX.Element | null {
  const root = rectOf(chart, lens, 0)
  if (!root || chart.internet < 0) {
    return null
  }
  return (
    <g
      class={`plan-node plan-internet${stateOf(chart.internet, states)}`}
      data-node={chart.internet}
      onClick={() => selectNodeNumber(chart.internet)}
    >
      <rect x={root.x} y={root.y - SKY} width={root.w} height={SKY - 24} rx={6 * unit} />
      <text x={root.x + root.w / 2} y={root.y - SKY / 2 - 8} font-size={13 * unit} text-anchor="middle">
        the internet
      </text>
    </g>
  )
}

const MARKS = [
  'M-3 0a3 3 0 1 1 6 0a3 3 0 1 1-6 0',
  'M-4 0a4 4 0 1 1 8 0a4 4 0 1 1-8 0',
  'M-4-4h8v8h-8z',
  'M0-5L5 4H-5z',
  'M0-6L6 0L0 6L-6 0z',
]

function Cue({
  chart,
  box,
  unit,
}: {
  readonly chart: Chart
  readonly box: Box
  readonly unit: number
}): JSX.Element {
  const risk = chart.risk[box.node] ?? NO_RISK
  const flags = chart.flags[box.node] ?? 0
  const isExposed = (flags & (Flag.exposed | Flag.perhapsExposed)) !== 0
  const x = box.x + box.w - Math.min(9 * unit, box.w / 2)
  const y = box.y + Math.min(9 * unit, box.h / 2)
  const lit = store.lit.value
  return (
    <g
      class={`plan-cue risk-${riskWord(risk) ?? 'info'}${lit && !lit.has(box.node) ? ' is-dim' : ''}`}
      transform={`translate(${x} ${y}) scale(${unit})`}
    >
      {isExposed && (
        <circle class={flags & Flag.exposed ? 'plan-exposed' : 'plan-exposed is-perhaps'} r={9} />
      )}
      {risk !== NO_RISK && <path d={MARKS[risk] ?? MARKS[0]} />}
    </g>
  )
}

function PlanRibbons(props: {
  readonly chart: Chart
  readonly lens: Lens
  readonly unit: number
  readonly cut: readonly number[]
}): JSX.Element {
  const { chart, lens, unit, cut } = props
  const places = useMemo(() => {
    const inCut = new Set(cut)
    const tree = chart.trees[lens]
    return (node: number): { x: number; y: number } | null => {
      if (node === chart.internet) {
        const root = rectOf(chart, lens, 0)
        return root ? { x: root.x + root.w / 2, y: root.y - 24 } : null
      }
      let at = node
      while (at > 0 && !inCut.has(at)) {
        at = tree.parent[at] ?? -1
      }
      const rect = rectOf(chart, lens, at >= 0 ? at : node)
      return rect ? { x: rect.x + rect.w / 2, y: rect.y + rect.h / 2 } : null
    }
  }, [chart, lens, cut])
  const path = store.path.value
  const changed = store.whatIfRibbons.value ?? store.between.value?.ribbons
  const ribbons = path ? [] : (changed ?? store.ribbons.value.ribbons)
  const line = (from: number, to: number): string | null => {
    const a = places(from)
    const b = places(to)
    if (!a || !b || (a.x === b.x && a.y === b.y)) {
      return null
    }
    const start = from === chart.internet ? { x: b.x, y: a.y } : a
    const end = to === chart.internet ? { x: a.x, y: b.y } : b
    const bend = from === chart.internet || to === chart.internet ? 0 : 0.12
    const mx = (start.x + end.x) / 2 + (end.y - start.y) * bend
    const my = (start.y + end.y) / 2 - (end.x - start.x) * bend
    return `M${start.x} ${start.y}Q${mx} ${my} ${end.x} ${end.y}`
  }
  const classOf = (ribbon: Ribbon): string => {
    const whatIfWord = ribbon.is_open === undefined ? '' : ribbon.is_open ? ' is-opened' : ' is-closed'
    return `plan-ribbon is-${ribbon.exposure}${ribbon.risky ? ' is-risky' : ''}${ribbon.state === 'open' ? '' : ' is-unsure'}${whatIfWord}`
  }
  const hops = path
    ? [path.from, ...path.hops.filter((hop) => hop.direction === 'forward').map((hop) => hop.node), path.to]
    : []
  const legs = hops.filter((node, i) => node >= 0 && node !== hops[i - 1])
  return (
    <g class="plan-ribbons">
      {ribbons.map((ribbon) => {
        const d = line(ribbon.from, ribbon.to)
        const width = (1.2 + Math.log2(1 + ribbon.pairs) * 0.35) * unit
        return (
          d && (
            <path
              onPointerMove={(event) => overRibbon(event, ribbon)}
              onPointerLeave={() => hoverOverRibbon(store, null)}
              onClick={() => selectNodeNumber(askedEnd(store, ribbon))}
              key={`${ribbon.from}-${ribbon.to}-${ribbon.state}-${ribbon.services}`}
              class={classOf(ribbon)}
              d={d}
              stroke-width={width}
            />
          )
        )
      })}
      {legs.slice(1).map((node, i) => {
        const d = line(legs[i] ?? -1, node)
        return (
          d && (
            <path
              key={`leg-${node}`}
              class={`plan-ribbon is-path${path?.verdict === 'no' ? ' is-blocked' : ''}`}
              d={d}
              stroke-width={3 * unit}
            />
          )
        )
      })}
    </g>
  )
}
