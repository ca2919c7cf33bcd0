// What is drawn of another moment: the nodes of now with what was open and wrong then.

import { effect, untracked } from '@preact/signals'
import { asApiError } from './answers.ts'
import { client, moment, store, toast } from './app.ts'
import { Latest, type Wish } from './latest.ts'

const latest = new Latest(askFor)

/** Keeps what is drawn in step with the moment that is looked at. */
export function keepPast(): void {
  let of = ''
  effect(() => {
    const at = moment.value
    const meta = store.meta.value
    const isOfNow = of === meta?.snapshot
    of = meta?.snapshot ?? ''
    untracked(() => {
      if (at === null || !meta?.can.at) {
        store.past.value = null
        latest.want(null)
        return
      }
      if (!isOfNow) {
        store.past.value = null // nodes have other numbers now
      }
      latest.want(at)
    })
  })
}

async function askFor(wish: Wish): Promise<void> {
  const at = wish.asked
  try {
    const { chart, snapshot } = await client.past(at)
    // While the history is played, each answer is shown, though the next one is wanted already.
    if (latest.isWanted && snapshot === store.meta.peek()?.snapshot) {
      store.past.value = { at, chart }
    }
  } catch (error) {
    if (latest.isLast(wish)) {
      store.past.value = null
      toast(asApiError(error).message, true)
    }
  }
}
