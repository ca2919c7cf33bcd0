// Unit tests of the scene: console/test/scene_*.test.ts, compiled on the way into one file.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { require, root } from './harness.mjs'

const folder = mkdtempSync(join(tmpdir(), 'console-scene-'))
const sources = join(root, 'console/test')
const tests = readdirSync(sources).filter((name) => /^scene_.*\.test\.ts$/.test(name))
try {
  await require('esbuild').build({
    stdin: { contents: tests.map((name) => `import './${name}'`).join('\n'), resolveDir: sources, loader: 'ts' },
    outfile: join(folder, 'tests.mjs'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
  })
  await import(join(folder, 'tests.mjs'))
} finally {
  rmSync(folder, { recursive: true })
}
