// Charts of any size for tests and measurements, the same for the same number: accounts, regions, VPCs, zones, subnets
// of about 25 interfaces, with gates, portals, a ring of outside networks, and a few exposed machines.

import type { Ribbon } from '../src/api/types.ts'
import { type Chart, Flag, Kind, makeChart, NO_RISK } from '../src/state/chart.ts'

interface Node {
  key: string
  name: string
  kind: number
  parent: number
  policyParent: number
  rect: [number, number, number, number]
  policyRect: [number, number, number, number] | null
  flags: number
  risk: number
  findings: number
  ports: number
}

type Box = [number, number, number, number]

/** Numbers that look random and are the same each time. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** Parts the box into cells that are about square, rows first. */
export function cells([x, y, w, h]: Box, count: number, gap: number): Box[] {
  const columns = Math.max(1, Math.min(count, Math.round(Math.sqrt((count * w) / h))))
  const rows = Math.ceil(count / columns)
  const list: Box[] = []
  for (let i = 0; i < count; i++) {
    const row = Math.floor(i / columns)
    const inRow = Math.min(columns, count - row * columns)
    const [cw, ch] = [w / inRow, h / rows]
    const [px, py] = [x + (i % columns) * cw, y + row * ch]
    const g = gap * Math.min(cw, ch)
    list.push([px + g / 2, py + g / 2, cw - g, ch - g])
  }
  return list
}

function inner([x, y, w, h]: Box, share: number, header = 0): Box {
  const m = share * Math.min(w, h)
  const top = m + header * Math.min(w, h)
  return [x + m, y + top, w - 2 * m, h - m - top]
}

const roles = [
  'web',
  'app',
  'worker',
  'orders-db',
  'cache',
  'search',
  'bastion',
  'reports',
  'metrics',
  'mail',
]

export function makeColumns(nodes: Node[]): Chart {
  const n = nodes.length
  const rect = new Float32Array(4 * n)
  const policyRect = new Float32Array(4 * n).fill(Number.NaN)
  nodes.forEach((node, i) => {
    rect.set(node.rect, 4 * i)
    if (node.policyRect !== null) {
      policyRect.set(node.policyRect, 4 * i)
    }
  })
  return makeChart({
    snapshot: 'synthetic',
    parent: Int32Array.from(nodes, (node) => node.parent),
    policyParent: Int32Array.from(nodes, (node) => node.policyParent),
    kind: Uint8Array.from(nodes, (node) => node.kind),
    risk: Uint8Array.from(nodes, (node) => node.risk),
    flags: Uint16Array.from(nodes, (node) => node.flags),
    findings: Uint32Array.from(nodes, (node) => node.findings),
    ports: Uint16Array.from(nodes, (node) => node.ports),
    rect,
    policyRect,
    key: (i) => nodes[i]?.key ?? '',
    name: (i) => nodes[i]?.name ?? '',
  })
}

/** A chart of about so many interfaces. */
export function syntheticChart(interfaces: number, seed = 7): Chart {
  const random = randomOf(seed)
  const nodes: Node[] = []
  const none: Box = [Number.NaN, Number.NaN, Number.NaN, Number.NaN]
  const add = (kind: number, parent: number, rect: Box, more: Partial<Node> = {}): number => {
    const isLocation = kind === Kind.zone || kind === Kind.subnet
    nodes.push({
      key: `${kind}-${nodes.length}`,
      name: '',
      kind,
      parent,
      policyParent: isLocation ? -1 : parent,
      rect,
      policyRect: isLocation ? null : rect,
      flags: 0,
      risk: NO_RISK,
      findings: 0,
      ports: 0,
      ...more,
    })
    return nodes.length - 1
  }
  const perVpc = interfaces >= 10000 ? 500 : interfaces >= 1000 ? 125 : Math.ceil(interfaces / 2)
  const vpcs = Math.max(1, Math.round(interfaces / perVpc))
  const accounts = Math.max(1, Math.round(vpcs / 6))
  const root = add(Kind.organisation, -1, [0, 0, 1000, 620], { name: 'organisation' })
  let left = interfaces
  let made = 0
  cells(inner([0, 0, 1000, 620], 0.01), accounts, 0.06).forEach((accountBox, a) => {
    const account = add(Kind.account, root, accountBox, { name: `account-${a}` })
    const region = add(Kind.region, account, inner(accountBox, 0.03), { name: 'eu-west-1' })
    const here = Math.ceil((vpcs - made) / (accounts - a))
    cells(inner(accountBox, 0.06), here, 0.08).forEach((vpcBox, v) => {
      made++
      const count = Math.min(left, perVpc)
      left -= count
      addVpc(add, region, vpcBox, count, `vpc-${a}-${v}`, random)
    })
  })
  void none
  for (let i = 0; i < 6; i++) {
    add(Kind.outside, root, [60 + i * 150, 690, 110, 34], {
      name: ['office', 'partners', 'data centre', 'known', 'depot', 'lab'][i] ?? '',
    })
  }
  add(Kind.internet, root, [0, 0, 1000, 620], { name: 'internet' })
  rollUp(nodes)
  return makeColumns(nodes)
}

function addVpc(
  add: (kind: number, parent: number, rect: Box, more?: Partial<Node>) => number,
  region: number,
  box: Box,
  count: number,
  name: string,
  random: () => number,
): void {
  const vpc = add(Kind.vpc, region, box, { name })
  const body = inner(box, 0.05, 0.05)
  const classes: { node: number; rects: Box[]; used: number }[] = []
  const classCount = Math.max(2, Math.round(Math.sqrt(count)))
  const perClass = Math.ceil(count / classCount) + 2
  cells(body, classCount, 0.12).forEach((rect, c) => {
    const node = add(Kind.group, -1, rect, {
      name: `sg-${roles[c % roles.length]}`,
      policyParent: vpc,
      policyRect: rect,
      key: `${name}-class-${c}`,
    })
    classes.push({ node, rects: cells(inner(rect, 0.08, 0.12), perClass, 0.3), used: 0 })
  })
  const subnets = Math.max(2, Math.ceil(count / 25))
  const zones = Math.min(3, Math.max(1, Math.round(subnets / 2)))
  let left = count
  cells(body, zones, 0.04).forEach((zoneBox, z) => {
    const zone = add(Kind.zone, vpc, zoneBox, { name: `eu-west-1${'abc'[z]}` })
    const here = Math.ceil(subnets / zones)
    cells(inner(zoneBox, 0.03, 0.04), here, 0.1).forEach((subnetBox, s) => {
      const subnet = add(Kind.subnet, zone, subnetBox, { name: `subnet-${'abc'[z]}-${s}` })
      const share = Math.min(left, Math.ceil(left / Math.max(1, (zones - z) * here - s)))
      left -= share
      cells(inner(subnetBox, 0.06, 0.1), Math.max(share, 1), 0.34)
        .slice(0, share)
        .forEach((rect) => {
          const pick = classes[Math.floor(random() * classes.length)]
          const free =
            pick !== undefined && pick.used < pick.rects.length
              ? pick
              : classes.find((each) => each.used < each.rects.length)
          const place = free?.rects[free.used]
          if (free !== undefined) {
            free.used++
          }
          const isExposed = random() < 0.03
          const luck = random()
          const side = Math.min(rect[2], rect[3])
          const square: Box = [rect[0] + (rect[2] - side) / 2, rect[1] + (rect[3] - side) / 2, side, side]
          add(Kind.interface, subnet, square, {
            name: `${roles[Math.floor(random() * roles.length)]}-${Math.floor(random() * 90)}`,
            policyParent: free?.node ?? -1,
            policyRect: place ?? null,
            flags: isExposed ? Flag.exposed | Flag.publicAddress : Flag.reachesInternet,
            risk: isExposed
              ? luck < 0.12
                ? 4
                : luck < 0.4
                  ? 3
                  : luck < 0.7
                    ? 2
                    : NO_RISK
              : random() < 0.03
                ? 3
                : NO_RISK,
            findings: 1,
            ports: isExposed ? 1 + Math.floor(random() * 5) : 0,
          })
        })
    })
  })
  const s = 0.05 * Math.min(box[2], box[3])
  add(Kind.gateway, vpc, [box[0] + box[2] * 0.2, box[1] - s / 3, 1.6 * s, s * 0.6], { name: 'igw' })
  add(Kind.balancer, vpc, [box[0] + box[2] * 0.5, box[1] + 0.3 * s, 2.4 * s, s * 0.6], {
    name: 'alb',
    flags: Flag.exposed | Flag.publicAddress,
    ports: 2,
  })
}

/** Containers bear the worst of what is in them. */
function rollUp(nodes: Node[]): void {
  for (let i = nodes.length - 1; i > 0; i--) {
    const node = nodes[i] as Node
    for (const p of new Set([node.parent, node.policyParent])) {
      const above = nodes[p]
      if (above !== undefined && node.kind !== Kind.internet) {
        above.flags |= node.flags
        above.findings += node.findings
        if (node.risk !== NO_RISK) {
          above.risk = above.risk === NO_RISK ? node.risk : Math.max(above.risk, node.risk)
        }
      }
    }
  }
}

/** So many ribbons between nodes of a cut. */
export function syntheticRibbons(chart: Chart, cut: readonly number[], count: number, seed = 3): Ribbon[] {
  const random = randomOf(seed)
  const ends = cut.filter((node) => chart.kind[node] !== Kind.internet && chart.kind[node] !== Kind.gateway)
  const list: Ribbon[] = []
  for (let i = 0; i < count && ends.length > 1; i++) {
    const from = Math.floor(random() * ends.length)
    const to = Math.min(ends.length - 1, Math.max(0, from + Math.floor((random() - 0.5) * 30)))
    const luck = random()
    list.push({
      from: ends[from] as number,
      to: ends[to] as number,
      services: luck < 0.5 ? 'tcp/22' : 'tcp/443,tcp/5432',
      state: luck < 0.8 ? 'open' : 'depends',
      exposure: luck < 0.1 ? 'internet' : luck < 0.2 ? 'account' : luck < 0.5 ? 'vpc' : 'intra',
      pairs: 1 + Math.floor(random() * 200),
      risky: luck < 0.5,
    })
  }
  return list
}
