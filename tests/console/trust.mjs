// Names are written by strangers: they are text and nothing else. The page asks its own server only.
import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { browser, open, ready, root, serve, settled, withScene } from './harness.mjs'

const script = '<img src=x onerror="window.owned=1"><script>window.owned=1</script>'
const rtl = 'web\u202e10-bew'
const long = 'x'.repeat(10_000)
const formula = '=cmd|calc!A1'
const quotes = `"'\`\${window.owned=1}{{window.owned=1}}`

let folder
let server
let chrome
let page
let opened

/** Harbor, with the names of its instances and groups written by an attacker. */
function hostile() {
  const made = mkdtempSync(join(tmpdir(), 'console-hostile-'))
  cpSync(join(root, 'examples/harbor'), made, { recursive: true })
  const region = join(made, '123456789012/eu-west-1')
  const names = [script, rtl, long, formula, quotes]
  let at = 0
  const rename = (value) => {
    if (Array.isArray(value)) {
      value.forEach(rename)
    } else if (value && typeof value === 'object') {
      for (const [key, inner] of Object.entries(value)) {
        if (key === 'Tags' && Array.isArray(inner)) {
          inner.push({ Key: script, Value: quotes })
          for (const tag of inner) {
            if (tag.Key === 'Name') {
              tag.Value = `${names[at++ % names.length]}${at}`
            }
          }
        } else if (key === 'Description' && typeof inner === 'string') {
          value[key] = script
        } else {
          rename(inner)
        }
      }
    }
  }
  for (const name of readdirSync(region)) {
    if (/^ec2-describe-(instances|security-groups|subnets|vpcs)\.json$/.test(name)) {
      const document = JSON.parse(readFileSync(join(region, name), 'utf8'))
      rename(document)
      writeFileSync(join(region, name), JSON.stringify(document))
    }
  }
  return made
}

before(async () => {
  folder = hostile()
  server = await serve(folder)
  chrome = await browser(withScene)
  opened = await open(chrome, server.address)
  page = opened.page
  await ready(page)
})
after(async () => {
  await chrome?.close()
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const inert = async () => {
  const found = await page.evaluate(() => ({
    owned: window.owned ?? null,
    images: document.querySelectorAll('img').length,
    scripts: document.querySelectorAll('script').length,
    overrides: document.body.textContent.includes('\u202e'),
    wide: document.documentElement.scrollWidth > innerWidth,
  }))
  assert.deepEqual(found, { owned: null, images: 0, scripts: 1, overrides: false, wide: false })
}

test('every view shows hostile names as text', async () => {
  await settled(page, 800)
  await inert()
  for (const key of ['g', 't', 'f', 'o', 'p', 'c']) {
    await page.keyboard.press(key)
    await settled(page, 500)
    await inert()
  }
})

test('so does every panel', async () => {
  await page.keyboard.press('f')
  for (let row = 0; row < 8; ++row) {
    await page.locator(`.findings [data-row="${row}"]`).click()
    await settled(page, 150)
  }
  for (const name of ['About', 'Ports', 'Paths', 'Who']) {
    await page.getByRole('tab', { name }).click()
    await settled(page, 300)
    await inert()
  }
  await page.fill('#search', script)
  await settled(page, 200)
  await page.press('#search', 'Enter')
  await page.waitForSelector('.search-error')
  await inert()
})

test('a hostile link is read as a link and no more', async () => {
  await page.evaluate((word) => {
    location.hash = `#/v1/x?sel=${encodeURIComponent(word)}&q=${encodeURIComponent(word)}&view=${encodeURIComponent(word)}`
  }, script)
  await settled(page, 600)
  await inert()
})

test('the page is under its policy, asked nobody else and violated nothing', async () => {
  const answer = await fetch(`${server.origin}/`)
  const policy = answer.headers.get('content-security-policy')
  for (const words of [/default-src 'none'/, /script-src 'self'/, /style-src 'self'/, /connect-src 'self'/, /require-trusted-types-for 'script'/, /trusted-types 'none'/]) {
    assert.match(policy, words)
  }
  assert.deepEqual(await opened.wrong(), [])
})
