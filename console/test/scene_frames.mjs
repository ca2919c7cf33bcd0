// node console/test/scene_frames.mjs [INTERFACES,…] [FOLDER]: how long the scene takes for a frame at 1280x800 in Debian's
// Chromium on Mesa's llvmpipe, for a pick, a cut and for filling the buffers, on synthetic charts; with FOLDER, a picture of
// each. The processor time of the browser's GPU process is told beside the wall clock: on a busy machine only the first
// says something. Playwright and Chromium are those of the browser tests.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { chromium } from 'playwright-core'

const here = dirname(fileURLToPath(import.meta.url))
const sizes = (process.argv[2] ?? '1000,10000,100000').split(',').map(Number)
const pictures = process.argv[3]
const ribbons = 600
const frames = 15
const picks = 2000

const folder = mkdtempSync(join(tmpdir(), 'scene-frames-'))
await build({
  entryPoints: { app: join(here, 'scene_page.ts') },
  outdir: folder,
  bundle: true,
  minify: true,
  format: 'esm',
  logLevel: 'error',
})
writeFileSync(
  join(folder, 'index.html'),
  '<!doctype html><link rel="stylesheet" href="app.css"><style>body{margin:0}#scene{width:100vw;height:100vh}</style><div id="scene"></div><script type="module" src="app.js"></script>',
)
const types = { html: 'text/html', js: 'text/javascript', css: 'text/css' }
const server = createServer((request, response) => {
  const name = new URL(request.url, 'http://x').pathname.slice(1) || 'index.html'
  try {
    const body = readFileSync(join(folder, name))
    response.setHeader('content-type', types[name.split('.').pop()] ?? 'text/plain')
    response.end(body)
  } catch {
    response.writeHead(404).end()
  }
})
await new Promise((done) => server.listen(0, '127.0.0.1', done))

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: [
    '--use-gl=angle',
    '--use-angle=gl-egl',
    '--ignore-gpu-blocklist',
    ...(process.getuid() === 0 ? ['--no-sandbox'] : []),
  ],
})

/** Milliseconds of processor time that the busiest of the browsers' GPU processes has taken since `before`. */
function gpuTimes() {
  const times = new Map()
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--type=gpu-process')) {
        const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ')
        times.set(pid, 10 * (Number(fields[11]) + Number(fields[12])))
      }
    } catch {
      // It has ended meanwhile.
    }
  }
  return times
}

const middle = (list) => [...list].sort((a, b) => a - b)[list.length >> 1]

async function framesAt(page, ratio) {
  await page.evaluate((each) => window.bench.scene.measure(0, each), ratio)
  const before = gpuTimes()
  const walls = await page.evaluate(
    ([count, each]) => Array.from({ length: count }, () => window.bench.scene.measure(0.004, each)),
    [frames, ratio],
  )
  const busy = Math.max(...[...gpuTimes()].map(([pid, time]) => time - (before.get(pid) ?? time)))
  return { least: Math.min(...walls), median: middle(walls), processor: busy / frames }
}

try {
  for (const size of sizes) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
    await page.goto(`http://127.0.0.1:${server.address().port}/?n=${size}`)
    await page.waitForFunction(() => window.bench?.store.cut.value.length > 0, null, { timeout: 120_000 })
    const first = await page.evaluate(() => performance.now() - window.bench.start)
    await page.evaluate((count) => window.bench.ribbons(count), ribbons)
    await page.waitForTimeout(2000)
    const full = await framesAt(page, 1)
    const half = await framesAt(page, 0.5)
    const rest = await page.evaluate((count) => window.bench.scene.timeParts(count), picks)
    if (pictures) {
      await page.screenshot({ path: join(pictures, `scene-${size}.png`), timeout: 120_000 })
    }
    const ms = (value) => value.toFixed(value < 10 ? 3 : 0)
    console.log(
      `${size} interfaces: first cut after ${ms(first)} ms; frame ${ms(full.least)} least, ${ms(full.median)} median, ${ms(full.processor)} processor; moving ${ms(half.least)} least, ${ms(half.median)} median, ${ms(half.processor)} processor; pick ${ms(rest.pick)}; cut ${ms(rest.cut)}; buffers ${ms(rest.fill)}; lighting ${ms(rest.states)}; ${rest.blocks} blocks, ${rest.calls} draws, ${rest.triangles} triangles`,
    )
    await page.close()
  }
} finally {
  await browser.close()
  server.close()
  rmSync(folder, { recursive: true })
}
