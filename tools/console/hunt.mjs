#!/usr/bin/env node
// hunt.mjs: how many interactions it takes until a view has told the five worst seeded loopholes of the example estate: which
// place, and which ports the internet reaches there. The list of the worst findings, which tells all five without any, is put
// away first. An interaction is a key, a click, a hover or a page of scrolling, by somebody who knows the console and not the
// estate. It counts what is on the screen; whether it is seen there, and how fast, only people can tell.
// PORTOLAN_BINARY says which program; from the project's root. As a test: tests/console/hunt.mjs.
import { fileURLToPath } from 'node:url'
import { browser, harbor, pages, serve, settled, withScene } from '../../tests/console/harness.mjs'

export const loopholes = [
  { place: 'web-canary', group: 'web-debug', ports: '8080' },
  { place: 'sftp-1', group: 'sftp', ports: '22' },
  { place: 'pricing-1', group: 'pricing', ports: '3389' },
  { place: 'reports-1', group: 'reports', ports: '22' },
  { place: 'voice-1', group: 'voice', ports: '10000-20000' },
]

/** Which of them are told by texts of places and ports that stand together. */
const toldBy = (texts) =>
  loopholes
    .filter(({ place, ports }) => texts.some((text) => text.includes(place) && new RegExp(`(^|\\D)${ports}(\\D|$)`).test(text.replace(place, ''))))
    .map(({ place }) => place)

/** Texts of what is on the screen whole: neither beyond its edges nor cut short. */
const textsOf = (page, selector) =>
  page.$$eval(selector, (all) =>
    all
      .filter((each) => {
        const box = each.getBoundingClientRect()
        return box.width > 0 && box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth
      })
      .map((each) => [...each.children].map((part) => part.textContent).join(' ') + each.textContent),
  )

async function spaceHunt(page, act) {
  await page.waitForSelector('.scene-label-beam')
  await settled(page, 2500)
  act.told(toldBy(await textsOf(page, '.scene-label-beam:not([hidden])')))
}

async function matrixHunt(page, act) {
  await act.do(() => page.keyboard.press('g'))
  await page.waitForSelector('.matrix td.has-cell')
  await act.do(() => page.getByRole('radio', { name: 'Interfaces' }).click())
  const cells = () =>
    page.evaluate(() => {
      const rows = [...document.querySelectorAll('.matrix tbody tr')]
      const columns = [...document.querySelectorAll('.matrix-column')].map((each) => each.querySelector('button').title)
      const row = rows.find((each) => each.querySelector('th').textContent.trim() === 'internet')
      return [...row.querySelectorAll('td')].flatMap((cell, i) => {
        const text = cell.querySelector('.clip')
        const title = cell.querySelector('button')?.title ?? ''
        return text ? [{ i, place: columns[i], text: text.textContent, title, isCut: text.scrollWidth > text.clientWidth || text.textContent.includes('…') }] : []
      })
    })
  await settled(page, 600)
  const shown = await cells()
  act.told(toldBy(shown.filter((each) => !each.isCut).map(({ place, text }) => `${place} ${text}`)))
  // What is cut is told in whole under the pointer.
  for (const cell of shown.filter((each) => each.isCut)) {
    await act.do(async () => {})
    act.told(toldBy([`${cell.place} ${cell.title}`]))
  }
}

async function tableHunt(page, act) {
  await act.do(() => page.keyboard.press('t'))
  await page.waitForSelector('.grid [data-row]')
  await settled(page, 400)
  act.told(toldBy((await textsOf(page, '.grid [data-row]')).filter((text) => text.includes('internet'))))
}

/** As the consoles of clouds show it: a table of rules. Whether a rule lets anybody in has to be looked up group by group. */
async function rulesHunt(page, act) {
  await act.do(() => page.keyboard.press('t'))
  await act.do(() => page.getByRole('radio', { name: 'Rules', exact: true }).click())
  await page.waitForSelector('.grid [data-row]')
  await settled(page, 400)
  const suspects = new Set()
  const read = async () => {
    for (const cells of await page.$$eval('.grid [data-row]', (all) => all.map((row) => [...row.querySelectorAll('.grid-cell')].map((cell) => cell.textContent)))) {
      const line = cells.join(' ')
      if (!/egress|→/.test(line) && /(0\.0\.0\.0|128\.0\.0\.0)\/[01]\b|::\/0|pl-/.test(line)) {
        suspects.add(cells[0])
      }
    }
  }
  await read()
  const scroller = page.locator('.grid-rows, .grid-scroll, .grid').first()
  for (let i = 0; i < 40; ++i) {
    const moved = await scroller.evaluate((element) => {
      const box = [element, ...element.querySelectorAll('*')].find((each) => each.scrollHeight > each.clientHeight + 4 && /auto|scroll/.test(getComputedStyle(each).overflowY))
      const before = box?.scrollTop ?? 0
      box?.scrollBy(0, box.clientHeight * 0.9)
      return box ? box.scrollTop > before : false
    })
    if (!moved) {
      break
    }
    await act.do(() => settled(page, 200))
    await read()
  }
  // Each suspect has to be opened: who has the group, and is there a way from the internet to them?
  for (const suspect of suspects) {
    await act.do(async () => {})
    act.told(loopholes.filter(({ group }) => suspect.includes(group)).map(({ place }) => place))
  }
  act.looked = suspects.size
}

export const ways = [
  ['3D view', spaceHunt],
  ['matrix', matrixHunt],
  ['table of connections', tableHunt],
  ['table of rules, as clouds show them', rulesHunt],
]

export async function hunt() {
  const server = await serve(harbor)
  const chrome = await browser(withScene)
  const another = pages(server)
  const results = []
  try {
    for (const [name, way] of ways) {
      const { page, context } = await another(chrome, { viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' })
      await page.addStyleTag({ content: '.rail { visibility: hidden }' }).catch(() => page.evaluate(() => document.querySelector('.rail').style.setProperty('visibility', 'hidden')))
      const act = {
        count: 0,
        looked: 0,
        at: new Map(),
        async do(work) {
          await work()
          act.count++
        },
        told(places) {
          for (const place of places) {
            act.at.set(place, Math.min(act.at.get(place) ?? Infinity, act.count))
          }
        },
      }
      await way(page, act)
      const counts = loopholes.map(({ place }) => act.at.get(place) ?? null)
      const found = counts.filter((each) => each !== null)
      results.push({ name, counts, found: found.length, first: Math.min(...found), all: found.length === loopholes.length ? Math.max(...found) : null, looked: act.looked })
      await context.close()
    }
  } finally {
    await chrome.close()
    await server.stop()
  }
  return results
}

export const rowOf = ({ name, found, first, all }) => `| ${name} | ${found} | ${Number.isFinite(first) ? first : '—'} | ${all ?? '—'} |`

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const result of await hunt()) {
    console.log(rowOf(result), JSON.stringify(result.counts), result.looked)
  }
  process.exit(0)
}
