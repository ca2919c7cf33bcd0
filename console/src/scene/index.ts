// The 3D scene: it draws what the store says and writes back what is hovered, selected and visible.

import { type Store, setCut } from '../state/store.ts'

export interface Scene {
  /** The host has another size. */
  resize(): void
  /** The picture as it is now, for the export of PNG. */
  picture(): Promise<Blob | null>
  dispose(): void
}

/** Draws into the host; throws where there is no WebGL2. */
export function mountScene(host: HTMLElement, store: Store): Scene {
  host.replaceChildren()
  setCut(store, [])
  throw new Error('no scene yet')
}
