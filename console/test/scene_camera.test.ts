import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  between,
  bound,
  fitBox,
  highestPitch,
  makeView,
  meetPlane,
  type Pose,
  perspectiveLens,
  planLens,
  project,
  rayThrough,
} from '../src/scene/camera.ts'
import { keyPose, zoomed } from '../src/scene/controls.ts'
import { computeCut } from '../src/scene/cut.ts'
import { pick } from '../src/scene/pick.ts'
import { lineAt } from '../src/scene/ribbons.ts'
import { at, makeTree } from '../src/scene/tree.ts'
import { randomOf, syntheticChart } from './scene_synthetic.ts'

const pose: Pose = { x: 400, y: 0, z: 250, yaw: -0.4, pitch: 0.7, span: 600, lens: perspectiveLens }
const near = (a: number, b: number, slack: number) => assert.ok(Math.abs(a - b) <= slack, `${a} is not ${b}`)

test('a ray through the pixel of a point of the ground meets that point', () => {
  const random = randomOf(1)
  for (const lens of [perspectiveLens, planLens]) {
    const view = makeView({ ...pose, lens }, 1280, 800, 1500)
    for (let i = 0; i < 200; i++) {
      const [x, z] = [1000 * random(), 600 * random()]
      const p = project(view, x, 0, z, { x: 0, y: 0, depth: 0 })
      const ground = meetPlane(rayThrough(view, p.x, p.y), 0)
      assert.ok(ground !== null)
      near(ground.x, x, 1e-3)
      near(ground.z, z, 1e-3)
    }
  }
})

test('the matrix of the shaders and the projection agree', () => {
  const random = randomOf(2)
  const view = makeView(pose, 1280, 800, 1500)
  const m = view.matrix
  for (let i = 0; i < 100; i++) {
    const v = [1000 * random(), 100 * random(), 600 * random(), 1]
    const row = (r: number) => v.reduce((sum, value, c) => sum + value * at(m, 4 * c + r), 0)
    const p = project(view, v[0] as number, v[1] as number, v[2] as number, { x: 0, y: 0, depth: 0 })
    near((row(0) / row(3) / 2 + 0.5) * 1280, p.x, 0.05)
    near((0.5 - row(1) / row(3) / 2) * 800, p.y, 0.05)
    near(row(3), p.depth, 0.05)
    assert.ok(Math.abs(row(2) / row(3)) <= 1)
  }
})

test('a fitted box lies within the margins and fills them one way', () => {
  const box = { x0: 0, x1: 1000, y0: 0, y1: 120, z0: 0, z1: 620 }
  for (const [lens, pitch] of [
    [perspectiveLens, 0.7],
    [planLens, highestPitch],
  ] as const) {
    for (const width of [1280, 600]) {
      const frame = { width, height: 800 }
      const fitted = fitBox(box, { yaw: -0.4, pitch, lens }, frame, {
        left: 0.05,
        right: 0.05,
        top: 0.1,
        bottom: 0.05,
      })
      const view = makeView(fitted, width, 800, 2000)
      const xs: number[] = []
      const ys: number[] = []
      for (const x of [box.x0, box.x1]) {
        for (const y of [box.y0, box.y1]) {
          for (const z of [box.z0, box.z1]) {
            const p = project(view, x, y, z, { x: 0, y: 0, depth: 0 })
            xs.push(p.x)
            ys.push(p.y)
          }
        }
      }
      const left = Math.min(...xs) / width
      const right = Math.max(...xs) / width
      const top = Math.min(...ys) / 800
      const bottom = Math.max(...ys) / 800
      assert.ok(
        left > 0.03 && right < 0.97 && top > 0.08 && bottom < 0.97,
        `${left} ${right} ${top} ${bottom}`,
      )
      assert.ok(Math.max((right - left) / 0.9, (bottom - top) / 0.85) > 0.95)
    }
  }
})

test('zooming keeps the ground under the pointer under it', () => {
  const view = makeView(pose, 1280, 800, 1500)
  const before = meetPlane(rayThrough(view, 900, 300), 0)
  const after = meetPlane(rayThrough(makeView(zoomed(view, 0.6, 900, 300), 1280, 800, 1500), 900, 300), 0)
  assert.ok(before !== null && after !== null)
  near(before.x, after.x, 0.5)
  near(before.z, after.z, 0.5)
})

test('bounds hold the camera at the estate and above its horizon', () => {
  const limits = { box: { x0: 0, x1: 10, y0: 0, y1: 1, z0: 0, z1: 10 }, shortestSpan: 1, longestSpan: 30 }
  const held = bound({ ...pose, x: -50, z: 99, pitch: -3, span: 1e9 }, limits)
  assert.deepEqual([held.x, held.z, held.span], [0, 10, 30])
  assert.ok(held.pitch > 0)
})

test('a flight begins and ends where it should, and turns the short way', () => {
  const to: Pose = { ...pose, yaw: 6, span: 60, lens: planLens }
  near(between(pose, to, 0).span, pose.span, 1e-9)
  near(between(pose, to, 1).lens, planLens, 1e-9)
  const half = between(pose, to, 0.5)
  near(half.span, Math.sqrt(600 * 60), 1e-6)
  assert.ok(Math.abs(half.yaw - pose.yaw) < Math.PI / 2)
})

test('keys pan, turn, tilt and zoom; others mean nothing to the camera', () => {
  assert.ok((keyPose({ key: '+', shiftKey: true }, pose)?.span ?? 0) < pose.span)
  assert.ok((keyPose({ key: ',', shiftKey: false }, pose)?.yaw ?? 0) > pose.yaw)
  const right = keyPose({ key: 'ArrowRight', shiftKey: true }, pose) as Pose
  const view = makeView(pose, 1280, 800, 1500)
  assert.ok(project(view, right.x, 0, right.z, { x: 0, y: 0, depth: 0 }).x > 640)
  const up = keyPose({ key: 'ArrowUp', shiftKey: true }, pose) as Pose
  assert.ok(project(view, up.x, 0, up.z, { x: 0, y: 0, depth: 0 }).y < 400)
  assert.equal(keyPose({ key: 'ArrowUp', shiftKey: false }, pose), null)
  assert.equal(keyPose({ key: 'x', shiftKey: false }, pose), null)
})

test('what is picked at the middle of a block is the block, or what stands before it', () => {
  const chart = syntheticChart(400)
  const tree = makeTree(chart, 'location')
  const view = makeView({ ...pose, x: 500, z: 300, span: 700, pitch: highestPitch, yaw: 0 }, 1280, 800, 2000)
  const cut = computeCut(
    chart,
    tree,
    { pixelsPerUnit: () => 3, isInSight: () => true },
    { blocks: 1500, opensAt: 9 },
  )
  let tried = 0
  for (const node of cut.leaves) {
    const x = at(tree.rect, 4 * node) + at(tree.rect, 4 * node + 2) / 2
    const z = at(tree.rect, 4 * node + 1) + at(tree.rect, 4 * node + 3) / 2
    const p = project(view, x, at(tree.top, node), z, { x: 0, y: 0, depth: 0 })
    const hit = pick(tree, cut, rayThrough(view, p.x, p.y))
    const isNear = hit !== null && (hit.node === node || at(tree.top, hit.node) >= at(tree.top, node))
    assert.ok(isNear, `${chart.name(node)} is hidden by ${hit === null ? 'nothing' : chart.name(hit.node)}`)
    tried++
  }
  assert.ok(tried > 100)
})

test('picking agrees with trying every body of the cut', () => {
  const chart = syntheticChart(300)
  const tree = makeTree(chart, 'location')
  const view = makeView(pose, 1280, 800, 2000)
  const cut = computeCut(
    chart,
    tree,
    { pixelsPerUnit: () => 2, isInSight: () => true },
    { blocks: 1500, opensAt: 9 },
  )
  const random = randomOf(5)
  for (let i = 0; i < 300; i++) {
    const ray = rayThrough(view, 1280 * random(), 800 * random())
    const hit = pick(tree, cut, ray)
    let nearest = Infinity
    for (const node of [...cut.leaves, ...cut.open]) {
      const alone = { ...cut, isOpen: new Uint8Array(chart.count) }
      const bounds = tree.bounds.slice()
      const r = tree.rect.subarray(4 * node, 4 * node + 4) as unknown as [number, number, number, number]
      bounds.set([r[0], r[0] + r[2], at(tree.base, node), at(tree.top, node), r[1], r[1] + r[3]], 0)
      const rect = tree.rect.slice()
      rect.set(r, 0)
      const base = tree.base.slice()
      base[0] = at(tree.base, node)
      const top = tree.top.slice()
      top[0] = at(tree.top, node)
      nearest = Math.min(
        nearest,
        pick({ ...tree, bounds, rect, base, top }, alone, ray)?.distance ?? Infinity,
      )
    }
    near(hit?.distance ?? 1e9, nearest === Infinity ? 1e9 : nearest, 1e-4)
  }
})

test('a line is found where the shader bends it, and nowhere else', () => {
  const pose = { x: 50, y: 0, z: 0, yaw: 0, pitch: 0.7, span: 200, lens: perspectiveLens }
  const view = makeView(pose, 800, 600, 500)
  const [arch, bow] = [0.17, 0.07]
  const ends = [0, 0, 0, 100, 0, 0]
  const data = Float32Array.from([...ends, ...ends, 1, 1, 1, 1, 3, 0, arch, bow])
  // The middle: up by the arch, and to the right of the way by the bow.
  const middle = project(view, 50, 100 * arch, 100 * bow, { x: 0, y: 0, depth: 0 })
  const at = (x: number, y: number) => lineAt(data, 0, view, 300, { x, y, reach: 4 })
  assert.equal(at(middle.x, middle.y + 3), 0)
  assert.equal(at(middle.x, middle.y + 12), -1)
  assert.equal(at(middle.x, middle.y - 12), -1)
  const foot = project(view, 100, 0, 0, { x: 0, y: 0, depth: 0 })
  assert.equal(at(foot.x, foot.y), 0)
  assert.equal(at(foot.x + 20, foot.y), -1)
})
