// The chart's binary form (docs/API.md): little-endian columns in a table of sections. All bounds are checked before
// anything is read; a chart that lies is refused whole.

import { type Chart, makeChart } from './chart.ts'

export class ChartError extends Error {}

const MAGIC = 0x434c5450 // PTLC
const MOST_NODES = 20_000_000
const HEADER_BYTES = 16
const ENTRY_BYTES = 12

interface Section {
  readonly offset: number
  readonly bytes: number
}

export function decodeChart(buffer: ArrayBuffer, snapshot: string): Chart {
  const sections = readTable(buffer)
  const count = new DataView(buffer).getUint32(8, true)
  const column = (tag: string, size: number, length: number): Section => {
    const section = sections.get(tag)
    if (!section) {
      throw new ChartError(`the chart has no section ${tag}`)
    }
    if (section.bytes !== size * length) {
      throw new ChartError(`section ${tag} of the chart has ${section.bytes} bytes, not ${size * length}`)
    }
    return section
  }
  const at = (tag: string, size: number, length = count): [ArrayBuffer, number, number] => {
    const section = column(tag, size, length)
    return [buffer, section.offset, length]
  }
  const columns = {
    snapshot,
    parent: new Int32Array(...at('PARE', 4)),
    policyParent: new Int32Array(...at('PARP', 4)),
    kind: new Uint8Array(...at('KIND', 1)),
    risk: new Uint8Array(...at('RISK', 1)),
    flags: new Uint16Array(...at('FLAG', 2)),
    findings: new Uint32Array(...at('FIND', 4)),
    ports: new Uint16Array(...at('PORT', 2)),
    rect: new Float32Array(...at('RECL', 4, count * 4)),
    policyRect: new Float32Array(...at('RECP', 4, count * 4)),
    key: textColumn(buffer, sections, 'KEYO', 'KEYT', count),
    name: textColumn(buffer, sections, 'NAMO', 'NAMT', count),
  }
  checkParents(columns.parent)
  checkParents(columns.policyParent)
  return makeChart(columns)
}

function readTable(buffer: ArrayBuffer): Map<string, Section> {
  const view = new DataView(buffer)
  if (buffer.byteLength < HEADER_BYTES || view.getUint32(0, true) !== MAGIC) {
    throw new ChartError('this is no chart')
  }
  const version = view.getUint32(4, true)
  if (version !== 1) {
    throw new ChartError(`the chart has version ${version}, this console reads version 1`)
  }
  const sectionCount = view.getUint32(12, true)
  if (view.getUint32(8, true) > MOST_NODES || HEADER_BYTES + sectionCount * ENTRY_BYTES > buffer.byteLength) {
    throw new ChartError('the chart is shorter than it says')
  }
  const sections = new Map<string, Section>()
  for (let i = 0; i < sectionCount; ++i) {
    const entry = HEADER_BYTES + i * ENTRY_BYTES
    const tag = String.fromCharCode(...new Uint8Array(buffer, entry, 4))
    const offset = view.getUint32(entry + 4, true)
    const bytes = view.getUint32(entry + 8, true)
    if (offset % 8 !== 0 || offset + bytes > buffer.byteLength) {
      throw new ChartError(`section ${tag} lies outside the chart`)
    }
    sections.set(tag, { offset, bytes })
  }
  return sections
}

/** Texts are decoded when they are asked for: most of a large chart is never read. */
function textColumn(
  buffer: ArrayBuffer,
  sections: Map<string, Section>,
  offsetsTag: string,
  textTag: string,
  count: number,
): (node: number) => string {
  const table = sections.get(offsetsTag)
  const text = sections.get(textTag)
  if (!table || !text || table.bytes !== (count + 1) * 4) {
    throw new ChartError(`the chart has no texts ${offsetsTag}`)
  }
  const offsets = new Uint32Array(buffer, table.offset, count + 1)
  for (let i = 0; i < count; ++i) {
    if ((offsets[i] ?? 0) > (offsets[i + 1] ?? 0)) {
      throw new ChartError(`the texts ${offsetsTag} are out of order`)
    }
  }
  if ((offsets[count] ?? 0) > text.bytes) {
    throw new ChartError(`the texts ${textTag} are shorter than they say`)
  }
  const bytes = new Uint8Array(buffer, text.offset, text.bytes)
  const decoder = new TextDecoder()
  return (node) => {
    if (node < 0 || node >= count) {
      return ''
    }
    return decoder.decode(bytes.subarray(offsets[node], offsets[node + 1]))
  }
}

function checkParents(parent: Int32Array): void {
  for (let node = 0; node < parent.length; ++node) {
    const above = parent[node] ?? -1
    if (above >= node || above < -1) {
      throw new ChartError(`node ${node} of the chart stands before its parent ${above}`)
    }
  }
}
