// Plays the history: the later moment runs along the line at so much of the past a second, until now.

import { effect, type Signal, signal } from '@preact/signals'
import type { Timeline } from '../api/types.ts'
import { announce, isPlaying, moment, since, store, timeline } from './app.ts'
import { borderOf, lookBack } from './compare.ts'
import { moment as momentWords } from './words.ts'

const HOUR_S = 3600
const DAY_S = 24 * HOUR_S
const paces = [1, 10, 60, 300, 900, HOUR_S, 6 * HOUR_S, DAY_S, 7 * DAY_S, 30 * DAY_S]
const SHORTEST_S = 2
const LONGEST_S = 600
const USUAL_S = 20
/** Whoever wants no motion sees a step that stands for a while, not a run. */
const STEP_MS = 600

/** Seconds of the past in a second; null: what fits the line. */
export const chosenPace: Signal<number | null> = signal(null)
/** Where the run is between two borders; null: at the later moment. */
export const playHead: Signal<number | null> = signal(null)

function lengthOf(line: Timeline): number {
  return Math.max(1, (Date.parse(line.to) - Date.parse(line.from)) / 1000 + 1)
}

/** Those at which the whole line takes some seconds or minutes; one at least. */
export function pacesOf(line: Timeline): readonly number[] {
  const fit = paces.filter((pace) => {
    const takes = lengthOf(line) / pace
    return takes >= SHORTEST_S && takes <= LONGEST_S
  })
  return fit.length > 0 ? fit : [paces.find((pace) => lengthOf(line) / pace <= LONGEST_S) ?? DAY_S * 30]
}

export function paceOf(line: Timeline, chosen: number | null): number {
  const all = pacesOf(line)
  if (chosen !== null && all.includes(chosen)) {
    return chosen
  }
  const distance = (pace: number): number => Math.abs(Math.log(lengthOf(line) / pace / USUAL_S))
  return all.reduce((best, each) => (distance(each) < distance(best) ? each : best))
}

export function paceWords(pace: number): string {
  const [size, unit] =
    pace >= DAY_S ? [DAY_S, 'd'] : pace >= HOUR_S ? [HOUR_S, 'h'] : pace >= 60 ? [60, 'min'] : [1, 's']
  return `${pace / size} ${unit}/s`
}

let stopTimer: () => void = () => {}

export function pause(): void {
  stopTimer()
  stopTimer = () => {}
  playHead.value = null
  if (isPlaying.peek()) {
    isPlaying.value = false
    announce(`paused at ${moment.peek() === null ? 'now' : momentWords(moment.peek())}`)
  }
}

export function togglePlay(): void {
  const line = timeline.peek()
  if (isPlaying.peek()) {
    pause()
  } else if (line && line.bins.length > 0) {
    play(line)
  }
}

function play(line: Timeline): void {
  const first = since.peek() === null ? 0 : borderOf(line, since.peek()) + 1
  const at = borderOf(line, moment.peek())
  if (at >= line.bins.length) {
    lookBack(line, Math.min(first, line.bins.length - 1))
  }
  isPlaying.value = true
  announce('playing')
  stopTimer = store.motion.peek() ? run(line) : step(line)
}

/** Puts the later moment where the run has come to; false at the end. */
function goTo(line: Timeline, head: number): boolean {
  const border = Math.floor(head)
  if (border >= line.bins.length) {
    lookBack(line, line.bins.length)
    pause()
    return false
  }
  if (border !== borderOf(line, moment.peek())) {
    lookBack(line, border)
  }
  return true
}

function bordersIn(line: Timeline, seconds: number): number {
  return (seconds * paceOf(line, chosenPace.peek()) * line.bins.length) / lengthOf(line)
}

function run(line: Timeline): () => void {
  let head = borderOf(line, moment.peek())
  let before = performance.now()
  let frame = requestAnimationFrame(function next(now) {
    head += bordersIn(line, Math.max(0, now - before) / 1000)
    before = now
    if (goTo(line, head)) {
      playHead.value = head
      frame = requestAnimationFrame(next)
    }
  })
  return () => cancelAnimationFrame(frame)
}

function step(line: Timeline): () => void {
  let head = borderOf(line, moment.peek())
  const one = Math.max(STEP_MS, 1000 / bordersIn(line, 1))
  const timer = setInterval(() => {
    head += Math.max(1, Math.round(bordersIn(line, one / 1000)))
    goTo(line, head)
  }, one)
  return () => clearInterval(timer)
}

/** Ends the run where nobody sees it, and begins it anew where motion is no longer wanted, or is. */
export function keepPlaying(): void {
  effect(() => {
    const view = store.view.value
    if (view !== 'chart' && view !== 'plan') {
      pause()
    }
  })
  effect(() => {
    const isMoving = store.motion.value
    void chosenPace.value
    const line = timeline.peek()
    if (isPlaying.peek() && line) {
      stopTimer()
      playHead.value = null
      stopTimer = isMoving ? run(line) : step(line)
    }
  })
}
