// Each panel of what is selected, and the walk from any resource on to the next.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { answer, browser, harbor, open, ready, serve, settled } from './harness.mjs'

let server
let chrome
let page
let opened
before(async () => {
  server = await serve(harbor)
  chrome = await browser()
  opened = await open(chrome, server.address)
  page = opened.page
  await ready(page)
})
after(async () => {
  await chrome?.close()
  await server?.stop()
})

const tab = async (name) => {
  await page.getByRole('tab', { name }).click()
  await settled(page, 200)
}

test('a finding has its proof, its rule, its fix and why it matters', async () => {
  await page.locator('.rail .card').nth(1).click()
  await page.waitForSelector('.fix.is-open')
  await settled(page, 300)
  const id = await page.locator('.rail .card').nth(1).getAttribute('data-finding')
  const audit = await answer('audit', harbor, '--format', 'json')
  const finding = audit.findings.find((each) => each.id === id)
  const text = await page.textContent('.fix.is-open')
  assert.equal(await page.getAttribute('.fix.is-open .fix-message', 'title'), finding.message)
  assert.ok(text.includes(finding.standing.text.split(' ')[0]))
  assert.ok(text.includes(finding.fix.split('\n')[0]))
  assert.equal(await page.locator('.witness li').count(), finding.witness.length)
  const check = await answer('explain', finding.check, '--json')
  assert.ok(text.includes(check.why), 'why it matters')
  await page.getByRole('button', { name: 'Copy the fix' }).click()
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), finding.fix)
})

test('from the finding the path is walked', async () => {
  await page.getByRole('button', { name: 'Walk the path' }).click()
  await page.waitForSelector('.hops .hop')
  await page.keyboard.press('Escape')
})

test('relations lead from an instance to its group and on', async () => {
  await page.fill('#search', 'web-1')
  await page.press('#search', 'Enter')
  await page.waitForSelector('.side h2:has-text("web-1")')
  await tab('About')
  assert.ok((await page.locator('.fact').count()) >= 3)
  const seen = []
  for (const kind of [/^web$/, /./]) {
    const next = page.locator('.relation .place').filter({ hasText: kind }).first()
    const name = await next.textContent()
    await next.click()
    await page.waitForFunction((old) => document.querySelector('.side h2')?.textContent !== old, seen.at(-1) ?? 'web-1')
    await settled(page, 200)
    seen.push(await page.textContent('.side h2'))
    assert.ok(name.length > 0)
  }
  assert.equal(new Set(seen).size, 2)
})

test('a group has its rules, and each can be tried away', async () => {
  await page.fill('#search', 'sftp-1')
  await page.press('#search', 'Enter')
  await page.waitForSelector('.side h2:has-text("sftp-1")')
  await tab('About')
  await page.locator('.relation .place', { hasText: /^sftp$/ }).first().click()
  await page.waitForSelector('.rules .rule')
  assert.ok((await page.locator('.rules .rule').count()) >= 3)
  await page.locator('.rules .rule').first().getByRole('button', { name: /^What if/ }).click()
  await page.waitForSelector('[data-diff="closed"]')
  assert.ok(Number(await page.getAttribute('[data-diff="closed"]', 'data-count')) >= 0)
  await page.keyboard.press('Escape')
})

test('who can change it says how, or that it is not known', async () => {
  await page.waitForSelector('.side h2')
  await tab('Who')
  await page.waitForSelector('.who li')
  await page.locator('.who summary').first().click()
  await page.waitForSelector('.who details[open] .power, .who details[open] .detour')
})

test('history says that there are no logs', async () => {
  await tab('History')
  await page.waitForSelector('.side .empty:has-text("CloudTrail")')
})

test('exports are files of what is served', async () => {
  for (const [item, name, pattern] of [
    ['Connections', 'portolan-connections.csv', /from,to|from/i],
    ['Findings', 'portolan-findings.json', /"findings"/],
    ['Report', 'portolan-report.html', /<html|<!doctype/i],
    ['Chart', 'portolan-chart.svg', /<svg/],
  ]) {
    await page.getByRole('button', { name: 'Export', exact: true }).click()
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: new RegExp(`^${item}`) }).click()])
    assert.equal(download.suggestedFilename(), name)
    const stream = await download.createReadStream()
    let text = ''
    for await (const bytes of stream) {
      text += bytes
    }
    assert.match(text.slice(0, 4000), pattern, item)
  }
})

test('the end of it: nothing went wrong', async () => {
  assert.deepEqual(await opened.wrong(), [])
})
