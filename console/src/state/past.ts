// What is drawn of another moment: the nodes of now with what was open and wrong then. The server is asked one thing at a
// time: of what is wanted while the history is played, the last.

import { effect, untracked } from '@preact/signals'
import { asApiError } from './answers.ts'
import { client, moment, store, toast } from './app.ts'

let wanted: string | null = null
let isAsking = false

/** Keeps what is drawn in step with the moment that is looked at. */
export function keepPast(): void {
  let of = ''
  effect(() => {
    const at = moment.value
    const meta = store.meta.value
    wanted = null
    if (of !== meta?.snapshot) {
      // Nodes have other numbers now.
      of = meta?.snapshot ?? ''
      store.past.value = null
    }
    if (at === null || !meta?.can.at) {
      store.past.value = null
      return
    }
    wanted = at
    untracked(() => void askWanted())
  })
}

async function askWanted(): Promise<void> {
  if (isAsking) {
    return
  }
  isAsking = true
  while (wanted !== null) {
    const at: string = wanted
    try {
      const { chart, snapshot } = await client.past(at)
      // While the history is played, each answer is shown, though the next one is wanted already. Of a snapshot that is
      // served no more it is asked for again once the new one is here.
      if (wanted !== null && snapshot === store.meta.peek()?.snapshot) {
        store.past.value = { at, chart }
      }
    } catch (error) {
      if (wanted === at) {
        store.past.value = null
        toast(asApiError(error).message, true)
      }
    }
    if (wanted === at) {
      wanted = null
    }
  }
  isAsking = false
}
