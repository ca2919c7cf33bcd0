// What the tools of the console share: a served estate, and a browser that draws without a graphics card. Wants `npm ci` in
// console/ and Debian's chromium, libegl1, libgl1-mesa-dri.
import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
const { chromium } = createRequire(join(root, 'console/package.json'))('playwright-core')

export const launch = () =>
  chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--use-gl=angle', '--use-angle=gl-egl', '--ignore-gpu-blocklist'],
  })

/** `portolan serve` with these words: its address, and how to end it. */
export async function serve(portolan, words, cwd = process.cwd()) {
  const server = spawn(resolve(portolan), ['serve', ...words, '--port', '0'], { cwd, stdio: ['ignore', 'pipe', 'inherit'] })
  const address = await new Promise((done, failed) => {
    let text = ''
    server.stdout.on('data', (piece) => {
      text += piece
      const found = /http:\/\/\S+/.exec(text)
      if (found !== null) done(found[0])
    })
    server.on('exit', () => failed(new Error('it serves nothing')))
  })
  return { address, stop: () => server.kill('SIGTERM') }
}
