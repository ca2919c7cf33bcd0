// What the ribbon under the pointer tells. The keyboard has the same in the tables, and in the ports of each end.

import type { JSX } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { Ribbon } from '../api/types.ts'
import { store } from '../state/app.ts'
import { type Chart, Kind } from '../state/chart.ts'
import { count, exposureWords, short } from '../state/words.ts'

const BESIDE = 14

export function RibbonTip(): JSX.Element | null {
  const chart = store.chart.value
  const found = store.hoverRibbon.value
  const host = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const box = host.current
    const around = box?.parentElement
    if (box && around && found) {
      const isLeft = found.x + BESIDE + box.offsetWidth > around.clientWidth
      const isAbove = found.y + BESIDE + box.offsetHeight > around.clientHeight
      const left = isLeft ? found.x - BESIDE - box.offsetWidth : found.x + BESIDE
      const top = isAbove ? found.y - BESIDE - box.offsetHeight : found.y + BESIDE
      box.style.transform = `translate(${Math.max(4, left)}px, ${Math.max(4, top)}px)`
    }
  }, [found])
  if (!chart || !found) {
    return null
  }
  const { ribbon } = found
  const known =
    ribbon.state === 'open'
      ? ''
      : ribbon.state === 'depends'
        ? ', depending on what is not known'
        : ', not known'
  return (
    <div class="tip" role="tooltip" ref={host}>
      <div class="tip-ends">
        <strong>{nameOf(chart, ribbon.from)}</strong>
        <span class="faint" aria-label="to">
          →
        </span>
        <strong>{nameOf(chart, ribbon.to)}</strong>
      </div>
      <div class="mono">
        {short(ribbon.services, 90)}
        <span class="faint">{known}</span>
      </div>
      <div class="tip-facts">
        {ribbon.is_open !== undefined && (
          <span class={ribbon.is_open ? 'bad' : 'good'}>{ribbon.is_open ? 'opens' : 'closes'}</span>
        )}
        {ribbon.risky && <span class="bad">dangerous</span>}
        <span>{count(ribbon.pairs, 'pair')}</span>
        <span>{whereOf(chart, ribbon)}</span>
      </div>
    </div>
  )
}

function nameOf(chart: Chart, node: number): string {
  return chart.kind[node] === Kind.internet ? 'internet' : short(chart.name(node) || chart.key(node), 40)
}

function whereOf(chart: Chart, ribbon: Ribbon): string {
  const isBeyond = [ribbon.from, ribbon.to].some((node) => chart.kind[node] === Kind.outside)
  return isBeyond && ribbon.exposure !== 'internet'
    ? 'beyond the account'
    : (exposureWords[ribbon.exposure] ?? ribbon.exposure)
}
