// The time scrubber: how much opened and closed when, and what stood open at the moment that is looked at.

import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import type { Opening, Timeline } from '../api/types.ts'
import { moment, store, timeline } from '../state/app.ts'
import { moment as momentWords, short } from '../state/words.ts'
import { Place } from './parts.tsx'

export function Scrubber(): JSX.Element | null {
  const line = timeline.value
  return line && line.bins.length > 0 ? <Bar line={line} /> : null
}

/** What stood open at that moment. */
export function openAt(line: Timeline, at: string): readonly Opening[] {
  return line.openings.filter(
    (each) => (each.opened === null || each.opened <= at) && (each.closed === null || each.closed > at),
  )
}

function Bar({ line }: { readonly line: Timeline }): JSX.Element {
  const bins = line.bins
  const most = Math.max(1, ...bins.map((bin) => Math.max(bin.opened, bin.closed)))
  const now = moment.value
  const at =
    now === null
      ? bins.length
      : Math.max(
          0,
          bins.findIndex((bin) => bin.to >= now),
        )
  const open = now === null ? [] : openAt(line, now)
  useEffect(() => {
    if (now === null) {
      return
    }
    const chart = store.chart.peek()
    const nodes = open.map((each) => chart?.find(each.resource) ?? -1).filter((node) => node >= 0)
    store.lit.value = nodes.length > 0 ? new Set(nodes) : null
  }, [now])
  const newest = [...open].sort((a, b) => (b.opened ?? '').localeCompare(a.opened ?? '')).slice(0, 3)
  return (
    <section class="scrubber" aria-label="Time">
      <span class="small soft scrubber-moment">{now === null ? 'Now' : momentWords(now)}</span>
      <div class="scrubber-bins">
        <svg viewBox={`0 0 ${bins.length} 44`} preserveAspectRatio="none" aria-hidden="true">
          {bins.map((bin, i) => (
            <g key={bin.from}>
              <rect
                class="bin-opened"
                x={i + 0.1}
                width={0.8}
                y={22 - (bin.opened / most) * 20}
                height={(bin.opened / most) * 20}
              />
              <rect class="bin-closed" x={i + 0.1} width={0.8} y={23} height={(bin.closed / most) * 20} />
            </g>
          ))}
          <path class="bin-now" d={`M${at} 0V44`} />
        </svg>
        <input
          type="range"
          min={0}
          max={bins.length}
          step={1}
          value={at}
          aria-label="Moment"
          aria-valuetext={now === null ? 'now' : momentWords(now)}
          onInput={(event) => {
            const next = Number(event.currentTarget.value)
            moment.value = next >= bins.length ? null : (bins[next]?.to ?? null)
          }}
        />
      </div>
      {now !== null && (
        <div class="scrubber-open small">
          <span class="faint">{open.length} open then</span>
          {newest.map((each) => (
            <span key={`${each.resource} ${each.services} ${each.peer} ${each.opened}`} class="clip">
              <Place of={each.resource} most={22} />{' '}
              <span class="mono">{short(`${each.services ?? ''} ${each.peer}`, 30)}</span>
            </span>
          ))}
        </div>
      )}
    </section>
  )
}
