// The bar on top: what is looked at, the search, and the tools.

import type { JSX } from 'preact'
import { closeWhatIf, openWhatIf, save, setView } from '../state/actions.ts'
import { isHelpOpen, isLive, isWhatIfShown, store, unseen, whatIf } from '../state/app.ts'
import { setTheme } from '../state/boot.ts'
import type { Theme } from '../state/store.ts'
import { short } from '../state/words.ts'
import { Glyph, Mark } from './glyphs.tsx'
import { Menu } from './parts.tsx'
import { savePicture } from './picture.ts'
import { Search } from './search.tsx'

export function Bar(): JSX.Element {
  const meta = store.meta.value
  return (
    <header class="bar">
      <div class="brand">
        <Mark />
        <h1>Portolan</h1>
        <span class="source clip" title={`${meta?.source ?? ''}, snapshot ${meta?.snapshot ?? ''}`}>
          {short(meta?.source ?? '', 40)}
        </span>
      </div>
      <Search />
      <div class="bar-tools">
        <Live />
        <button
          type="button"
          class="icon-button"
          aria-label="What if"
          title="What if: try a change (W)"
          aria-pressed={whatIf.value ? 'true' : 'false'}
          onClick={() => (whatIf.value && isWhatIfShown.value ? closeWhatIf() : openWhatIf())}
        >
          <Glyph name="flask" />
        </button>
        <button
          type="button"
          class="icon-button"
          aria-label={unseen.value > 0 ? `Changes, ${unseen.value} not seen` : 'Changes'}
          title="Changes"
          aria-pressed={store.view.value === 'events' ? 'true' : 'false'}
          onClick={() => setView(store.view.value === 'events' ? 'chart' : 'events')}
        >
          <Glyph name="bell" />
          {unseen.value > 0 && <span class="badge">{unseen.value > 99 ? '99+' : unseen.value}</span>}
        </button>
        <ExportMenu />
        <ThemeMenu />
        <button
          type="button"
          class="icon-button"
          aria-label="Help"
          title="Keys and questions (?)"
          onClick={() => {
            isHelpOpen.value = true
          }}
        >
          <Glyph name="help" />
        </button>
      </div>
    </header>
  )
}

function Live(): JSX.Element {
  const isWatching = store.meta.value?.can.watch ?? false
  const word = !isLive.value ? 'Not connected' : isWatching ? 'Live' : 'Snapshot'
  const hint = !isLive.value
    ? 'The server does not answer; trying again'
    : isWatching
      ? 'Changes appear as they happen'
      : 'The source is not watched: start with --watch to see changes'
  return (
    <span class={`live${isLive.value && isWatching ? ' is-live' : ''}`} title={hint}>
      <span class="live-dot" />
      {word}
    </span>
  )
}

function ExportMenu(): JSX.Element {
  return (
    <Menu
      label="Export"
      glyph="export"
      items={[
        { text: 'Picture', what: 'PNG', onPick: () => void savePicture() },
        { text: 'Chart', what: 'SVG', onPick: () => void save('/export.svg', 'portolan-chart.svg') },
        {
          text: 'Connections',
          what: 'CSV',
          onPick: () => void save('/export.csv', 'portolan-connections.csv'),
        },
        { text: 'Findings', what: 'JSON', onPick: () => void save('/export.json', 'portolan-findings.json') },
        { text: 'Scene', what: 'glTF', onPick: () => void save('/export.gltf', 'portolan-scene.gltf') },
        { text: 'Report', what: 'HTML', onPick: () => void save('/export.html', 'portolan-report.html') },
      ]}
    />
  )
}

const themes: readonly { readonly theme: Theme; readonly text: string }[] = [
  { theme: 'dark', text: 'Dark' },
  { theme: 'light', text: 'Light' },
  { theme: 'contrast', text: 'High contrast' },
]

function ThemeMenu(): JSX.Element {
  const now = store.theme.value
  return (
    <Menu
      label="Theme"
      glyph="theme"
      items={[
        ...themes.map(({ theme, text }) => ({ text, isOn: theme === now, onPick: () => setTheme(theme) })),
        {
          text: store.motion.value ? 'Stop all motion' : 'Allow motion',
          onPick: () => {
            store.motion.value = !store.motion.value
          },
        },
      ]}
    />
  )
}
