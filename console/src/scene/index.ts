// The 3D scene: it draws what the store says and writes back what is hovered, selected and visible.

import './scene.css'
import type { Store } from '../state/store.ts'
import { SceneView } from './view.ts'

export interface Scene {
  /** The host has another size. */
  resize(): void
  /** The picture as it is now, for the export of PNG. */
  picture(): Promise<Blob | null>
  dispose(): void
}

/** Draws into the host; throws where there is no WebGL2. */
export function mountScene(host: HTMLElement, store: Store): Scene {
  return new SceneView(host, store)
}
