// The drawing: a handful of batches and the uniforms that they share. It knows shapes, not what they mean.

import {
  AdditiveBlending,
  Color,
  type IUniform,
  LinearSRGBColorSpace,
  NormalBlending,
  PerspectiveCamera,
  Scene,
  SRGBColorSpace,
  WebGLRenderer,
  WebGLRenderTarget,
} from 'three'
import { Batch } from './batch.ts'
import type { View } from './camera.ts'
import type { Plates } from './plates.ts'
import {
  archFragment,
  archVertex,
  beamFragment,
  beamVertex,
  groundFragment,
  groundVertex,
  markFragment,
  markVertex,
  plateFragment,
  plateVertex,
  ribbonFragment,
  ribbonVertex,
  ringFragment,
  ringVertex,
  shadowFragment,
  shadowVertex,
  shellFragment,
  shellVertex,
  skyFragment,
  skyVertex,
} from './shaders.ts'
import {
  cube,
  gateShape,
  plainBox,
  plateFields,
  portalShape,
  quad,
  ribbonFields,
  roundedBox,
  spotFields,
  strip,
} from './templates.ts'
import type { Palette, Rgb } from './theme.ts'

export interface Moment {
  readonly view: View
  readonly morph: number
  readonly sky: number
  /** Seconds, for what moves. */
  readonly now: number
  /** How much what is not lit is dimmed, 0 … 1. */
  readonly dim: number
  readonly skyAlpha: number
}

type Uniforms = Record<string, IUniform>

const stateField = { name: 'state', size: 1 } as const

/** What is drawn on. */
export interface Easel {
  readonly canvas: HTMLCanvasElement
  readonly context: WebGL2RenderingContext
  /** Whether the machine draws with its processor alone. */
  readonly isSoftware: boolean
}

/**
 * null: the browser has no WebGL2. A context takes a processor long to make, and it cannot afford smooth edges in motion, so
 * the first is made without them; where a graphics card turns out to draw, another takes its place.
 */
export function makeEasel(): Easel | null {
  const make = (antialias: boolean) => {
    const canvas = document.createElement('canvas')
    const context = canvas.getContext('webgl2', {
      antialias,
      alpha: false,
      stencil: false,
      powerPreference: 'high-performance',
    })
    return context && { canvas, context }
  }
  const plain = make(false)
  if (plain === null) {
    return null
  }
  const gl = plain.context
  const info = gl.getExtension('WEBGL_debug_renderer_info')
  const name = String(gl.getParameter(info === null ? gl.RENDERER : info.UNMASKED_RENDERER_WEBGL))
  if (/llvmpipe|swiftshader|softpipe|software|basic render/i.test(name)) {
    return { ...plain, isSoftware: true }
  }
  gl.getExtension('WEBGL_lose_context')?.loseContext()
  const smooth = make(true)
  return smooth && { ...smooth, isSoftware: false }
}

export class Stage {
  readonly renderer: WebGLRenderer
  private readonly scene = new Scene()
  private readonly camera = new PerspectiveCamera()
  private readonly isSoftware: boolean
  private readonly uniforms: Uniforms
  private readonly sheets = new Map<number, WebGLRenderTarget>()
  private size = { width: 1, height: 1, ratio: 1 }
  /** What the next picture is drawn with; of the canvas, `size` tells. */
  private ratio = 1
  private background: Rgb = [0, 0, 0]
  private readonly batches: Record<
    | 'ground'
    | 'blocks'
    | 'plates'
    | 'gates'
    | 'portals'
    | 'shadows'
    | 'shells'
    | 'sky'
    | 'ribbons'
    | 'rings'
    | 'beams'
    | 'marks',
    Batch
  >

  constructor({ canvas, context, isSoftware }: Easel) {
    this.isSoftware = isSoftware
    this.renderer = new WebGLRenderer({ canvas, context })
    // To ask whether each program was made waits for it; they are tried in tests.
    this.renderer.debug.checkShaderErrors = false
    this.renderer.sortObjects = true
    const u = (value: unknown): IUniform => ({ value })
    this.uniforms = {
      matrix: u(new Float32Array(16)),
      morph: u(0),
      sky: u(300),
      frame: u([1, 1]),
      eye: u([0, 0, 0]),
      now: u(0),
      pixels: u(1),
      background: u([0, 0, 0]),
      horizon: u([0, 0, 0]),
      accent: u([1, 1, 1]),
      door: u([1, 1, 1]),
      shadow: u([0, 0, 0]),
      strength: u(0.5),
      light: u([-0.35, 0.82, 0.45]),
      shade: u(0.4),
      dim: u(0),
      dimRibbons: u(1),
      glow: u(0.6),
      skyColor: u([1, 1, 1]),
      skyAlpha: u(0.2),
      around: u([500, 300, 700, 500]),
      ahead: u([0, -1]),
    }
    this.batches = this.makeBatches()
    for (const batch of Object.values(this.batches)) {
      this.scene.add(batch.mesh)
    }
    this.batches.ground.mesh.visible = true
    this.batches.ground.mesh.geometry.instanceCount = 1
    this.batches.sky.mesh.visible = true
    this.batches.sky.mesh.geometry.instanceCount = 1
  }

  private makeBatches() {
    const uniforms = this.uniforms
    const lit = [...plateFields, stateField]
    const solid = (template: 0 | 1, order: number) =>
      new Batch({
        template: template === 0 ? plainBox() : roundedBox(this.isSoftware ? 2 : 4),
        fields: lit,
        vertex: plateVertex,
        fragment: plateFragment,
        uniforms,
        order,
      })
    const arch = (template: ReturnType<typeof cube>) =>
      new Batch({ template, fields: lit, vertex: archVertex, fragment: archFragment, uniforms, order: 0 })
    const over = (order: number) => ({ uniforms, order, isTransparent: true, isFlat: true })
    return {
      blocks: solid(0, 1),
      plates: solid(1, 2),
      gates: arch(gateShape()),
      portals: arch(portalShape()),
      ground: new Batch({
        template: quad(),
        fields: [],
        vertex: groundVertex,
        fragment: groundFragment,
        uniforms,
        order: 3,
        isFlat: true,
      }),
      shadows: new Batch({
        template: quad(),
        fields: lit,
        vertex: shadowVertex,
        fragment: shadowFragment,
        ...over(4),
      }),
      rings: new Batch({
        template: quad(),
        fields: spotFields,
        vertex: ringVertex,
        fragment: ringFragment,
        ...over(5),
      }),
      shells: new Batch({
        template: cube(),
        fields: [...plateFields.slice(0, 3), { name: 'doors', size: 2 }],
        vertex: shellVertex,
        fragment: shellFragment,
        ...over(6),
      }),
      ribbons: new Batch({
        template: strip(this.isSoftware ? 10 : 20),
        fields: ribbonFields,
        vertex: ribbonVertex,
        fragment: ribbonFragment,
        ...over(7),
      }),
      sky: new Batch({ template: quad(), fields: [], vertex: skyVertex, fragment: skyFragment, ...over(8) }),
      beams: new Batch({
        template: quad(true),
        fields: spotFields,
        vertex: beamVertex,
        fragment: beamFragment,
        ...over(9),
      }),
      marks: new Batch({
        template: quad(),
        fields: spotFields,
        vertex: markVertex,
        fragment: markFragment,
        ...over(10),
      }),
    }
  }

  setTheme(palette: Palette): void {
    const put = (name: string, color: Rgb) => {
      this.uniform(name).value = [...color]
    }
    put('background', palette.background)
    put('horizon', palette.horizon)
    put('accent', palette.accent)
    put('shadow', palette.shadow)
    put('skyColor', palette.tether)
    put('door', palette.critical)
    this.background = palette.background
    this.uniform('shade').value = palette.shade
    this.uniform('strength').value = palette.shadowStrength
    this.uniform('glow').value = palette.isDark ? 0.55 : 0.22
    this.batches.beams.mesh.material.blending = palette.isDark ? AdditiveBlending : NormalBlending
    this.batches.shadows.mesh.material.visible = palette.shadowStrength > 0
  }

  setAround(x: number, z: number, radiusX: number, radiusZ: number): void {
    this.uniform('around').value = [x, z, radiusX, radiusZ]
  }

  /** Each is packed as `plateFields` and a state: 0 as it is, 1 lit, 2 bright. */
  setSolids(solids: {
    blocks: Float32Array
    plates: Float32Array
    gates: Float32Array
    portals: Float32Array
  }): void {
    this.batches.blocks.set(solids.blocks)
    this.batches.plates.set(solids.plates)
    this.batches.gates.set(solids.gates)
    this.batches.portals.set(solids.portals)
  }

  setShadows(data: Float32Array): void {
    this.batches.shadows.set(data)
  }

  setShells(data: Float32Array): void {
    this.batches.shells.set(data)
  }

  setRibbons(data: Float32Array): void {
    this.batches.ribbons.set(data)
  }

  setBeams(beams: Float32Array, marks: Float32Array): void {
    this.batches.beams.set(beams)
    this.batches.marks.set(marks)
  }

  setRings(data: Float32Array): void {
    this.batches.rings.set(data)
  }

  /** The canvas: pixels of the page, and how many of its own it has for each. */
  resize(width: number, height: number, ratio: number): void {
    this.size = { width, height, ratio }
    this.ratio = ratio
    this.renderer.setDrawingBufferSize(width, height, ratio)
    this.dropSheets()
  }

  /**
   * How finely is drawn from now on. Another size of the canvas takes a processor longer than a picture does, so there the
   * canvas stays as it is, and what is drawn finer or coarser is brought to it.
   */
  setRatio(ratio: number): void {
    this.ratio = ratio
    if (!this.isSoftware && ratio !== this.size.ratio) {
      this.resize(this.size.width, this.size.height, ratio)
    }
  }

  draw(moment: Moment): void {
    const { view } = moment
    const { ratio } = this
    this.uniform('matrix').value = view.matrix
    this.uniform('morph').value = moment.morph
    this.uniform('sky').value = moment.sky
    // Widths are given in pixels of the page, whatever the canvas has behind them.
    this.uniform('frame').value = [view.width, view.height]
    this.uniform('ahead').value = [-Math.sin(view.pose.yaw), -Math.cos(view.pose.yaw)]
    this.uniform('eye').value = [...view.eye]
    this.uniform('now').value = moment.now
    this.uniform('dim').value = moment.dim
    this.uniform('skyAlpha').value = moment.skyAlpha
    this.uniform('pixels').value = Math.max(0.6, ratio)
    this.batches.sky.mesh.visible = moment.skyAlpha > 0.005
    if (ratio === this.size.ratio) {
      this.renderer.setClearColor(new Color().setRGB(...this.background, SRGBColorSpace))
      this.renderer.render(this.scene, this.camera)
    } else {
      this.drawOnSheet()
    }
  }

  private drawOnSheet(): void {
    const { renderer } = this
    const sheet = this.sheet()
    // What is not the canvas is taken for linear, so the colour is given as it is.
    renderer.setClearColor(new Color().setRGB(...this.background, LinearSRGBColorSpace))
    renderer.setRenderTarget(sheet)
    renderer.render(this.scene, this.camera)
    const gl = renderer.getContext() as WebGL2RenderingContext
    const { __webglFramebuffer: drawn } = renderer.properties.get(sheet) as {
      __webglFramebuffer: WebGLFramebuffer
    }
    renderer.state.bindFramebuffer(gl.READ_FRAMEBUFFER, drawn)
    renderer.state.bindFramebuffer(gl.DRAW_FRAMEBUFFER, null)
    const { drawingBufferWidth: width, drawingBufferHeight: height } = gl
    gl.blitFramebuffer(0, 0, sheet.width, sheet.height, 0, 0, width, height, gl.COLOR_BUFFER_BIT, gl.LINEAR)
    renderer.setRenderTarget(null)
  }

  private sheet(): WebGLRenderTarget {
    const { width, height } = this.size
    const kept = this.sheets.get(this.ratio)
    if (kept) {
      return kept
    }
    const made = new WebGLRenderTarget(Math.floor(width * this.ratio), Math.floor(height * this.ratio))
    this.sheets.set(this.ratio, made)
    return made
  }

  private dropSheets(): void {
    for (const sheet of this.sheets.values()) {
      sheet.dispose()
    }
    this.sheets.clear()
  }

  dispose(): void {
    this.dropSheets()
    for (const batch of Object.values(this.batches)) {
      batch.dispose()
    }
    this.renderer.dispose()
  }

  private uniform(name: string): IUniform {
    return this.uniforms[name] as IUniform
  }
}

/** Sorts instances into what is drawn with round corners and what is too small for them. */
export function splitPlates(
  plates: Plates,
  stride: number,
  isLarge: Uint32Array,
  stateOf: (node: number) => number,
): { blocks: Float32Array; plates: Float32Array } {
  const small: number[] = []
  const large: number[] = []
  plates.nodes.forEach((_, i) => {
    ;(isLarge[i] === 1 ? large : small).push(i)
  })
  const gather = (list: number[]) => {
    const data = new Float32Array(list.length * (stride + 1))
    list.forEach((instance, i) => {
      data.set(plates.data.subarray(instance * stride, (instance + 1) * stride), i * (stride + 1))
      data[i * (stride + 1) + stride] = stateOf(plates.nodes[instance] as number)
    })
    return data
  }
  return { blocks: gather(small), plates: gather(large) }
}
