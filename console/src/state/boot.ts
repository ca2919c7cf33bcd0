// How the console starts, keeps up with the server, and keeps its address.

import { batch, effect, untracked } from '@preact/signals'
import { ask, goToStep, lightFinding, loadTimeline, select, tieSelection, tryChanges } from './actions.ts'
import { asApiError } from './answers.ts'
import {
  client,
  failure,
  isPlaying,
  moment,
  openFinding,
  panelTab,
  ranked,
  since,
  status,
  store,
  tableName,
  whatIf,
} from './app.ts'
import { keepMoments } from './compare.ts'
import { keepDifference } from './difference.ts'
import { keepOpen, keepRibbons } from './frontier.ts'
import { readLink, writeLink } from './link.ts'
import { keepLive, loadAll } from './live.ts'
import { keepPast } from './past.ts'
import { keepPlaying } from './play.ts'
import { lookAt, lookFrom, type Theme } from './store.ts'

const THEME_KEY = 'portolan-theme'
const RETRY_MS = 2000

export async function boot(): Promise<void> {
  readPreferences()
  client.onUnauthorised = () => {
    status.value = 'unauthorised'
  }
  try {
    const link = readLink(location.hash)
    if (!(await client.signIn())) {
      status.value = 'unauthorised'
      return
    }
    await loadAll()
    status.value = 'ready'
    if (link) {
      await applyLink(location.hash === '' ? writeLink(link) : location.hash)
    }
    keepAddress()
    keepRibbons()
    keepOpen()
    keepTethers()
    keepMoments()
    keepDifference()
    keepPast()
    keepPlaying()
    keepLive()
    void loadTimeline()
  } catch (error) {
    const problem = asApiError(error)
    if (problem.status === 401 || problem.status === 403) {
      status.value = 'unauthorised'
    } else if (problem.status === 0 && problem.code === 'offline') {
      status.value = 'offline'
      setTimeout(() => location.reload(), RETRY_MS * 5)
    } else {
      failure.value = problem.message
      status.value = 'failed'
    }
  }
}

// --- preferences ------------------------------------------------------------------------------------------------------

function readPreferences(): void {
  const wanted = localStorage.getItem(THEME_KEY)
  const isLight = matchMedia('(prefers-color-scheme: light)').matches
  const wantsContrast = matchMedia('(prefers-contrast: more)').matches
  const theme: Theme =
    wanted === 'dark' || wanted === 'light' || wanted === 'contrast'
      ? wanted
      : wantsContrast
        ? 'contrast'
        : isLight
          ? 'light'
          : 'dark'
  store.theme.value = theme
  effect(() => {
    document.documentElement.dataset.theme = store.theme.value
  })
  const still = matchMedia('(prefers-reduced-motion: reduce)')
  store.motion.value = !still.matches
  still.addEventListener('change', () => {
    store.motion.value = !still.matches
  })
  effect(() => {
    document.documentElement.dataset.motion = store.motion.value ? 'on' : 'off'
  })
}

export function setTheme(theme: Theme): void {
  store.theme.value = theme
  localStorage.setItem(THEME_KEY, theme)
}

// --- the address ------------------------------------------------------------------------------------------------------

let written = ''

function keepAddress(): void {
  effect(() => {
    written = writeLink({
      snapshot: store.meta.value?.snapshot ?? '',
      view: store.view.value,
      lens: store.lens.value,
      mode: store.mode.value,
      direction: store.direction.value,
      selection: store.selection.value?.key ?? null,
      tab: panelTab.value,
      table: tableName.value,
      question: store.question.value,
      step: store.path.value?.step ?? 0,
      finding: openFinding.value,
      changes: whatIf.value?.lines ?? [],
      look: store.look.value,
      moment: moment.value,
      since: since.value,
    })
    // A browser takes only so many addresses in a while, and some milliseconds for each: what was asked goes out before.
    if (location.hash !== written && !isPlaying.value) {
      queueMicrotask(() => {
        if (location.hash !== written) {
          history.replaceState(null, '', written)
        }
      })
    }
  })
  addEventListener('hashchange', () => {
    if (location.hash !== written) {
      void applyLink(location.hash)
    }
  })
}

async function applyLink(hash: string): Promise<void> {
  const link = readLink(hash)
  if (!link) {
    return
  }
  batch(() => {
    store.view.value = link.view
    store.lens.value = link.lens
    store.mode.value = link.mode
    store.direction.value = link.direction
    panelTab.value = link.tab
    tableName.value = link.table
    if (link.selection) {
      select(link.selection)
    } else {
      store.selection.value = null
    }
    openFinding.value = link.finding
    moment.value = link.moment
    since.value = link.since
    if (link.look) {
      lookFrom(store, link.look)
    } else if (store.look.peek()) {
      lookAt(store, link.view === 'plan' ? 'plan' : 'overview', -1)
    }
  })
  lightFinding(ranked.peek().find((each) => each.id === link.finding))
  if (link.changes.length > 0) {
    await tryChanges(link.changes)
  }
  if (link.question !== '') {
    await ask(link.question, link.look === null)
    if (link.step > 0) {
      goToStep(link.step)
    }
  }
}

// --- tethers ----------------------------------------------------------------------------------------------

function keepTethers(): void {
  effect(() => {
    const selection = store.selection.value
    const snapshot = store.meta.value?.snapshot
    if (!selection || snapshot === undefined) {
      store.tethers.value = []
      return undefined
    }
    return untracked(() => tieSelection(selection.key))
  })
}
