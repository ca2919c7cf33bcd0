// What if: the panel says what `portolan diff` says of the same changes.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { answer, browser, harbor, open, ready, serve, settled } from './harness.mjs'

let server
let chrome
let page
let opened
before(async () => {
  server = await serve(harbor)
  chrome = await browser()
  opened = await open(chrome, server.address)
  page = opened.page
  await ready(page)
})
after(async () => {
  await chrome?.close()
  await server?.stop()
})

async function tryLine(resource, verb, services, peer) {
  await page.fill('input[name="resource"]', resource)
  await page.selectOption('select[name="verb"]', verb)
  if (verb !== 'deleted') {
    await page.fill('input[name="services"]', services)
    await page.fill('input[name="peer"]', peer)
  }
  await page.press('input[name="resource"]', 'Enter')
  await page.waitForTimeout(200)
  await settled(page, 300)
}

const counts = () =>
  page.$$eval('[data-diff]', (all) => Object.fromEntries(all.map((each) => [each.dataset.diff, Number(each.dataset.count)])))

async function sameAsDiff(changes) {
  const wanted = await answer('diff', '-s', harbor, ...changes.flatMap((change) => ['--change', change]), '--json')
  const { opened: open_, closed, weakened = 0 } = await counts()
  assert.equal(open_, wanted.opened.length)
  assert.equal(closed, wanted.closed.length)
  assert.equal(weakened, wanted.weakened.length)
  const judged = await page.$$eval('.side details > summary', (all) => all.map((each) => each.textContent))
  const count = (word) => Number(/\d+/.exec(judged.find((each) => new RegExp(`finding.* ${word}`).test(each)) ?? '0')?.[0] ?? 0)
  assert.equal(count('appear'), wanted.findings_appeared.length)
  assert.equal(count('go'), wanted.findings_gone.length)
  const texts = await page.$$eval('.diff.is-opened .between-services .mono', (all) => all.map((each) => each.textContent))
  wanted.opened.slice(0, texts.length).forEach((row, i) => {
    const services = row.services === 'none' ? (row.services_depends ?? row.services_unknown) : row.services
    assert.ok(services.startsWith(texts[i].split('…')[0]), `${texts[i]} is of ${services}`)
  })
}

test('a rule added opens what diff says it opens', async () => {
  await page.keyboard.press('w')
  await tryLine('sg:orders-db', '+ingress', 'tcp/5432', '0.0.0.0/0')
  await sameAsDiff(['sg:orders-db +ingress tcp/5432 0.0.0.0/0'])
})

test('a second change is judged together with the first', async () => {
  await tryLine('sg:sftp', '-ingress', 'tcp/22', '0.0.0.0/1')
  await sameAsDiff(['sg:orders-db +ingress tcp/5432 0.0.0.0/0', 'sg:sftp -ingress tcp/22 0.0.0.0/1'])
  await page.waitForSelector('.plan-ribbon.is-closed, .plan-ribbon.is-opened', { state: 'attached' })
})

test('a change that cannot be read is told, and nothing else is lost', async () => {
  await tryLine('sg:orders-db', '+ingress', 'tcp/99999', '0.0.0.0/0')
  await page.waitForSelector('.side .problem')
  const { code, errors } = await import('./harness.mjs').then(({ portolan }) =>
    portolan('diff', '-s', harbor, '--change', 'sg:orders-db +ingress tcp/99999 0.0.0.0/0'),
  )
  assert.equal(code, 2)
  const message = await page.textContent('.side .problem')
  assert.ok(errors.includes(message.trim()), `${message} is of ${errors}`)
  await page.locator('.change').last().getByRole('button').click()
  await settled(page, 400)
  assert.equal(await page.locator('.change').count(), 2)
  assert.ok((await counts()).opened > 0)
})

test('the patch is there to copy, in three languages', async () => {
  for (const [name, pattern] of [
    ['AWS CLI', /aws ec2 authorize-security-group-ingress/],
    ['Terraform', /security_group/],
    ['CloudFormation', /AWS::EC2::SecurityGroup/],
  ]) {
    await page.getByRole('radio', { name }).click()
    assert.match(await page.textContent('.code-box pre'), pattern)
  }
  await page.getByRole('radio', { name: 'AWS CLI' }).click()
  await page.getByRole('button', { name: 'Copy the patch' }).click()
  await page.waitForSelector('.toast')
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /authorize-security-group-ingress/)
})

test('closed, nothing of it is left', async () => {
  await page.getByRole('button', { name: 'Close what if' }).click()
  await page.waitForFunction(() => !document.querySelector('.plan-ribbon.is-opened'))
  assert.deepEqual(await opened.wrong(), [])
})
