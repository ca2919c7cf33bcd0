// A page with the scene alone, on a synthetic chart: for measurements and pictures. `?n=` interfaces, `?theme=`.

import { mountScene } from '../src/scene/index.ts'
import { makeStore, type Theme } from '../src/state/store.ts'
import { syntheticChart, syntheticRibbons } from './scene_synthetic.ts'

const wanted = new URLSearchParams(location.search)
const store = makeStore()
const host = document.getElementById('scene')
if (host !== null) {
  store.theme.value = (wanted.get('theme') ?? 'dark') as Theme
  store.motion.value = wanted.get('motion') === '1'
  const chart = syntheticChart(Number(wanted.get('n') ?? 60))
  const start = performance.now()
  const scene = mountScene(host, store)
  store.chart.value = chart
  Object.assign(window, {
    bench: {
      scene,
      store,
      chart,
      start,
      ribbons: (count: number) => {
        store.ribbons.value = { ribbons: syntheticRibbons(chart, store.cut.peek(), count), hidden: 0 }
      },
    },
  })
}
