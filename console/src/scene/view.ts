// The scene as a whole: it watches the store, keeps the camera, and draws when something has changed.

import { effect } from '@preact/signals'
import { type Chart, Kind } from '../state/chart.ts'
import { hoverNode, lookAt, type Store, selectNode, setCut } from '../state/store.ts'
import { type Beam, rankBeams } from './beams.ts'
import {
  type Box,
  between,
  bound,
  ease,
  fitBox,
  highestPitch,
  type Limits,
  makeView,
  type Pose,
  perspectiveLens,
  pixelsPerUnit,
  planLens,
  project,
  rayThrough,
  type View,
} from './camera.ts'
import { type Caption, captionsOf, captionsOfBeams, captionsOfFocus, captionsOfPath } from './captions.ts'
import { packArches, packBeams, packShells, ringsOfPulses } from './content.ts'
import { Controls, keyPose } from './controls.ts'
import { type Cut, computeCut, defaultLimits, frontierOf } from './cut.ts'
import { Minimap } from './minimap.ts'
import { Overlay } from './overlay.ts'
import { pick } from './pick.ts'
import { lookOf, type Plates, packPlates, plateStride } from './plates.ts'
import {
  type Line,
  linesOfMembers,
  linesOfPath,
  linesOfRibbons,
  linesOfTethers,
  linesOfWhatIf,
  type Places,
  packLines,
} from './ribbons.ts'
import { probeRenderer, Stage, splitPlates } from './stage.ts'
import { cssOf, mixRgb, type Palette, paletteOf } from './theme.ts'
import { at, clamp, type LensTree, lift, makeTree, walk } from './tree.ts'

const flightMs = 700
const morphMs = 900
const restMs = 160
const refineMs = 420
const cutEveryMs = 250
/** From so many pixels on, a body has round corners. */
const roundFrom = 26

interface Flight {
  readonly from: Pose
  readonly to: Pose
  readonly start: number
}

interface World {
  readonly chart: Chart
  readonly trees: readonly [LensTree, LensTree]
  cuts: [Cut, Cut]
  readonly box: Box
}

export class SceneView {
  readonly canvas = document.createElement('canvas')
  private readonly host: HTMLElement
  private readonly store: Store
  private readonly stage: Stage
  private readonly overlay: Overlay
  private readonly minimap: Minimap
  private readonly controls: Controls
  private readonly isSoftware: boolean
  private readonly undo: (() => void)[] = []
  private palette: Palette
  private size = { width: 1, height: 1 }
  private world: World | null = null
  private pose: Pose = { x: 500, y: 0, z: 300, yaw: -0.5, pitch: 0.62, span: 900, lens: perspectiveLens }
  private flight: Flight | null = null
  private morph = { from: 0, to: 0, start: 0, value: 0 }
  private beams: Beam[] = []
  private plates: Plates | null = null
  private captions: Caption[] = []
  private dirty = { cut: true, solids: true, lines: true, rings: true, draw: true }
  private frame = 0
  private timer: ReturnType<typeof setTimeout> | undefined
  private lastMove = 0
  private lastCut = 0
  private ratio = 1
  private isRefined = false
  private isLost = false
  private isBeating = false
  private hasFlow = false
  private turn = -1

  constructor(host: HTMLElement, store: Store) {
    const probe = probeRenderer()
    if (probe === null) {
      throw new Error('this browser gives no WebGL2')
    }
    this.host = host
    this.store = store
    this.isSoftware = probe.isSoftware
    host.replaceChildren()
    host.classList.add('scene')
    this.canvas.className = 'scene-canvas'
    this.canvas.tabIndex = 0
    this.canvas.setAttribute('role', 'application')
    this.canvas.setAttribute(
      'aria-label',
      'Chart of the network in space. Arrow keys go through it, Enter comes nearer, Escape goes up, plus and minus zoom. The tree holds the same.',
    )
    host.append(this.canvas)
    this.stage = new Stage(this.canvas, this.isSoftware)
    this.overlay = new Overlay(host)
    this.minimap = new Minimap(host, (x, z) => this.move({ ...this.pose, x, z }))
    this.palette = paletteOf(store.theme.peek(), null)
    this.controls = new Controls(this.canvas, {
      view: () => this.view(),
      move: (pose) => this.move(pose),
      hover: (x, y) => this.hover(x, y),
      leave: () => hoverNode(store, -1),
      click: (x, y) => this.click(x, y),
      enter: (x, y) => this.enter(x, y),
      key: (event) => this.key(event),
    })
    this.listen()
    this.resize()
  }

  resize(): void {
    const { clientWidth, clientHeight } = this.host
    if (clientWidth > 0 && clientHeight > 0) {
      this.size = { width: clientWidth, height: clientHeight }
      this.stage.resize(clientWidth, clientHeight, this.ratio)
      this.overlay.refont()
      this.touch('cut', 'draw')
    }
  }

  /** The picture at full resolution, with its labels. */
  async picture(): Promise<Blob | null> {
    const scale = 2
    const canvas = document.createElement('canvas')
    canvas.width = this.size.width * scale
    canvas.height = this.size.height * scale
    const context = canvas.getContext('2d')
    if (context === null || this.isLost) {
      return null
    }
    this.setRatio(scale)
    this.draw(performance.now())
    context.drawImage(this.canvas, 0, 0, canvas.width, canvas.height)
    this.overlay.paint(context, scale, this.palette.accent, this.palette.background)
    this.touch('draw')
    return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'))
  }

  dispose(): void {
    cancelAnimationFrame(this.frame)
    clearTimeout(this.timer)
    for (const each of this.undo) {
      each()
    }
    this.controls.dispose()
    this.overlay.dispose()
    this.minimap.dispose()
    this.stage.dispose()
    this.canvas.remove()
  }

  // --- the store ------------------------------------------------------------------------------------------------------

  private listen(): void {
    const { store } = this
    const watch = (read: () => void) => {
      this.undo.push(effect(read))
    }
    watch(() => this.setTheme(store.theme.value))
    watch(() => this.setChart(store.chart.value))
    watch(() => this.setLens(store.lens.value === 'location' ? 0 : 1))
    watch(() => this.setCamera(store.camera.value))
    watch(() => {
      void store.hover.value
      this.touch('solids', 'draw')
    })
    watch(() => {
      void [store.selection.value, store.lit.value, store.tethers.value, store.path.value]
      this.touch('cut', 'solids', 'lines', 'draw')
    })
    watch(() => {
      void [store.ribbons.value, store.mode.value, store.whatIfRibbons.value, store.direction.value]
      this.touch('solids', 'lines', 'draw')
    })
    watch(() => {
      void [store.pulses.value, store.motion.value]
      this.touch('rings', 'draw')
    })
    const lost = (event: Event) => {
      event.preventDefault()
      this.isLost = true
    }
    const back = () => {
      this.isLost = false
      this.touch('cut', 'solids', 'lines', 'rings', 'draw')
    }
    this.canvas.addEventListener('webglcontextlost', lost)
    this.canvas.addEventListener('webglcontextrestored', back)
    const observer = new ResizeObserver(() => this.resize())
    observer.observe(this.host)
    this.undo.push(() => observer.disconnect())
  }

  private setTheme(theme: 'dark' | 'light' | 'contrast'): void {
    this.palette = paletteOf(theme, getComputedStyle(this.host))
    const { palette } = this
    this.stage.setTheme(palette)
    this.stage.setDoorColor(palette.critical)
    const set = (name: string, value: string) => this.host.style.setProperty(name, value)
    set('--scene-paper', cssOf(palette.background))
    set('--scene-ink', cssOf(palette.accent))
    set('--scene-soft', cssOf(mixRgb(palette.accent, palette.background, 0.22)))
    set('--scene-quiet', cssOf(mixRgb(palette.accent, palette.background, 0.42)))
    set('--scene-chip', cssOf(mixRgb(palette.background, palette.vpc, 0.5), 0.9))
    set('--scene-rule', cssOf(palette.edge, 0.35))
    this.touch('solids', 'lines', 'rings', 'draw')
  }

  private setChart(chart: Chart | null): void {
    if (chart === null || chart.count === 0) {
      this.world = null
      this.touch('draw')
      return
    }
    const isFirst = this.world === null
    const trees = [makeTree(chart, 'location'), makeTree(chart, 'policy')] as const
    const b = trees[0].bounds
    const box = { x0: at(b, 0), x1: at(b, 1), y0: 0, y1: at(b, 3), z0: at(b, 4), z1: at(b, 5) }
    const view = this.cutView()
    const cuts = trees.map((tree) => computeCut(chart, tree, view, defaultLimits)) as [Cut, Cut]
    this.world = { chart, trees, cuts, box }
    const radius = 0.5 * Math.hypot(box.x1 - box.x0, box.z1 - box.z0)
    this.stage.setAround((box.x0 + box.x1) / 2, (box.z0 + box.z1) / 2, radius * 1.02, radius * 1.02)
    if (isFirst) {
      this.pose = this.poseOf('overview', -1)
    }
    this.touch('cut', 'solids', 'lines', 'rings', 'draw')
  }

  private setLens(lens: 0 | 1): void {
    if (this.morph.to === lens) {
      return
    }
    const hasMotion = this.store.motion.peek()
    this.morph = {
      from: this.morph.value,
      to: lens,
      start: performance.now(),
      value: hasMotion ? this.morph.value : lens,
    }
    if (!hasMotion) {
      this.morph.from = lens
    }
    this.touch('cut', 'solids', 'lines', 'rings', 'draw')
  }

  private setCamera(request: { preset: 'overview' | 'focus' | 'plan'; node: number; turn: number }): void {
    if (request.turn === this.turn) {
      return
    }
    this.turn = request.turn
    if (this.world !== null) {
      this.flyTo(this.poseOf(request.preset, request.node))
    }
  }

  // --- the camera -----------------------------------------------------------------------------------------------------

  private get lens(): 0 | 1 {
    return this.morph.to === 0 ? 0 : 1
  }

  private reach(): number {
    const box = this.world?.box
    return box === undefined ? 1000 : 1.3 * Math.hypot(box.x1 - box.x0, box.z1 - box.z0)
  }

  view(): View {
    return makeView(this.pose, this.size.width, this.size.height, this.reach())
  }

  /** The sky comes lower as one comes nearer, so that beams stay whole. */
  private sky(): number {
    const size = this.reach() / 1.3
    return clamp(0.2 * this.pose.span, 0.002 * size, 0.24 * size)
  }

  private poseOf(preset: 'overview' | 'focus' | 'plan', node: number): Pose {
    const world = this.world
    if (world === null) {
      return this.pose
    }
    const isWhole = node < 0 || preset === 'overview' || world.trees[this.lens].exists[node] !== 1
    const b = world.trees[this.lens].bounds
    const i = 6 * (isWhole ? 0 : node)
    const [x0, x1, z0, z1] = [at(b, i), at(b, i + 1), at(b, i + 4), at(b, i + 5)]
    const room = isWhole ? 0 : 0.6 * Math.max(x1 - x0, z1 - z0)
    const size = Math.hypot(x1 - x0, z1 - z0)
    const rise = preset === 'plan' ? 0 : isWhole ? 0.17 * size : at(b, i + 3)
    const box = { x0: x0 - room, x1: x1 + room, y0: 0, y1: rise, z0: z0 - room, z1: z1 + room }
    const look =
      preset === 'plan'
        ? { yaw: 0, pitch: highestPitch, lens: planLens }
        : {
            yaw: preset === 'focus' ? -0.42 : -0.48,
            pitch: preset === 'focus' ? 0.7 : 0.66,
            lens: perspectiveLens,
          }
    return fitBox(box, look, this.size, { left: 0.03, right: 0.03, top: 0.06, bottom: 0.05 })
  }

  private limits(): Limits {
    const box = this.world?.box ?? { x0: 0, x1: 1000, y0: 0, y1: 1, z0: 0, z1: 1000 }
    const size = Math.max(box.x1 - box.x0, box.z1 - box.z0)
    return { box, shortestSpan: size * 0.0015, longestSpan: size * 2.2 }
  }

  private move(pose: Pose): void {
    this.flight = null
    this.pose = bound(pose, this.limits())
    this.lastMove = performance.now()
    this.touch('cut', 'draw')
  }

  private flyTo(pose: Pose): void {
    if (!this.store.motion.peek()) {
      this.move(pose)
      return
    }
    this.flight = { from: this.pose, to: pose, start: performance.now() }
    this.touch('cut', 'draw')
  }

  private cutView() {
    const view = this.view()
    const p = { x: 0, y: 0, depth: 0 }
    return {
      pixelsPerUnit: (x: number, y: number, z: number) => pixelsPerUnit(view, x, y, z),
      isInSight: (x: number, y: number, z: number, radius: number) => {
        const { depth } = project(view, x, y, z, p)
        if (depth < -radius) {
          return false
        }
        const pixels = radius * pixelsPerUnit(view, x, y, z)
        return p.x > -pixels && p.x < view.width + pixels && p.y > -pixels && p.y < view.height + pixels
      },
    }
  }

  // --- pointer and keys -----------------------------------------------------------------------------------------------

  /** The node under the pixel; −1 none. */
  nodeAt(x: number, y: number): number {
    const world = this.world
    if (world === null) {
      return -1
    }
    const view = this.view()
    const beam = this.beamAt(view, x, y)
    if (beam >= 0) {
      return beam
    }
    const hit = pick(world.trees[this.lens], world.cuts[this.lens], rayThrough(view, x, y))
    return hit === null || at(world.chart.kind, hit.node) === Kind.organisation ? -1 : hit.node
  }

  private beamAt(view: View, x: number, y: number): number {
    const world = this.world as World
    const tree = world.trees[this.lens]
    const foot = { x: 0, y: 0, depth: 0 }
    const head = { x: 0, y: 0, depth: 0 }
    for (const beam of this.beams) {
      const [px, pz, pw, ph] = tree.rect.subarray(4 * beam.node, 4 * beam.node + 4)
      const [cx, cz] = [(px as number) + (pw as number) / 2, (pz as number) + (ph as number) / 2]
      project(view, cx, at(tree.top, beam.node), cz, foot)
      project(view, cx, this.sky(), cz, head)
      const isBeside = Math.abs(x - foot.x) < 6 && y < foot.y && y > head.y
      if (isBeside && Math.abs(head.x - foot.x) < 30) {
        return beam.count === 1 ? beam.worst : beam.node
      }
    }
    return -1
  }

  private hover(x: number, y: number): void {
    const node = this.nodeAt(x, y)
    this.canvas.classList.toggle('is-over', node >= 0)
    hoverNode(this.store, node)
  }

  private click(x: number, y: number): void {
    this.canvas.focus({ preventScroll: true })
    selectNode(this.store, this.nodeAt(x, y))
  }

  private enter(x: number, y: number): void {
    const node = this.nodeAt(x, y)
    lookAt(this.store, node < 0 ? 'overview' : 'focus', node)
  }

  private key(event: KeyboardEvent): boolean {
    if (event.ctrlKey || event.metaKey || event.altKey || this.world === null) {
      return false
    }
    const pose = keyPose(event, this.pose)
    if (pose !== null) {
      this.move(pose)
      return true
    }
    const tree = this.world.trees[this.lens]
    const selected = this.store.selection.peek()?.node ?? -1
    if (event.key === 'Home') {
      lookAt(this.store, 'overview', -1)
      return true
    }
    if (event.key === 'Enter' && selected >= 0) {
      lookAt(this.store, 'focus', selected)
      return true
    }
    if (event.key.startsWith('Arrow')) {
      const next =
        selected < 0 || tree.exists[selected] !== 1
          ? walk(tree, 0, 'ArrowDown')
          : walk(tree, selected, event.key)
      if (next !== null && next > 0) {
        selectNode(this.store, next)
      }
      return true
    }
    if (event.key === 'Escape' && selected >= 0) {
      const up = tree.exists[selected] === 1 ? at(tree.parent, selected) : -1
      selectNode(this.store, up > 0 ? up : -1)
      return true
    }
    return false
  }

  // --- drawing --------------------------------------------------------------------------------------------------------

  private touch(...what: (keyof SceneView['dirty'])[]): void {
    for (const each of what) {
      this.dirty[each] = true
    }
    this.isRefined = false
    if (this.frame === 0) {
      this.frame = requestAnimationFrame((now) => this.tick(now))
    }
  }

  private later(ms: number, then: () => void): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(then, ms)
  }

  private tick(now: number): void {
    this.frame = 0
    if (this.isLost) {
      return
    }
    this.advance(now)
    const isMoving = this.flight !== null || this.controls.isHeld || now - this.lastMove < restMs
    if (this.dirty.cut && (!isMoving || now - this.lastCut > cutEveryMs)) {
      this.recut(now)
    }
    this.setRatio(isMoving || this.morph.value !== this.morph.to ? this.movingRatio() : this.restRatio())
    this.draw(performance.now())
    this.dirty.draw = false
    if (this.flight !== null || this.morph.value !== this.morph.to || this.isBeating || this.hasFlow) {
      this.isSoftware && this.flight === null && this.morph.value === this.morph.to
        ? this.later(120, () => this.touch('draw', ...(this.isBeating ? (['rings'] as const) : [])))
        : this.touch('draw', ...(this.isBeating ? (['rings'] as const) : []))
    } else if (isMoving) {
      this.later(restMs, () => this.touch('cut', 'draw'))
    } else if (this.isSoftware && !this.isRefined) {
      this.later(refineMs, () => this.refine())
    }
  }

  private movingRatio(): number {
    return this.isSoftware ? 0.5 : Math.min(window.devicePixelRatio, 1.5)
  }

  private restRatio(): number {
    return this.isSoftware ? 1 : Math.min(window.devicePixelRatio, 2)
  }

  /** Nothing has moved for a while: one frame with smooth edges, which a processor cannot afford in motion. */
  private refine(): void {
    if (this.frame === 0 && !this.isLost) {
      this.setRatio(2)
      this.draw(performance.now())
      this.isRefined = true
    }
  }

  private setRatio(ratio: number): void {
    if (ratio !== this.ratio) {
      this.ratio = ratio
      this.stage.resize(this.size.width, this.size.height, ratio)
    }
  }

  private advance(now: number): void {
    if (this.flight !== null) {
      const t = clamp((now - this.flight.start) / flightMs, 0, 1)
      this.pose = between(this.flight.from, this.flight.to, ease(t))
      this.lastMove = now
      this.dirty.cut = true
      if (t >= 1) {
        this.flight = null
      }
    }
    if (this.morph.value !== this.morph.to) {
      const t = clamp((now - this.morph.start) / morphMs, 0, 1)
      this.morph.value =
        t >= 1 ? this.morph.to : this.morph.from + (this.morph.to - this.morph.from) * ease(t)
      if (t >= 1) {
        this.dirty.cut = true
        this.dirty.solids = true
      }
    }
  }

  private recut(now: number): void {
    const world = this.world
    this.dirty.cut = false
    this.lastCut = now
    if (world === null) {
      return
    }
    const must = this.mustShow()
    const view = this.cutView()
    world.cuts = world.trees.map((tree, i) =>
      computeCut(world.chart, tree, view, defaultLimits, must, world.cuts[i]),
    ) as [Cut, Cut]
    this.dirty.solids = true
    this.dirty.lines = true
    this.dirty.rings = true
    setCut(this.store, frontierOf(world.chart, world.cuts[this.lens]))
  }

  /** Nodes that level of detail must not swallow. */
  private mustShow(): number[] {
    const selected = this.store.selection.peek()?.node ?? -1
    const path = this.store.path.peek()
    return [
      ...(selected >= 0 ? [selected] : []),
      ...(path?.hops.map((hop) => hop.node).filter((node) => node >= 0) ?? []),
    ]
  }

  private places(world: World): Places {
    return { chart: world.chart, trees: world.trees, cuts: world.cuts, lens: this.lens }
  }

  private draw(now: number): void {
    const world = this.world
    const view = this.view()
    if (world !== null) {
      if (this.dirty.solids) {
        this.fillSolids(world, view)
      }
      if (this.dirty.lines) {
        this.fillLines(world)
      }
      if (this.dirty.rings || this.isBeating) {
        this.fillRings(world, now)
      }
    }
    this.stage.draw({
      view,
      morph: this.morph.value,
      sky: this.sky(),
      now: this.store.motion.peek() ? (now / 1000) % 1e4 : 0,
      dim: this.dimmed(),
      skyAlpha: (this.palette.isDark ? 0.3 : 0.42) * clamp((1.35 - this.pose.pitch) * 4, 0, 1),
    })
    if (world !== null) {
      this.minimap.draw(view, this.palette)
      this.showCaptions(world, view)
    }
  }

  private dimmed(): number {
    const { store } = this
    if (store.path.peek() !== null) {
      return 0.72
    }
    if (store.lit.peek() !== null) {
      return 0.62
    }
    return store.tethers.peek().length > 0 ? 0.35 : 0
  }

  /** 2: bright, pointed at or selected; 1: lit while the rest is dimmed; 0: as it is. By what shows it. */
  private states(world: World): Map<number, number> {
    const { store } = this
    const states = new Map<number, number>()
    const tree = world.trees[this.lens]
    const { isLeaf, isOpen } = world.cuts[this.lens]
    const put = (node: number, state: number) => {
      const shown = isOpen[node] === 1 ? node : lift(tree, isLeaf, node)
      states.set(shown, Math.max(states.get(shown) ?? 0, state))
    }
    for (const node of store.lit.peek() ?? store.tethers.peek()) {
      put(node, 1)
    }
    for (const hop of store.path.peek()?.hops ?? []) {
      if (hop.node >= 0) {
        put(hop.node, 1)
      }
    }
    const selected = store.selection.peek()?.node ?? -1
    for (const node of [selected, store.hover.peek()]) {
      if (node >= 0 && node < world.chart.count) {
        put(node, 2)
      }
    }
    return states
  }

  private fillSolids(world: World, view: View): void {
    this.dirty.solids = false
    const { chart, trees, cuts } = world
    const isMorphing = this.morph.value !== this.morph.to
    const states = this.states(world)
    const stateOf = (node: number) => states.get(node) ?? 0
    this.plates = packPlates(chart, trees, cuts, isMorphing, this.lens, this.palette)
    const tree = trees[this.lens]
    const isLarge = (node: number) => this.pixelsOf(tree, view, node) >= roundFrom
    const split = splitPlates(this.plates, plateStride, isLarge, stateOf)
    const places = this.places(world)
    const leaves = Array.from(
      isMorphing ? new Set([...cuts[0].leaves, ...cuts[1].leaves]) : cuts[this.lens].leaves,
    )
    const ofKind = (kind: number) => leaves.filter((node) => chart.kind[node] === kind)
    const gateColor = (node: number) =>
      mixRgb(lookOf(chart, tree, true, this.palette, node).color, this.palette.gate, 0.7)
    const gates = packArches(places, ofKind(Kind.balancer), isMorphing, gateColor, stateOf)
    const portals = packArches(places, ofKind(Kind.gateway), isMorphing, () => this.palette.portal, stateOf)
    this.stage.setSolids({ ...split, gates, portals })
    this.stage.setShadows(split.plates)
    const ranked = rankBeams(chart, tree, cuts[this.lens], this.store.direction.peek())
    this.beams = ranked.beams
    if (this.store.hiddenCues.peek() !== ranked.hidden) {
      this.store.hiddenCues.value = ranked.hidden
    }
    this.minimap.setContent(chart, tree, ranked.beams, this.palette)
    this.dirty.rings = true
  }

  private pixelsOf(tree: LensTree, view: View, node: number): number {
    const w = at(tree.rect, 4 * node + 2)
    const h = at(tree.rect, 4 * node + 3)
    return (
      Math.min(w, h) *
      pixelsPerUnit(
        view,
        at(tree.rect, 4 * node) + w / 2,
        at(tree.top, node),
        at(tree.rect, 4 * node + 1) + h / 2,
      )
    )
  }

  private fillLines(world: World): void {
    this.dirty.lines = false
    const { store, palette } = this
    const places = this.places(world)
    const path = store.path.peek()
    const whatIf = store.whatIfRibbons.peek()
    const selection = store.selection.peek()
    const lit = store.lit.peek()
    const lines: Line[] = []
    if (path !== null) {
      lines.push(...linesOfPath(path, palette))
    } else {
      if (store.mode.peek() !== 'none') {
        lines.push(...linesOfRibbons(world.chart, store.ribbons.peek().ribbons, palette, false))
      }
      if (selection !== null && selection.node >= 0) {
        lines.push(...linesOfTethers(selection.node, store.tethers.peek(), palette))
      }
    }
    if (whatIf !== null) {
      lines.push(...linesOfWhatIf(whatIf, palette))
    }
    // A group has no place of its own: its members are what is lit.
    const members = path === null && selection !== null && selection.node < 0 && lit !== null ? [...lit] : []
    lines.push(...linesOfMembers(places, members, palette))
    this.stage.setShells(packShells(places, members, world.chart))
    this.stage.setRibbons(packLines(places, lines).data)
    this.hasFlow =
      store.motion.peek() && (path !== null || (!this.isSoftware && (whatIf !== null || selection !== null)))
  }

  private fillRings(world: World, now: number): void {
    this.dirty.rings = false
    const places = this.places(world)
    const direction = this.store.direction.peek()
    const packed = packBeams(places, this.beams, this.palette, direction)
    const pulses = ringsOfPulses(
      places,
      this.store.pulses.peek(),
      this.palette,
      now / 1000,
      this.store.motion.peek(),
    )
    this.isBeating = pulses.isBeating
    this.stage.setBeams(packed.beams, packed.marks)
    this.stage.setRings(Float32Array.from([...packed.rings, ...pulses.rings]))
    const path = this.store.path.peek()
    this.captions = [
      ...captionsOf(places),
      ...captionsOfBeams(places, this.beams, this.store.ribbons.peek().ribbons, this.palette, direction),
      ...(path === null ? [] : captionsOfPath(places, path, this.palette)),
      ...captionsOfFocus(places, this.store.hover.peek(), this.store.selection.peek()?.node ?? -1),
    ]
  }

  private showCaptions(world: World, view: View): void {
    const spots = new Float32Array(2 * this.captions.length).fill(Number.NaN)
    const isMorphing = this.morph.value !== this.morph.to
    if (!isMorphing) {
      this.captions.forEach((caption, i) => {
        this.placeCaption(world, view, caption, spots, i)
      })
    }
    const corner = this.minimap.canvas
    const map = [
      this.size.width - corner.clientWidth - 16,
      this.size.height - corner.clientHeight - 16,
      this.size.width,
      this.size.height,
    ] as const
    this.overlay.show(this.captions, spots, this.size, [map])
  }

  private placeCaption(world: World, view: View, caption: Caption, spots: Float32Array, i: number): void {
    const tree = world.trees[this.lens]
    const cut = world.cuts[this.lens]
    const node = cut.isOpen[caption.node] === 1 ? caption.node : lift(tree, cut.isLeaf, caption.node)
    if (
      node < 0 ||
      this.pixelsOf(tree, view, node) < caption.leastPixels * (caption.anchor === 'corner' ? 0.6 : 1)
    ) {
      return
    }
    const [x, z, w, h] = [
      at(tree.rect, 4 * node),
      at(tree.rect, 4 * node + 1),
      at(tree.rect, 4 * node + 2),
      at(tree.rect, 4 * node + 3),
    ]
    const top = at(tree.top, node)
    const p = { x: 0, y: 0, depth: 0 }
    if (caption.anchor !== 'corner') {
      const y = caption.anchor === 'beam' ? top + Math.max(this.sky() - top, 0) * caption.tier : top
      project(view, x + w / 2, y, z + h / 2, p)
      if (p.depth > 0) {
        spots.set([p.x, p.y], 2 * i)
      }
      return
    }
    let best = Infinity
    for (const [cx, cz] of [
      [x, z],
      [x + w, z],
      [x, z + h],
      [x + w, z + h],
    ] as const) {
      project(view, cx, top, cz, p)
      const score = p.x - 0.9 * p.y
      if (p.depth > 0 && score < best) {
        best = score
        spots.set([p.x, p.y], 2 * i)
      }
    }
  }

  /** For measurements: draws now, waits for the pixels, and tells how long it took. */
  measure(turn: number): number {
    const start = performance.now()
    this.pose = { ...this.pose, yaw: this.pose.yaw + turn }
    this.setRatio(this.restRatio())
    this.draw(start)
    const gl = this.stage.renderer.getContext()
    gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4))
    return performance.now() - start
  }
}
