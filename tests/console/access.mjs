// The rules of axe on every view and panel, dark, light and in high contrast.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { axeSource, browser, harbor, open, ready, serve, settled } from './harness.mjs'

let server
let chrome
let page
before(async () => {
  server = await serve(harbor)
  chrome = await browser()
  page = (await open(chrome, server.address, { reducedMotion: 'reduce' })).page // a colour on its way is none of a theme's
  await ready(page)
  await page.evaluate(axeSource())
})
after(async () => {
  await chrome?.close()
  await server?.stop()
})

async function isClean(what) {
  await settled(page, 250)
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }))
  const told = found.violations.map((each) => `${each.id}: ${each.nodes[0].html.slice(0, 200)} ${each.nodes[0].failureSummary}`)
  assert.deepEqual(told, [], what)
}

for (const theme of ['Dark', 'Light', 'High contrast']) {
  test(`each view is clean, ${theme}`, async () => {
    await page.getByRole('button', { name: 'Theme' }).click()
    await page.getByRole('menuitemradio', { name: theme }).click()
    await isClean('chart')
    for (const key of ['g', 't', 'f', 'o', 'p', 'c']) {
      await page.keyboard.press(key)
      await isClean(`${theme}, key ${key}`)
    }
  })
}

test('each panel is clean', async () => {
  await page.keyboard.press('1')
  await page.waitForSelector('.fix.is-open')
  await isClean('finding')
  for (const name of ['About', 'Ports', 'Paths', 'Who', 'History']) {
    await page.getByRole('tab', { name }).click()
    await isClean(name)
  }
  await page.keyboard.press('w')
  await isClean('what if')
  await page.keyboard.press('Escape')
  await page.keyboard.press('?')
  await isClean('help')
  await page.keyboard.press('Escape')
  await page.fill('#search', 'internet -> sftp-1 tcp/22')
  await isClean('suggestions')
  await page.press('#search', 'Enter')
  await page.waitForSelector('.hops')
  await isClean('path')
})
