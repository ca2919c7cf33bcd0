import './style/app.css'
import { render } from 'preact'
import { App } from './panels/app.tsx'
import { listenToKeys } from './panels/keys.ts'
import { boot } from './state/boot.ts'

const host = document.getElementById('app')
if (host) {
  render(<App />, host)
  listenToKeys()
  void boot()
}
