// The scene as a whole: it watches the store, keeps the camera, and draws when something has changed.

import { effect } from '@preact/signals'
import type { Ribbon } from '../api/types.ts'
import { type Chart, Kind } from '../state/chart.ts'
import {
  askedEnd,
  type CameraRequest,
  drawnChart,
  hoverNode,
  hoverOverRibbon,
  lookAt,
  type Store,
  selectNode,
  setCut,
  setLook,
} from '../state/store.ts'
import { type Box, ease, type Pose, project, rayThrough, type View } from './camera.ts'
import { Controls, keyPose } from './controls.ts'
import { type Cut, computeCut, defaultLimits, frontierOf } from './cut.ts'
import { Filler } from './filler.ts'
import type { Obstacle } from './labels.ts'
import { Minimap } from './minimap.ts'
import { Overlay } from './overlay.ts'
import { pick } from './pick.ts'
import { lookOf, Pilot } from './pilot.ts'
import { lineAt, type Places } from './ribbons.ts'
import { makeEasel, Stage } from './stage.ts'
import { cssOf, mixRgb, type Palette, paletteOf } from './theme.ts'
import { at, childrenOf, clamp, type LensTree, makeTree, walk } from './tree.ts'

const morphMs = 900
const restMs = 160
const refineMs = 420
const cutEveryMs = 250
const slowFrameMs = 120
/** What the page lays over the upper edge. */
const barHeight = 46

interface World {
  readonly chart: Chart
  readonly trees: readonly [LensTree, LensTree]
  cuts: readonly [Cut, Cut]
}

type Part = 'cut' | 'solids' | 'states' | 'lines' | 'cues' | 'draw'

export class SceneView {
  private readonly canvas: HTMLCanvasElement
  private readonly host: HTMLElement
  private readonly store: Store
  private readonly stage: Stage
  private readonly overlay: Overlay
  private readonly minimap: Minimap
  private readonly controls: Controls
  private readonly pilot = new Pilot()
  private readonly filler: Filler
  private readonly isSoftware: boolean
  private readonly undo: (() => void)[] = []
  private readonly dirty = new Set<Part>()
  private palette: Palette
  private world: World | null = null
  private land: Box = this.pilot.box
  private morph = { from: 0, to: 0, start: 0, value: 0 }
  private frame = 0
  private timer: ReturnType<typeof setTimeout> | undefined
  private lastMove = 0
  private lastCut = 0
  private isRefined = false
  private isLost = false
  private turn = -1
  /** What the camera was last asked to frame; null once the user has moved it. */
  private framed: Omit<CameraRequest, 'turn'> | null = { preset: 'overview', node: -1, look: null }

  constructor(host: HTMLElement, store: Store) {
    const easel = makeEasel()
    if (easel === null) {
      throw new Error('this browser gives no WebGL2')
    }
    this.host = host
    this.store = store
    this.canvas = easel.canvas
    this.isSoftware = easel.isSoftware
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
    this.stage = new Stage(easel)
    this.filler = new Filler(store, this.stage)
    this.overlay = new Overlay(host)
    this.minimap = new Minimap(host, (x, z) => this.move({ ...this.pilot.pose, x, z }))
    this.palette = paletteOf(store.theme.peek(), null)
    this.controls = new Controls(this.canvas, {
      view: () => this.pilot.view(),
      move: (pose) => this.move(pose),
      hover: (x, y) => this.hover(x, y),
      leave: () => {
        hoverNode(store, -1)
        hoverOverRibbon(store, null)
      },
      click: (x, y) => this.click(x, y),
      enter: (x, y) => this.enter(x, y),
      key: (event) => this.key(event),
    })
    this.resize()
    this.listen()
  }

  resize(): void {
    const { clientWidth, clientHeight } = this.host
    const { width, height } = this.pilot.size
    if (clientWidth > 0 && clientHeight > 0 && (clientWidth !== width || clientHeight !== height)) {
      this.pilot.size = { width: clientWidth, height: clientHeight }
      this.stage.resize(clientWidth, clientHeight, this.restRatio())
      this.overlay.refont()
      this.reframe()
      this.touch('cut', 'draw')
      // Another size empties the canvas, and what is drawn in the next frame only is seen a frame too late.
      if (this.world !== null && !this.isLost) {
        this.draw(performance.now())
      }
    }
  }

  /** The picture at twice the resolution, with its labels. */
  async picture(): Promise<Blob | null> {
    const scale = 2
    const { width, height } = this.pilot.size
    const canvas = document.createElement('canvas')
    canvas.width = width * scale
    canvas.height = height * scale
    const context = canvas.getContext('2d')
    if (context === null || this.isLost) {
      return null
    }
    this.stage.resize(width, height, scale)
    this.draw(performance.now())
    context.drawImage(this.canvas, 0, 0, canvas.width, canvas.height)
    this.stage.resize(width, height, this.restRatio())
    this.overlay.paint(context, scale, this.palette.ink, this.palette.background)
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
    const watch = (read: () => unknown, ...parts: Part[]) => {
      this.undo.push(
        effect(() => {
          read()
          this.touch(...parts, 'draw')
        }),
      )
    }
    watch(() => this.setTheme(store.theme.value), 'solids', 'lines', 'cues')
    watch(() => this.setChart(drawnChart(store)), 'cut', 'solids', 'lines', 'cues')
    watch(() => this.setLens(store.lens.value === 'location' ? 0 : 1), 'cut', 'solids', 'lines', 'cues')
    watch(() => this.setCamera(store.camera.value))
    watch(() => store.hover.value, 'states', 'cues')
    watch(() => store.hoverRibbon.value, 'lines')
    watch(
      () => [store.selection.value, store.path.value], // which level of detail must not swallow
      'cut',
      'solids',
      'lines',
      'cues',
    )
    watch(() => [store.lit.value, store.tethers.value], 'states', 'lines', 'cues')
    watch(
      () => [store.ribbons.value, store.mode.value, store.whatIfRibbons.value, store.between.value],
      'lines',
      'cues',
    )
    watch(() => [store.open.value, store.marks.value], 'cues')
    watch(() => store.direction.value, 'solids', 'lines', 'cues')
    watch(() => [store.pulses.value, store.motion.value], 'states', 'lines', 'cues')
    this.canvas.addEventListener('webglcontextlost', (event) => {
      event.preventDefault()
      this.isLost = true
    })
    this.canvas.addEventListener('webglcontextrestored', () => {
      this.isLost = false
      this.touch('cut', 'solids', 'lines', 'cues', 'draw')
    })
    const observer = new ResizeObserver(() => this.resize())
    observer.observe(this.host)
    this.undo.push(() => observer.disconnect())
  }

  private setTheme(theme: 'dark' | 'light' | 'contrast'): void {
    this.palette = paletteOf(theme, getComputedStyle(this.host))
    const { palette } = this
    this.stage.setTheme(palette)
    const set = (name: string, value: string) => this.host.style.setProperty(name, value)
    set('--scene-paper', cssOf(palette.background))
    set('--scene-ink', cssOf(palette.ink))
    set('--scene-soft', cssOf(mixRgb(palette.ink, palette.background, 0.2)))
    set('--scene-quiet', cssOf(mixRgb(palette.ink, palette.background, 0.38)))
    set('--scene-chip', cssOf(mixRgb(palette.background, palette.vpc, 0.5), 0.9))
    set('--scene-rule', cssOf(palette.edge, 0.35))
  }

  private setChart(chart: Chart | null): void {
    if (chart === null || chart.count === 0) {
      this.world = null
      return
    }
    const trees = [makeTree(chart, 'location'), makeTree(chart, 'policy')] as const
    const b = trees[0].bounds
    const box = { x0: at(b, 0), x1: at(b, 1), y0: 0, y1: at(b, 3), z0: at(b, 4), z1: at(b, 5) }
    this.pilot.box = box
    if (this.world === null && this.framed !== null) {
      this.pilot.pose = this.poseOf(this.framed, trees[this.lens])
    }
    const view = this.pilot.cutView()
    const cutOf = (tree: LensTree) => computeCut(chart, tree, view, defaultLimits)
    this.world = { chart, trees, cuts: [cutOf(trees[0]), cutOf(trees[1])] }
    // The sky lies over the estate, not over the networks around it.
    const land = landOf(chart, trees[0])
    const [width, depth] = [land.x1 - land.x0, land.z1 - land.z0]
    this.stage.setAround((land.x0 + land.x1) / 2, (land.z0 + land.z1) / 2, 0.53 * width, 0.53 * depth)
    this.land = { ...box, ...land }
  }

  private setLens(lens: 0 | 1): void {
    if (this.morph.to !== lens) {
      const value = this.store.motion.peek() ? this.morph.value : lens
      this.morph = { from: value, to: lens, start: performance.now(), value }
    }
  }

  private setCamera(request: CameraRequest): void {
    if (request.turn === this.turn) {
      return
    }
    const isFirst = this.turn === -1
    this.turn = request.turn
    this.framed = request
    if (this.world === null) {
      return
    }
    if (this.store.motion.peek() && !isFirst) {
      this.pilot.flyTo(this.poseOf(request, this.world.trees[this.lens]), performance.now())
      this.touch('cut', 'draw')
    } else {
      this.reframe()
    }
  }

  /** Puts what was asked for into the frame at once, unless the user has chosen another view. */
  private reframe(): void {
    if (this.world !== null && this.framed !== null) {
      this.pilot.move(this.poseOf(this.framed, this.world.trees[this.lens]))
      this.touch('cut', 'draw')
    }
  }

  private poseOf(request: Omit<CameraRequest, 'turn'>, tree: LensTree): Pose {
    return request.preset === 'look'
      ? this.pilot.poseFrom(request.look, this.store.view.peek() === 'plan')
      : this.pilot.poseOf(request.preset, tree, request.node)
  }

  /** What the address tells of the camera: nothing where it is as it comes up. */
  private tellLook(): void {
    const { framed } = this
    const isPlain = framed !== null && framed.preset !== 'look' && framed.node < 0
    setLook(this.store, isPlain ? null : lookOf(this.pilot.pose))
  }

  private get lens(): 0 | 1 {
    return this.morph.to === 0 ? 0 : 1
  }

  private get isMorphing(): boolean {
    return this.morph.value !== this.morph.to
  }

  private move(pose: Pose): void {
    this.framed = null
    this.pilot.move(pose)
    this.lastMove = performance.now()
    this.touch('cut', 'draw')
  }

  // --- pointer and keys -----------------------------------------------------------------------------------------------

  /** The node under the pixel; −1 none. */
  nodeAt(x: number, y: number): number {
    const { world } = this
    if (world === null) {
      return -1
    }
    const view = this.pilot.view()
    const beam = this.beamAt(world, view, x, y)
    if (beam >= 0) {
      return beam
    }
    const hit = pick(world.trees[this.lens], world.cuts[this.lens], rayThrough(view, x, y))
    return hit === null || at(world.chart.kind, hit.node) === Kind.organisation ? -1 : hit.node
  }

  private beamAt(world: World, view: View, x: number, y: number): number {
    const tree = world.trees[this.lens]
    const sky = this.pilot.sky()
    const foot = { x: 0, y: 0, depth: 0 }
    const head = { x: 0, y: 0, depth: 0 }
    for (const beam of this.filler.beams) {
      const i = 4 * beam.node
      const cx = at(tree.rect, i) + at(tree.rect, i + 2) / 2
      const cz = at(tree.rect, i + 1) + at(tree.rect, i + 3) / 2
      project(view, cx, at(tree.top, beam.node), cz, foot)
      project(view, cx, sky, cz, head)
      const t = clamp((foot.y - y) / Math.max(foot.y - head.y, 1), 0, 1)
      const isBeside = Math.abs(x - (foot.x + t * (head.x - foot.x))) < 6
      if (isBeside && y < foot.y && y > head.y) {
        return beam.count === 1 ? beam.worst : beam.node
      }
    }
    return -1
  }

  /** The connection that is pointed at: before the ground that it passes over, behind blocks, gates and beams. */
  private ribbonAt(x: number, y: number, node: number): Ribbon | null {
    const { world } = this
    if (world === null || this.isMorphing || (node >= 0 && at(world.chart.kind, node) >= Kind.interface)) {
      return null
    }
    const pixel = { x, y, reach: 4 }
    const line = lineAt(this.filler.lines, this.lens, this.pilot.view(), this.pilot.sky(), pixel)
    return this.filler.ribbons[line] ?? null
  }

  private hover(x: number, y: number): void {
    const node = this.nodeAt(x, y)
    const ribbon = this.ribbonAt(x, y, node)
    this.canvas.classList.toggle('is-over', node >= 0)
    hoverNode(this.store, ribbon === null ? node : -1)
    hoverOverRibbon(this.store, ribbon === null ? null : { ribbon, x, y })
  }

  private click(x: number, y: number): void {
    this.canvas.focus({ preventScroll: true })
    const node = this.nodeAt(x, y)
    const ribbon = this.ribbonAt(x, y, node)
    selectNode(this.store, ribbon === null ? node : askedEnd(this.store, ribbon))
  }

  private enter(x: number, y: number): void {
    const node = this.nodeAt(x, y)
    lookAt(this.store, node < 0 ? 'overview' : 'focus', node)
  }

  private key(event: KeyboardEvent): boolean {
    const { world, store } = this
    if (event.ctrlKey || event.metaKey || event.altKey || world === null) {
      return false
    }
    const pose = keyPose(event, this.pilot.pose)
    if (pose !== null) {
      this.move(pose)
      return true
    }
    const tree = world.trees[this.lens]
    const selected = store.selection.peek()?.node ?? -1
    const stands = selected >= 0 && tree.exists[selected] === 1
    if (event.key === 'Home') {
      lookAt(store, 'overview', -1)
      return true
    }
    if (event.key === 'Enter' && stands) {
      lookAt(store, 'focus', selected)
      return true
    }
    if (event.key.startsWith('Arrow')) {
      const next = stands ? walk(tree, selected, event.key) : walk(tree, 0, 'ArrowDown')
      if (next !== null && next > 0) {
        selectNode(store, next)
      }
      return true
    }
    if (event.key === 'Escape' && stands) {
      const up = at(tree.parent, selected)
      selectNode(store, up > 0 ? up : -1)
      return true
    }
    return false
  }

  // --- drawing --------------------------------------------------------------------------------------------------------

  private touch(...parts: Part[]): void {
    for (const part of parts) {
      this.dirty.add(part)
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
    const isMoving = this.pilot.isFlying || this.controls.isHeld || now - this.lastMove < restMs
    if (this.dirty.has('cut') && (!isMoving || now - this.lastCut > cutEveryMs)) {
      this.recut(now)
    }
    this.stage.setRatio(isMoving || this.isMorphing ? this.movingRatio() : this.restRatio())
    this.draw(performance.now())
    this.goOn(isMoving)
  }

  /** Asks for the next frame, now or later, if there is to be one. */
  private goOn(isMoving: boolean): void {
    const isSelfMoving = this.filler.isBeating || this.filler.hasFlow
    if (!isMoving && !this.isMorphing && this.world !== null) {
      this.tellLook()
    }
    if (this.pilot.isFlying || this.isMorphing || (isSelfMoving && !this.isSoftware)) {
      this.touch('draw')
    } else if (isMoving) {
      this.later(restMs, () => this.touch('cut', 'draw'))
    } else if (isSelfMoving) {
      this.later(slowFrameMs, () => this.touch('draw'))
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
      this.stage.setRatio(2)
      this.draw(performance.now())
      this.isRefined = true
    }
  }

  private advance(now: number): void {
    if (this.pilot.advance(now)) {
      this.lastMove = now
      this.dirty.add('cut')
    }
    if (this.isMorphing) {
      const { from, to, start } = this.morph
      const t = clamp((now - start) / morphMs, 0, 1)
      this.morph.value = t >= 1 ? to : from + (to - from) * ease(t)
      if (t >= 1) {
        this.dirty.add('cut')
      }
    }
  }

  private recut(now: number): void {
    const { world } = this
    this.dirty.delete('cut')
    this.lastCut = now
    if (world === null) {
      return
    }
    const must = this.mustShow()
    const view = this.pilot.cutView()
    const again = (lens: 0 | 1) =>
      computeCut(world.chart, world.trees[lens], view, defaultLimits, must, world.cuts[lens])
    world.cuts = [again(0), again(1)]
    this.dirty.add('solids').add('lines').add('cues')
    setCut(this.store, frontierOf(world.chart, world.cuts[this.lens]))
  }

  /** Nodes that level of detail must not swallow. */
  private mustShow(): number[] {
    const selected = this.store.selection.peek()?.node ?? -1
    const hops = this.store.path.peek()?.hops.map((hop) => hop.node) ?? []
    return [selected, ...hops].filter((node) => node >= 0)
  }

  private draw(now: number): void {
    const { world } = this
    const view = this.pilot.view()
    const places = world === null ? null : this.placesOf(world)
    if (places !== null) {
      this.fill(places, view, now)
    }
    this.dirty.delete('draw')
    const skyAlpha = (this.palette.isDark ? 0.34 : 0.5) * clamp((1.35 - this.pilot.pose.pitch) * 4, 0, 1)
    this.stage.draw({
      view,
      morph: this.morph.value,
      sky: this.pilot.sky(),
      now: this.store.motion.peek() ? now / 1000 : 0,
      dim: this.filler.dim(),
      skyAlpha: world === null ? 0 : skyAlpha,
    })
    if (places !== null) {
      this.minimap.draw(view, this.palette)
      this.showCaptions(places, view)
    }
  }

  private placesOf(world: World): Places {
    return { chart: world.chart, trees: world.trees, cuts: world.cuts, lens: this.lens }
  }

  private fill(places: Places, view: View, now: number): void {
    if (this.dirty.delete('solids')) {
      const hidden = this.filler.fillSolids(places, view, this.isMorphing, this.palette, this.isSoftware)
      if (this.store.hiddenCues.peek() !== hidden) {
        this.store.hiddenCues.value = hidden
      }
      this.minimap.setGround(places.chart, places.trees[places.lens], this.palette)
      this.minimap.setBeams(places.trees[places.lens], this.filler.beams, this.palette)
      this.dirty.add('cues').delete('states')
    }
    if (this.dirty.delete('states')) {
      this.filler.fillStates(places, this.palette)
    }
    if (this.dirty.delete('lines')) {
      this.filler.fillLines(places, this.palette, this.isSoftware)
    }
    if (this.dirty.delete('cues') || this.filler.isBeating) {
      this.filler.fillCues(places, this.palette, now)
    }
  }

  private showCaptions(places: Places, view: View): void {
    const { size } = this.pilot
    const isShown = !this.isMorphing
    const spots = this.filler.anchors(places, view, this.pilot.sky(), this.land)
    const map: Obstacle = [
      size.width - this.minimap.width - 16,
      size.height - this.minimap.height - 16,
      size.width,
      size.height,
    ]
    const bar: Obstacle = [0, 0, size.width, barHeight]
    this.overlay.show(isShown ? this.filler.captions : [], spots, size, [map, bar])
  }

  /** For measurements: turns a little, draws, waits for the pixels, and tells how long it took. */
  measure(turn: number, ratio: number): number {
    const start = performance.now()
    this.pilot.pose = { ...this.pilot.pose, yaw: this.pilot.pose.yaw + turn }
    this.stage.setRatio(ratio)
    this.draw(start)
    const gl = this.stage.renderer.getContext()
    gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4))
    return performance.now() - start
  }

  /** For measurements: milliseconds for a pick, for both cuts, and for all buffers; and how much is drawn. */
  timeParts(picks: number): Record<string, number> {
    const { world } = this
    if (world === null) {
      return {}
    }
    const timed = (count: number, work: (i: number) => void) => {
      const start = performance.now()
      for (let i = 0; i < count; i++) {
        work(i)
      }
      return (performance.now() - start) / count
    }
    const { width, height } = this.pilot.size
    const fill = (...parts: Part[]) => {
      for (const part of parts) {
        this.dirty.add(part)
      }
      this.fill(this.placesOf(world), this.pilot.view(), performance.now())
    }
    const { render } = this.stage.renderer.info
    return {
      pick: timed(picks, (i) => this.nodeAt((i * 37) % width, (i * 53) % height)),
      cut: timed(10, () => this.recut(performance.now())),
      fill: timed(10, () => fill('solids', 'lines', 'cues')),
      states: timed(10, () => fill('states', 'cues')),
      blocks: world.cuts[this.lens].leaves.length,
      calls: render.calls,
      triangles: render.triangles,
    }
  }
}

/** Around all accounts: the root without the ring of what is beyond. */
function landOf(chart: Chart, tree: LensTree): { x0: number; x1: number; z0: number; z1: number } {
  const land = { x0: Infinity, x1: -Infinity, z0: Infinity, z1: -Infinity }
  const accounts = childrenOf(tree, 0).filter((node) => chart.kind[node] === Kind.account)
  for (const node of accounts.length > 0 ? accounts : [0]) {
    const i = 4 * node
    land.x0 = Math.min(land.x0, at(tree.rect, i))
    land.x1 = Math.max(land.x1, at(tree.rect, i) + at(tree.rect, i + 2))
    land.z0 = Math.min(land.z0, at(tree.rect, i + 1))
    land.z1 = Math.max(land.z1, at(tree.rect, i + 1) + at(tree.rect, i + 3))
  }
  return land
}
