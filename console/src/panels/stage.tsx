// The stage: one of the views, and the few switches that change what it shows.

import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { mountScene } from '../scene/index.ts'
import { closePath, flipDirection, openWhatIf, setLens, setMode, setView } from '../state/actions.ts'
import { isWhatIfShown, store, timeline, whatIf } from '../state/app.ts'
import { lookAt, lookFrom, type Mode, type View } from '../state/store.ts'
import { count, number } from '../state/words.ts'
import { EventsView } from './events.tsx'
import { FindingsView } from './findings.tsx'
import { Glyph, type GlyphName, RiskMark } from './glyphs.tsx'
import { MatrixView } from './matrix.tsx'
import { Segments } from './parts.tsx'
import { setScene } from './picture.ts'
import { PlanView } from './plan.tsx'
import { Scrubber } from './scrubber.tsx'
import { TablesView } from './tables.tsx'
import { RibbonTip } from './tip.tsx'
import { TreeView } from './tree.tsx'

const views: readonly {
  readonly value: View
  readonly text: string
  readonly glyph: GlyphName
  readonly hint: string
}[] = [
  { value: 'chart', text: 'Chart', glyph: 'chart', hint: 'The chart in space (C)' },
  { value: 'plan', text: 'Plan', glyph: 'plan', hint: 'From above (P)' },
  { value: 'matrix', text: 'Matrix', glyph: 'matrix', hint: 'Who reaches whom (G)' },
  {
    value: 'tables',
    text: 'Tables',
    glyph: 'tables',
    hint: 'All connections, interfaces, groups and rules (T)',
  },
  { value: 'findings', text: 'Findings', glyph: 'findings', hint: 'All that is wrong, worst first (F)' },
  { value: 'tree', text: 'Tree', glyph: 'tree', hint: 'What stands in what (O)' },
]

export function Stage(): JSX.Element {
  const view = store.view.value
  const isSpace = view === 'chart' || view === 'plan'
  const hasTime = isSpace && timeline.value !== null
  return (
    <main class={`stage${isSpace ? ' is-space' : ''}${hasTime ? ' has-time' : ''}`} id="stage" tabIndex={-1}>
      <div class="stage-bar">
        <Segments label="View" value={view} options={views} onPick={setView} />
        <span class="spring" />
        <WhatIfChip />
        <HiddenChip />
      </div>
      <div class={`stage-body${isSpace ? '' : ' is-solid'}`}>
        {isSpace && <Space />}
        {view === 'matrix' && <MatrixView />}
        {view === 'tables' && <TablesView />}
        {view === 'findings' && <FindingsView />}
        {view === 'tree' && <TreeView />}
        {view === 'events' && <EventsView />}
      </div>
      {isSpace && <SpaceTools />}
      {isSpace && <Legend />}
      {hasTime && <Scrubber />}
    </main>
  )
}

/** The scene, or where there is no WebGL2 the plan of the same rectangles. */
function Space(): JSX.Element {
  if (store.hasScene.value) {
    return (
      <>
        <SceneHost />
        <RibbonTip />
      </>
    )
  }
  return (
    <>
      <PlanView />
      <RibbonTip />
      {store.view.value === 'chart' && (
        <p class="notice">This browser draws no 3D: the plan shows the same</p>
      )}
    </>
  )
}

/** Which of the two views in space was seen last: where one looked from is of that one alone. */
let lastSeen: View | null = null

function SceneHost(): JSX.Element {
  const host = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = host.current
    if (!element) {
      return undefined
    }
    // Who comes back from another view finds the chart as it was left.
    const look = store.look.peek()
    const here = store.view.peek()
    if (look && (lastSeen === null || lastSeen === here)) {
      lookFrom(store, look)
    } else if (look) {
      lookAt(store, here === 'plan' ? 'plan' : 'overview', -1)
    }
    try {
      const scene = mountScene(element, store)
      setScene(scene)
      const watcher = new ResizeObserver(() => scene.resize())
      watcher.observe(element)
      return () => {
        watcher.disconnect()
        setScene(null)
        scene.dispose()
      }
    } catch {
      store.hasScene.value = false
      return undefined
    }
  }, [])
  const view = store.view.value
  const seen = useRef(view)
  useEffect(() => {
    lastSeen = view
    const { preset } = store.camera.peek()
    if (preset === 'look' && seen.current === view) {
      return
    }
    seen.current = view
    const isPlan = preset === 'plan'
    if (view === 'plan' && !isPlan) {
      lookAt(store, 'plan', -1)
    } else if (view === 'chart' && (isPlan || preset === 'look')) {
      lookAt(store, 'overview', -1)
    }
  }, [view])
  return <div class="scene-host" ref={host} />
}

const modes: readonly { readonly value: Mode; readonly text: string; readonly hint: string }[] = [
  { value: 'none', text: 'None', hint: 'No connections' },
  { value: 'risky', text: 'Risky', hint: 'The dangerous connections' },
  { value: 'all', text: 'Selection', hint: 'All connections of what is selected' },
]

function SpaceTools(): JSX.Element {
  return (
    <div class="stage-tools">
      <Segments
        label="Lens"
        value={store.lens.value}
        options={[
          { value: 'location', text: 'Location', hint: 'Zones and subnets (L)' },
          { value: 'policy', text: 'Policy', hint: 'Who has the same groups (L)' },
        ]}
        onPick={setLens}
      />
      <Segments label="Connections" value={store.mode.value} options={modes} onPick={setMode} />
      <button type="button" class="chip" title="Ingress or egress (E)" onClick={flipDirection}>
        <Glyph name={store.direction.value} size={14} />
        {store.direction.value === 'ingress' ? 'Ingress' : 'Egress'}
      </button>
      <button
        type="button"
        class="chip"
        title="All in sight (0)"
        onClick={() => lookAt(store, store.view.value === 'plan' ? 'plan' : 'overview', -1)}
      >
        Overview
      </button>
    </div>
  )
}

/** An open what-if that something else stands before: it is one click away. */
function WhatIfChip(): JSX.Element | null {
  const state = whatIf.value
  if (!state || state.lines.length === 0 || (isWhatIfShown.value && !store.path.value)) {
    return null
  }
  const { answer } = state
  return (
    <button
      type="button"
      class="chip is-what-if"
      onClick={() => {
        closePathAlone()
        openWhatIf()
      }}
    >
      <Glyph name="flask" size={14} />
      {answer ? `+${answer.opened.length} −${answer.closed.length}` : 'What if'}
    </button>
  )
}

function closePathAlone(): void {
  if (store.path.peek()) {
    closePath()
  }
}

/** What is not drawn is always told, and one click away. */
function HiddenChip(): JSX.Element {
  const isSpace = store.view.value === 'chart' || store.view.value === 'plan'
  const ribbons = store.ribbons.value.hidden + (store.between.value?.hidden ?? 0)
  const cues = store.hiddenCues.value
  const hidden = isSpace ? ribbons + cues : 0
  return (
    <button
      type="button"
      class="chip"
      data-hidden={hidden}
      title={
        hidden === 0
          ? 'All cues and ribbons of this mode are drawn'
          : `${count(ribbons, 'ribbon')} and ${count(cues, 'cue')} are not drawn: see them as a table`
      }
      onClick={() => setView('tables')}
    >
      <Glyph name="eye" size={14} />
      {hidden > 0 && number(hidden)}
      <span class="chip-words">{hidden === 0 ? 'Nothing hidden' : 'more hidden'}</span>
    </button>
  )
}

function Legend(): JSX.Element {
  return (
    <div class="legend" role="note" aria-label="Legend">
      <div class="legend-row">
        <RiskMark risk="critical" size={10} /> critical
        <RiskMark risk="high" size={10} /> high
        <RiskMark risk="medium" size={10} /> medium
        <RiskMark risk="low" size={10} /> low
      </div>
      <div class="legend-row">
        <span class="legend-beam" />{' '}
        {store.direction.value === 'ingress' ? 'the internet reaches it' : 'it reaches the internet'}
      </div>
      <div class="legend-row">
        <span class="legend-ribbon" /> open <span class="legend-ribbon is-dashed" /> not known
      </div>
    </div>
  )
}
