// Each view, on first sight and by hand.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { answer, browser, harbor, open, pages, ready, serve, settled, withoutScene, withScene } from './harness.mjs'

let server
let chrome
let scene
let another
before(async () => {
  server = await serve(harbor)
  another = pages(server)
  chrome = await browser(withoutScene)
  scene = await browser(withScene)
})
after(async () => {
  await chrome?.close()
  await scene?.close()
  await server?.stop()
})

const page = (options = {}, chosen = chrome) => another(chosen, options)

test('the five worst loopholes are seen without touching anything', async () => {
  const opened = await page()
  const cards = await opened.page.$$eval('.rail .worst .card', (all) =>
    all.map((card) => ({ id: card.dataset.finding, box: card.getBoundingClientRect().toJSON(), text: card.textContent })),
  )
  assert.equal(cards.length, 5)
  for (const { box, text } of cards) {
    assert.ok(box.bottom <= 800 && box.height > 30, `in sight without scrolling: ${text}`)
  }
  const audit = await answer('audit', harbor, '--format', 'json')
  const byId = new Map(audit.findings.map((finding) => [finding.id, finding]))
  assert.ok(cards.every(({ id }) => ['critical', 'high'].includes(byId.get(id)?.risk)))
  assert.deepEqual(await opened.wrong(), [])
  await opened.context.close()
})

test('the scene draws the chart, with labels', async () => {
  const opened = await page({}, scene)
  await opened.page.waitForSelector('.scene-host canvas')
  await opened.page.waitForFunction(() => (document.querySelector('.scene-host')?.textContent ?? '').includes('harbor-prod'))
  assert.deepEqual(await opened.wrong(), [])
  await opened.context.close()
})

for (const [name, selector, wanted] of [
  ['Matrix', '.matrix td.has-cell', 3],
  ['Tables', '.grid [role="row"][data-row]', 5],
  ['Findings', '.findings [data-row]', 10],
  ['Tree', '[role="treeitem"]', 6],
  ['Plan', '.plan .plan-node', 10],
]) {
  test(`the view ${name} is filled`, async () => {
    const opened = await page()
    await opened.page.getByRole('radio', { name, exact: true }).click()
    await opened.page.waitForSelector(selector)
    await settled(opened.page)
    const found = await opened.page.locator(selector).count()
    assert.ok(found >= wanted, `${found} of ${selector}`)
    assert.deepEqual(await opened.wrong(), [])
    await opened.context.close()
  })
}

test('all views share one selection', async () => {
  const opened = await page()
  const { page: tab } = opened
  await tab.keyboard.press('o')
  await tab.keyboard.press('Home')
  await tab.getByRole('treeitem', { name: /harbor-ops/ }).first().click()
  await tab.waitForSelector('.side h2:has-text("harbor-ops")')
  await tab.keyboard.press('p')
  await tab.waitForSelector('.plan-node.is-selected')
  assert.match(await tab.textContent('.plan-node.is-selected'), /harbor-ops/)
  await opened.context.close()
})

test('what is hidden is told, and leads to the table of all', async () => {
  const opened = await page()
  const chip = opened.page.locator('[data-hidden]')
  assert.match(await chip.textContent(), /hidden/i)
  await chip.click()
  await opened.page.waitForSelector('.tables')
  await opened.context.close()
})

test('lens, connections and direction are switches', async () => {
  const opened = await page()
  const { page: tab } = opened
  await tab.getByRole('radio', { name: 'Policy' }).click()
  await tab.waitForSelector('.plan-class')
  await tab.keyboard.press('l')
  await tab.waitForSelector('.plan-subnet')
  await tab.keyboard.press('n')
  await tab.waitForFunction(() => document.querySelectorAll('.plan-ribbon').length === 0)
  await tab.keyboard.press('r')
  await tab.waitForSelector('.plan-ribbon.is-risky', { state: 'attached' })
  await tab.keyboard.press('e')
  await tab.waitForSelector('.stage-tools .chip:has-text("Egress")')
  await opened.context.close()
})

test('themes and motion are kept', async () => {
  const opened = await page({ colorScheme: 'light', reducedMotion: 'reduce' })
  const { page: tab } = opened
  assert.equal(await tab.getAttribute('html', 'data-theme'), 'light')
  assert.equal(await tab.getAttribute('html', 'data-motion'), 'off')
  await tab.getByRole('button', { name: 'Theme' }).click()
  await tab.getByRole('menuitemradio', { name: 'High contrast' }).click()
  assert.equal(await tab.getAttribute('html', 'data-theme'), 'contrast')
  await tab.reload()
  await ready(tab)
  assert.equal(await tab.getAttribute('html', 'data-theme'), 'contrast')
  await opened.context.close()
})

test('a tab without a key says how to get one, and its code is gone from the address', async () => {
  const opened = await open(chrome, `${server.origin}/`)
  await opened.page.waitForSelector('text=This tab has no key')
  const again = await open(chrome, server.address)
  await again.page.waitForSelector('text=This tab has no key')
  assert.equal(new URL(again.page.url()).hash, '')
  await opened.context.close()
  await again.context.close()
})
