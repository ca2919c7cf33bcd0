#!/usr/bin/env node
// capture.mjs PORTOLAN OUT.png [SOURCE] [key…]: a picture of the console as it comes up on SOURCE (the example estate), after
// pressing the keys, from the project's root. Wants `npm ci` in console/ and Debian's chromium, libegl1, libgl1-mesa-dri. Same input, same picture.
import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
const { chromium } = createRequire(join(root, 'console/package.json'))('playwright-core')
const [portolan, out, source = 'examples/harbor', ...keys] = process.argv.slice(2)
if (out === undefined) {
  console.error('usage: capture.mjs PORTOLAN OUT.png [SOURCE] [key…]')
  process.exit(2)
}

const server = spawn(portolan, ['serve', source, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] })
const address = await new Promise((resolve, reject) => {
  let text = ''
  server.stdout.on('data', (piece) => {
    text += piece
    const found = /http:\/\/\S+/.exec(text)
    if (found !== null) resolve(found[0])
  })
  server.on('exit', () => reject(new Error('it serves nothing')))
})
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--use-gl=angle', '--use-angle=gl-egl', '--ignore-gpu-blocklist'],
})
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce', colorScheme: 'dark' })
  await page.goto(address)
  await page.waitForSelector('canvas')
  await page.waitForTimeout(6000)
  for (const key of keys) {
    await page.keyboard.press(key)
    await page.waitForTimeout(1500)
  }
  await page.screenshot({ path: out })
} finally {
  await browser.close()
  server.kill('SIGTERM')
}
