// Unit tests of the scene: console/test/scene_*.test.ts, compiled on the way.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { require, root } from './harness.mjs'

const folder = mkdtempSync(join(tmpdir(), 'console-scene-'))
after(() => rmSync(folder, { recursive: true }))

const tests = readdirSync(join(root, 'console/test')).filter((name) => /^scene_.*\.test\.ts$/.test(name))
await require('esbuild').build({
  entryPoints: tests.map((name) => join(root, 'console/test', name)),
  outdir: folder,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  format: 'esm',
  platform: 'node',
  logLevel: 'error',
})
for (const name of tests) {
  await import(join(folder, name.replace(/\.ts$/, '.mjs')))
}
