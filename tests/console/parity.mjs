// What the console shows is what the command line answers on the same source.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answer, attend, countOf, documents, harbor, settled } from './harness.mjs'

const { page, opened } = await attend()

const number = (text) => Number(text.replaceAll(',', ''))
const told = (finding) => finding.outcome !== 'pass'

async function ask(words) {
  await page.fill('#search', words)
  await page.press('#search', 'Enter')
  await settled(page, 300)
}

test('the tally of findings is that of the audit', async () => {
  const { summary } = await answer('audit', harbor, '--format', 'json')
  const shown = await page.$$eval('.tally-item', (all) => all.map((each) => each.textContent.trim()))
  const wanted = ['critical', 'high', 'medium', 'low'].map((risk) => `${summary.by_risk[risk]} ${risk}`)
  assert.deepEqual(shown, wanted)
  const more = await page.textContent('.rail-more')
  assert.equal(number(/([\d,]+)/.exec(more)[1]), summary.fail)
})

test('the findings are those of the audit, in its order', async () => {
  const audit = await answer('audit', harbor, '--format', 'json')
  const wanted = audit.findings.filter(told)
  await page.keyboard.press('f')
  assert.equal(await countOf(page), wanted.length)
  const ids = await page.$$eval('.findings [data-row]', (rows) => rows.map((row) => row.dataset.key))
  assert.deepEqual(ids, wanted.slice(0, ids.length).map((finding) => finding.id))
  for (const risk of ['critical', 'high', 'medium', 'low', 'info']) {
    await page.getByRole('radio', { name: risk, exact: true }).click()
    const count = audit.findings.filter((finding) => finding.outcome === 'fail' && finding.risk === risk).length
    assert.equal(await countOf(page), count, risk)
  }
  await page.getByRole('radio', { name: 'All', exact: true }).click()
})

test('the connections are those of the command line', async () => {
  await page.keyboard.press('t')
  for (const [name, ...options] of [
    ['All'],
    ['From the internet', '--exposed'],
    ['Risky', '--risky'],
  ]) {
    const { connections } = await answer('connections', harbor, '--json', ...options)
    await page.getByRole('radio', { name, exact: true }).click()
    await settled(page, 400)
    assert.equal(await countOf(page), connections.length, name)
    const services = await page.$$eval('.grid [data-row]', (rows) => rows.map((row) => row.querySelectorAll('.grid-cell')[3].textContent))
    assert.deepEqual(
      services.map(number),
      connections.slice(0, services.length).map((row) => row.pairs),
    )
  }
})

test('the figures of the rail are those of the command line and of the documents', async () => {
  const figures = Object.fromEntries(
    await page.$$eval('.figures > div', (all) => all.map((each) => [each.querySelector('.figure-label').textContent, each.querySelector('.figure-value').textContent])),
  )
  const { connections } = await answer('connections', harbor, '--exposed', '--json')
  const reached = connections.filter((row) => row.services !== 'none').flatMap((row) => row.targets)
  const groups = documents(harbor, 'ec2-describe-security-groups.json').SecurityGroups
  const rules = documents(harbor, 'ec2-describe-security-group-rules.json').SecurityGroupRules
  assert.equal(number(figures['reached from the internet']), new Set(reached).size)
  assert.equal(number(figures[`rules in ${groups.length} groups`]), rules.length)
})

test('interfaces, groups and rules are counted as in the documents', async () => {
  const interfaces = documents(harbor, 'ec2-describe-network-interfaces.json').NetworkInterfaces
  const groups = documents(harbor, 'ec2-describe-security-groups.json').SecurityGroups
  await page.getByRole('radio', { name: 'Interfaces', exact: true }).click()
  const balancers = interfaces.filter((each) => (each.InterfaceType ?? 'interface') !== 'interface' || /^(ELB|Interface for NAT)/.test(each.Description ?? ''))
  const shown = await countOf(page)
  assert.ok(shown <= interfaces.length && shown >= interfaces.length - balancers.length, `${shown} of ${interfaces.length}`)
  await page.getByRole('radio', { name: 'Groups', exact: true }).click()
  assert.equal(await countOf(page), groups.length)
})

test('a path has the hops and the verdict of `portolan reach`', async () => {
  for (const question of ['internet -> sftp-1 tcp/22', 'internet -> mail-1 tcp/25', 'bastion-1 -> app-1 tcp/22']) {
    const wanted = await answer('reach', '-s', harbor, question, '--json')
    await ask(question)
    await page.waitForSelector('.side .question')
    assert.equal(await page.textContent('.side .question'), question)
    assert.equal(await page.locator(`.verdict.is-${wanted.verdict}`).count(), 1, question)
    const components = await page.$$eval('.hop', (hops) => hops.map((hop) => hop.textContent))
    assert.equal(components.length, wanted.hops.length)
    wanted.hops.forEach((hop, i) => {
      if (hop.rule) {
        assert.ok(components[i].includes(hop.rule), `${question}, hop ${i}: ${components[i]}`)
      }
    })
    for (const because of wanted.because) {
      const told_ = await page.$$eval('.side .alarm .prose', (all) => all.map((each) => each.dataset.text))
      assert.ok(told_.includes(because.detail), because.detail)
    }
  }
  await page.keyboard.press('Escape')
})

test('ingress and egress of an interface are those of `portolan connections --of`', async () => {
  for (const name of ['web-1', 'bastion-1', 'search-1']) {
    const views = await answer('connections', harbor, '--of', name, '--json')
    await ask(name)
    await page.waitForSelector(`.side h2:has-text("${name}")`)
    await page.getByRole('tab', { name: 'Ports' }).click()
    for (const direction of ['ingress', 'egress']) {
      await page.locator(`.side .segment`, { hasText: new RegExp(direction, 'i') }).click()
      const count = await countOf(page, `.between[data-direction="${direction}"]`)
      assert.equal(count, views[direction].length, `${direction} of ${name}`)
    }
  }
})

test('a row of ports names the rule that lets it in, as `portolan reach` does, and what is wrong with it', async () => {
  await ask('web-canary')
  await page.waitForSelector('.side h2:has-text("web-canary")')
  await page.getByRole('tab', { name: 'Ports' }).click()
  await page.locator('.side .segment', { hasText: /ingress/i }).click()
  const { hops } = await answer('reach', 'internet -> web-canary tcp/8080', '-s', harbor, '--json')
  const hop = hops.find((each) => each.component.startsWith('sg-') && each.rule.includes(' ingress '))
  const row = page.locator('.between li', { hasText: 'tcp/8080' }).filter({ hasText: hop.component }).first()
  const peer = hop.rule.slice(hop.rule.lastIndexOf(' ') + 1)
  assert.match(await row.locator('.between-rule').first().textContent(), new RegExp(`${hop.component} tcp/8080 ${peer}`))
  await row.locator('.between-finding').click()
  await page.waitForSelector('.side [role="tab"][aria-selected="true"]:has-text("Findings")')
})

test('who can change a group, paths to it and its radius are those of the command line', async () => {
  await ask('search-1')
  await page.waitForSelector('.side h2:has-text("search-1")')
  await page.getByRole('tab', { name: 'Paths' }).click()
  const { paths } = await answer('connections', harbor, '--to', 'search-1', '--paths', '--json')
  if (paths.length > 0) {
    assert.equal(await countOf(page, '.side p[data-count]'), paths.length)
  }
  await page.getByRole('radio', { name: 'Blast radius' }).click()
  const { reached } = await answer('connections', harbor, '--from', 'search-1', '--hops', '1', '--json')
  assert.equal(await countOf(page, '.side p[data-count]'), reached.length)
  const groups = documents(harbor, 'ec2-describe-security-groups.json').SecurityGroups
  const group = groups.find((each) => each.GroupName === 'search').GroupId
  await page.evaluate((key) => {
    location.hash = `#/v1/x?sel=${key}&tab=who`
  }, group)
  const who = await answer('who', group, '-s', harbor, '--json')
  await page.waitForSelector('.who')
  assert.equal(await countOf(page, '.side p[data-count]'), who.principals.length)
})

test('the end of it: nothing went wrong', async () => {
  assert.deepEqual(await opened.wrong(), [])
})
