// The loophole hunt that docs/CONSOLE.md tells of, played again: the document says what comes out.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { hunt, rowOf } from '../../tools/console/hunt.mjs'
import { root } from './harness.mjs'

test('the worst five are told by each view in as many interactions as the document says', async () => {
  const results = await hunt()
  const told = readFileSync(join(root, 'docs/CONSOLE.md'), 'utf8')
  for (const result of results) {
    console.log(rowOf(result))
    assert.equal(result.found, 5, result.name)
    assert.ok(told.includes(rowOf(result)), `docs/CONSOLE.md says otherwise than ${rowOf(result)}`)
  }
  assert.equal(results[0].all, 0, 'the scene tells them without being touched')
})
