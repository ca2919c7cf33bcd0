// The picture of what the scene shows, as a file.

import type { Scene } from '../scene/index.ts'
import { saveBlob } from '../state/actions.ts'
import { toast } from '../state/app.ts'

let scene: Scene | null = null

export function setScene(now: Scene | null): void {
  scene = now
}

export async function savePicture(): Promise<void> {
  const picture = await scene?.picture()
  if (picture) {
    saveBlob(picture, 'portolan.png')
  } else {
    toast('there is no 3D picture to save: open the chart view, or export SVG', true)
  }
}
