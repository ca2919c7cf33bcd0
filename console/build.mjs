// node console/build.mjs OUTDIR: bundles the console into OUTDIR/{index.html,app.js,app.css}. No network, no clock: the same
// sources give the same bytes.
import { copyFile, mkdir } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const here = dirname(fileURLToPath(import.meta.url))
const target = process.argv[2]
if (!target) {
  console.error('usage: node console/build.mjs OUTDIR')
  process.exit(2)
}
const outdir = resolve(target)
await mkdir(outdir, { recursive: true })
await build({
  absWorkingDir: here,
  entryPoints: { app: 'src/main.tsx' },
  outdir,
  bundle: true,
  format: 'esm',
  target: ['chrome111', 'firefox115', 'safari16.4'],
  jsx: 'automatic',
  jsxImportSource: 'preact',
  minify: true,
  charset: 'utf8',
  legalComments: 'none',
  define: { 'process.env.NODE_ENV': '"production"' },
  logLevel: 'warning',
})
await copyFile(join(here, 'src/index.html'), join(outdir, 'index.html'))
