import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isCandidate, mostBeams, rankBeams, severity, tierOf } from '../src/scene/beams.ts'
import { computeCut } from '../src/scene/cut.ts'
import { labelText, placeLabels } from '../src/scene/labels.ts'
import { packPlates, plateStride } from '../src/scene/plates.ts'
import {
  Dash,
  linesOfChanged,
  linesOfMembers,
  linesOfPath,
  linesOfRibbons,
  type Places,
  packLines,
  ribbonStride,
  skyHeight,
} from '../src/scene/ribbons.ts'
import { paletteOf, riskColor } from '../src/scene/theme.ts'
import { at, lift, makeTree } from '../src/scene/tree.ts'
import { type Chart, Kind, NO_RISK } from '../src/state/chart.ts'
import { syntheticChart, syntheticRibbons } from './scene_synthetic.ts'

const palette = paletteOf('dark', null)

function placesOf(chart: Chart, scale = 3): Places {
  const trees = [makeTree(chart, 'location'), makeTree(chart, 'policy')] as const
  const view = { pixelsPerUnit: () => scale, isInSight: () => true }
  const cutOf = (i: 0 | 1) => computeCut(chart, trees[i], view, { blocks: 1500, opensAt: 9 })
  return { chart, trees, cuts: [cutOf(0), cutOf(1)], lens: 0 }
}

test('the worst forty get beams, and the rest is counted: nothing exposed is lost', () => {
  for (const n of [50, 1000, 20000]) {
    const places = placesOf(syntheticChart(n), n > 5000 ? 0.6 : 3)
    const { beams, hidden } = rankBeams(places.chart, places.trees[0], places.cuts[0], 'ingress')
    assert.ok(beams.length <= mostBeams)
    const drawn = beams.reduce((sum, beam) => sum + beam.count, 0)
    assert.equal(drawn + hidden, at(places.trees[0].exposed, 0))
    for (let i = 1; i < beams.length; i++) {
      assert.ok((beams[i - 1]?.risk ?? 0) >= (beams[i]?.risk ?? 0))
    }
    for (const beam of beams) {
      assert.equal(lift(places.trees[0], places.cuts[0].isLeaf, beam.worst), beam.node)
      assert.equal(severity(at(places.chart.risk, beam.worst)), beam.risk)
    }
  }
})

test('behind a gate there is no beam, unless the block has a public address of its own', () => {
  const chart = syntheticChart(50)
  const node = chart.kind.indexOf(Kind.interface)
  chart.flags[node] = 1 | 8
  assert.equal(isCandidate(chart, node, 'ingress'), false)
  chart.flags[node] = 1 | 8 | 4
  assert.equal(isCandidate(chart, node, 'ingress'), true)
  chart.flags[node] = 16
  assert.equal(isCandidate(chart, node, 'ingress'), false)
  assert.equal(isCandidate(chart, node, 'egress'), true)
})

test('the worse a risk, the taller its beam', () => {
  const tiers = [0, 1, 2, 3, 4].map(tierOf)
  assert.deepEqual(
    tiers,
    [...tiers].sort((a, b) => a - b),
  )
  assert.deepEqual(riskColor(palette, 4), palette.critical)
  assert.deepEqual(riskColor(palette, NO_RISK), palette.expected)
})

test('ribbons end on the frontier, and one within a node is not drawn', () => {
  const places = placesOf(syntheticChart(1000))
  const cut = Array.from(places.cuts[0].leaves)
  const ribbons = syntheticRibbons(places.chart, cut, 100)
  const lines = linesOfRibbons(places.chart, ribbons, palette, false)
  const { data, kept } = packLines(places, lines)
  assert.equal(data.length, kept.length * ribbonStride)
  kept.forEach((index, i) => {
    const line = lines[index]
    assert.ok(line !== undefined && line.from !== line.to)
    const tree = places.trees[0]
    near(at(data, i * ribbonStride), at(tree.rect, 4 * line.from) + at(tree.rect, 4 * line.from + 2) / 2)
    near(at(data, i * ribbonStride + 1), at(tree.top, line.from))
  })
  const [first] = ribbons
  assert.ok(first !== undefined)
  const self = linesOfRibbons(places.chart, [{ ...first, to: first.from }], palette, false)
  assert.equal(packLines(places, self).kept.length, 0)
})

function near(a: number, b: number): void {
  assert.ok(Math.abs(a - b) < 1e-2, `${a} is not ${b}`)
}

test('what comes from the internet comes from the sky', () => {
  const places = placesOf(syntheticChart(100))
  const to = places.chart.kind.indexOf(Kind.interface)
  const ribbon = {
    from: places.chart.internet,
    to,
    services: 'tcp/22',
    state: 'open',
    exposure: 'internet',
    pairs: 1,
    risky: true,
    is_open: true,
  } as const
  assert.equal(linesOfRibbons(places.chart, [ribbon], palette, false).length, 0)
  const [opened, closed] = linesOfChanged([ribbon, { ...ribbon, is_open: false }], palette)
  assert.ok(opened !== undefined && closed !== undefined)
  assert.deepEqual([opened.color, opened.dash], [palette.opened, Dash.flow])
  assert.deepEqual([closed.color, closed.dash], [palette.closed, Dash.dashed])
  const { data } = packLines(places, [opened])
  assert.equal(at(data, 1), skyHeight)
  assert.equal(at(data, 0), at(data, 3))
})

test('a path is drawn whole, faintly after the hop that is looked at, and ends at what blocks', () => {
  const places = placesOf(syntheticChart(100))
  const nodes = Array.from(places.cuts[0].leaves).slice(0, 4)
  const hop = (node: number, blocks = false) =>
    ({
      direction: 'forward',
      component: '',
      rule: '',
      reason: '',
      services: '',
      detail: '',
      blocks,
      node,
    }) as const
  const path = {
    question: '',
    verdict: 'no',
    services: '',
    from: at(nodes, 0),
    to: at(nodes, 3),
    hops: [hop(at(nodes, 1)), hop(-1), hop(at(nodes, 2), true)],
    step: 1,
  }
  const part = linesOfPath(path, palette)
  assert.equal(part.length, 2)
  assert.ok((part[1]?.alpha ?? 1) < (part[0]?.alpha ?? 0) && (part[1]?.width ?? 9) < (part[0]?.width ?? 0))
  const whole = linesOfPath({ ...path, step: 2 }, palette)
  assert.equal(whole.length, 2)
  assert.equal(whole[1]?.alpha, 1)
  assert.deepEqual(whole[1]?.color, palette.critical)
})

test('the lines of a group hold all of its members together', () => {
  const places = placesOf(syntheticChart(200))
  const members = Array.from(places.cuts[0].leaves).slice(0, 30)
  const lines = linesOfMembers(places, members, palette)
  assert.equal(lines.length, 29)
  const reached = new Set([at(members, 0)])
  for (const line of lines) {
    assert.ok(reached.has(line.from))
    reached.add(line.to)
  }
  assert.equal(reached.size, 30)
})

test('plates have a place in both lenses, and what stands in one only fades in the other', () => {
  const places = placesOf(syntheticChart(200))
  const { data, nodes } = packPlates(places.chart, places.trees, places.cuts, true, 0, palette)
  assert.equal(data.length, nodes.length * plateStride)
  assert.ok(data.every(Number.isFinite))
  nodes.forEach((node, i) => {
    const presence = [at(data, i * plateStride + 18), at(data, i * plateStride + 19)]
    const kind = places.chart.kind[node]
    if (kind === Kind.subnet || kind === Kind.zone) {
      assert.deepEqual(presence, [1, 0])
    }
    if (kind === Kind.group) {
      assert.deepEqual(presence, [0, 1])
    }
    if (kind === Kind.vpc) {
      assert.deepEqual(presence, [1, 1])
    }
  })
})

test('a label gives way along its line, and no farther than it lies on it whole', () => {
  const frame = { width: 400, height: 200 }
  const label = (id: number, priority: number, slide?: readonly [number, number]) => ({
    id,
    priority,
    x: 10,
    y: 50,
    width: 60,
    height: 20,
    alignX: 0,
    alignY: 0,
    slide,
  })
  const ways: [readonly [number, number] | undefined, number][] = [
    [undefined, 1],
    [[70, 0], 1], // ten pixels of room are too few
    [[200, 20], 2],
  ]
  for (const [slide, shown] of ways) {
    const { placed, hidden } = placeLabels([label(1, 9), label(2, 5, slide)], frame)
    assert.equal(placed.length, shown)
    assert.equal(hidden, 2 - shown)
  }
  const { placed } = placeLabels([label(1, 9), label(2, 5, [200, 20])], frame)
  assert.ok((placed[1]?.left ?? 0) >= 73 && (placed[1]?.left ?? 0) <= 150)
})

test('a label gives up its second part before its place', () => {
  const box = { y: 50, height: 20, alignX: 0, alignY: 0 }
  const boxes = [
    { ...box, id: 1, priority: 9, x: 100, width: 50 },
    { ...box, id: 2, priority: 5, x: 10, width: 120, shortWidth: 60 },
    { ...box, id: 3, priority: 1, x: 200, width: 120, shortWidth: 60 },
  ]
  const { placed } = placeLabels(boxes, { width: 400, height: 200 })
  assert.deepEqual(
    placed.map(({ id, isShort }) => [id, isShort]),
    [
      [1, false],
      [2, true],
      [3, false],
    ],
  )
})

test('labels never cover each other, the more important comes first, and at most sixty are shown', () => {
  const boxes = Array.from({ length: 300 }, (_, id) => ({
    id,
    priority: id,
    x: (id * 97) % 1200,
    y: (id * 61) % 760,
    width: 70,
    height: 15,
    alignX: 0.5,
    alignY: 1,
  }))
  const { placed, hidden } = placeLabels(boxes, { width: 1280, height: 800 }, [[1100, 680, 1280, 800]])
  assert.ok(placed.length <= 60)
  assert.equal(placed[0]?.id, 299)
  assert.ok(hidden > 0)
  for (const a of placed) {
    assert.ok(a.left + 70 <= 1100 || a.top + 15 <= 680)
    for (const b of placed) {
      const isApart =
        a.left + 70 <= b.left || b.left + 70 <= a.left || a.top + 15 <= b.top || b.top + 15 <= a.top
      assert.ok(a === b || isApart)
    }
  }
})

test('hostile names are cut, and signs that would change their direction are shown as signs', () => {
  assert.equal(labelText('\u202eevil\u202c'), '\ufffdevil\ufffd')
  assert.equal(labelText('x'.repeat(10000)).length, 28)
  assert.equal(labelText('<script>alert(1)</script>'), '<script>alert(1)</script>')
  assert.equal(labelText('a\nb'), 'a\ufffdb')
})

test('a custom property of the page changes one color, and what is no color changes none', () => {
  const style = {
    getPropertyValue: (name: string) =>
      name === '--scene-critical' ? ' #123456' : name === '--scene-high' ? 'url(x)' : '',
  } as unknown as CSSStyleDeclaration
  const changed = paletteOf('dark', style)
  assert.deepEqual(changed.critical, [0x12 / 255, 0x34 / 255, 0x56 / 255])
  assert.deepEqual(changed.high, palette.high)
})
