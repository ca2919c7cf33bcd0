// What has changed while the console was open, kept: whoever looks away misses nothing.

import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import type { Ribbon } from '../api/types.ts'
import { type EventEntry, events, store } from '../state/app.ts'
import type { Chart } from '../state/chart.ts'
import { ribbonsOf } from '../state/ribbons.ts'
import { count, moment, printable, short } from '../state/words.ts'
import { Glyph, RiskMark } from './glyphs.tsx'
import { Empty, Place, Prose } from './parts.tsx'

const MOST_SHOWN = 200
const MOST_LINES = 8

export function EventsView(): JSX.Element {
  useEffect(() => {
    if (events.value.some((entry) => !entry.isSeen)) {
      events.value = events.value.map((entry) => ({ ...entry, isSeen: true }))
    }
  }, [events.value])
  const all = events.value
  return (
    <section class="events" aria-label="Changes">
      <div class="view-bar">
        <h2>Changes</h2>
        <span class="faint small view-count">{count(all.length, 'change')} since this tab was opened</span>
      </div>
      {all.length === 0 && (
        <Empty>
          {store.meta.value?.can.watch
            ? 'Nothing has changed yet. What changes pulses on the chart and is kept here.'
            : 'The source is not watched. Start with portolan serve SOURCE --watch, and changes appear here as they happen.'}
        </Empty>
      )}
      <ol class="event-list">
        {all.slice(0, MOST_SHOWN).map((entry) => (
          <li key={entry.id}>
            <EventCard entry={entry} />
          </li>
        ))}
      </ol>
    </section>
  )
}

function EventCard({ entry }: { readonly entry: EventEntry }): JSX.Element {
  const chart = store.chart.value
  const opened = entry.opened_total ?? entry.opened.length
  const closed = entry.closed_total ?? entry.closed.length
  return (
    <article class="event">
      <header>
        <time dateTime={entry.time}>{moment(entry.time)}</time>
        <span class="soft">
          {opened > 0 && <span class="bad">{count(opened, 'connection')} opened</span>}
          {opened > 0 && closed > 0 && ', '}
          {closed > 0 && <span class="good">{count(closed, 'connection')} closed</span>}
          {opened + closed === 0 && 'no connection opened or closed'}
        </span>
        {entry.cause && (
          <span class="faint small clip" title={printable(entry.cause.actor)}>
            {printable(entry.cause.event)} by {short(entry.cause.actor, 60)} from{' '}
            {printable(entry.cause.source_ip)}
          </span>
        )}
      </header>
      <ul>
        {entry.changes.slice(0, MOST_LINES).map((change) => (
          <li key={change} class="mono small">
            {short(change, 160)}
          </li>
        ))}
      </ul>
      {chart && <Ends chart={chart} ribbons={ribbonsOf(chart, entry.opened, true)} sign="+" />}
      {chart && <Ends chart={chart} ribbons={ribbonsOf(chart, entry.closed, false)} sign="−" />}
      {entry.findings_appeared.slice(0, MOST_LINES).map((finding) => (
        <p key={`${finding.check} ${finding.resource}`} class="event-finding">
          <RiskMark risk={finding.risk} size={11} /> <Place of={finding.resource} />{' '}
          <Prose class="soft" text={finding.message} />
        </p>
      ))}
      {entry.findings_gone.length > 0 && (
        <p class="good small">{count(entry.findings_gone.length, 'finding')} gone</p>
      )}
    </article>
  )
}

interface EndsProps {
  readonly chart: Chart
  readonly ribbons: readonly Ribbon[]
  readonly sign: string
}

function Ends({ chart, ribbons, sign }: EndsProps): JSX.Element | null {
  if (ribbons.length === 0) {
    return null
  }
  return (
    <ul class="event-ends">
      {ribbons.slice(0, MOST_LINES).map((ribbon) => (
        <li
          key={`${ribbon.from} ${ribbon.to} ${ribbon.services}`}
          class={sign === '+' ? 'is-opened' : 'is-closed'}
        >
          <span aria-hidden="true">{sign}</span>
          <Place of={chart.key(ribbon.from)} />
          <Glyph name="arrow" size={12} />
          <Place of={chart.key(ribbon.to)} />
          <span class="mono small">{short(ribbon.services, 60)}</span>
        </li>
      ))}
      {ribbons.length > MOST_LINES && <li class="faint small">{ribbons.length - MOST_LINES} more</li>}
    </ul>
  )
}
