// The camera's arithmetic: where it stands, what it projects where, which ray a pixel is, and how far away an estate
// fits the frame. Orthographic is a perspective from far away through a narrow lens, so one model morphs into the
// other. Pure.

import { clamp } from './tree.ts'

export interface Pose {
  /** What it looks at, on or above the ground. */
  readonly x: number
  readonly y: number
  readonly z: number
  /** Turn about the vertical and height over the horizon, in radians. */
  readonly yaw: number
  readonly pitch: number
  /** How much of the world is as high as the frame, at what it looks at. */
  readonly span: number
  /** Vertical angle of view in radians. */
  readonly lens: number
}

export const perspectiveLens = 0.56
export const planLens = 0.02
export const lowestPitch = 0.2
export const highestPitch = Math.PI / 2 - 0.001

export interface View {
  readonly pose: Pose
  readonly width: number
  readonly height: number
  /** Column-major projection × view, as WebGL takes it. */
  readonly matrix: Float32Array
  readonly eye: readonly [number, number, number]
  readonly right: readonly [number, number, number]
  readonly up: readonly [number, number, number]
  readonly forward: readonly [number, number, number]
  readonly distance: number
}

export function distanceOf(pose: Pose): number {
  return pose.span / (2 * Math.tan(pose.lens / 2))
}

export function makeView(pose: Pose, width: number, height: number, reach: number): View {
  const cosPitch = Math.cos(pose.pitch)
  const sinPitch = Math.sin(pose.pitch)
  const sinYaw = Math.sin(pose.yaw)
  const cosYaw = Math.cos(pose.yaw)
  const forward = [-sinYaw * cosPitch, -sinPitch, -cosYaw * cosPitch] as const
  const right = [cosYaw, 0, -sinYaw] as const
  const up = [-sinYaw * sinPitch, cosPitch, -cosYaw * sinPitch] as const
  const distance = distanceOf(pose)
  const eye = [
    pose.x - forward[0] * distance,
    pose.y - forward[1] * distance,
    pose.z - forward[2] * distance,
  ] as const
  const near = Math.max(distance * 0.02, distance - 2.2 * reach)
  const far = distance + 2.6 * reach
  const f = 1 / Math.tan(pose.lens / 2)
  const fx = f / (width / height)
  const a = (far + near) / (near - far)
  const b = (2 * far * near) / (near - far)
  const dot = (axis: readonly [number, number, number]) =>
    axis[0] * eye[0] + axis[1] * eye[1] + axis[2] * eye[2]
  const tx = -dot(right)
  const ty = -dot(up)
  const tz = dot(forward)
  const matrix = new Float32Array(16)
  for (let i = 0; i < 3; i++) {
    const back = -(forward[i] as number)
    matrix[4 * i] = fx * (right[i] as number)
    matrix[4 * i + 1] = f * (up[i] as number)
    matrix[4 * i + 2] = a * back
    matrix[4 * i + 3] = -back
  }
  matrix[12] = fx * tx
  matrix[13] = f * ty
  matrix[14] = a * tz + b
  matrix[15] = -tz
  return { pose, width, height, matrix, eye, right, up, forward, distance }
}

export interface Projected {
  x: number
  y: number
  /** Distance along the view; what is behind the camera has none above zero. */
  depth: number
}

/** The pixel (from the upper left corner) that a point of the world falls on. */
export function project(view: View, x: number, y: number, z: number, into: Projected): Projected {
  const dx = x - view.eye[0]
  const dy = y - view.eye[1]
  const dz = z - view.eye[2]
  const depth = dx * view.forward[0] + dy * view.forward[1] + dz * view.forward[2]
  const scale = view.height / (2 * Math.tan(view.pose.lens / 2) * Math.max(depth, 1e-6))
  into.x = view.width / 2 + scale * (dx * view.right[0] + dz * view.right[2])
  into.y = view.height / 2 - scale * (dx * view.up[0] + dy * view.up[1] + dz * view.up[2])
  into.depth = depth
  return into
}

export function pixelsPerUnit(view: View, x: number, y: number, z: number): number {
  const depth =
    (x - view.eye[0]) * view.forward[0] +
    (y - view.eye[1]) * view.forward[1] +
    (z - view.eye[2]) * view.forward[2]
  return depth <= 0 ? 0 : view.height / (2 * Math.tan(view.pose.lens / 2) * depth)
}

export interface Ray {
  readonly origin: readonly [number, number, number]
  readonly direction: readonly [number, number, number]
}

export function rayThrough(view: View, px: number, py: number): Ray {
  const t = Math.tan(view.pose.lens / 2)
  const u = ((2 * px) / view.width - 1) * t * (view.width / view.height)
  const v = (1 - (2 * py) / view.height) * t
  const mix = (i: 0 | 1 | 2) => view.forward[i] + u * view.right[i] + v * view.up[i]
  return { origin: view.eye, direction: [mix(0), mix(1), mix(2)] }
}

/** Where a ray meets the plane at height y; null if it never does. */
export function meetPlane(ray: Ray, y: number): { x: number; z: number } | null {
  const t = (y - ray.origin[1]) / ray.direction[1]
  return t > 0 && Number.isFinite(t)
    ? { x: ray.origin[0] + t * ray.direction[0], z: ray.origin[2] + t * ray.direction[2] }
    : null
}

export interface Box {
  readonly x0: number
  readonly x1: number
  readonly y0: number
  readonly y1: number
  readonly z0: number
  readonly z1: number
}

/** Shares of the frame that panels and labels cover. */
export interface Margins {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** The pose in the given direction from which the box fills the free part of the frame. */
export function fitBox(
  box: Box,
  look: { yaw: number; pitch: number; lens: number },
  frame: { width: number; height: number },
  margins: Margins,
): Pose {
  const corners: [number, number, number][] = []
  for (const x of [box.x0, box.x1]) {
    for (const y of [box.y0, box.y1]) {
      for (const z of [box.z0, box.z1]) {
        corners.push([x, y, z])
      }
    }
  }
  const size = Math.max(box.x1 - box.x0, box.z1 - box.z0, 1e-3)
  let pose: Pose = {
    x: (box.x0 + box.x1) / 2,
    y: 0,
    z: (box.z0 + box.z1) / 2,
    span: 2 * size,
    ...look,
  }
  const free = {
    x: 0.5 * (1 + margins.left - margins.right),
    y: 0.5 * (1 + margins.top - margins.bottom),
    width: 1 - margins.left - margins.right,
    height: 1 - margins.top - margins.bottom,
  }
  const p: Projected = { x: 0, y: 0, depth: 0 }
  for (let round = 0; round < 24; round++) {
    const view = makeView(pose, frame.width, frame.height, size)
    let [x0, x1, y0, y1] = [Infinity, -Infinity, Infinity, -Infinity]
    for (const [x, y, z] of corners) {
      project(view, x, y, z, p)
      x0 = Math.min(x0, p.x)
      x1 = Math.max(x1, p.x)
      y0 = Math.min(y0, p.y)
      y1 = Math.max(y1, p.y)
    }
    const grow = Math.max((x1 - x0) / (free.width * frame.width), (y1 - y0) / (free.height * frame.height))
    const unit = pose.span / frame.height
    const dx = ((x0 + x1) / 2 - free.x * frame.width) * unit
    const dy = ((y0 + y1) / 2 - free.y * frame.height) * unit
    // A vertical shift of the picture is a walk along the ground, or a climb where one looks flat.
    const ground = dy / Math.max(Math.sin(pose.pitch), 0.25)
    pose = {
      ...pose,
      x: pose.x + dx * view.right[0] + ground * Math.sin(pose.yaw),
      z: pose.z + dx * view.right[2] + ground * Math.cos(pose.yaw),
      span: pose.span * (0.35 + 0.65 * clamp(grow, 0.3, 3)),
    }
  }
  return pose
}

export interface Limits {
  readonly box: Box
  readonly shortestSpan: number
  readonly longestSpan: number
}

/** The nearest pose that keeps the estate in reach. */
export function bound(pose: Pose, limits: Limits): Pose {
  return {
    ...pose,
    x: clamp(pose.x, limits.box.x0, limits.box.x1),
    y: clamp(pose.y, 0, limits.box.y1),
    z: clamp(pose.z, limits.box.z0, limits.box.z1),
    pitch: clamp(pose.pitch, lowestPitch, highestPitch),
    span: clamp(pose.span, limits.shortestSpan, limits.longestSpan),
  }
}

/** Smooth at both ends. */
export function ease(t: number): number {
  const s = clamp(t, 0, 1)
  return s * s * s * (s * (6 * s - 15) + 10)
}

/** Part of the way between two poses, the short way around; zoom and lens in equal ratios. */
export function between(a: Pose, b: Pose, t: number): Pose {
  const line = (from: number, to: number) => from + (to - from) * t
  const ratio = (from: number, to: number) => from * (to / from) ** t
  const turn = Math.atan2(Math.sin(b.yaw - a.yaw), Math.cos(b.yaw - a.yaw))
  return {
    x: line(a.x, b.x),
    y: line(a.y, b.y),
    z: line(a.z, b.z),
    yaw: a.yaw + turn * t,
    pitch: line(a.pitch, b.pitch),
    span: ratio(a.span, b.span),
    lens: ratio(a.lens, b.lens),
  }
}
