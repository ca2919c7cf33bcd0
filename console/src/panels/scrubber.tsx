// The time scrubber: how much opened and closed when, what stood open at the moment that is looked at, and two handles where
// one moment is held against another.

import type { JSX } from 'preact'
import type { Timeline } from '../api/types.ts'
import { compared, difference, isPlaying, moment, since, timeline } from '../state/app.ts'
import {
  backToNow,
  borderOf,
  lookBack,
  lookFurtherBack,
  openAt,
  playedTo,
  startComparing,
  stopComparing,
} from '../state/compare.ts'
import { chosenPace, paceOf, pacesOf, paceWords, pause, playHead, togglePlay } from '../state/play.ts'
import { count, moment as momentWords, number, short } from '../state/words.ts'
import { Glyph } from './glyphs.tsx'
import { Place } from './parts.tsx'

export function Scrubber(): JSX.Element | null {
  const line = timeline.value
  return line && line.bins.length > 0 ? <Bar line={line} /> : null
}

function words(time: string | null): string {
  return time === null ? 'now' : momentWords(time)
}

function Bar({ line }: { readonly line: Timeline }): JSX.Element {
  const last = line.bins.length
  const [from, to] = [since.value, moment.value]
  const at = borderOf(line, to)
  const start = from === null ? at : borderOf(line, from)
  // A replay is somewhere in the line; what happens in a watched folder is after all of it.
  const played = playedTo(line)
  return (
    <section class={`scrubber${from === null ? '' : ' is-comparing'}`} aria-label="Time">
      <Player line={line} />
      <div class="scrubber-moment small">
        {from === null ? (
          <span class="soft">{to === null ? (played ? momentWords(played) : 'Now') : momentWords(to)}</span>
        ) : (
          <>
            <span class="soft">{words(from)}</span>
            <span class="soft">→ {words(to)}</span>
          </>
        )}
      </div>
      <div class="scrubber-bins">
        <Bins line={line} start={start} at={at} isComparing={from !== null} played={played} />
        <input
          type="range"
          class="scrubber-to"
          min={0}
          max={last}
          step={1}
          value={at}
          aria-label={from === null ? 'Moment' : 'Later moment'}
          aria-valuetext={words(to)}
          onKeyDown={playOnSpace}
          onInput={(event) => {
            pause()
            lookBack(line, Number(event.currentTarget.value))
          }}
        />
        {from !== null && (
          <input
            type="range"
            class="scrubber-from"
            min={0}
            max={last}
            step={1}
            value={start}
            aria-label="Earlier moment"
            aria-valuetext={words(from)}
            onKeyDown={playOnSpace}
            onInput={(event) => {
              pause()
              lookFurtherBack(line, Number(event.currentTarget.value))
            }}
          />
        )}
      </div>
      {from === null && to !== null && <Open line={line} at={to} />}
      {from !== null && <Told />}
      <button
        type="button"
        class="chip"
        aria-pressed={from === null ? 'false' : 'true'}
        title="What opened and closed between two moments (B)"
        onClick={() => (from === null ? startComparing() : stopComparing())}
      >
        Compare
      </button>
      {(from !== null || to !== null) && (
        <button
          type="button"
          class="chip"
          title="Back to now (Esc)"
          onClick={() => {
            pause()
            backToNow()
          }}
        >
          Now
        </button>
      )}
    </section>
  )
}

function playOnSpace(event: KeyboardEvent): void {
  if (event.key === ' ') {
    event.preventDefault()
    event.stopPropagation()
    togglePlay()
  }
}

function Player({ line }: { readonly line: Timeline }): JSX.Element {
  const word = isPlaying.value ? 'Pause' : 'Play'
  return (
    <div class="scrubber-player">
      <button
        type="button"
        class="icon-button"
        aria-label={`${word} the history`}
        title={`${word} the history (Space)`}
        onClick={togglePlay}
      >
        <Glyph name={isPlaying.value ? 'pause' : 'play'} size={14} />
      </button>
      <select
        class="field small"
        aria-label="Speed: how much of the past in a second"
        value={String(paceOf(line, chosenPace.value))}
        onChange={(event) => {
          chosenPace.value = Number(event.currentTarget.value)
        }}
      >
        {pacesOf(line).map((pace) => (
          <option key={pace} value={String(pace)}>
            {paceWords(pace)}
          </option>
        ))}
      </select>
    </div>
  )
}

/** Apart from the rest, as it is drawn anew in every frame of a run. */
function PlayHead({ at }: { readonly at: number }): JSX.Element {
  return <path class="bin-now bin-head" d={`M${playHead.value ?? at} 0V44`} />
}

function Bins(props: {
  readonly line: Timeline
  readonly start: number
  readonly at: number
  readonly isComparing: boolean
  readonly played: string | null
}): JSX.Element {
  const { bins } = props.line
  const most = Math.max(1, ...bins.map((bin) => Math.max(bin.opened, bin.closed)))
  return (
    <svg viewBox={`0 0 ${bins.length} 44`} preserveAspectRatio="none" aria-hidden="true">
      {props.isComparing && (
        <rect class="bin-span" x={props.start} width={props.at - props.start} y={0} height={44} />
      )}
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
      {props.played && <path class="bin-played" d={`M${borderOf(props.line, props.played)} 4V40`} />}
      <path class="bin-axis" d={`M0 22.5H${bins.length}`} />
      {props.isComparing && <path class="bin-now" d={`M${props.start} 0V44`} />}
      <PlayHead at={props.at} />
    </svg>
  )
}

function Open({ line, at }: { readonly line: Timeline; readonly at: string }): JSX.Element {
  const open = openAt(line.openings, at)
  const newest = [...open].sort((a, b) => (b.opened ?? '').localeCompare(a.opened ?? '')).slice(0, 2)
  return (
    <div class="scrubber-open small">
      <span class="faint">{count(open.length, 'rule')} of the logs open then</span>
      {newest.map((each) => (
        <span key={`${each.resource} ${each.services} ${each.peer} ${each.opened}`} class="clip">
          <Place of={each.resource} most={22} />{' '}
          <span class="mono">{short(`${each.services ?? ''} ${each.peer}`, 30)}</span>
        </span>
      ))}
    </div>
  )
}

function Told(): JSX.Element {
  const found = compared.value
  const told = difference.value
  if (told) {
    return (
      <div class="scrubber-told small" aria-live="off">
        {told.answer && (
          <>
            <span class="bad">+{number(told.answer.opened_total)} opened</span>
            <span class="good">−{number(told.answer.closed_total)} closed</span>
          </>
        )}
      </div>
    )
  }
  return (
    <div class="scrubber-told small" aria-live="off">
      {found && (
        <>
          <span class="bad">+{count(found.opened.length, 'rule')} opened</span>
          <span class="good">−{found.closed.length} closed</span>
          {found.passing.length > 0 && <span class="soft">{found.passing.length} for a while</span>}
        </>
      )}
    </div>
  )
}
