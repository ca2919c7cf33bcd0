#!/usr/bin/env node
// film.mjs PORTOLAN OUT.webp: the console during a replayed day of CloudTrail (day.mjs), as an animated WebP: beams rise and go,
// then morning and evening are held against each other. Chromium packs the frames.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeDay } from './day.mjs'
import { launch, serve } from './show.mjs'

const [portolan, out] = process.argv.slice(2)
if (out === undefined) {
  console.error('usage: film.mjs PORTOLAN OUT.webp')
  process.exit(2)
}

const size = { width: 1120, height: 700 }
const speed = 1800
const quality = 0.72
/** The film goes so many times as fast as it was taken: a processor that draws alone is slow. */
const haste = 1.6

/** One part of a picture, packed: where it lies, and the chunks of its WebP without their container. */
async function pack(page, png, isFirst) {
  const packed = await page.evaluate(
    async ([text, first, level]) => {
      const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${text}`)).blob())
      const { width, height } = picture
      const canvas = new OffscreenCanvas(width, height)
      const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true })
      context.drawImage(picture, 0, 0)
      const pixels = new Uint32Array(context.getImageData(0, 0, width, height).data.buffer)
      let [x0, y0, x1, y1] = first ? [0, 0, width - 1, height - 1] : [width, height, -1, -1]
      if (!first) {
        for (let i = 0; i < pixels.length; i++) {
          if (pixels[i] !== window.last[i]) {
            const [x, y] = [i % width, (i / width) | 0]
            ;[x0, y0, x1, y1] = [Math.min(x0, x), Math.min(y0, y), Math.max(x1, x), Math.max(y1, y)]
          }
        }
      }
      window.last = pixels
      if (x1 < 0) {
        return null
      }
      // Places are even numbers.
      ;[x0, y0] = [x0 & ~1, y0 & ~1]
      const part = new OffscreenCanvas(x1 - x0 + 1, y1 - y0 + 1)
      part.getContext('2d', { alpha: false }).drawImage(canvas, -x0, -y0)
      const bytes = new Uint8Array(await (await part.convertToBlob({ type: 'image/webp', quality: level })).arrayBuffer())
      let word = ''
      for (const byte of bytes) {
        word += String.fromCharCode(byte)
      }
      return { x: x0, y: y0, width: part.width, height: part.height, bytes: btoa(word) }
    },
    [png.toString('base64'), isFirst, quality],
  )
  return packed && { ...packed, chunks: chunksOf(Buffer.from(packed.bytes, 'base64')) }
}

/** The bit stream, and the transparency if there is one. */
function chunksOf(webp) {
  const kept = []
  for (let at = 12; at + 8 <= webp.length; ) {
    const bytes = webp.readUInt32LE(at + 4)
    const end = at + 8 + bytes + (bytes & 1)
    if (['VP8 ', 'VP8L', 'ALPH'].includes(webp.toString('latin1', at, at + 4))) {
      kept.push(webp.subarray(at, end))
    }
    at = end
  }
  return Buffer.concat(kept)
}

function chunk(tag, body) {
  const head = Buffer.alloc(8)
  head.write(tag, 'latin1')
  head.writeUInt32LE(body.length, 4)
  return Buffer.concat([head, body, Buffer.alloc(body.length & 1)])
}

function number24(value) {
  return Buffer.from([value & 255, (value >> 8) & 255, (value >> 16) & 255])
}

/** https://developers.google.com/speed/webp/docs/riff_container */
function film(frames) {
  const animated = 2
  const canvas = [Buffer.from([animated, 0, 0, 0]), number24(size.width - 1), number24(size.height - 1)]
  const parts = frames.map(({ x, y, width, height, ms, chunks }) =>
    chunk(
      'ANMF',
      Buffer.concat([number24(x / 2), number24(y / 2), number24(width - 1), number24(height - 1), number24(ms), Buffer.from([2]), chunks]),
    ),
  )
  const all = Buffer.concat([Buffer.from('WEBP'), chunk('VP8X', Buffer.concat(canvas)), chunk('ANIM', Buffer.alloc(6)), ...parts])
  return chunk('RIFF', all)
}

const folder = mkdtempSync(join(tmpdir(), 'portolan-film-'))
const { logs } = writeDay(folder)
const server = await serve(portolan, ['before', '--replay', logs, '--speed', String(speed)], folder)
const browser = await launch()
try {
  const page = await browser.newPage({ viewport: size, colorScheme: 'dark' })
  await page.goto(server.address)
  await page.waitForSelector('.scene-label-beam')
  const shots = []
  const take = async () => shots.push({ at: performance.now(), png: await page.screenshot({ timeout: 60_000 }) })
  const takeFor = async (ms) => {
    for (const end = performance.now() + ms; performance.now() < end; ) await take()
  }
  // The first event was before the page was there. The film begins shortly before the next one, and ends after the afterglow
  // of the last.
  while ((await page.locator('.badge').count()) === 0) await take()
  shots.splice(0, shots.length - 5)
  await takeFor(((16 - 8.66) * 3600 * 1000) / speed + 2500)
  await page.keyboard.press('b')
  await takeFor(3000)
  const packer = await browser.newPage()
  const frames = []
  for (const [i, { at, png }] of shots.entries()) {
    const ms = Math.round(((shots[i + 1]?.at ?? at + 3000 * haste) - at) / haste)
    const frame = await pack(packer, png, i === 0)
    if (frame === null) {
      frames.at(-1).ms += ms
    } else {
      frames.push({ ...frame, ms })
    }
  }
  const bytes = film(frames)
  writeFileSync(out, bytes)
  console.log(`${frames.length} frames, ${frames.reduce((sum, each) => sum + each.ms, 0)} ms, ${bytes.length} bytes`)
} finally {
  await browser.close()
  server.stop()
  rmSync(folder, { recursive: true, force: true })
}
