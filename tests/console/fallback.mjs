// Without WebGL the plan stands in; a lost context comes back; a wish for no motion is kept.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { browser, harbor, pages, serve, withoutScene, withScene } from './harness.mjs'

let server
let another
before(async () => {
  server = await serve(harbor)
  another = pages(server)
})
after(() => server?.stop())

for (const flags of [withoutScene, ['--disable-gpu', '--disable-software-rasterizer', '--disable-3d-apis']]) {
  test(`with ${flags.join(' ')} the plan shows the chart, and all else works`, async () => {
    const chrome = await browser(flags)
    try {
      const opened = await another(chrome)
      const { page } = opened
      await page.waitForSelector('.plan .plan-node')
      await page.waitForSelector('.notice:has-text("draws no 3D")')
      assert.ok((await page.locator('.plan-cue').count()) > 3)
      await page.waitForSelector('.plan-ribbon', { state: 'attached' }) // a straight line has no width to be seen by
      await page.fill('#search', 'internet -> sftp-1 tcp/22')
      await page.press('#search', 'Enter')
      await page.waitForSelector('.plan-ribbon.is-path', { state: 'attached' })
      await page.keyboard.press('Escape')
      await page.locator('.plan-node', { hasText: 'harbor-ops' }).last().click({ position: { x: 12, y: 6 }, force: true })
      await page.waitForSelector('.side')
      assert.deepEqual(await opened.wrong(), [])
    } finally {
      await chrome.close()
    }
  })
}

test('a lost context of WebGL comes back, or the plan stands in', async () => {
  const chrome = await browser(withScene)
  try {
    const opened = await another(chrome)
    const { page } = opened
    await page.waitForSelector('.scene-host canvas')
    const isLost = await page.evaluate(async () => {
      const canvas = document.querySelector('.scene-host canvas')
      const gl = canvas.getContext('webgl2')
      const tool = gl?.getExtension('WEBGL_lose_context')
      if (!tool) {
        return false
      }
      const lost = new Promise((done) => canvas.addEventListener('webglcontextlost', done, { once: true }))
      tool.loseContext()
      await lost
      setTimeout(() => tool.restoreContext(), 300)
      return true
    })
    assert.ok(isLost)
    await page.waitForTimeout(1500)
    const state = await page.evaluate(() => {
      const canvas = document.querySelector('.scene-host canvas')
      return { plan: document.querySelector('.plan') !== null, isLost: canvas?.getContext('webgl2')?.isContextLost() ?? true }
    })
    assert.ok(state.plan || !state.isLost, JSON.stringify(state))
    await page.keyboard.press('f')
    await page.waitForSelector('.findings [data-row]')
    assert.deepEqual(await opened.wrong(), [])
  } finally {
    await chrome.close()
  }
})

test('who wants no motion sees none', async () => {
  const chrome = await browser(withScene)
  try {
    const opened = await another(chrome, { reducedMotion: 'reduce' })
    const { page } = opened
    await page.waitForSelector('.scene-host canvas')
    assert.equal(await page.getAttribute('html', 'data-motion'), 'off')
    await page.keyboard.press('1')
    await page.waitForSelector('.fix.is-open')
    const running = await page.evaluate(() => document.getAnimations().filter((each) => each.playState === 'running').length)
    assert.equal(running, 0)
    await page.waitForTimeout(2500)
    // A still scene is drawn on demand: two pictures of it are the same.
    const first = await page.screenshot({ animations: 'allow', timeout: 120_000 })
    await page.waitForTimeout(600)
    const second = await page.screenshot({ animations: 'allow', timeout: 120_000 })
    assert.ok(first.equals(second), 'nothing moves')
  } finally {
    await chrome.close()
  }
})

test('forced colours keep what is selected visible', async () => {
  const chrome = await browser(withoutScene)
  try {
    const { page } = await another(chrome, { forcedColors: 'active' })
    const outline = await page.evaluate(() => getComputedStyle(document.querySelector('.segment[aria-checked="true"]')).outlineStyle)
    assert.equal(outline, 'solid')
  } finally {
    await chrome.close()
  }
})

