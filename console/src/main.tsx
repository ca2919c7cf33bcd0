import './style/app.css'
import { render } from 'preact'
import { makeStore } from './state/store.ts'

const store = makeStore()
const app = document.getElementById('app')
if (app) {
  render(<p>{store.view}</p>, app)
}
