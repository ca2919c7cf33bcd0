// A change of the watched folder is on the screen, and kept for whoever looked away. How long it takes is printed: a test is
// no measurement, and runs with sanitizers beside others.
import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { attend, ready, root, settled, withScene } from './harness.mjs'

const folder = mkdtempSync(join(tmpdir(), 'console-live-'))
cpSync(join(root, 'examples/harbor'), folder, { recursive: true })
after(() => rmSync(folder, { recursive: true, force: true }))
const { server, page, opened } = await attend(folder, { words: ['--watch'], flags: withScene, page: { reducedMotion: 'reduce' } })
await page.addInitScript(() => {
  const read = ReadableStreamDefaultReader.prototype.read
  ReadableStreamDefaultReader.prototype.read = async function (...more) {
    const piece = await read.apply(this, more)
    if (piece.value && new TextDecoder().decode(piece.value).includes('event: change')) {
      window.came ??= Date.now()
    }
    return piece
  }
})
await page.reload()
await ready(page)
await page.waitForSelector('.live.is-live')
await page.waitForSelector('.scene-label-beam')

const file = () => join(folder, '123456789012/eu-west-1/ec2-describe-security-groups.json')

/** As a collector does it: written beside, then put in place. */
function edit(change) {
  const document = JSON.parse(readFileSync(file(), 'utf8'))
  change(document.SecurityGroups.find((group) => group.GroupName === 'bastion'))
  writeFileSync(`${file()}.new`, JSON.stringify(document))
  renameSync(`${file()}.new`, file())
}

const rule = { IpProtocol: 'tcp', FromPort: 3306, ToPort: 3306, IpRanges: [{ CidrIp: '0.0.0.0/0' }], Ipv6Ranges: [], PrefixListIds: [], UserIdGroupPairs: [] }

/** Has the page note when it has painted what a change shows first: the number of changes that were not looked at yet. */
const watch = () =>
  page.evaluate(() => {
    window.came = undefined
    window.seen = new Promise((done) => {
      const look = () => {
        if (document.querySelector('.badge') === null) {
          requestAnimationFrame(look)
          return
        }
        // The frame after the next has been painted.
        requestAnimationFrame(() => requestAnimationFrame(() => done({ came: window.came, seen: Date.now() })))
      }
      look()
    })
  })

/** Where the user is, which nothing that happens may change. */
const whereabouts = () =>
  page.evaluate(() => ({
    hash: location.hash.replace(/v1\/[0-9a-f]+/, 'v1/'),
    side: document.querySelector('.side h2')?.textContent,
    tab: document.querySelector('.tab[aria-selected="true"]')?.textContent,
    scroll: document.querySelector('.side-body')?.scrollTop,
    search: document.querySelector('#search')?.value,
  }))

test('what opens is told at once, and selection, camera and scroll stay', async () => {
  await page.keyboard.press('2')
  await page.waitForSelector('.fix.is-open')
  await page.waitForFunction(() => location.hash.includes('cam='))
  await settled(page, 600)
  await page.evaluate(() => {
    document.querySelector('.side-body').scrollTop = 120
  })
  const before = await whereabouts()
  assert.equal(before.scroll, 120)
  await page.evaluate(() => {
    window.emptied = 0
    new MutationObserver(() => {
      window.emptied += document.querySelectorAll('.side .waiting').length
    }).observe(document.querySelector('.side'), { childList: true, subtree: true })
  })
  await watch()
  const snapshot = await page.evaluate(() => location.hash.slice(0, 20))
  const start = Date.now()
  edit((group) => group.IpPermissions.push(rule))
  const { came, seen } = await page.evaluate(() => window.seen)
  console.log(`event to pixels: ${seen - came} ms; folder to pixels: ${seen - start} ms, of that ${came - start} ms in the server`)
  await page.waitForFunction((old) => !location.hash.startsWith(old), snapshot)
  await settled(page, 800)
  assert.deepEqual(await whereabouts(), before)
  assert.equal(await page.evaluate(() => window.emptied), 0, 'the panel was never emptied')
})

test('its beam says it', async () => {
  for (let i = 0; i < 8; ++i) {
    await page.keyboard.press('Escape')
  }
  await page.keyboard.press('0')
  await page.waitForFunction(() =>
    [...document.querySelectorAll('.scene-label')].some((each) => each.textContent === 'bastion-1tcp/3306'),
  )
})

test('the list of changes has it, with what it opened', async () => {
  await page.getByRole('button', { name: /^Changes/ }).click()
  await page.waitForSelector('.event')
  const text = await page.textContent('.event')
  assert.match(text, /internet.*bastion-1.*tcp\/3306/)
  assert.match(text, /is open to 0\.0\.0\.0\/0/)
  assert.match(text, /opened/)
  await page.waitForSelector('.badge', { state: 'detached' })
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
