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

const ID =
  /\b((?:eni|i|sg|igw|nat|acl|rtb|pl|vpc|subnet|pcx|tgw|vgw|vpce|lt|eigw)-[0-9a-f]{3,17})(?: \(([^()]{1,256})\))?/g
const RULE_ID = / ?\(?\bsgr-[0-9a-f]{3,17}\)?/g

/** A sentence for the eye: `eni-0ab… (web-1)` is web-1, ids of rules are left out, an ARN is its last word. */
export function plain(text: string): string {
  return printable(text)
    .replace(RULE_ID, '')
    .replace(/\barn:aws[\w-]*:[^\s,;]*[/:]([\w+=.@-]+)/g, '$1')
    .replace(ID, (whole, _id: string, name?: string) => name ?? whole)
    .replace(/^[a-z](?=[a-z]* )/, (letter) => letter.toUpperCase())
}

export interface Piece {
  readonly text: string
  /** An id that can be selected; its text is the name beside it, or the id. */
  readonly key: string | null
}

/** The same sentence in pieces, so that what it names can be selected. */
export function pieces(text: string): readonly Piece[] {
  const clean = printable(text).replace(RULE_ID, '')
  const found: Piece[] = []
  let at = 0
  for (const match of clean.matchAll(ID)) {
    if (match.index > at) {
      found.push({ text: clean.slice(at, match.index), key: null })
    }
    found.push({ text: match[2] ?? match[1] ?? '', key: match[1] ?? null })
    at = match.index + match[0].length
  }
  if (at < clean.length) {
    found.push({ text: clean.slice(at), key: null })
  }
  return found
}
