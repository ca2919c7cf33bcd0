// One instanced draw: a small template, a buffer of instances, a shader.

import {
  type Blending,
  type BufferGeometry,
  DoubleSide,
  DynamicDrawUsage,
  FrontSide,
  GLSL3,
  InstancedBufferGeometry,
  InstancedInterleavedBuffer,
  InterleavedBufferAttribute,
  type IUniform,
  Mesh,
  NormalBlending,
  RawShaderMaterial,
} from 'three'

export interface Field {
  readonly name: string
  readonly size: number
}

export interface BatchOptions {
  readonly template: BufferGeometry
  readonly fields: readonly Field[]
  readonly vertex: string
  readonly fragment: string
  readonly uniforms: Record<string, IUniform>
  readonly order: number
  readonly isTransparent?: boolean
  /** Flat things have two sides. */
  readonly isFlat?: boolean
  readonly blending?: Blending
}

export class Batch {
  readonly mesh: Mesh<InstancedBufferGeometry, RawShaderMaterial>
  private readonly stride: number
  private readonly fields: readonly Field[]
  private capacity = 0
  private buffer: InstancedInterleavedBuffer | null = null

  constructor(options: BatchOptions) {
    const geometry = new InstancedBufferGeometry()
    geometry.index = options.template.index
    for (const [name, attribute] of Object.entries(options.template.attributes)) {
      geometry.setAttribute(name, attribute)
    }
    geometry.instanceCount = 0
    const isTransparent = options.isTransparent ?? false
    const material = new RawShaderMaterial({
      glslVersion: GLSL3,
      vertexShader: options.vertex,
      fragmentShader: options.fragment,
      uniforms: options.uniforms,
      transparent: isTransparent,
      depthWrite: !isTransparent,
      side: options.isFlat ? DoubleSide : FrontSide,
      blending: options.blending ?? NormalBlending,
    })
    this.fields = options.fields
    this.stride = options.fields.reduce((sum, field) => sum + field.size, 0)
    this.mesh = new Mesh(geometry, material)
    this.mesh.frustumCulled = false
    this.mesh.renderOrder = options.order
    this.mesh.visible = false
  }

  /** Draws so many instances as the data holds. */
  set(data: Float32Array): void {
    const count = this.stride === 0 ? 0 : data.length / this.stride
    const geometry = this.mesh.geometry
    if (this.buffer === null || count > this.capacity) {
      this.capacity = Math.max(64, Math.ceil(count * 1.5))
      this.buffer?.array.fill(0)
      geometry.dispose()
      this.buffer = new InstancedInterleavedBuffer(
        new Float32Array(this.capacity * this.stride),
        this.stride,
        1,
      )
      this.buffer.setUsage(DynamicDrawUsage)
      let offset = 0
      for (const field of this.fields) {
        geometry.setAttribute(field.name, new InterleavedBufferAttribute(this.buffer, field.size, offset))
        offset += field.size
      }
    }
    this.buffer.array.set(data)
    this.buffer.clearUpdateRanges()
    this.buffer.addUpdateRange(0, data.length)
    this.buffer.needsUpdate = true
    geometry.instanceCount = count
    this.mesh.visible = count > 0
  }

  dispose(): void {
    this.mesh.geometry.dispose()
    this.mesh.material.dispose()
  }
}
