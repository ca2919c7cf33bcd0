// What a browser loads is small, and the same for the same sources.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { root } from './harness.mjs'

const MOST_GZIP = 260_000
const MOST_RAW = 1_000_000
const files = ['index.html', 'app.js', 'app.css']
const made = []

function build() {
  const folder = mkdtempSync(join(tmpdir(), 'console-'))
  made.push(folder)
  execFileSync('node', [join(root, 'console/build.mjs'), folder], { cwd: root })
  return files.map((name) => readFileSync(join(folder, name)))
}

after(() => made.forEach((folder) => rmSync(folder, { recursive: true })))

test('the bundle is at most 260 kB packed and 1 MB plain', () => {
  const bytes = build()
  const packed = bytes.reduce((sum, each) => sum + gzipSync(each, { level: 9 }).length, 0)
  const plain = bytes.reduce((sum, each) => sum + each.length, 0)
  console.log(`bundle: ${packed} bytes packed, ${plain} plain`)
  assert.ok(packed <= MOST_GZIP, `${packed} bytes packed`)
  assert.ok(plain <= MOST_RAW, `${plain} bytes plain`)
})

test('two builds are the same bytes', () => {
  const [first, second] = [build(), build()]
  first.forEach((bytes, i) => assert.ok(bytes.equals(second[i]), files[i]))
})

test('nothing in it names another host or evaluates text', () => {
  const script = build()[1].toString('utf8')
  assert.doesNotMatch(script, /\beval\(|new Function\(|importScripts|document\.write/)
  const hosts = script.match(/https?:\/\/[a-z0-9.-]+/g) ?? []
  // Names of namespaces, and pages that messages of the library cite: nothing is fetched from them (trust.mjs watches).
  assert.deepEqual(
    [...new Set(hosts)].filter((host) => !/www\.w3\.org|github\.com|threejs\.org|khronos|jcgt|wikipedia/.test(host)),
    [],
  )
})
