// Deep links: #/v1/SNAPSHOT?view=…&sel=…&q=…. What is shown, never a secret.

import type { PanelTab, TableName } from './app.ts'
import type { Lens } from './chart.ts'
import { type Look, readLook, writeLook } from './look.ts'
import type { Direction, Mode, View } from './store.ts'

export interface Link {
  readonly snapshot: string
  readonly view: View
  readonly lens: Lens
  readonly mode: Mode
  readonly direction: Direction
  readonly selection: string | null
  readonly tab: PanelTab
  readonly table: TableName
  readonly question: string
  readonly step: number
  readonly finding: string | null
  readonly changes: readonly string[]
  /** Null: the whole chart, as it fits the window. */
  readonly look: Look | null
  /** The moment that is looked at, and the one that it is held against; null: now, and none. */
  readonly moment: string | null
  readonly since: string | null
}

export const plainLink: Link = {
  snapshot: '',
  view: 'chart',
  lens: 'location',
  mode: 'risky',
  direction: 'ingress',
  selection: null,
  tab: 'about',
  table: 'connections',
  question: '',
  step: 0,
  finding: null,
  changes: [],
  look: null,
  moment: null,
  since: null,
}

const views: readonly View[] = ['chart', 'matrix', 'plan', 'tables', 'findings', 'tree', 'events']
const tabs: readonly PanelTab[] = ['about', 'connections', 'findings', 'who', 'history', 'paths']
const tables: readonly TableName[] = ['connections', 'interfaces', 'groups', 'rules']
const lenses: readonly Lens[] = ['location', 'policy']
const modes: readonly Mode[] = ['none', 'risky', 'all']
const directions: readonly Direction[] = ['ingress', 'egress']
const MOST_CHARACTERS = 8000
const MOST_CHANGES = 50

export function writeLink(link: Link): string {
  const words = new URLSearchParams()
  const put = (name: string, value: string, plain: string): void => {
    if (value !== plain) {
      words.append(name, value)
    }
  }
  put('view', link.view, plainLink.view)
  put('lens', link.lens, plainLink.lens)
  put('mode', link.mode, plainLink.mode)
  put('dir', link.direction, plainLink.direction)
  put('sel', link.selection ?? '', '')
  put('tab', link.tab, plainLink.tab)
  put('table', link.table, plainLink.table)
  put('q', link.question, '')
  put('step', String(link.step), '0')
  put('finding', link.finding ?? '', '')
  put('t', link.moment ?? '', '')
  put('since', link.since ?? '', '')
  put('cam', writeLook(link.look), '')
  for (const change of link.changes) {
    words.append('change', change)
  }
  const text = words.toString()
  return `#/v1/${encodeURIComponent(link.snapshot)}${text ? `?${text}` : ''}`
}

/** Null for what is no link of ours. Words that we do not know mean what is plain. */
export function readLink(hash: string): Link | null {
  const found = /^#\/v1\/([^?]*)(?:\?(.*))?$/s.exec(hash)
  if (!found || hash.length > MOST_CHARACTERS) {
    return null
  }
  const words = new URLSearchParams(found[2] ?? '')
  const step = Number(words.get('step') ?? 0)
  return {
    snapshot: decoded(found[1] ?? ''),
    view: one(views, words.get('view'), plainLink.view),
    lens: one(lenses, words.get('lens'), plainLink.lens),
    mode: one(modes, words.get('mode'), plainLink.mode),
    direction: one(directions, words.get('dir'), plainLink.direction),
    selection: words.get('sel') || null,
    tab: one(tabs, words.get('tab'), plainLink.tab),
    table: one(tables, words.get('table'), plainLink.table),
    question: words.get('q') ?? '',
    step: Number.isInteger(step) && step >= 0 && step < 1000 ? step : 0,
    finding: words.get('finding') || null,
    changes: words.getAll('change').slice(0, MOST_CHANGES),
    look: readLook(words.get('cam')),
    moment: time(words.get('t')),
    since: time(words.get('since')),
  }
}

function time(word: string | null): string | null {
  return word !== null && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(word) ? word : null
}

function one<T extends string>(known: readonly T[], word: string | null, plain: T): T {
  return known.find((each) => each === word) ?? plain
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}
