#!/usr/bin/env node
// budgets.mjs PORTOLAN ESTATE [INTERFACES,…]: the budgets of the console, measured on estates that `tools/estate` makes up, in
// one table. Wants an idle machine; a processor draws, not a graphics card. PORTOLAN serves, ESTATE
// is the built tools/estate. What a budget is not met by is marked with `!`.
import { execFile, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { launch, root } from './show.mjs'

const [portolan, estate, list = '1000,10000,100000'] = process.argv.slice(2)
if (estate === undefined) {
  console.error('usage: budgets.mjs PORTOLAN ESTATE [INTERFACES,…]')
  process.exit(2)
}
const sizes = list.split(',').map(Number)
const rounds = 5

/** What is measured, and the budgets at 1,000, 10,000 and 100,000 interfaces. */
const rows = [
  ['chart, packed', 'kB', 'chart', [100, 600, 5000]],
  ['all that is fetched until the first frame, packed', 'kB', 'fetched', null],
  ['address entered until the first useful frame', 'ms', 'load', [400, 800, 2000]],
  ['JavaScript heap', 'MB', 'heap', [40, 70, 200]],
  ['blocks in sight', '', 'blocks', [1500, 1500, 1500]],
  ['labels in sight', '', 'labels', [60, 60, 60]],
  ['frame at 1280x800, drawn by the processor', 'ms', 'frame', [100, 100, 150]],
  ['the same, processor time of the GPU process', 'ms', 'busy', null],
  ['pick under the pointer', 'ms', 'pick', [1, 1, 1]],
  ['filter until pixels', 'ms', 'filter', [50, 50, 100]],
  ['of which until all is handed to what draws', 'ms', 'handed', null],
  ['what-if, asked until what opens and closes is told', 'ms', 'whatIf', [50, 100, 500]],
  ['and until the findings are told too', 'ms', 'whatIfJudged', null],
  ['event of one changed rule', 'kB', 'event', [2, 2, 2]],
  ['event received until pixels', 'ms', 'pixels', [250, 250, 250]],
  ['rule written into the folder until pixels', 'ms', 'folder', null],
]

const middle = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1]

/** Milliseconds and packed bytes of one call. */
function call(server, path, body) {
  const start = performance.now()
  return new Promise((done, failed) => {
    const headers = { Authorization: `Bearer ${server.token()}`, 'Accept-Encoding': 'gzip', 'Content-Type': 'application/json' }
    const asked = request(`${server.origin}/api/v1${path}`, { method: body ? 'POST' : 'GET', headers, agent: false }, (answer) => {
      let bytes = 0
      answer.on('data', (piece) => {
        bytes += piece.length
      })
      answer.on('end', () => done({ ms: performance.now() - start, bytes, status: answer.statusCode }))
    })
    asked.on('error', failed)
    asked.end(body && JSON.stringify(body))
  })
}

function serve(folder) {
  const tokenFile = join(folder, '..', 'token')
  const child = spawn(portolan, ['serve', folder, '--watch', '--port', '0', '--token-file', tokenFile], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  return new Promise((done, failed) => {
    let said = ''
    child.stdout.on('data', (piece) => {
      said += piece
      const address = /(http:\/\/[^\s#]+)\/#\S+/.exec(said)
      if (address) {
        done({ address: address[0], origin: address[1], token: () => readFileSync(tokenFile, 'utf8').trim(), stop: () => child.kill('SIGTERM') })
      }
    })
    child.on('exit', (code) => failed(new Error(`portolan serve ended with ${code}: ${said}`)))
  })
}

function filesBelow(folder, pattern) {
  return readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => pattern.test(name))
    .map((name) => join(folder, name))
    .sort((a, b) => statSync(a).size - statSync(b).size)
}

/** The scene alone: frame, pick, blocks; as console/test/scene_frames.mjs prints them. */
async function scene(size) {
  const { stdout } = await promisify(execFile)('node', [join(root, 'console/test/scene_frames.mjs'), String(size)], { cwd: root })
  const number = (pattern) => Number(pattern.exec(stdout)?.[1])
  return {
    frame: number(/frame [\d.]+ least, ([\d.]+) median/),
    busy: number(/median, ([\d.]+) processor; moving/),
    pick: number(/pick ([\d.]+)/),
    blocks: number(/(\d+) blocks/),
  }
}

/** Notes when a key was pressed, when something was last given to be drawn, when the event of a change has come, and how long it is. */
function noteEvents() {
  const press = (event) => {
    window.pressed = event.timeStamp
  }
  addEventListener('keydown', press, true)
  const draw = WebGL2RenderingContext.prototype.drawElementsInstanced
  WebGL2RenderingContext.prototype.drawElementsInstanced = function (...more) {
    window.drawn = performance.now()
    return draw.apply(this, more)
  }
  const read = ReadableStreamDefaultReader.prototype.read
  ReadableStreamDefaultReader.prototype.read = async function (...more) {
    const piece = await read.apply(this, more)
    const text = piece.value ? new TextDecoder().decode(piece.value) : ''
    if (text.includes('event: change')) {
      window.came = { at: Date.now(), bytes: piece.value.length }
    }
    return piece
  }
}

const painted = (page, condition, more) =>
  page.evaluate(
    ([text, what]) =>
      new Promise((done) => {
        const isSo = new Function('what', `return ${text}`)
        const look = () => {
          if (isSo(what)) {
            requestAnimationFrame(() => requestAnimationFrame(() => done({ at: Date.now(), since: performance.now() })))
          } else {
            requestAnimationFrame(look)
          }
        }
        look()
      }),
    [condition, more],
  )

async function measureOne(size) {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-budgets-'))
  const source = join(folder, 'estate')
  const told = {}
  let server
  let browser
  try {
    execFileSync(estate, [source, String(size)])
    server = await serve(source)
    browser = await launch()
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, colorScheme: 'dark', bypassCSP: true })
    const page = await context.newPage()
    page.setDefaultTimeout(300_000)
    await page.addInitScript(noteEvents)
    // Once for the server to work out what is lazily worked out, then anew: what a user of a running server waits for.
    await page.goto(server.address)
    await page.waitForSelector('.rail .card, .rail p')
    await page.waitForSelector('.scene-label')
    const sizes_ = []
    page.on('requestfinished', (asked) => {
      if (!asked.url().includes('/events')) sizes_.push(asked.sizes().then((each) => each.responseBodySize, () => 0))
    })
    await page.reload()
    told.load = (await painted(page, `document.querySelector('.scene-label') !== null && document.querySelector('.rail .card') !== null`)).since
    told.fetched = (await Promise.all(sizes_)).reduce((sum, each) => sum + each, 0) / 1000
    await page.waitForTimeout(3000)
    told.labels = await page.locator('.scene-label:not([hidden])').count()
    const tools = await context.newCDPSession(page)
    await tools.send('HeapProfiler.collectGarbage')
    told.heap = (await tools.send('Runtime.getHeapUsage')).usedSize / 1e6

    const meta = await (await fetch(`${server.origin}/api/v1/meta`, { headers: { Authorization: `Bearer ${server.token()}` } })).json()
    told.chart = (await call(server, `/snapshot/${meta.snapshot}`)).bytes / 1000
    const files = filesBelow(source, /describe-security-groups[^/]*\.json$/)
    const groupOf = () => JSON.parse(readFileSync(files[0], 'utf8')).SecurityGroups[0]
    const change = `${groupOf().GroupId} +ingress tcp/3306 0.0.0.0/0`
    const whatIf = async (findings) => {
      const asked = []
      for (let i = 0; i < rounds; ++i) {
        asked.push((await call(server, '/whatif', { changes: [change], findings })).ms)
      }
      return middle(asked)
    }
    told.whatIf = await whatIf(false)
    told.whatIfJudged = await whatIf(true)

    const filters = []
    const handed = []
    for (let i = 0; i < rounds; ++i) {
      // Something else is said first, so that what is said next is new; one thing every 1.5 s.
      await page.evaluate(() => document.activeElement?.blur())
      await page.keyboard.press('e')
      await page.keyboard.press('e')
      await page.waitForFunction(() => document.querySelector('[role="status"]').textContent.includes('ingress side'))
      await page.waitForTimeout(1800)
      await page.fill('#search', ['exposed:internet', 'finding:high'][i % 2])
      await page.press('#search', 'Enter')
      const { since } = await painted(page, `document.querySelector('[role="status"]').textContent.includes('found')`)
      const { pressed, drawn } = await page.evaluate(() => ({ pressed: window.pressed, drawn: window.drawn }))
      filters.push(since - pressed)
      handed.push(drawn - pressed)
    }
    told.filter = middle(filters)
    told.handed = middle(handed)
    await page.fill('#search', '')
    await page.press('#search', 'Enter')

    const pixels = []
    const folders = []
    const bytes = []
    for (let i = 0; i < rounds; ++i) {
      await page.waitForTimeout(1500)
      await page.evaluate(() => {
        window.came = undefined
      })
      const document_ = JSON.parse(readFileSync(files[0], 'utf8'))
      document_.SecurityGroups[0].IpPermissions.push({ IpProtocol: 'tcp', FromPort: 4000 + i, ToPort: 4000 + i, IpRanges: [{ CidrIp: '198.51.100.0/24' }], Ipv6Ranges: [], PrefixListIds: [], UserIdGroupPairs: [] })
      writeFileSync(join(folder, 'new.json'), JSON.stringify(document_))
      const start = Date.now()
      renameSync(join(folder, 'new.json'), files[0])
      const seen = await painted(page, `document.querySelector('.badge')?.textContent === what`, String(i + 1))
      const came = await page.evaluate(() => window.came)
      pixels.push(seen.at - came.at)
      folders.push(seen.at - start)
      bytes.push(came.bytes / 1000)
    }
    Object.assign(told, { pixels: middle(pixels), folder: middle(folders), event: middle(bytes) })
    return told
  } finally {
    await browser?.close()
    server?.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

const results = []
for (const size of sizes) {
  const told = await measureOne(size)
  results.push({ ...told, ...(await scene(size)) })
}
const budgetAt = (budgets, size) => budgets?.[size <= 1000 ? 0 : size <= 10_000 ? 1 : 2]
const cell = (value, budget) => {
  const text = value === undefined || Number.isNaN(value) ? '—' : value < 10 ? value.toFixed(value < 1 ? 3 : 1) : Math.round(value).toLocaleString('en')
  return budget === undefined ? text : `${text} (≤ ${budget.toLocaleString('en')})${value > budget ? ' !' : ''}`
}
console.log(`${cpus()[0]?.model ?? 'a processor'}, ${cpus().length} cores; Chromium on Mesa's llvmpipe\n`)
console.log(`| | ${sizes.map((size) => `${size.toLocaleString('en')} interfaces`).join(' | ')} |`)
console.log(`|---|${sizes.map(() => '---|').join('')}`)
for (const [name, unit, key, budgets] of rows) {
  const cells = results.map((each, i) => cell(each[key], budgetAt(budgets, sizes[i])))
  console.log(`| ${name}${unit && `, ${unit}`} | ${cells.join(' | ')} |`)
}
