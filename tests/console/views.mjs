// Each view, on first sight and by hand.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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
  // The beams of the five worst are named, with what is open there, not with the part of it that is dangerous.
  const beams = { 'web-canary': 'tcp/8080', 'sftp-1': 'tcp/22', 'pricing-1': 'tcp/3389', 'reports-1': 'tcp/22', 'voice-1': 'udp/10000-20000 +1' }
  await opened.page.waitForFunction(
    (wanted) => {
      const shown = [...document.querySelectorAll('.scene-label-beam:not([hidden])')].map((each) => each.textContent)
      return wanted.every((text) => shown.includes(text))
    },
    Object.entries(beams).map(([name, services]) => name + services),
  )
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

test('the ribbon under the pointer says who reaches whom with what, in the scene and on the plan', async () => {
  const wanted = /internet|[\w-]+ ?→ ?[\w-]+.*(tcp|udp)\/\d+.*pair/s
  const flat = await page()
  await flat.page.keyboard.press('p')
  await flat.page.waitForSelector('.plan-ribbon', { state: 'attached' })
  // Halfway along the first ribbon that is bent: something of it is under the pointer there, or a later one.
  const spot = await flat.page.$$eval('.plan-ribbon', (all) => {
    const path = all.at(-1)
    const middle = path.getPointAtLength(path.getTotalLength() / 2).matrixTransform(path.getScreenCTM())
    return { x: middle.x, y: middle.y }
  })
  await flat.page.mouse.move(spot.x, spot.y)
  await flat.page.waitForSelector('.tip')
  assert.match(await flat.page.textContent('.tip'), wanted)
  await flat.page.mouse.click(spot.x, spot.y)
  await flat.page.waitForSelector('.side h2')
  assert.deepEqual(await flat.wrong(), [])
  await flat.context.close()

  const space = await page({ reducedMotion: 'reduce' }, scene)
  const box = await space.page.locator('.scene-canvas').boundingBox()
  await space.page.waitForTimeout(1500)
  let found = 0
  for (let x = 0.3; x < 0.8 && found < 3; x += 0.02) {
    for (let y = 0.25; y < 0.7 && found < 3; y += 0.04) {
      await space.page.mouse.move(box.x + x * box.width, box.y + y * box.height)
      found += await space.page.locator('.tip').count()
    }
  }
  assert.ok(found >= 3, 'ribbons are found under the pointer')
  await space.page.waitForSelector('.tip')
  assert.match(await space.page.textContent('.tip'), wanted)
  await space.page.mouse.move(5, 5)
  await space.page.waitForSelector('.tip', { state: 'detached' })
  assert.deepEqual(await space.wrong(), [])
  await space.context.close()
})

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

test('the picture is a PNG of twice the pixels, with the labels', async () => {
  const opened = await page({ reducedMotion: 'reduce' }, scene)
  const { page: tab } = opened
  await tab.waitForSelector('.scene-label-beam')
  await settled(tab, 1000)
  await tab.getByRole('button', { name: 'Export', exact: true }).click()
  const [download] = await Promise.all([tab.waitForEvent('download'), tab.getByRole('menuitem', { name: /^Picture/ }).click()])
  const bytes = []
  for await (const piece of await download.createReadStream()) {
    bytes.push(piece)
  }
  const png = Buffer.concat(bytes)
  assert.equal(png.toString('latin1', 1, 4), 'PNG')
  const box = await tab.locator('.scene-canvas').boundingBox()
  assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [2 * box.width, 2 * box.height].map(Math.round))
  assert.ok(png.length > 50_000)
  await opened.context.close()
})

test('an estate without a network says so, and offers the example', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'console-empty-'))
  writeFileSync(join(folder, 'ec2-describe-vpcs.json'), '{"Vpcs": []}')
  const empty = await serve(folder, '--account', '123456789012', '--region', 'eu-west-1')
  after(async () => {
    await empty.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  const opened = await open(chrome, empty.address)
  await opened.page.waitForSelector('h1:has-text("Nothing to chart yet")')
  assert.match(await opened.page.textContent('.page'), /portolan serve examples\/harbor/)
  assert.deepEqual(await opened.wrong(), [])
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
