// Each panel of what is selected, and the walk from any resource on to the next.
import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { answer, attend, harbor, settled } from './harness.mjs'

const { chrome, page, opened } = await attend()

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
  // What is a command already is told as the patch alone.
  assert.ok(text.includes(finding.fix.startsWith('aws ') ? finding.patch.commands[0] : finding.fix.split('\n')[0]))
  assert.equal(await page.locator('.witness li').count(), finding.witness.length)
  const check = await answer('explain', finding.check, '--json')
  assert.ok(text.includes(check.why), 'why it matters')
  assert.ok(finding.patch.commands.length > 0)
  for (const [name, patch] of [
    ['CloudFormation', finding.patch.cloudformation],
    ['AWS CLI', finding.patch.commands.join('\n')],
  ]) {
    await page.getByRole('radio', { name }).click()
    await page.getByRole('button', { name: 'Copy the patch' }).click()
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), patch)
  }
})

test('from the finding the path is walked', async () => {
  await page.getByRole('button', { name: 'Walk the path' }).click()
  await page.waitForSelector('.hops .hop')
  await page.keyboard.press('Escape')
})

test('an instance stands where its interface does, so all its connections are drawn', async () => {
  await page.keyboard.press('1')
  await page.waitForSelector('.side h2:has-text("web-canary")')
  assert.match(await page.textContent('.side-title p'), /^instance/)
  await page.getByRole('button', { name: 'Show on the chart' }).waitFor()
  await page.keyboard.press('p')
  await page.keyboard.press('n')
  await page.waitForSelector('.plan-ribbon', { state: 'detached' })
  await page.keyboard.press('a')
  await page.waitForSelector('.plan-ribbon', { state: 'attached' })
  await page.keyboard.press('r')
  await page.keyboard.press('c')
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
    ['Scene', 'portolan-scene.gltf', /"asset"\s*:\s*\{[^}]*"version"\s*:\s*"2\.0"/],
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

test('the report is one file: it opens without a server, asks nobody, and has every finding', async () => {
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: /^Report/ }).click()])
  const context = await chrome.newContext({ offline: true })
  const report = await context.newPage()
  const asked = []
  report.on('request', (request) => asked.push(request.url()))
  const path = join(tmpdir(), `portolan-report-${process.pid}.html`)
  await download.saveAs(path)
  await report.goto(`file://${path}`)
  assert.equal(asked.length, 1, asked.join(' '))
  const text = await report.textContent('body')
  const { findings } = await answer('audit', harbor, '--format', 'json')
  const told = findings.filter((finding) => finding.outcome === 'fail' && ['critical', 'high'].includes(finding.risk))
  for (const finding of told) {
    assert.ok(text.includes(finding.message), finding.message)
  }
  await context.close()
  rmSync(path)
})

test('the end of it: nothing went wrong', async () => {
  assert.deepEqual(await opened.wrong(), [])
})
