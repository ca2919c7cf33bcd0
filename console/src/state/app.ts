// The console's store and client, one of each, and what only the panels need to know.

import { computed, type Signal, signal } from '@preact/signals'
import { Client } from '../api/client.ts'
import type { ChangeEvent, Difference, Finding, Timeline, WhatIf } from '../api/types.ts'
import type { Between } from './compare.ts'
import { makeStore } from './store.ts'

export const store = makeStore()
export const client = new Client()

export type Status = 'loading' | 'ready' | 'unauthorised' | 'offline' | 'failed'
export type PanelTab = 'about' | 'connections' | 'findings' | 'who' | 'history' | 'paths'
export type TableName = 'connections' | 'interfaces' | 'groups' | 'rules'

export interface Toast {
  readonly id: number
  readonly text: string
  readonly isBad: boolean
}

export interface EventEntry extends ChangeEvent {
  readonly id: number
  readonly isSeen: boolean
}

export interface WhatIfState {
  readonly lines: readonly string[]
  readonly isBusy: boolean
  readonly answer: WhatIf | null
  readonly error: string | null
}

export interface DifferenceState {
  readonly answer: Difference | null
  readonly isBusy: boolean
  readonly error: string | null
}

export const status = signal<Status>('loading')
export const failure = signal('')
export const isLive = signal(false)
/** All findings that fail or are unknown, ranked, as far as they were fetched. */
export const ranked = signal<readonly Finding[]>([])
export const rankedTotal = signal(0)
export const openFinding = signal<string | null>(null)
export const panelTab = signal<PanelTab>('about')
export const tableName = signal<TableName>('connections')
export const events = signal<readonly EventEntry[]>([])
export const unseen = computed(() => events.value.filter((entry) => !entry.isSeen).length)
export const timeline = signal<Timeline | null>(null)
/** The moment that is looked at; null is now. */
export const moment: Signal<string | null> = signal(null)
/** The earlier moment that it is held against; null: none is. */
export const since: Signal<string | null> = signal(null)
export const isComparing = signal(false)
/** The rules that differ, as the logs tell them. */
export const compared = signal<Between | null>(null)
/** The connections that differ; null: nothing is held against anything, or the server cannot tell. */
export const difference = signal<DifferenceState | null>(null)
export const isPlaying = signal(false)
export const whatIf = signal<WhatIfState | null>(null)
/** False while something else is looked at beside an open what-if. */
export const isWhatIfShown = signal(false)
export const toasts = signal<readonly Toast[]>([])
export const spoken = signal('')
export const isHelpOpen = signal(false)
export const isRailOpen = signal(true)
/** What the search could not do, told under its box. */
export const searchError = signal<string | null>(null)

const TOAST_MS = 6000
const MOST_TOASTS = 3
let nextToast = 1

export function toast(text: string, isBad = false): void {
  const id = nextToast++
  toasts.value = [...toasts.value.slice(1 - MOST_TOASTS), { id, text, isBad }]
  setTimeout(() => dropToast(id), TOAST_MS)
  announce(text)
}

export function dropToast(id: number): void {
  toasts.value = toasts.value.filter((one) => one.id !== id)
}

// A screen reader is told at most one thing every 1.5 s; what comes meanwhile is told together.
const QUIET_MS = 1500
let waiting: string[] = []
let timer: ReturnType<typeof setTimeout> | undefined

export function announce(text: string): void {
  waiting.push(text)
  if (timer !== undefined) {
    return
  }
  tell()
}

function tell(): void {
  if (waiting.length === 0) {
    timer = undefined
    return
  }
  const [first = ''] = waiting
  spoken.value = waiting.length > 3 ? `${first}, and ${waiting.length - 1} more` : waiting.join('. ')
  waiting = []
  timer = setTimeout(tell, QUIET_MS)
}
