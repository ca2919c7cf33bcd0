// The rules of axe on every view and panel, dark, light and in high contrast.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { attend, axeSource, harbor, settled } from './harness.mjs'

const { page } = await attend(harbor, { page: { reducedMotion: 'reduce' } }) // a colour on its way is none of a theme's
await page.evaluate(axeSource())

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

test('what happens is said to who listens', async () => {
  const says = (pattern) => page.waitForFunction((text) => new RegExp(text).test(document.querySelector('[role="status"]').textContent), pattern)
  await page.waitForTimeout(2000) // what is still waiting to be said would be told together with it, in short
  await page.fill('#search', 'internet -> sftp-1 tcp/22')
  await page.press('#search', 'Enter')
  await says('sftp-1 tcp/22: yes, \\d+ hops')
  await page.keyboard.press('Escape')
  await page.evaluate(() => document.activeElement?.blur())
  await page.keyboard.press('1')
  await says('critical: ')
  await page.keyboard.press('e')
  await says('egress side')
  await page.keyboard.press('e')
  await page.keyboard.press('o')
  await says('tree view')
  const tree = await page.getByRole('tree').getAttribute('aria-label')
  assert.ok(tree.length > 3)
  await page.keyboard.press('c')
})

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
