// Two moments of the logs held against each other: what the scrubber, the panel and the plan say of a day whose events are known.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { writeDay } from '../../tools/console/day.mjs'
import { answer, attend, axeSource, settled } from './harness.mjs'

const folder = mkdtempSync(join(tmpdir(), 'console-day-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const { before, logs } = writeDay(folder)
const { server, page, opened } = await attend(before, { words: ['--replay', logs, '--speed', '1000'] })
await page.waitForSelector('.scrubber')

const told = () =>
  page.$$eval('[data-compare]', (all) => Object.fromEntries(all.map((each) => [each.dataset.compare, Number(each.dataset.count)])))
const textOf = (word) => page.textContent(`[data-compare="${word}"]`)

async function put(handle, border) {
  await page.locator(handle).evaluate((input, value) => {
    input.value = String(value)
    input.dispatchEvent(new Event('input', { bubbles: true }))
  }, border)
  await settled(page, 300)
}

/** The border of the bins that comes first after that time. */
const borderAfter = async (time) => {
  const { bins } = await page.evaluate(async () => {
    const headers = { Authorization: `Bearer ${sessionStorage.getItem('portolan-token')}` }
    return (await fetch('/api/v1/timeline?bins=96', { headers })).json()
  })
  return bins.findIndex((bin) => bin.to > time) + 1
}

test('the replay is told event by event, with who did it', async () => {
  // The first of them may have been before the page was there.
  await page.waitForSelector('.badge')
  await page.getByRole('button', { name: /^Changes/ }).click()
  await page.waitForSelector('.event:has-text("tcp/8443")')
  const text = await page.textContent('.event-list')
  assert.match(text, /RevokeSecurityGroupIngress by .*oncall from 198\.51\.100\.7/)
  assert.match(text, /internet.*pricing-1.*tcp\/8443/)
  await page.keyboard.press('c')
})

test('from the morning until now: what is open that was not, what is closed, and what came and went', async () => {
  await page.keyboard.press('b')
  await page.waitForSelector('[data-compare]')
  await settled(page, 400)
  assert.deepEqual(await told(), { opened: 3, closed: 3, passing: 1 })
  assert.match(await textOf('opened'), /tcp\/22 ← 0\.0\.0\.0\/0.*lena/)
  assert.match(await textOf('opened'), /tcp\/8443/)
  assert.match(await textOf('closed'), /tcp\/5061/)
  assert.match(await textOf('passing'), /tcp\/5432.*contractor/)
  assert.match(await page.textContent('.scrubber-told'), /\+3 opened.*−3 closed.*1 for a while/)
})

test('they are those of `portolan history` on the same logs', async () => {
  for (const [group, opened_, closed] of [
    ['sg-0a0943737b06d8537', 1, 0],
    ['sg-05608c1476f2eb785', 0, 2],
    ['sg-00f064149413143d7', 0, 0],
  ]) {
    const { intervals } = await answer('history', group, logs, '--json')
    const told_ = (word) => page.locator(`[data-compare="${word}"] .place[title="${group}"]`).count()
    assert.equal(intervals.filter((each) => each.opened_at !== null && each.closed_at === null).length, opened_, group)
    assert.equal(await told_('opened'), opened_, group)
    assert.equal(intervals.filter((each) => each.opened_at === null && each.closed_at !== null).length, closed, group)
    assert.equal(await told_('closed'), closed, group)
  }
})

test('they are marked where they are, and all else is dimmed', async () => {
  await page.waitForSelector('.plan-node.has-opened')
  await page.waitForSelector('.plan-node.has-closed')
  assert.match(await page.locator('.plan-node.has-closed').first().textContent(), /edge-|sftp-1|voice-1/)
  assert.ok((await page.locator('.plan-node.is-dim').count()) > 2)
})

test('the handles choose the span, and never pass each other', async () => {
  await put('.scrubber-to', await borderAfter('2026-11-20T12:00:00Z'))
  assert.deepEqual(await told(), { opened: 3, closed: 1, passing: 0 })
  await put('.scrubber-from', await borderAfter('2026-11-20T10:00:00Z'))
  assert.deepEqual(await told(), { opened: 0, closed: 1, passing: 0 })
  await put('.scrubber-from', 96)
  const [from, to] = await page.$$eval('.scrubber-bins input', (all) => all.map((each) => Number(each.value)).sort((a, b) => a - b))
  assert.deepEqual([from, to], [95, 96])
})

test('both are moved by keys, and are part of the link', async () => {
  await put('.scrubber-from', 10)
  await put('.scrubber-to', 50)
  await page.keyboard.press('Escape')
  await page.evaluate(() => document.activeElement?.blur())
  await page.keyboard.press('b')
  await put('.scrubber-to', 50)
  await page.evaluate(() => document.activeElement?.blur())
  await page.keyboard.press('}')
  await page.keyboard.press('[')
  await settled(page, 300)
  assert.equal(await page.inputValue('.scrubber-from'), '1')
  assert.equal(await page.inputValue('.scrubber-to'), '49')
  const [before_, hash] = [await told(), await page.evaluate(() => location.hash)]
  assert.match(hash, /t=2026-11-20.*since=2026-11-20/)
  await page.reload()
  await page.waitForSelector('[data-compare]')
  await settled(page, 400)
  assert.deepEqual(await told(), before_)
  assert.equal(await page.inputValue('.scrubber-to'), '49')
})

test('the comparison is clean by the rules of axe', async () => {
  await page.evaluate(axeSource())
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }))
  assert.deepEqual(found.violations.map((each) => `${each.id}: ${each.nodes[0].html.slice(0, 200)}`), [])
})

test('a rule of the list leads to its group, and back; Esc ends it', async () => {
  const place = page.locator('[data-compare="opened"] .place').first()
  const name = (await place.textContent()).trim()
  await place.click()
  await page.waitForSelector(`.side h2:has-text("${name}")`)
  await page.keyboard.press('Escape')
  await page.waitForSelector('[data-compare]')
  await page.keyboard.press('Escape')
  await page.waitForSelector('[data-compare]', { state: 'detached' })
  await page.waitForFunction(() => document.querySelectorAll('.plan-node.is-dim, .plan-node.has-opened').length === 0)
  assert.ok(server.said().length > 0)
  assert.deepEqual(await opened.wrong(), [])
})
