// A walk without a pointer: everything is reached by keys, and where the focus is can be seen.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { browser, harbor, open, ready, serve, settled } from './harness.mjs'

let server
let chrome
let page
before(async () => {
  server = await serve(harbor)
  chrome = await browser()
  page = (await open(chrome, server.address)).page
  await ready(page)
})
after(async () => {
  await chrome?.close()
  await server?.stop()
})

const focused = () => page.evaluate(() => document.activeElement?.closest('[data-node], [data-row], button, input, [role]')?.outerHTML.slice(0, 160) ?? '')
const press = async (...keys) => {
  for (const key of keys) {
    await page.keyboard.press(key)
    await page.waitForTimeout(60)
  }
}
const shows = (selector) => page.waitForSelector(selector)

test('Tab goes round through all that can be used, and each stop is seen', async () => {
  const stops = new Set()
  for (let i = 0; i < 60; ++i) {
    await page.keyboard.press('Tab')
    const stop = await page.evaluate(() => {
      const element = document.activeElement
      if (!element || element === document.body) {
        return null
      }
      const style = getComputedStyle(element)
      const box = element.closest('.search-box') ?? element
      const seen = style.outlineStyle !== 'none' || getComputedStyle(box).boxShadow !== 'none'
      return { name: element.getAttribute('aria-label') || element.textContent.slice(0, 40) || element.id, seen }
    })
    if (stop) {
      assert.ok(stop.seen, `the focus on ${stop.name} is seen`)
      stops.add(stop.name)
    }
  }
  for (const name of ['Ask or search', 'What if', 'Export', 'Theme', 'Help', 'Chart', 'Location']) {
    assert.ok(stops.has(name), `${name} is reached; stops: ${[...stops].join(' | ')}`)
  }
})

test('each view has its key, and the key again leads back', async () => {
  await page.keyboard.press('Escape')
  for (const [key, selector] of [
    ['g', '.matrix'],
    ['t', '.tables'],
    ['f', '.findings'],
    ['o', '.tree'],
    ['p', '.plan'],
  ]) {
    await press(key)
    await shows(selector)
  }
  await press('c')
})

test('the worst loophole, its proof, the path to it, hop by hop, and back', async () => {
  await press('1')
  await shows('.side .fix.is-open')
  await press('/')
  await page.keyboard.type('internet -> sftp-1 tcp/22')
  await press('Enter')
  await shows('.hops .hop.is-current')
  const first = await page.textContent('.side-foot')
  await press('.', '.')
  const third = await page.textContent('.side-foot')
  assert.match(first, /Hop 1 of/)
  assert.match(third, /Hop 3 of/)
  await press(',')
  assert.match(await page.textContent('.side-foot'), /Hop 2 of/)
  await press('Escape')
  await page.waitForSelector('.hops', { state: 'detached' })
})

test('arrows walk the containment', async () => {
  for (let i = 0; i < 8; ++i) {
    await press('Escape')
  }
  await press('ArrowDown')
  await shows('.side h2')
  const one = await page.textContent('.side h2')
  await press('ArrowDown', 'ArrowDown')
  const below = await page.textContent('.side h2')
  assert.notEqual(one, below)
  await press('ArrowUp', 'ArrowUp')
  assert.equal(await page.textContent('.side h2'), one)
})

test('the tree is a tree to the keyboard', async () => {
  await press('c', 'o')
  await shows('[role="tree"]')
  await page.focus('[role="treeitem"][tabindex="0"]')
  await press('Home')
  assert.match(await focused(), /aria-level="1"/)
  await press('ArrowDown', 'ArrowDown', 'ArrowRight', 'End')
  assert.match(await focused(), /treeitem/)
  await press('Enter')
  await shows('.side h2')
})

test('a table is walked and a row picked', async () => {
  await press('f')
  await shows('.findings [data-row]')
  await page.focus('.findings [data-row="0"]')
  await press('ArrowDown', 'ArrowDown')
  assert.match(await focused(), /data-row="2"/)
  await press('Enter')
  await shows('.fix.is-open')
})

test('the search suggests, and takes what is picked by arrows', async () => {
  await press('/')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('sftp-')
  await shows('[role="option"]')
  await press('ArrowDown')
  assert.equal(await page.locator('[role="option"][aria-selected="true"]').count(), 1)
  await press('Enter')
  await shows('.side h2:has-text("sftp-1")')
})

test('a question that cannot be read is told where it was typed', async () => {
  await press('/')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('nobody-of-that-name -> web-1')
  await press('Enter')
  await shows('.search-error[role="alert"]')
  await settled(page)
  await press('/', 'Escape')
})

test('help opens, holds the focus and closes', async () => {
  await page.evaluate(() => document.activeElement?.blur())
  await press('?')
  await shows('dialog[open]')
  await press('Escape')
  await page.waitForSelector('dialog[open]', { state: 'detached' })
})
