// What the browser tests share: the real server on a source, a real browser on its console, and the command line to
// compare with. Packages come from console/node_modules, where the build put them.
import { execFile, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')
export const harbor = 'examples/harbor'
const binary = process.env.PORTOLAN_BINARY ?? join(root, 'build/dev/portolan')
const browserPath = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(existsSync)
const require = createRequire(join(root, 'console/package.json'))

export const withScene = ['--use-gl=angle', '--use-angle=gl-egl', '--ignore-gpu-blocklist']
export const withoutScene = ['--disable-3d-apis']

/** What is missing to run these tests, or null. */
export function missing() {
  if (!browserPath) {
    return 'chromium is not installed'
  }
  if (!existsSync(join(root, 'console/node_modules/playwright-core'))) {
    return 'the packages of console/ are not installed'
  }
  return null
}

/** Runs the command line in the project's folder. */
export function portolan(...words) {
  return new Promise((done) => {
    execFile(binary, words, { cwd: root, maxBuffer: 1 << 28 }, (error, out, errors) => {
      done({ code: error ? (error.code ?? 1) : 0, out, errors })
    })
  })
}

/** Its answer as JSON; findings (exit 1) and gaps (exit 3) are answers too. */
export async function answer(...words) {
  const { code, out, errors } = await portolan(...words)
  if (code !== 0 && code !== 1 && code !== 3) {
    throw new Error(`portolan ${words.join(' ')} ended with ${code}: ${errors}`)
  }
  return JSON.parse(out)
}

/** Starts `portolan serve`; gives its address with the code, and how to end it. */
export function serve(source, ...options) {
  const server = spawn(binary, ['serve', source, '--port', '0', ...options], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  return new Promise((done, failed) => {
    let said = ''
    server.once('error', failed)
    const hear = (bytes) => {
      said += bytes
      const address = /(http:\/\/[^\s#]+\/)(#\S+)/.exec(said)
      if (address) {
        done({
          address: address[0],
          origin: address[1].replace(/\/$/, ''),
          said: () => said,
          stop: () =>
            new Promise((ended) => {
              server.once('exit', ended)
              server.kill('SIGTERM')
            }),
        })
      }
    }
    server.stdout.on('data', hear)
    server.stderr.on('data', hear)
    server.once('exit', (code) => failed(new Error(`portolan serve ended with ${code}: ${said}`)))
  })
}

export async function browser(flags = withoutScene) {
  const { chromium } = require('playwright-core')
  return chromium.launch({ executablePath: browserPath, args: ['--no-sandbox', ...flags] })
}

/** A page on the console, that keeps what must not happen: errors, violations of its policy, calls elsewhere. */
export async function open(chrome, address, options = {}) {
  const context = await chrome.newContext({ viewport: { width: 1280, height: 800 }, colorScheme: 'dark', ...options })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  const wrong = []
  const origin = new URL(address).origin
  page.on('pageerror', (error) => wrong.push(`error: ${error.message}`))
  page.on('console', (message) => {
    if (/Content Security Policy|Trusted ?Type/i.test(message.text())) {
      wrong.push(`policy: ${message.text()}`)
    }
  })
  page.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(`${origin}/`) && !url.startsWith('data:') && !url.startsWith('blob:')) {
      wrong.push(`elsewhere: ${url}`)
    }
  })
  await page.addInitScript(() => {
    window.violations = []
    document.addEventListener('securitypolicyviolation', (event) => {
      window.violations.push(`${event.violatedDirective} ${event.blockedURI}`)
    })
  })
  await page.goto(address)
  return {
    page,
    context,
    /** All that went wrong so far; a test ends with it being empty. */
    wrong: async () => [...wrong, ...(await page.evaluate(() => window.violations))],
  }
}

/** More pages on one server, whose code works once: the first page's token is put into those after it. */
export function pages(server) {
  let token
  return async (chrome, { hash = '', ...options } = {}) => {
    if (!token) {
      const first = await open(chrome, server.address)
      await ready(first.page)
      token = await first.page.evaluate(() => sessionStorage.getItem('portolan-token'))
      await first.context.close()
    }
    const opened = await open(chrome, `${server.origin}/`, options)
    await opened.page.waitForSelector('.page')
    await opened.page.evaluate((word) => sessionStorage.setItem('portolan-token', word), token)
    await opened.page.goto(`${server.origin}/${hash}`)
    await opened.page.reload()
    await ready(opened.page)
    return opened
  }
}

/** Waits until the chart is there and the rail is filled. */
export async function ready(page) {
  await page.waitForSelector('.rail .card')
}

export function documents(source, name) {
  return JSON.parse(readFileSync(join(root, source, '123456789012/eu-west-1', name), 'utf8'))
}

export async function settled(page, ms = 150) {
  await page.waitForTimeout(ms)
  await page.waitForFunction(() => document.querySelectorAll('[aria-busy="true"]').length === 0)
}

export async function countOf(page, selector = '.view-count') {
  await page.waitForSelector(`${selector}[data-count]`)
  await settled(page)
  return Number(await page.getAttribute(selector, 'data-count'))
}

export function axeSource() {
  return readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
}

export { require }
