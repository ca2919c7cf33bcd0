// What the user does, as functions: panels and keys call them, and they write the store.

import { batch } from '@preact/signals'
import { ApiError, pathOf } from '../api/client.ts'
import type {
  Finding,
  Findings,
  NodeAnswer,
  Reach,
  Ribbon,
  Selected,
  Timeline,
  WhatIf,
} from '../api/types.ts'
import { answerAt, asApiError } from './answers.ts'
import {
  announce,
  client,
  isWhatIfShown,
  moment,
  openFinding,
  type PanelTab,
  panelTab,
  ranked,
  rankedTotal,
  searchError,
  since,
  status,
  store,
  timeline,
  toast,
  whatIf,
} from './app.ts'
import { type Chart, Kind, type Lens } from './chart.ts'
import { borderOf, lookBack, lookFurtherBack, startComparing } from './compare.ts'
import { pause } from './play.ts'
import { ribbonsOf } from './ribbons.ts'
import { lookAt, type Mode, type Path, type PathHop, type View } from './store.ts'
import { count, printable } from './words.ts'

const PAGE = 200
const MOST_IN_PAGE = 1000

// --- selection --------------------------------------------------------------------------------------------------------

/** Selects a resource by its id or ARN, whether it stands on the chart or not. */
export function select(key: string, tab?: PanelTab): void {
  const node = store.chart.peek()?.find(key) ?? -1
  batch(() => {
    store.selection.value = { key, node }
    openFinding.value = null
    isWhatIfShown.value = false
    if (tab) {
      panelTab.value = tab
    }
  })
}

export function clearSelection(): void {
  batch(() => {
    store.selection.value = null
    store.tethers.value = []
    openFinding.value = null
  })
}

/** One step back: the open path, then what is lit, then the selection. */
export function goUp(): void {
  const chart = store.chart.peek()
  const selection = store.selection.peek()
  if (store.path.peek()) {
    closePath()
  } else if (store.lit.peek()) {
    batch(() => {
      store.lit.value = null
      store.question.value = ''
    })
  } else if (chart && selection && selection.node > 0) {
    const above = chart.trees[store.lens.peek()].parent[selection.node] ?? -1
    if (above > 0) {
      select(chart.key(above))
    } else {
      clearSelection()
    }
  } else {
    clearSelection()
  }
}

export function selectNodeNumber(node: number): void {
  const chart = store.chart.peek()
  if (chart && node >= 0 && node < chart.count) {
    select(chart.key(node))
  }
}

/** Ties the selection to all that it is related to; a group lights up its members. */
export function tieSelection(key: string): () => void {
  return answerAt<NodeAnswer>(`/node/${encodeURIComponent(key)}`).subscribe((answer) => {
    if (store.selection.peek()?.key !== key || !answer.value) {
      return
    }
    // An instance has no place of its own: it stands where its first interface does.
    const { kind, node: stand } = answer.value
    if (kind === 'instance' && stand !== null && (store.selection.peek()?.node ?? -1) < 0) {
      store.selection.value = { key, node: stand }
    }
    const own = store.selection.peek()?.node ?? -1
    const nodes = new Set<number>()
    for (const relation of answer.value.relations) {
      const node = relation.node ?? store.chart.peek()?.find(relation.key) ?? -1
      if (node > 0 && node !== own && relation.kind !== 'vpc' && relation.kind !== 'account') {
        nodes.add(node)
      }
    }
    store.tethers.value = [...nodes]
  })
}

function placesOf(finding: Finding): readonly string[] {
  return [finding.standing.at, ...finding.affected, finding.resource].filter((key) => key !== '')
}

/** Lights up what a finding is about. */
export function lightFinding(finding: Finding | undefined): void {
  const chart = store.chart.peek()
  if (finding && chart) {
    const lit = new Set(
      placesOf(finding)
        .map(chart.find)
        .filter((node) => node >= 0),
    )
    store.lit.value = lit.size > 0 ? lit : null
  }
}

export function showFinding(finding: Finding): void {
  const chart = store.chart.peek()
  const onChart = placesOf(finding).find((key) => (chart?.find(key) ?? -1) >= 0)
  batch(() => {
    select(finding.resource)
    panelTab.value = 'findings'
    openFinding.value = finding.id
    lightFinding(finding)
    if (chart && onChart !== undefined) {
      lookAt(store, 'focus', chart.find(onChart))
    }
  })
  announce(`${finding.risk}: ${finding.message}`)
}

// --- view -------------------------------------------------------------------------------------------------------------

export function setView(view: View): void {
  store.view.value = view
  announce(`${view} view`)
}

export function toggleView(view: View): void {
  setView(store.view.peek() === view ? 'chart' : view)
}

export function setLens(lens: Lens): void {
  const chart = store.chart.peek()
  const selection = store.selection.peek()
  batch(() => {
    store.lens.value = lens
    // What is in one lens alone gives way to what stands above it in both.
    if (chart && selection && selection.node > 0 && (chart.trees[lens].parent[selection.node] ?? -1) < 0) {
      const other = chart.trees[lens === 'location' ? 'policy' : 'location']
      let at = selection.node
      while (at > 0 && (chart.trees[lens].parent[at] ?? -1) < 0) {
        at = other.parent[at] ?? -1
      }
      if (at > 0) {
        select(chart.key(at))
      } else {
        clearSelection()
      }
    }
  })
  announce(`${lens} lens`)
}

export function setMode(mode: Mode): void {
  store.mode.value = mode
}

export function flipDirection(): void {
  store.direction.value = store.direction.peek() === 'ingress' ? 'egress' : 'ingress'
  announce(`${store.direction.peek()} side`)
}

// --- questions --------------------------------------------------------------------------------------------------------

export function isQuestion(text: string): boolean {
  return text.includes('->')
}

/** `isFramed`: what is asked about is brought into sight. */
export async function ask(text: string, isFramed = true): Promise<void> {
  const asked = text.trim()
  store.question.value = asked
  searchError.value = null
  if (asked === '') {
    batch(() => {
      store.lit.value = null
      store.path.value = null
    })
    return
  }
  try {
    if (isQuestion(asked)) {
      await askPath(asked, isFramed)
    } else {
      await askSelection(asked)
    }
  } catch (error) {
    searchError.value = asApiError(error).message
    announce(searchError.value)
  }
}

/** The least node that holds all of these. */
function holderOf(chart: Chart, lens: Lens, nodes: readonly number[]): number {
  const { parent } = chart.trees[lens]
  const above = (node: number): number[] => {
    const all = [node]
    for (let at = parent[node] ?? -1; at >= 0; at = parent[at] ?? -1) {
      all.push(at)
    }
    return all
  }
  const [first, ...others] = nodes.map(above)
  return first?.find((node) => others.every((each) => each.includes(node))) ?? -1
}

/** Moves to where a path is, unless everything is in sight. */
function framePath(chart: Chart, path: Path): void {
  const isClose = store.look.peek() !== null || store.camera.peek().preset === 'focus'
  if (store.view.peek() === 'chart' && isClose) {
    const nodes = [path.from, path.to, ...path.hops.map((hop) => hop.node)].filter((node) => node >= 0)
    const holder = holderOf(chart, store.lens.peek(), [...new Set(nodes)])
    lookAt(store, holder > 0 ? 'focus' : 'overview', holder > 0 ? holder : -1)
  }
}

async function askPath(asked: string, isFramed: boolean): Promise<void> {
  const answer = await client.get<Reach>(pathOf('/reach', { q: asked }))
  const chart = store.chart.peek()
  if (!chart || store.question.peek() !== asked) {
    return
  }
  const path = pathOnChart(chart, answer)
  batch(() => {
    store.path.value = path
    reachAnswer.set(path, answer)
    store.lit.value = new Set([path.from, path.to, ...path.hops.map((hop) => hop.node)].filter((n) => n >= 0))
  })
  if (isFramed) {
    framePath(chart, path)
  }
  announce(`${asked}: ${answer.verdict}, ${count(answer.hops.length, 'hop')}`)
}

const reachAnswer = new WeakMap<Path, Reach>()

/** The whole answer that a path was made of. */
export function answerOf(path: Path): Reach | undefined {
  return reachAnswer.get(path)
}

async function askSelection(asked: string): Promise<void> {
  const found = await client.get<Selected>(pathOf('/select', { q: asked }))
  if (store.question.peek() !== asked) {
    return
  }
  batch(() => {
    store.path.value = null
    store.lit.value = new Set(found.nodes)
    const [first] = found.nodes
    if (found.nodes.length === 1 && first !== undefined) {
      selectNodeNumber(first)
    }
  })
  announce(`${count(found.nodes.length, 'place')} found`)
  if (found.nodes.length === 0) {
    searchError.value = 'nothing on the chart is meant by that'
  }
}

/** Where the ends and hops of an answer stand. A hop whose part is not drawn stands where the packet is then. */
export function pathOnChart(chart: Chart, answer: Reach): Path {
  const nodeOf = (key: string): number => {
    const node = chart.find(key)
    return node >= 0 ? node : -1
  }
  const endNode = (end: string): number => {
    const node = nodeOf(end)
    return node >= 0 || end.includes('-') ? node : isPublic(chart, answer, end)
  }
  const from = endNode(answer.from)
  const to = endNode(answer.to)
  const blocking = new Set(answer.because.map((each) => `${each.component} ${each.reason}`))
  let at = from
  const hops = answer.hops.map((hop): PathHop => {
    const told = /\b(eni-[0-9a-z-]*[0-9a-z])\b/.exec(hop.detail)?.[1] ?? ''
    const here = [nodeOf(hop.component), nodeOf(told)].find((node) => node >= 0)
    at = here ?? at
    return {
      ...hop,
      blocks: hop.reason !== 'passed' || blocking.has(`${hop.component} ${hop.reason}`),
      node: at,
    }
  })
  return {
    question: answer.question,
    verdict: answer.verdict,
    services: answer.services,
    from,
    to,
    hops,
    step: 0,
  }
}

/** An address that is no interface: the block beyond that has it is not told, so the sky stands for it where asked so. */
function isPublic(chart: Chart, answer: Reach, end: string): number {
  const word = answer.question.split('->')[end === answer.from ? 0 : 1] ?? ''
  return /\binternet\b/.test(word) || !/^(10|192\.168|172\.(1[6-9]|2\d|3[01]))\./.test(end)
    ? chart.internet
    : -1
}

export function stepPath(by: number): void {
  const path = store.path.peek()
  if (!path || path.hops.length === 0) {
    return
  }
  goToStep(Math.min(path.hops.length - 1, Math.max(0, path.step + by)))
}

export function goToStep(step: number): void {
  const path = store.path.peek()
  const hop = path?.hops[step]
  if (!path || !hop) {
    return
  }
  const next = { ...path, step }
  const answer = reachAnswer.get(path)
  if (answer) {
    reachAnswer.set(next, answer)
  }
  store.path.value = next
  store.hover.value = hop.node
  announce(`hop ${step + 1} of ${path.hops.length}: ${hop.component} ${hop.rule} ${hop.reason}`)
}

export function closePath(): void {
  batch(() => {
    store.path.value = null
    store.lit.value = null
    store.question.value = ''
    searchError.value = null
  })
}

// --- findings ---------------------------------------------------------------------------------------------------------

export async function loadFindings(): Promise<void> {
  // As many as are there: whoever reads far down the list stays where he is.
  const limit = Math.min(MOST_IN_PAGE, Math.max(PAGE, ranked.peek().length))
  const page = await client.get<Findings>(pathOf('/findings', { offset: 0, limit }))
  batch(() => {
    ranked.value = page.findings
    rankedTotal.value = page.total
  })
}

let isFetchingMore = false

export async function loadMoreFindings(): Promise<void> {
  const have = ranked.peek()
  if (isFetchingMore || have.length >= rankedTotal.peek()) {
    return
  }
  isFetchingMore = true
  try {
    const page = await client.get<Findings>(pathOf('/findings', { offset: have.length, limit: PAGE }))
    if (ranked.peek() === have) {
      batch(() => {
        ranked.value = [...have, ...page.findings]
        rankedTotal.value = page.total
      })
    }
  } catch (error) {
    toast(asApiError(error).message, true)
  } finally {
    isFetchingMore = false
  }
}

// --- what if ----------------------------------------------------------------------------------------------------------

export function openWhatIf(line?: string): void {
  const old = whatIf.peek()
  const lines = old?.lines ?? []
  isWhatIfShown.value = true
  whatIf.value = { lines, isBusy: false, answer: old?.answer ?? null, error: null }
  if (line !== undefined) {
    void tryChanges([...lines, line])
  }
}

export function closeWhatIf(): void {
  batch(() => {
    whatIf.value = null
    store.whatIfRibbons.value = null
  })
}

export async function tryChanges(lines: readonly string[]): Promise<void> {
  if (lines.length === 0) {
    batch(() => {
      whatIf.value = { lines, isBusy: false, answer: null, error: null }
      store.whatIfRibbons.value = null
    })
    return
  }
  isWhatIfShown.value = true
  whatIf.value = { lines, isBusy: true, answer: whatIf.peek()?.answer ?? null, error: null }
  try {
    // What opens and closes is there at once; what is wrong with it takes an audit.
    for (const findings of [false, true]) {
      const answer = await client.post<WhatIf>('/whatif', { changes: lines, findings })
      if (whatIf.peek()?.lines !== lines) {
        return
      }
      batch(() => {
        whatIf.value = { lines, isBusy: !findings, answer, error: null }
        store.whatIfRibbons.value = whatIfRibbonsOf(answer)
      })
      if (!findings) {
        announce(`what if: ${answer.opened.length} opened, ${answer.closed.length} closed`)
      }
    }
  } catch (error) {
    if (whatIf.peek()?.lines === lines) {
      whatIf.value = { lines, isBusy: false, answer: null, error: asApiError(error).message }
      store.whatIfRibbons.value = null
    }
  }
}

function whatIfRibbonsOf(answer: WhatIf): readonly Ribbon[] {
  const chart = store.chart.peek()
  if (answer.ribbons || !chart) {
    return answer.ribbons ?? []
  }
  return [...ribbonsOf(chart, answer.opened, true), ...ribbonsOf(chart, answer.closed, false)]
}

// --- time -------------------------------------------------------------------------------------------------------------

export async function loadTimeline(): Promise<void> {
  if (!store.meta.peek()?.can.history) {
    timeline.value = null
    return
  }
  try {
    timeline.value = await client.get<Timeline>(pathOf('/timeline', { bins: 96 }))
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 404)) {
      toast(asApiError(error).message, true)
    }
  }
}

/** Moves the later moment, or the earlier one of two. */
export function stepTime(by: number, isEarlier = false): void {
  const line = timeline.peek()
  if (!line || line.bins.length === 0) {
    return
  }
  pause()
  const handle = isEarlier ? since : moment
  if (isEarlier && since.peek() === null) {
    startComparing()
  }
  const border = Math.min(line.bins.length, Math.max(0, borderOf(line, handle.peek()) + by))
  if (isEarlier) {
    lookFurtherBack(line, border)
  } else {
    lookBack(line, border)
  }
  announce(handle.peek() ?? 'now')
}

// --- files ------------------------------------------------------------------------------------------------------------

export async function save(path: string, name: string): Promise<void> {
  try {
    saveBlob(await client.file(path), name)
  } catch (error) {
    toast(`cannot export: ${asApiError(error).message}`, true)
  }
}

export function saveBlob(blob: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
  toast(`${name} is saved`)
}

export async function copy(text: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    toast(`${what} copied`)
  } catch {
    toast(`the browser does not let ${what} be copied`, true)
  }
}

/** What a node is called in a question. */
export function questionName(key: string): string {
  const chart = store.chart.peek()
  const node = chart?.find(key) ?? -1
  if (chart && node >= 0 && chart.kind[node] === Kind.internet) {
    return 'internet'
  }
  return /[\s"]/.test(key) ? `"${key.replaceAll('"', '\\"')}"` : printable(key)
}

export function isReady(): boolean {
  return status.value === 'ready' && store.chart.value !== null
}
