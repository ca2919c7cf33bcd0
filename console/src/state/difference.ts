// The connections that opened and closed between two moments. The server is asked one thing at a time: of what is wanted
// while a handle is drawn, the last.

import { batch, effect, untracked } from '@preact/signals'
import { pathOf } from '../api/client.ts'
import type { Difference } from '../api/types.ts'
import { asApiError } from './answers.ts'
import { announce, client, difference, isPlaying, moment, since, store } from './app.ts'
import { count } from './words.ts'

/** A new one each time: the same path tells something else of another snapshot. */
interface Wanted {
  readonly path: string
}

let wanted: Wanted | null = null
let isAsking = false

/** Keeps them in step with the two moments. */
export function keepDifference(): void {
  let of = ''
  effect(() => {
    const [from, to] = [since.value, moment.value]
    const meta = store.meta.value
    wanted = null
    if (from === null || !meta?.can.at) {
      batch(() => {
        difference.value = null
        store.between.value = null
      })
      return
    }
    if (of !== meta.snapshot) {
      // Nodes have other numbers now.
      of = meta.snapshot
      store.between.value = null
    }
    wanted = { path: pathOf('/difference', to === null ? { from } : { from, to }) }
    untracked(() => {
      difference.value = { answer: difference.peek()?.answer ?? null, isBusy: true, error: null }
      void askWanted()
    })
  })
}

async function askWanted(): Promise<void> {
  if (isAsking) {
    return
  }
  isAsking = true
  while (wanted !== null) {
    const asked: Wanted = wanted
    const snapshot = store.meta.peek()?.snapshot
    try {
      const answer = await client.get<Difference>(asked.path)
      if (wanted !== null && snapshot === store.meta.peek()?.snapshot) {
        show(answer, wanted !== asked)
      }
    } catch (error) {
      if (wanted === asked) {
        batch(() => {
          difference.value = { answer: null, isBusy: false, error: asApiError(error).message }
          store.between.value = null
        })
      }
    }
    if (wanted === asked) {
      wanted = null
    }
  }
  isAsking = false
}

/** While the history is played, each answer is shown, though the next one is wanted already. */
function show(answer: Difference, isBusy: boolean): void {
  batch(() => {
    difference.value = { answer, isBusy, error: null }
    store.between.value = { ribbons: answer.ribbons, hidden: answer.ribbons_hidden }
  })
  if (!isBusy && !isPlaying.peek()) {
    announce(`${count(answer.opened_total, 'connection')} opened, ${answer.closed_total} closed`)
  }
}
