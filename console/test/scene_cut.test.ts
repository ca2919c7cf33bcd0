import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CutView, computeCut, frontierOf } from '../src/scene/cut.ts'
import { at, lift, makeTree, walk } from '../src/scene/tree.ts'
import { Kind } from '../src/state/chart.ts'
import { syntheticChart } from './scene_synthetic.ts'

const everywhere = (scale: number): CutView => ({ pixelsPerUnit: () => scale, isInSight: () => true })

test('no node of a cut stands above another, and each interface has exactly one', () => {
  for (const lens of ['location', 'policy'] as const) {
    const chart = syntheticChart(2000)
    const tree = makeTree(chart, lens)
    for (const scale of [0.2, 1, 4, 20]) {
      const cut = computeCut(chart, tree, everywhere(scale), { blocks: 1500, opensAt: 9 })
      assert.ok(cut.leaves.length <= 1500)
      for (let i = 1; i < chart.count; i++) {
        if (tree.exists[i] !== 1 || chart.kind[i] !== Kind.interface) {
          continue
        }
        let shown = 0
        for (let node = i; node >= 0; node = at(tree.parent, node)) {
          shown += at(cut.isLeaf, node)
        }
        assert.equal(shown, 1)
      }
    }
  }
})

test('more pixels never open less', () => {
  const chart = syntheticChart(2000)
  const tree = makeTree(chart, 'location')
  let before = 0
  for (const scale of [0.05, 0.2, 0.5, 1, 2, 4]) {
    const { length } = computeCut(chart, tree, everywhere(scale), { blocks: 1e6, opensAt: 9 }).leaves
    assert.ok(length >= before)
    before = length
  }
  assert.equal(before > 2000, true)
})

test('what is out of sight stays closed', () => {
  const chart = syntheticChart(2000)
  const tree = makeTree(chart, 'location')
  const half: CutView = { pixelsPerUnit: () => 10, isInSight: (x) => x < 500 }
  const cut = computeCut(chart, tree, half, { blocks: 5000, opensAt: 9 })
  for (const node of cut.open) {
    const middle = at(tree.rect, 4 * node) + at(tree.rect, 4 * node + 2) / 2
    assert.ok(node === 0 || middle < 500)
  }
})

test('what must be shown is a leaf of its own, even from afar', () => {
  const chart = syntheticChart(2000)
  const tree = makeTree(chart, 'location')
  const wanted = chart.kind.indexOf(Kind.interface)
  const cut = computeCut(chart, tree, everywhere(0.01), { blocks: 1500, opensAt: 9 }, [wanted])
  assert.equal(cut.isLeaf[wanted], 1)
  assert.equal(lift(tree, cut.isLeaf, wanted), wanted)
})

test('an open container stays open a little longer than it took to open it', () => {
  const chart = syntheticChart(300)
  const tree = makeTree(chart, 'location')
  const limits = { blocks: 1500, opensAt: 9 }
  const opened = computeCut(chart, tree, everywhere(1), limits)
  const without = computeCut(chart, tree, everywhere(0.85), limits)
  const held = computeCut(chart, tree, everywhere(0.85), limits, [], opened)
  assert.ok(held.leaves.length >= without.leaves.length)
  for (const node of held.open) {
    assert.ok(opened.isOpen[node] === 1 || without.isOpen[node] === 1)
  }
})

test('the frontier names the internet too', () => {
  const chart = syntheticChart(100)
  const cut = computeCut(chart, makeTree(chart, 'location'), everywhere(1), { blocks: 1500, opensAt: 9 })
  assert.ok(frontierOf(chart, cut).includes(chart.internet))
})

test('arrow keys lead to siblings, the parent and the first child', () => {
  const chart = syntheticChart(100)
  const tree = makeTree(chart, 'location')
  const account = walk(tree, 0, 'ArrowDown') as number
  const region = walk(tree, account, 'ArrowDown') as number
  const vpc = walk(tree, region, 'ArrowDown') as number
  assert.deepEqual(
    [account, region, vpc].map((node) => chart.kind[node]),
    [Kind.account, Kind.region, Kind.vpc],
  )
  const next = walk(tree, vpc, 'ArrowRight') as number
  assert.equal(walk(tree, next, 'ArrowLeft'), vpc)
  assert.equal(walk(tree, vpc, 'ArrowLeft'), null)
  assert.equal(walk(tree, vpc, 'ArrowUp'), region)
  assert.equal(walk(tree, 0, 'ArrowUp'), null)
})

test('a container adds up what is in it', () => {
  const chart = syntheticChart(1000)
  const tree = makeTree(chart, 'location')
  let interfaces = 0
  for (let i = 0; i < chart.count; i++) {
    interfaces += chart.kind[i] === Kind.interface ? 1 : 0
  }
  assert.equal(tree.interfaces[0], interfaces)
  assert.ok(at(tree.risky, 0) <= at(tree.exposed, 0))
  assert.ok(at(tree.exposed, 0) > 0)
})
