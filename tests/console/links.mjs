// A deep link opens what it was copied from.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { browser, harbor, pages, serve, settled } from './harness.mjs'

let server
let chrome
let another
before(async () => {
  server = await serve(harbor)
  chrome = await browser()
  another = pages(server)
})
after(async () => {
  await chrome?.close()
  await server?.stop()
})

const shown = (page) =>
  page.evaluate(() => ({
    hash: location.hash,
    view: document.querySelector('.stage [role="radiogroup"] [aria-checked="true"]')?.textContent,
    side: document.querySelector('.side h2')?.textContent,
    tab: document.querySelector('.tab[aria-selected="true"]')?.textContent,
    search: document.querySelector('#search')?.value,
    step: document.querySelector('.side-foot')?.textContent,
    changes: [...document.querySelectorAll('.change')].map((each) => each.textContent),
  }))

async function roundTrip(act) {
  const first = await another(chrome)
  await act(first.page)
  await settled(first.page, 500)
  const before = await shown(first.page)
  const second = await another(chrome, { hash: before.hash })
  await settled(second.page, 800)
  const after = await shown(second.page)
  await first.context.close()
  await second.context.close()
  assert.match(before.hash, /^#\/v1\/[0-9a-f]+/)
  assert.deepEqual(after, before)
  return before
}

test('a view with a selection and its tab', async () => {
  const link = await roundTrip(async (page) => {
    await page.keyboard.press('2')
    await page.getByRole('tab', { name: 'Ports' }).click()
    await page.keyboard.press('g')
  })
  assert.match(link.hash, /view=matrix/)
  assert.match(link.hash, /sel=/)
})

test('a question at one of its hops', async () => {
  const link = await roundTrip(async (page) => {
    await page.fill('#search', 'internet -> sftp-1 tcp/22')
    await page.press('#search', 'Enter')
    await page.waitForSelector('.hops')
    await page.keyboard.press('.')
    await page.keyboard.press('.')
  })
  assert.match(link.step, /Hop 3/)
})

test('a what-if', async () => {
  const link = await roundTrip(async (page) => {
    await page.keyboard.press('w')
    await page.fill('input[name="resource"]', 'sg:orders-db')
    await page.press('input[name="resource"]', 'Enter')
    await page.waitForSelector('[data-diff]')
  })
  assert.equal(link.changes.length, 1)
})

test('no link holds the key', async () => {
  const { page, context } = await another(chrome)
  await page.keyboard.press('1')
  const token = await page.evaluate(() => sessionStorage.getItem('portolan-token'))
  assert.ok(token.length >= 32)
  assert.ok(!(await page.evaluate(() => location.href)).includes(token))
  await context.close()
})

test('a link to what is no more says so, and all else works', async () => {
  const opened = await another(chrome, { hash: '#/v1/0000?sel=sg-gone&tab=who&view=nonsense&finding=none' })
  await opened.page.waitForSelector('.side .problem')
  await opened.page.keyboard.press('Escape')
  await opened.page.keyboard.press('f')
  await opened.page.waitForSelector('.findings [data-row]')
  assert.deepEqual(await opened.wrong(), [])
  await opened.context.close()
})
