#!/usr/bin/env node
// capture.mjs PORTOLAN OUT.png [SOURCE] [key…]: a picture of the console as it comes up on SOURCE (the example estate), after
// pressing the keys, from the project's root. Same input, same picture.
import { launch, serve } from './show.mjs'

const [portolan, out, source = 'examples/harbor', ...keys] = process.argv.slice(2)
if (out === undefined) {
  console.error('usage: capture.mjs PORTOLAN OUT.png [SOURCE] [key…]')
  process.exit(2)
}

const server = await serve(portolan, [source])
const browser = await launch()
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce', colorScheme: 'dark' })
  await page.goto(server.address)
  await page.waitForSelector('canvas')
  await page.waitForTimeout(6000)
  for (const key of keys) {
    await page.keyboard.press(key)
    await page.waitForTimeout(1500)
  }
  await page.screenshot({ path: out })
} finally {
  await browser.close()
  server.stop()
}
