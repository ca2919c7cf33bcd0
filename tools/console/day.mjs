#!/usr/bin/env node
// day.mjs FOLDER: a made-up day of the example estate, for pictures and tests: FOLDER/before is the estate in the morning,
// FOLDER/AWSLogs what CloudTrail recorded until the evening. Same words, same bytes.
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
const account = '123456789012'
const region = 'eu-west-1'
const groups = {
  bastion: 'sg-0a0943737b06d8537',
  'orders-db': 'sg-00f064149413143d7',
  sftp: 'sg-05608c1476f2eb785',
  pricing: 'sg-068cbfea92f8ffdf8',
  voice: 'sg-0617c59f79ec69f5e',
  metrics: 'sg-0beee566f93fc7a4b',
}

/** When, who, what, on which group, which ports, for whom. */
export const day = [
  ['05:30:00', 'ci', 'Authorize', 'metrics', 'tcp', 9100, '10.20.0.0/16'],
  ['08:40:00', 'lena', 'Authorize', 'bastion', 'tcp', 22, '0.0.0.0/0'],
  ['09:30:00', 'contractor', 'Authorize', 'orders-db', 'tcp', 5432, '0.0.0.0/0'],
  ['11:10:00', 'lena', 'Revoke', 'voice', 'tcp', 5061, '0.0.0.0/0'],
  ['13:00:00', 'oncall', 'Revoke', 'orders-db', 'tcp', 5432, '0.0.0.0/0'],
  ['14:20:00', 'oncall', 'Revoke', 'sftp', 'tcp', 22, '0.0.0.0/1'],
  ['14:21:00', 'oncall', 'Revoke', 'sftp', 'tcp', 22, '128.0.0.0/1'],
  ['16:00:00', 'lena', 'Authorize', 'pricing', 'tcp', 8443, '0.0.0.0/0'],
]

function recordOf([time, who, verb, group, protocol, port, peer], number) {
  return {
    eventVersion: '1.10',
    userIdentity: {
      type: 'IAMUser',
      principalId: `AIDAEXAMPLE${who.toUpperCase()}`,
      arn: `arn:aws:iam::${account}:user/${who}`,
      accountId: account,
      userName: who,
    },
    eventTime: `2026-11-20T${time}Z`,
    eventSource: 'ec2.amazonaws.com',
    eventName: `${verb}SecurityGroupIngress`,
    awsRegion: region,
    sourceIPAddress: '198.51.100.7',
    userAgent: 'aws-cli/2.19.1',
    requestParameters: {
      groupId: groups[group],
      ipPermissions: {
        items: [
          {
            ipProtocol: protocol,
            fromPort: port,
            toPort: port,
            groups: {},
            ipRanges: { items: [{ cidrIp: peer }] },
            ipv6Ranges: {},
            prefixListIds: {},
          },
        ],
      },
    },
    responseElements: { requestId: `request-${number}`, _return: true },
    requestID: `request-${number}`,
    eventID: `00000000-0000-4000-8000-00000000000${number}`,
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: account,
    eventCategory: 'Management',
  }
}

export function writeDay(folder) {
  cpSync(join(root, 'examples/harbor'), join(folder, 'before'), { recursive: true })
  const logs = join(folder, 'AWSLogs', account, 'CloudTrail', region, '2026/11/20')
  mkdirSync(logs, { recursive: true })
  const name = `${account}_CloudTrail_${region}_20261120T1700Z_0123456789abcdef.json.gz`
  writeFileSync(join(logs, name), gzipSync(JSON.stringify({ Records: day.map(recordOf) })))
  return { before: join(folder, 'before'), logs: join(folder, 'AWSLogs') }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv[2] === undefined) {
    console.error('usage: day.mjs FOLDER')
    process.exit(2)
  }
  writeDay(process.argv[2])
}
