// node tools/console/assets.mjs FOLDER FILE.cpp: writes the files of FOLDER, packed beside them by gzip and Brotli, into the
// table that src/server/assets.h declares. The bytes are taken in by the assembler, as compilers are slow with long arrays.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const [folder, target] = process.argv.slice(2)
if (!folder || !target) {
  console.error('usage: node tools/console/assets.mjs FOLDER FILE.cpp')
  process.exit(2)
}
const root = resolve(folder)
const packedFolder = resolve(`${root}-packed`)
mkdirSync(packedFolder, { recursive: true })
mkdirSync(dirname(resolve(target)), { recursive: true })

const filesIn = (place) =>
  readdirSync(place)
    .sort()
    .flatMap((name) => {
      const path = join(place, name)
      return statSync(path).isDirectory() ? filesIn(path) : [path]
    })

let blobs = ''
let rows = ''
let count = 0
const blob = (path) => {
  const name = `portolan_console_${count++}`
  blobs += `asm(".pushsection .rodata\\n"
    ".balign 16\\n"
    "${name}_begin:\\n"
    ".incbin \\"${path}\\"\\n"
    "${name}_end:\\n"
    ".byte 0\\n"
    ".popsection\\n");
extern "C" const char ${name}_begin[] __attribute__((visibility("hidden")));
extern "C" const char ${name}_end[] __attribute__((visibility("hidden")));
`
  return `bytes(${name}_begin, ${name}_end)`
}
const packed = (path, key, ending, bytes, plain) => {
  if (bytes.length >= plain.length) {
    return 'Body()'
  }
  const file = join(packedFolder, key.replaceAll('/', '_') + ending)
  writeFileSync(file, bytes)
  return blob(file)
}

const quote = (text) => JSON.stringify(text)
const paths = filesIn(root).map((path) => [relative(root, path).replaceAll('\\', '/'), path])
paths.sort(([a], [b]) => (a < b ? -1 : 1))
for (const [key, path] of paths) {
  const bytes = readFileSync(path)
  const tag = createHash('sha256').update(bytes).digest('hex').slice(0, 16)
  const brotli = brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  })
  const gzip = packed(path, key, '.gz', gzipSync(bytes, { level: 9 }), bytes)
  rows += `      {.path = ${quote(key)}, .plain = ${blob(path)}, .gzip = ${gzip},
       .brotli = ${packed(path, key, '.br', brotli, bytes)}, .tag = ${quote(tag)}},\n`
}

writeFileSync(
  target,
  `// Written by tools/console/assets.mjs.
#include "server/assets.h"

${blobs}
namespace portolan::server {
namespace {

Body bytes(const char* begin, const char* end) {
  return Body::constant({begin, static_cast<std::size_t>(end - begin)});
}

}  // namespace

const std::shared_ptr<const Assets>& compiled_assets() {
  static const std::shared_ptr<const Assets> assets = std::make_shared<const Assets>(Assets{
${rows}  });
  return assets;
}

}  // namespace portolan::server
`,
)
