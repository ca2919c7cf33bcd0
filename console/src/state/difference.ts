// The connections that opened and closed between two moments. The server is asked one thing at a time: of what is wanted
// while a handle is drawn, the last.

import { batch, effect, untracked } from '@preact/signals'
import { pathOf } from '../api/client.ts'
import type { Difference } from '../api/types.ts'
import { asApiError } from './answers.ts'
import { announce, client, difference, isPlaying, moment, since, store } from './app.ts'
import { Latest, type Wish } from './latest.ts'
import { count } from './words.ts'

const latest = new Latest(askFor)

/** Keeps them in step with the two moments. */
export function keepDifference(): void {
  let of = ''
  effect(() => {
    const [from, to] = [since.value, moment.value]
    const meta = store.meta.value
    latest.want(null)
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
    untracked(() => {
      difference.value = { answer: difference.peek()?.answer ?? null, isBusy: true, error: null }
      latest.want(pathOf('/difference', to === null ? { from } : { from, to }))
    })
  })
}

async function askFor(wish: Wish): Promise<void> {
  const snapshot = store.meta.peek()?.snapshot
  try {
    const answer = await client.get<Difference>(wish.asked)
    if (latest.isWanted && snapshot === store.meta.peek()?.snapshot) {
      show(answer, !latest.isLast(wish))
    }
  } catch (error) {
    if (latest.isLast(wish)) {
      batch(() => {
        difference.value = { answer: null, isBusy: false, error: asApiError(error).message }
        store.between.value = null
      })
    }
  }
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
