// The shell: what stands where, and the pages that stand for all where there is nothing to show.

import type { ComponentChildren, JSX } from 'preact'
import {
  dropToast,
  failure,
  isComparing,
  isRailOpen,
  isWhatIfShown,
  spoken,
  status,
  store,
  timeline,
  toasts,
  whatIf,
} from '../state/app.ts'
import { Kind } from '../state/chart.ts'
import { risksWorstFirst } from '../state/words.ts'
import { Bar } from './bar.tsx'
import { ComparePanel } from './compare.tsx'
import { Glyph, Mark } from './glyphs.tsx'
import { Help } from './help.tsx'
import { PathPanel } from './path.tsx'
import { Rail } from './rail.tsx'
import { Side } from './side.tsx'
import { Stage } from './stage.tsx'
import { WhatIfPanel } from './whatif.tsx'

export function App(): JSX.Element {
  return (
    <>
      <Body />
      <Toasts />
      <p class="visually-hidden" role="status" aria-live="polite">
        {spoken.value}
      </p>
    </>
  )
}

function Body(): JSX.Element {
  switch (status.value) {
    case 'loading':
      return <Page title="Reading the chart…" />
    case 'unauthorised':
      return (
        <Page title="This tab has no key">
          <p>
            The address that <code>portolan serve</code> prints opens the console once. Open it, or start the
            server again for a new one.
          </p>
          <pre>portolan serve examples/harbor</pre>
        </Page>
      )
    case 'offline':
      return (
        <Page title="The server does not answer">
          <p>It was stopped, or this computer was asleep. The console tries again by itself.</p>
        </Page>
      )
    case 'failed':
      return (
        <Page title="The chart cannot be shown">
          <p>{failure.value}</p>
        </Page>
      )
    case 'ready':
      return isEmpty() ? <Nothing /> : <Shell />
  }
}

/** There is neither a network nor anything wrong: what is beyond every network is on every chart. */
function isEmpty(): boolean {
  const found = store.meta.value?.findings ?? {}
  const isWrong = risksWorstFirst.some((risk) => risk !== 'info' && (found[risk] ?? 0) > 0)
  return !isWrong && !(store.chart.value?.kind.includes(Kind.vpc) ?? false)
}

function Shell(): JSX.Element {
  return (
    <div class="app">
      <button type="button" class="button skip" onClick={skip}>
        To the chart
      </button>
      <Bar />
      {isRailOpen.value && <Rail />}
      <Stage />
      <Right />
      <Help />
    </div>
  )
}

function skip(): void {
  document.getElementById('stage')?.focus()
}

function Right(): JSX.Element | null {
  if (store.path.value) {
    return <PathPanel path={store.path.value} />
  }
  if (whatIf.value && (isWhatIfShown.value || !store.selection.value)) {
    return <WhatIfPanel state={whatIf.value} />
  }
  if (store.selection.value) {
    return <Side selection={store.selection.value} />
  }
  return isComparing.value && timeline.value ? <ComparePanel /> : null
}

function Nothing(): JSX.Element {
  return (
    <Page title="Nothing to chart yet">
      <p>
        {store.meta.value?.source
          ? `${store.meta.value.source} holds no network.`
          : 'The source holds no network.'}{' '}
        Collect an account, or look at the example estate first: it has seeded loopholes.
      </p>
      <pre>
        {'portolan collect aws:PROFILE --into dump\nportolan serve dump\n\nportolan serve examples/harbor'}
      </pre>
    </Page>
  )
}

function Page({
  title,
  children,
}: {
  readonly title: string
  readonly children?: ComponentChildren
}): JSX.Element {
  return (
    <main class="page">
      <div class="page-inner">
        <Mark size={56} />
        <h1>{title}</h1>
        {children}
      </div>
    </main>
  )
}

function Toasts(): JSX.Element {
  return (
    <div class="toasts">
      {toasts.value.map((one) => (
        <div key={one.id} class={`toast${one.isBad ? ' is-bad' : ''}`}>
          <span>{one.text}</span>
          <button type="button" class="icon-button" aria-label="Dismiss" onClick={() => dropToast(one.id)}>
            <Glyph name="close" size={12} />
          </button>
        </div>
      ))}
    </div>
  )
}
