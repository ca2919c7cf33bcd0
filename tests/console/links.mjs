// A deep link opens what it was copied from.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { browser, harbor, pages, serve, settled, withScene } from './harness.mjs'

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

async function roundTrip(act, chosen = chrome) {
  const first = await another(chosen)
  await act(first.page)
  await settled(first.page, 500)
  const before = await shown(first.page)
  const second = await another(chosen, { hash: before.hash })
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

const toLook = (page, isThere = true) =>
  page.waitForFunction((wanted) => /[?&]cam=[-\d._]+/.test(location.hash) === wanted, isThere)

test('where the plan is looked at from', async () => {
  const link = await roundTrip(async (page) => {
    await page.keyboard.press('p')
    await page.locator('.plan').hover({ position: { x: 300, y: 300 } })
    await page.mouse.wheel(0, -600)
    await toLook(page)
  })
  assert.match(link.hash, /cam=/)
})

test('where the scene is looked at from, also after another view, and no more of it once all is in sight', async () => {
  const scene = await browser(withScene)
  const link = await roundTrip(async (page) => {
    await page.waitForSelector('.scene-host canvas')
    await page.locator('.scene-canvas').focus()
    await page.keyboard.press('+')
    await page.keyboard.press('+')
    await toLook(page)
    const own = await page.evaluate(() => location.hash)
    await page.keyboard.press('g')
    await page.waitForSelector('.matrix')
    await page.keyboard.press('c')
    await page.waitForSelector('.scene-host canvas')
    await settled(page, 1500)
    assert.equal(await page.evaluate(() => location.hash), own)
  }, scene)
  assert.match(link.hash, /cam=/)
  const { page, context } = await another(scene, { hash: link.hash })
  await toLook(page)
  await page.keyboard.press('0')
  await toLook(page, false)
  // The plan is seen from above, also after another view; and a path is brought into sight.
  for (const leave of [
    async () => {
      await page.keyboard.press('g')
      await page.waitForSelector('.matrix')
      await page.keyboard.press('p')
    },
    async () => {
      await page.keyboard.press('c')
      await page.keyboard.press('1')
      await toLook(page)
      await page.fill('#search', 'internet -> sftp-1 tcp/22')
      await page.press('#search', 'Enter')
    },
  ]) {
    await page.keyboard.press('1')
    await toLook(page)
    await leave()
    await toLook(page, false)
  }
  await context.close()
  await scene.close()
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
