// Unit tests of the console's TypeScript, compiled on the way.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { require, root } from './harness.mjs'

const folder = mkdtempSync(join(tmpdir(), 'console-units-'))
after(() => rmSync(folder, { recursive: true }))

/** All that these modules export, which share what they import. */
async function load(...paths) {
  const outfile = join(folder, `${paths.join().replace(/\W/g, '-')}.mjs`)
  await require('esbuild').build({
    stdin: { contents: paths.map((path) => `export * from './${path}'`).join('\n'), resolveDir: join(root, 'console/src') },
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'error',
  })
  return import(outfile)
}

const { decodeChart, ChartError } = await load('state/decode.ts')
const { readLink, writeLink, plainLink } = await load('state/link.ts')
const { EventReader } = await load('api/stream.ts')
const { codeIn, pathOf } = await load('api/client.ts')
const words = await load('state/words.ts')
const { between, borderOf, justThen, openAt, timeAt } = await load('state/compare.ts')
const { paceOf, pacesOf, paceWords } = await load('state/play.ts')
const { quantised, readLook, writeLook } = await load('state/look.ts')
const { openText, partsOf } = await load('state/services.ts')

/** A chart of the API's binary form from rows. */
function encode(rows) {
  const text = (field) => {
    const parts = rows.map((row) => Buffer.from(row[field]))
    const offsets = [0]
    parts.forEach((part) => offsets.push(offsets.at(-1) + part.length))
    return [new Uint32Array(offsets), Buffer.concat(parts)]
  }
  const [keyOffsets, keys] = text('key')
  const [nameOffsets, names] = text('name')
  const floats = (field) => Float32Array.from(rows.flatMap((row) => row[field] ?? [0, 0, 1, 1]))
  const sections = Object.entries({
    PARE: Int32Array.from(rows, (row) => row.parent),
    PARP: Int32Array.from(rows, (row) => row.policy ?? row.parent),
    KIND: Uint8Array.from(rows, (row) => row.kind),
    RISK: Uint8Array.from(rows, (row) => row.risk ?? 255),
    FLAG: Uint16Array.from(rows, (row) => row.flags ?? 0),
    FIND: Uint32Array.from(rows, () => 0),
    PORT: Uint16Array.from(rows, () => 0),
    RECL: floats('rect'),
    RECP: floats('rect'),
    KEYO: keyOffsets,
    KEYT: keys,
    NAMO: nameOffsets,
    NAMT: names,
  }).map(([tag, array]) => [tag, Buffer.from(array.buffer, array.byteOffset, array.byteLength)])
  const round = (n) => Math.ceil(n / 8) * 8
  let at = round(16 + 12 * sections.length)
  const whole = Buffer.alloc(at + sections.reduce((sum, [, bytes]) => sum + round(bytes.length), 0))
  whole.write('PTLC')
  whole.writeUInt32LE(1, 4)
  whole.writeUInt32LE(rows.length, 8)
  whole.writeUInt32LE(sections.length, 12)
  sections.forEach(([tag, bytes], i) => {
    whole.write(tag, 16 + 12 * i)
    whole.writeUInt32LE(at, 20 + 12 * i)
    whole.writeUInt32LE(bytes.length, 24 + 12 * i)
    bytes.copy(whole, at)
    at += round(bytes.length)
  })
  return whole.buffer.slice(whole.byteOffset, whole.byteOffset + whole.length)
}

const small = [
  { key: 'organisation', name: 'all', kind: 0, parent: -1 },
  { key: 'internet', name: 'internet', kind: 11, parent: 0 },
  { key: '111122223333', name: '111122223333', kind: 1, parent: 0, risk: 4 },
  { key: 'eni-1', name: 'web ☃', kind: 7, parent: 2, flags: 1 },
  { key: 'eni-2', name: '', kind: 7, parent: 2 },
]

test('a chart is read column by column', () => {
  const chart = decodeChart(encode(small), 'hash')
  assert.equal(chart.count, 5)
  assert.equal(chart.name(3), 'web ☃')
  assert.equal(chart.key(4), 'eni-2')
  assert.equal(chart.find('eni-1'), 3)
  assert.equal(chart.find('nobody'), -1)
  assert.equal(chart.internet, 1)
  assert.deepEqual([...chart.trees.location.leaves], [2, 0, 2, 1, 1])
  const { offsets, list } = chart.trees.location
  assert.deepEqual([...list.subarray(offsets[2], offsets[3])], [3, 4])
  assert.equal(chart.risk[2], 4)
})

test('a chart that is cut off anywhere is refused', () => {
  const whole = encode(small)
  for (let length = 0; length < whole.byteLength - 8; ++length) {
    assert.throws(() => decodeChart(whole.slice(0, length), 'hash'), `${length} bytes`)
  }
})

test('a chart with any byte of its table changed is read or refused, and never reads beyond', () => {
  const whole = encode(small)
  for (let at = 0; at < 16 + 13 * 12; ++at) {
    for (const value of [0, 1, 0x7f, 0xff]) {
      const bent = whole.slice(0)
      new Uint8Array(bent)[at] = value
      try {
        const chart = decodeChart(bent, 'hash')
        for (let node = 0; node < chart.count; ++node) {
          chart.name(node)
          chart.key(node)
        }
      } catch (error) {
        assert.ok(error instanceof ChartError || error instanceof RangeError, `byte ${at}: ${error}`)
      }
    }
  }
})

test('a chart whose child stands before its parent is refused', () => {
  const bent = small.map((row) => ({ ...row }))
  bent[2].parent = 3
  assert.throws(() => decodeChart(encode(bent), 'hash'), /stands before its parent/)
})

test('a deep link reads back as it was written', () => {
  const link = {
    ...plainLink,
    snapshot: '9f/é',
    view: 'matrix',
    lens: 'policy',
    mode: 'all',
    direction: 'egress',
    selection: 'arn:aws:iam::1:role/a b&c=d#e',
    tab: 'who',
    table: 'rules',
    question: 'internet -> "db 1" tcp/22,443',
    step: 3,
    finding: 'f-1',
    changes: ['sg:a +ingress tcp/22 0.0.0.0/0', 'sg:b deleted'],
  }
  assert.deepEqual(readLink(writeLink(link)), link)
  assert.equal(writeLink({ ...plainLink, snapshot: 'x' }), '#/v1/x')
})

test('what is no link is none, and words that are not known mean what is plain', () => {
  for (const hash of ['', '#', '#code=abcdefgh', '#/v2/x', `#/v1/x?q=${'a'.repeat(9000)}`]) {
    assert.equal(readLink(hash), null)
  }
  assert.deepEqual(readLink('#/v1/x?view=<script>&lens=7&step=-1&tab=__proto__'), { ...plainLink, snapshot: 'x' })
  assert.equal(readLink('#/v1/%E0%A4%A').snapshot, '')
})

test('the code is taken from the address, a deep link is none', () => {
  assert.equal(codeIn('#code=abcDEF123-_'), 'abcDEF123-_')
  for (const hash of ['', '#/v1/x', '#code=', '#code=a b c d e f g h', '#code=<script>alert</script>']) {
    assert.equal(codeIn(hash), null)
  }
})

test('questions are put into addresses whole', () => {
  const path = pathOf('/reach', { q: 'internet -> a&b=c #d', risky: true, exposed: false, of: '' })
  assert.equal(new URL(path, 'http://x').searchParams.get('q'), 'internet -> a&b=c #d')
  assert.deepEqual([...new URL(path, 'http://x').searchParams.keys()], ['q', 'risky'])
})

test('an event stream is read in any pieces', () => {
  const text = ': hello\n\nid: 7\nevent: change\ndata: {"a":\ndata: 1}\n\nevent: beat\ndata:\n\nid: x\ndata: 2\r\n\r\n'
  const wanted = [
    { id: 7, event: 'change', data: '{"a":\n1}' },
    { id: 7, event: 'beat', data: '' },
    { id: 7, event: 'message', data: '2' },
  ]
  for (let size = 1; size < text.length; ++size) {
    const reader = new EventReader()
    const events = []
    for (let at = 0; at < text.length; at += size) {
      events.push(...reader.push(text.slice(at, at + size)))
    }
    assert.deepEqual(events, wanted, `pieces of ${size}`)
  }
})

test('control characters and overrides are shown, not obeyed', () => {
  assert.equal(words.printable('a\u202eb\u0000c\u200bd'), 'a\\u202eb\\u0000c\\u200bd')
  assert.equal(words.printable('straße ☃ 東京'), 'straße ☃ 東京')
  assert.ok(words.short('x'.repeat(10_000), 60).length <= 60)
})

test('a sentence is told by names, and its ids can be selected', () => {
  const text = 'tcp/22 (SSH) is open to 0.0.0.0/1 (sgr-0b57f8ca0ec037452), and the internet reaches it on eni-0d284e5432af9c372 (sftp-1)'
  assert.equal(words.plain(text), 'tcp/22 (SSH) is open to 0.0.0.0/1, and the internet reaches it on sftp-1')
  assert.deepEqual(words.pieces('on eni-0ab1 (a b), by sg-0c2d'), [
    { text: 'on ', key: null },
    { text: 'a b', key: 'eni-0ab1' },
    { text: ', by ', key: null },
    { text: 'sg-0c2d', key: 'sg-0c2d' },
  ])
})

test('numbers have words', () => {
  assert.equal(words.count(1, 'finding'), '1 finding')
  assert.equal(words.count(2000, 'finding'), '2,000 findings')
  assert.equal(words.duration(18 * 60_000), '18 min')
  assert.equal(words.duration(20_000), '20 s')
  assert.equal(words.checkTitle('sg-ingress-world-ssh'), 'Group ingress world SSH')
})

test('services are taken apart, and the worst of what is open is told first', () => {
  assert.deepEqual(partsOf('tcp/80,443 udp/10000-20000'), ['tcp/80', 'tcp/443', 'udp/10000-20000'])
  assert.deepEqual(partsOf('none'), [])
  assert.equal(openText('tcp/5061 udp/10000-20000', 'udp/11211'), 'udp/10000-20000 +1')
  assert.equal(openText('tcp/22', 'tcp/22'), 'tcp/22')
  assert.equal(openText('tcp/80,443,3389', 'tcp/3389'), 'tcp/3389 +2')
  assert.equal(openText('icmp any', 'tcp/22'), 'any +1')
  assert.equal(openText('', 'tcp/22'), 'tcp/22')
  assert.equal(openText('', ''), '')
})

test('a look is short, and reads back as itself', () => {
  const look = quantised({ x: 123.456, y: 0, z: -0.02, yaw: 200.04, pitch: 43.49, span: 3.14159 })
  assert.deepEqual(look, { x: 123.5, y: 0, z: 0, yaw: -160, pitch: 43.5, span: 3.14 })
  assert.deepEqual(readLook(writeLook(look)), look)
  assert.deepEqual(quantised(look), look)
  assert.equal(writeLook(null), '')
  for (const text of [null, '', '1_2_3', '1_2_3_4_5_0', '1_2_3_4_5_x', '1e9_2_3_4_5_6', 'NaN_2_3_4_5_6']) {
    assert.equal(readLook(text), null, text)
  }
})

test('between two moments: opened, closed, or open for a while', () => {
  const rule = (name, opened, closed) => ({ resource: name, opened, closed })
  const openings = [rule('always', null, null), rule('gone', null, '05'), rule('new', '04', null), rule('brief', '03', '06'), rule('late', '08', null)]
  const names = (list) => list.map((each) => each.resource)
  const all = between(openings, '02', '07')
  assert.deepEqual([names(all.opened), names(all.closed), names(all.passing)], [['new'], ['gone'], ['brief']])
  const now = between(openings, '05', null)
  assert.deepEqual([names(now.opened), names(now.closed), names(now.passing)], [['late'], ['brief'], []])
  assert.deepEqual(names(openAt(openings, '05')), ['always', 'new', 'brief'])
})

test('a border of the bins is a moment, and back', () => {
  const bins = ['10', '20', '30'].map((minute) => ({ from: '', to: `2026-01-01T00:${minute}:00Z`, opened: 0, closed: 0 }))
  const line = { from: '2026-01-01T00:00:00Z', to: '2026-01-01T00:30:00Z', bins, openings: [] }
  assert.deepEqual([0, 1, 2, 3].map((border) => timeAt(line, border)), ['2025-12-31T23:59:59Z', bins[0].to, bins[1].to, null])
  assert.deepEqual([0, 1, 2, 3].map((border) => borderOf(line, timeAt(line, border))), [0, 1, 2, 3])
})

test('the speeds to play a line at fit its length, and the usual one takes some twenty seconds', () => {
  const line = (hours) => ({
    from: '2026-11-20T00:00:00Z',
    to: new Date(Date.parse('2026-11-20T00:00:00Z') + hours * 3600_000 - 1000).toISOString(),
    bins: [],
    openings: [],
  })
  for (const hours of [0.01, 1, 24, 24 * 30, 24 * 3650]) {
    const paces = pacesOf(line(hours))
    assert.ok(paces.length > 0)
    const usual = paceOf(line(hours), null)
    assert.ok(paces.includes(usual))
    assert.equal(paceOf(line(hours), paces[0]), paces[0])
    assert.equal(paceOf(line(hours), 7), usual, 'a speed of another line is not of this one')
  }
  const takes = (24 * 3600) / paceOf(line(24), null)
  assert.ok(takes > 5 && takes < 100, `${takes} s`)
  assert.deepEqual([1, 900, 6 * 3600, 86400].map(paceWords), ['1 s/s', '15 min/s', '6 h/s', '1 d/s'])
})

test('what has just opened or closed is of the last bin alone', () => {
  const bin = (from, to) => ({ from: `2026-11-20T${from}Z`, to: `2026-11-20T${to}Z`, opened: 0, closed: 0 })
  const rule = (resource, opened, closed) => ({ resource, opened: opened && `2026-11-20T${opened}Z`, closed: closed && `2026-11-20T${closed}Z` })
  const line = {
    from: '2026-11-20T10:00:00Z',
    to: '2026-11-20T11:59:59Z',
    bins: [bin('10:00:00', '10:59:59'), bin('11:00:00', '11:59:59')],
    openings: [rule('early', '10:10:00', null), rule('late', '11:10:00', null), rule('gone', null, '11:20:00')],
  }
  const keys = (at) => justThen(line, at).map((each) => each.resource)
  assert.deepEqual(keys('2026-11-20T10:59:59Z'), ['early'])
  assert.deepEqual(keys('2026-11-20T11:59:59Z'), ['late', 'gone'])
})

test('a difference that was asked for of another snapshot is asked for again', async () => {
  const { client, difference, keepDifference, since, store } = await load('state/difference.ts', 'state/app.ts')
  const waiting = []
  client.get = (path) => new Promise((done) => waiting.push([path, done]))
  const answerWith = async (total) => {
    waiting.shift()[1]({ opened_total: total, closed_total: 0, ribbons: [], ribbons_hidden: 0 })
    await new Promise((done) => setTimeout(done, 0))
  }
  const meta = (snapshot) => ({ snapshot, can: { at: true } })
  store.meta.value = meta('a')
  keepDifference()
  since.value = '2026-11-20T05:00:00Z'
  assert.equal(waiting.length, 1)
  store.meta.value = meta('b')
  await answerWith(1)
  assert.deepEqual([difference.value.answer, difference.value.isBusy, waiting.length], [null, true, 1])
  await answerWith(2)
  assert.deepEqual([difference.value.answer.opened_total, difference.value.isBusy, waiting.length], [2, false, 0])
  since.value = null
  assert.equal(difference.value, null)
})

test('a moment that was drawn for another snapshot is asked for again', async () => {
  const { client, keepPast, moment, store } = await load('state/past.ts', 'state/app.ts')
  const waiting = []
  client.past = (at) => new Promise((done) => waiting.push([at, done]))
  const answerWith = async (snapshot) => {
    waiting.shift()[1]({ chart: { of: snapshot }, snapshot })
    await new Promise((done) => setTimeout(done, 0))
  }
  const meta = (snapshot) => ({ snapshot, can: { at: true } })
  store.meta.value = meta('a')
  keepPast()
  moment.value = '2026-11-20T05:00:00Z'
  assert.equal(waiting.length, 1)
  store.meta.value = meta('b')
  await answerWith('a')
  assert.deepEqual([store.past.value, waiting.length], [null, 1])
  await answerWith('b')
  assert.deepEqual([store.past.value, waiting.length], [{ at: '2026-11-20T05:00:00Z', chart: { of: 'b' } }, 0])
  moment.value = null
  assert.equal(store.past.value, null)
})
