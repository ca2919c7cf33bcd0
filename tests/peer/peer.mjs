// Answers the JSON-lines protocol of `portolan who --requests` with the peer, whose folder of modules is the argument. With a
// second one, `rate`, it prints how many of the requests it decides in a second of processor time, all policies read before, after one round to
// warm up, and how many of them it allows.
import {createInterface} from 'node:readline'

const scope = process.argv[2] + '/@cloud-copilot/'
const core = scope + 'iam-simulate/dist/esm/'
const {loadPolicy} = await import(scope + 'iam-policy/dist/esm/index.js')
const {authorize} = await import(core + 'core_engine/CoreSimulatorEngine.js')
const {AwsRequestImpl} = await import(core + 'request/request.js')
const {RequestContextImpl} = await import(core + 'requestContext.js')
const {DiscoveryContextKeyConstraints} = await import(core + 'context_keys/discoveryContextKeyConstraints.js')

// The protocol gives every level of resource control policies the policy that AWS always attaches.
const full = {Version: '2012-10-17', Statement: [{Effect: 'Allow', Principal: '*', Action: '*', Resource: '*'}]}
const named = (list, kind) => list.map((policy, i) => loadPolicy(policy, {name: `${kind} ${i}`}))
const levels = (list, kind, more) =>
  list.map((level, i) => ({orgIdentifier: `${kind} ${i}`, policies: named([...level, ...more], kind)}))
const some = (list, kind) => (list?.length ? named(list, kind) : undefined)

function prepared(q) {
  const known = Object.entries(q.known ?? {}).map(([key, degree]) => ({
    keyName: key.endsWith('*') ? `/^${key.slice(0, -1)}.*/` : key,
    presenceIsKnown: true,
    valueIsKnown: degree === 'value',
  }))
  return {
    request: new AwsRequestImpl(q.principal, {resource: q.resource, accountId: q.account}, q.action,
      new RequestContextImpl(q.context ?? {})),
    identityPolicies: named(q.identity ?? [], 'identity'),
    sessionPolicy: q.session ? loadPolicy(q.session, {name: 'session'}) : undefined,
    permissionBoundaries: some(q.boundary, 'boundary'),
    serviceControlPolicies: levels(q.scp ?? [], 'scp', []),
    resourceControlPolicies: levels(q.rcp ?? [], 'rcp', [full]),
    resourcePolicy: q.resource_policy ? loadPolicy(q.resource_policy, {name: 'resource'}) : undefined,
    vpcEndpointPolicies: some(q.endpoint, 'endpoint'),
    simulationParameters: {
      simulationMode: q.mode ?? 'Strict',
      discoveryContextKeyConstraints: new DiscoveryContextKeyConstraints(known),
    },
    serviceSettings: {},
  }
}

const answer = (q) => authorize(prepared(q))

async function rate() {
  const all = []
  for await (const line of createInterface({input: process.stdin})) all.push(prepared(JSON.parse(line)))
  const round = () => all.filter((one) => authorize(one).result === 'Allowed').length
  round()
  const begin = process.cpuUsage()
  const allowed = round()
  const {user, system} = process.cpuUsage(begin)
  console.log(all.length / ((user + system) / 1e6), allowed)
}

if (process.argv[3] === 'rate') {
  await rate()
  process.exit(0)
}

for await (const line of createInterface({input: process.stdin})) {
  const q = JSON.parse(line)
  try {
    const {result, conditions} = answer(q)
    console.log(JSON.stringify({id: q.id, result, residual: conditions ?? null}))
  } catch (error) {
    console.log(JSON.stringify({id: q.id, result: 'Error', reason: String(error)}))
  }
}
