// Words for numbers and codes.

import type { Exposure, RiskWord } from '../api/types.ts'

export const riskWords: readonly RiskWord[] = ['info', 'low', 'medium', 'high', 'critical']
export const risksWorstFirst: readonly RiskWord[] = ['critical', 'high', 'medium', 'low', 'info']

export function riskWord(risk: number): RiskWord | null {
  return riskWords[risk] ?? null
}

const grouped = new Intl.NumberFormat('en')

export function number(value: number): string {
  return grouped.format(value)
}

/** `1 finding`, `2,000 findings`. */
export function count(value: number, one: string, many = `${one}s`): string {
  return `${number(value)} ${value === 1 ? one : many}`
}

/** Control characters and bidirectional overrides are shown, not obeyed. */
export function printable(text: string): string {
  return text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu,
    (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  )
}

/** Long names are cut in the middle: both ends tell them apart. */
export function short(text: string, most = 60): string {
  const clean = printable(text)
  if (clean.length <= most) {
    return clean
  }
  const half = Math.floor((most - 1) / 2)
  return `${clean.slice(0, half)}…${clean.slice(-half)}`
}

export const exposureWords: Readonly<Record<Exposure, string>> = {
  internet: 'internet',
  account: 'another account',
  vpc: 'another VPC',
  intra: 'same VPC',
}

/** `sg-ingress-world-ssh` reads `SG ingress world SSH`. */
export function checkTitle(id: string): string {
  const known: Readonly<Record<string, string>> = {
    sg: 'group',
    ssh: 'SSH',
    rdp: 'RDP',
    nacl: 'NACL',
    elb: 'balancer',
    eni: 'interface',
    vpc: 'VPC',
    iam: 'IAM',
    imdsv1: 'IMDSv1',
    ip: 'IP',
    smtp: 'SMTP',
    https: 'HTTPS',
    http: 'HTTP',
    ec2: 'EC2',
    nat: 'NAT',
    igw: 'IGW',
    tls: 'TLS',
    dns: 'DNS',
    alb: 'ALB',
    nlb: 'NLB',
    rds: 'RDS',
    ipv6: 'IPv6',
    tgw: 'transit gateway',
  }
  const words = id.split('-').map((word) => known[word] ?? word)
  const text = words.join(' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

const clock = new Intl.DateTimeFormat('en-GB', {
  year: 'numeric',
  month: 'short',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZone: 'UTC',
})

/** A moment in UTC, as the command line has it but for people. */
export function moment(text: string | null): string {
  if (!text) {
    return '—'
  }
  const date = new Date(text)
  return Number.isNaN(date.getTime()) ? printable(text) : clock.format(date)
}

/** `3 min`, `2 h 10 min`, `4 days`. */
export function duration(ms: number): string {
  const minutes = Math.round(ms / 60_000)
  if (ms < 60_000) {
    return `${Math.round(ms / 1000)} s`
  }
  if (minutes < 60) {
    return `${minutes} min`
  }
  if (minutes < 48 * 60) {
    return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
  }
  return `${Math.round(minutes / 1440)} days`
}
