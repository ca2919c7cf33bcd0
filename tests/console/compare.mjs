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
// Each difference takes two audits, which sanitizers make slow.
page.setDefaultTimeout(300_000)
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
})

const counts = () =>
  page.$$eval('[data-diff]', (all) => Object.fromEntries(all.map((each) => [each.dataset.diff, Number(each.dataset.count)])))

/** What the panel tells is what the command line says of the same two moments. */
async function isAsDiffSays(from, to) {
  await page.waitForSelector('[data-diff="opened"]')
  await settled(page, 400)
  const at = ['--taken', '2026-11-20T05:29:59Z', '--logs', logs, '--at', from, '--at', to]
  const wanted = await answer('diff', '-s', before, ...at, '--json', '--quiet')
  const told = await counts()
  assert.equal(told.opened, wanted.opened.length)
  assert.equal(told.closed, wanted.closed.length)
  assert.equal(told.weakened ?? 0, wanted.weakened.length)
  const judged = await page.$$eval('.side details > summary', (all) => all.map((each) => each.textContent))
  const count = (word) => Number(/\d+/.exec(judged.find((each) => new RegExp(`finding.* ${word}`).test(each)) ?? '0')?.[0] ?? 0)
  assert.equal(count('appear'), wanted.findings_appeared.length)
  assert.equal(count('go'), wanted.findings_gone.length)
  const texts = await page.$$eval('.diff.is-opened .between-services .mono', (all) => all.map((each) => each.textContent))
  wanted.opened.slice(0, texts.length).forEach((row, i) => {
    const services = row.services === 'none' ? (row.services_depends ?? row.services_unknown) : row.services
    assert.ok(services.startsWith(texts[i].split('…')[0]), `${texts[i]} is of ${services}`)
  })
  return wanted
}

test('the connections that opened and closed are those of `portolan diff` at the two moments', async () => {
  const wanted = await isAsDiffSays('2026-11-20T05:29:59Z', '2026-11-20T16:00:00Z')
  assert.ok(wanted.opened.length > 0 && wanted.closed.length > 0)
  const told = await page.textContent('.scrubber-told')
  assert.ok(told.includes(`+${wanted.opened.length} opened`) && told.includes(`−${wanted.closed.length} closed`), told)
  await page.waitForSelector('.plan-ribbon.is-opened', { state: 'attached' })
  await page.waitForSelector('.plan-ribbon.is-closed', { state: 'attached' })
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
  // The borders are of bins of some minutes, in which nothing else happened.
  await isAsDiffSays('2026-11-20T05:29:59Z', '2026-11-20T12:00:00Z')
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

const at = async () => Number(await page.inputValue('.scrubber-to'))

test('the history is played from the earlier moment on, and pauses where it is', async () => {
  await put('.scrubber-from', 20)
  await put('.scrubber-to', 96)
  await page.evaluate(() => document.activeElement?.blur())
  await page.keyboard.press('Space')
  await page.waitForSelector('button[aria-label="Pause the history"]')
  await page.waitForFunction(() => Number(document.querySelector('.scrubber-to').value) > 22)
  const hash = await page.evaluate(() => location.hash)
  await page.keyboard.press('Space')
  await page.waitForSelector('button[aria-label="Play the history"]')
  const stopped = await at()
  assert.ok(stopped > 22 && stopped < 96, `${stopped}`)
  await page.waitForTimeout(600)
  assert.equal(await at(), stopped)
  assert.notEqual(await page.evaluate(() => location.hash), hash)
})

test('it is played to the end at the speed that is chosen, and stops there', async () => {
  const speeds = await page.$$eval('.scrubber-player option', (all) => all.map((each) => each.value))
  assert.ok(speeds.length > 2)
  await page.selectOption('.scrubber-player select', speeds.at(-1))
  await page.getByRole('button', { name: 'Play the history' }).click()
  await page.waitForSelector('button[aria-label="Play the history"]')
  assert.equal(await at(), 96)
  await settled(page, 400)
})

test('who wants no motion sees it step, and the line between the moments never runs', async () => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.selectOption('.scrubber-player select', await page.$eval('.scrubber-player option', (each) => each.value))
  await put('.scrubber-to', 30)
  const seen = await page.evaluate(async () => {
    const lines = new Set()
    const watcher = new MutationObserver(() => lines.add(document.querySelector('.bin-head').getAttribute('d')))
    watcher.observe(document.querySelector('.scrubber-bins'), { subtree: true, attributes: true })
    document.querySelector('button[aria-label="Play the history"]').click()
    while (Number(document.querySelector('.scrubber-to').value) < 33) {
      await new Promise((done) => setTimeout(done, 50))
    }
    document.querySelector('button[aria-label="Pause the history"]').click()
    watcher.disconnect()
    return [...lines]
  })
  assert.ok(seen.length >= 3 && seen.every((each) => /^M\d+ /.test(each)), `${seen}`)
  await page.emulateMedia({ reducedMotion: null })
  await put('.scrubber-from', 1)
  await put('.scrubber-to', 49)
})

/** Interfaces that the internet reaches for sure, as the server draws them: now, or at a moment. */
const reached = (path) =>
  page.evaluate(async (asked) => {
    const headers = { Authorization: `Bearer ${sessionStorage.getItem('portolan-token')}`, Accept: 'application/json' }
    const { snapshot } = await (await fetch('/api/v1/meta', { headers })).json()
    const { nodes } = await (await fetch(`/api/v1${asked ?? `/snapshot/${snapshot}`}`, { headers })).json()
    return nodes.filter((each) => each.kind === 'interface' && (each.flags & 1) !== 0).length
  }, path)

test('what is drawn of a moment is what was open and wrong then', async () => {
  const drawn = () =>
    page.$$eval('.plan-cue', (all) =>
      all.map((each) => `${/risk-\w+/.exec(each.getAttribute('class'))} ${each.querySelectorAll('.plan-exposed').length}`).sort(),
    )
  // The world could reach the SFTP server still, and the bastion had no finding of high risk yet.
  const morning = await borderAfter('2026-11-20T08:00:00Z')
  const lookAtMorning = async () => {
    const told = page.waitForResponse((answer) => answer.url().includes('/api/v1/past?at='))
    await put('.scrubber-to', morning)
    await told
    await settled(page, 500)
    return drawn()
  }
  const then = await lookAtMorning()
  const at = await page.evaluate(() => /[?&]t=([^&]*)/.exec(location.hash)[1])
  await put('.scrubber-to', 96)
  await settled(page, 500)
  const now = await drawn()
  assert.equal(await reached(`/past?at=${at}`), (await reached()) + 1)
  assert.notDeepEqual(then, now)
  assert.deepEqual(await lookAtMorning(), then)
  await put('.scrubber-to', 49)
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
