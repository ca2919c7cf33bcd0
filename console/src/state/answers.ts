// Answers of the server by their address, kept while the snapshot is the same.

import { type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import { ApiError } from '../api/client.ts'
import { client, store } from './app.ts'

export interface Answer<T> {
  readonly value: T | null
  readonly error: ApiError | null
}

const LOADING: Answer<never> = { value: null, error: null }
const MOST_KEPT = 200
const kept = new Map<string, Signal<Answer<unknown>>>()

/** Forgets all: another snapshot, other answers. */
export function forgetAnswers(): void {
  kept.clear()
}

/** The answer at that address, fetched once. */
export function answerAt<T>(path: string): ReadonlySignal<Answer<T>> {
  const old = kept.get(path)
  if (old) {
    kept.delete(path)
    kept.set(path, old)
    return old as Signal<Answer<T>>
  }
  const made = signal<Answer<T>>(LOADING)
  kept.set(path, made as Signal<Answer<unknown>>)
  const [oldest] = kept.keys()
  if (kept.size > MOST_KEPT && oldest !== undefined) {
    kept.delete(oldest)
  }
  client.get<T>(path).then(
    (value) => {
      made.value = { value, error: null }
    },
    (error: unknown) => {
      kept.delete(path)
      made.value = { value: null, error: asApiError(error) }
    },
  )
  return made
}

export function asApiError(error: unknown): ApiError {
  return error instanceof ApiError ? error : new ApiError(0, 'error', String(error))
}

/**
 * In a component: the answer at that address, null for none; fetched anew for another snapshot, and until that is there
 * the one before stays, so that nothing jumps under who reads it.
 */
export function useAnswer<T>(path: string | null): Answer<T> {
  const snapshot = store.meta.value?.snapshot ?? ''
  const [answer, setAnswer] = useState<{ readonly of: string | null; readonly is: Answer<T> }>({
    of: null,
    is: LOADING,
  })
  const id = path === null ? '' : `${snapshot} ${path}`
  useEffect(() => {
    if (path === null) {
      return undefined
    }
    return answerAt<T>(path).subscribe((is) =>
      setAnswer((old) => (is === LOADING && old.of === path ? old : { of: path, is })),
    )
  }, [id])
  return path !== null && answer.of === path ? answer.is : LOADING
}
