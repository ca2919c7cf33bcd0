// The panel of what is selected: what it is, what it belongs to, who reaches it, what is wrong, who can change it, what it was.

import type { JSX } from 'preact'
import type { NodeAnswer } from '../api/types.ts'
import { clearSelection } from '../state/actions.ts'
import { useAnswer } from '../state/answers.ts'
import { type PanelTab, panelTab, store } from '../state/app.ts'
import { kindWords } from '../state/chart.ts'
import { lookAt, type Selection } from '../state/store.ts'
import { short } from '../state/words.ts'
import { About } from './about.tsx'
import { ConnectionsTab } from './between.tsx'
import { FindingsOf } from './fix.tsx'
import { Glyph, kindGlyph } from './glyphs.tsx'
import { HistoryTab } from './history.tsx'
import { Problem, Waiting } from './parts.tsx'
import { PathsTab } from './paths.tsx'
import { WhoTab } from './who.tsx'

const tabs: readonly { readonly tab: PanelTab; readonly text: string }[] = [
  { tab: 'about', text: 'About' },
  { tab: 'connections', text: 'Ports' },
  { tab: 'findings', text: 'Findings' },
  { tab: 'paths', text: 'Paths' },
  { tab: 'who', text: 'Who' },
  { tab: 'history', text: 'History' },
]

export function Side({ selection }: { readonly selection: Selection }): JSX.Element {
  const answer = useAnswer<NodeAnswer>(`/node/${encodeURIComponent(selection.key)}`)
  const chart = store.chart.value
  const node = selection.node
  const name = answer.value?.name || (chart && node >= 0 ? chart.name(node) : '') || selection.key
  const kind = answer.value?.kind ?? (chart && node >= 0 ? (kindWords[chart.kind[node] ?? 0] ?? '') : '')
  return (
    <aside class="side" aria-label="Selection">
      <header class="side-head">
        <Glyph name={kindGlyph(kind)} size={20} />
        <div class="side-title">
          <h2 title={short(name, 300)}>{short(name, 64)}</h2>
          <p class="faint small clip">
            {kind.replaceAll('-', ' ')}
            {name !== selection.key && <span class="mono"> {short(selection.key, 60)}</span>}
          </p>
        </div>
        {node >= 0 && (
          <button
            type="button"
            class="icon-button"
            aria-label="Show on the chart"
            title="Show on the chart"
            onClick={() => lookAt(store, 'focus', node)}
          >
            <Glyph name="pin" size={15} />
          </button>
        )}
        <button
          type="button"
          class="icon-button"
          aria-label="Close"
          title="Close (Esc)"
          onClick={clearSelection}
        >
          <Glyph name="close" size={14} />
        </button>
      </header>
      <Tabs findings={answer.value?.findings.filter((finding) => finding.outcome !== 'pass').length ?? 0} />
      <div class="side-body" role="tabpanel" id="side-body" aria-label={panelTab.value}>
        {answer.error && <Problem error={answer.error} />}
        {answer.error && panelTab.value === 'findings' && <FindingsOf of={selection.key} own={[]} />}
        {!answer.value && !answer.error && <Waiting what="Looking it up" />}
        {answer.value && <Tab tab={panelTab.value} answer={answer.value} />}
      </div>
    </aside>
  )
}

function Tabs({ findings }: { readonly findings: number }): JSX.Element {
  const walk = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (by === 0) {
      return
    }
    event.preventDefault()
    event.stopPropagation()
    const at = tabs.findIndex((each) => each.tab === panelTab.value)
    const next = tabs[(at + by + tabs.length) % tabs.length]
    if (next) {
      panelTab.value = next.tab
      const list = event.currentTarget as HTMLElement
      requestAnimationFrame(() => list.querySelector<HTMLElement>('[aria-selected="true"]')?.focus())
    }
  }
  return (
    <div class="tabs" role="tablist" aria-label="About the selection" onKeyDown={walk}>
      {tabs.map(({ tab, text }) => (
        <button
          key={tab}
          type="button"
          role="tab"
          class="tab"
          aria-selected={panelTab.value === tab ? 'true' : 'false'}
          aria-controls="side-body"
          tabIndex={panelTab.value === tab ? 0 : -1}
          onClick={() => {
            panelTab.value = tab
          }}
        >
          {text}
          {tab === 'findings' && findings > 0 && <span class="tab-count">{findings}</span>}
        </button>
      ))}
    </div>
  )
}

function Tab({ tab, answer }: { readonly tab: PanelTab; readonly answer: NodeAnswer }): JSX.Element {
  switch (tab) {
    case 'about':
      return <About answer={answer} />
    case 'connections':
      return <ConnectionsTab answer={answer} />
    case 'findings':
      return <FindingsOf of={answer.key} own={answer.findings} />
    case 'who':
      return <WhoTab of={answer.key} />
    case 'history':
      return <HistoryTab of={answer.key} />
    case 'paths':
      return <PathsTab of={answer.key} />
  }
}
