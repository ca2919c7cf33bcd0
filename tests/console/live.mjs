// A change of the watched folder is on the screen, and kept for whoever looked away. How long it takes is printed: a test is
// no measurement, and runs with sanitizers beside others.
import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { browser, open, ready, root, serve, settled } from './harness.mjs'


let folder
let server
let chrome
let page
let opened
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'console-live-'))
  cpSync(join(root, 'examples/harbor'), folder, { recursive: true })
  server = await serve(folder, '--watch')
  chrome = await browser()
  opened = await open(chrome, server.address)
  page = opened.page
  await ready(page)
  await page.waitForSelector('.live.is-live')
})
after(async () => {
  await chrome?.close()
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const file = () => join(folder, '123456789012/eu-west-1/ec2-describe-security-groups.json')

/** As a collector does it: written beside, then put in place. */
function edit(change) {
  const document = JSON.parse(readFileSync(file(), 'utf8'))
  change(document.SecurityGroups.find((group) => group.GroupName === 'bastion'))
  writeFileSync(`${file()}.new`, JSON.stringify(document))
  renameSync(`${file()}.new`, file())
}

const rule = { IpProtocol: 'tcp', FromPort: 3306, ToPort: 3306, IpRanges: [{ CidrIp: '0.0.0.0/0' }], Ipv6Ranges: [], PrefixListIds: [], UserIdGroupPairs: [] }

test('what opens is told', async () => {
  await page.evaluate(() => {
    window.seen = new Promise((done) => {
      new MutationObserver(() => {
        if (document.querySelector('.badge')) {
          done(Date.now())
        }
      }).observe(document.body, { childList: true, subtree: true, characterData: true })
    })
  })
  const start = Date.now()
  edit((group) => group.IpPermissions.push(rule))
  const seen = await page.evaluate(() => window.seen)
  console.log(`folder to pixels: ${seen - start} ms`)
})

test('the list of changes has it, with what it opened', async () => {
  await page.getByRole('button', { name: /^Changes/ }).click()
  await page.waitForSelector('.event')
  const text = await page.textContent('.event')
  assert.match(text, /internet.*bastion-1.*tcp\/3306/)
  assert.match(text, /is open to 0\.0\.0\.0\/0/)
  assert.match(text, /opened/)
  assert.equal(await page.locator('.badge').count(), 0)
})

test('what closes is told too, and the chart is that of the folder again', async () => {
  edit((group) => {
    group.IpPermissions = group.IpPermissions.filter((each) => each.FromPort !== 3306)
  })
  await page.waitForFunction(() => document.querySelectorAll('.event').length === 2)
  assert.match(await page.locator('.event').first().textContent(), /closed/)
  await settled(page)
  assert.deepEqual(await opened.wrong(), [])
})

test('a server that goes away is told, and found again', async () => {
  await server.stop()
  await page.waitForSelector('.live:has-text("Not connected")')
  assert.deepEqual(
    (await opened.wrong()).filter((each) => !/Failed to fetch/.test(each)),
    [],
  )
})
