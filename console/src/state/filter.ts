// How the list of findings is narrowed.

import { signal } from '@preact/signals'

export interface FindingFilter {
  readonly risk: string
  readonly check: string
  readonly words: string
}

export const findingFilter = signal<FindingFilter>({ risk: '', check: '', words: '' })
