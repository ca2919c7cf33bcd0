// The answers of the server, as docs/API.md gives them. What the command line prints as well has the same shape.

export type RiskWord = 'critical' | 'high' | 'medium' | 'low' | 'info'
export type Exposure = 'internet' | 'account' | 'vpc' | 'intra'
export type ConnectionState = 'open' | 'depends' | 'unknown'

export interface Gap {
  readonly what: string
  readonly where: string
  readonly why: string
}

export interface Meta {
  readonly version: string
  readonly snapshot: string
  readonly source: string
  readonly sequence: number
  readonly counts: Readonly<Record<string, number>>
  readonly findings: Readonly<Record<string, number>>
  readonly totals: {
    readonly pairs: number
    readonly open: number
    readonly possible: number
    readonly internet: number
  }
  readonly gaps: readonly Gap[]
  readonly can: {
    readonly watch: boolean
    readonly history: boolean
    readonly who: boolean
    readonly at: boolean
  }
}

export interface Ribbon {
  readonly from: number
  readonly to: number
  readonly services: string
  readonly state: ConnectionState
  readonly exposure: Exposure
  readonly pairs: number
  readonly risky: boolean
  /** Of a what-if and of a change only: whether it opened or closed. */
  readonly is_open?: boolean
}

export interface Frontier {
  readonly ribbons: readonly Ribbon[]
  readonly hidden: number
}

export interface FindingRule {
  readonly id: string
  readonly holder: string
  readonly peer: string
  readonly services: string
}

export interface Patch {
  readonly commands: readonly string[]
  readonly terraform: string
  readonly cloudformation: string
  /** Some of it is the user's to choose. */
  readonly to_fill_in: boolean
}

export interface Finding {
  readonly id: string
  readonly check: string
  readonly outcome: 'pass' | 'fail' | 'unknown'
  readonly risk: RiskWord
  readonly latent: boolean
  readonly resource: string
  readonly arn: string
  readonly name: string
  readonly account: string
  readonly region: string
  readonly message: string
  readonly rules: readonly FindingRule[]
  readonly affected: readonly string[]
  readonly witness: readonly string[]
  readonly gaps: readonly string[]
  readonly fix: string
  /** Of what fails; null where people have to decide. */
  readonly patch?: Patch | null
  readonly standing: {
    readonly hops: number | null
    readonly at: string
    readonly from: string
    readonly services: string
    readonly data_tier: boolean
    readonly role: string
    readonly text: string
  }
}

export interface Findings {
  readonly total: number
  readonly findings: readonly Finding[]
}

export interface Connection {
  readonly from: string
  readonly to: string
  readonly services: string
  readonly services_unknown?: string
  readonly services_depends?: string
  readonly pairs: number
  readonly sources: readonly string[]
  readonly targets: readonly string[]
  /** Of the rows of one resource: what lets them through, and the worst finding about that. */
  readonly rules?: readonly PortRule[]
  readonly finding?: { readonly id: string; readonly check: string; readonly risk: RiskWord } | null
}

export interface PortRule {
  readonly id: string
  readonly holder: string
  readonly services: string
  readonly peer: string
  readonly changed: { readonly time: string; readonly actor: string; readonly event: string } | null
}

export interface Connections {
  readonly connections: readonly Connection[]
}

/** A connection of a chain: from one that was reached to the next. */
export interface Step {
  readonly from: string
  readonly to: string
  readonly source: string
  readonly target: string
  readonly services: string
  readonly rule: string
}

export interface Paths {
  readonly paths: readonly (readonly Step[])[]
}

export interface Radius {
  readonly reached: readonly {
    readonly hops: number
    readonly to: string
    readonly members: readonly string[]
    readonly by: Step
  }[]
}

export interface Power {
  readonly verdict: string
  readonly actions: readonly { readonly action: string; readonly change: string }[]
  readonly condition?: { readonly text: string }
  readonly reasons?: readonly string[]
}

export interface Who {
  readonly judged: number
  readonly principals: readonly {
    readonly principal: string
    readonly verdict: string
    readonly powers: readonly Power[]
    readonly indirect: readonly {
      readonly path: readonly string[]
      readonly condition: string
      readonly certain: boolean
    }[]
  }[]
  readonly internet: readonly string[]
  readonly missing: readonly string[]
}

export interface Opening {
  readonly resource: string
  readonly detail: string
  readonly direction: 'ingress' | 'egress' | null
  readonly services: string | null
  readonly peer: string
  readonly opened: string | null
  readonly closed: string | null
  readonly seconds: number | null
  readonly actor: string | null
}

export interface Hop {
  readonly direction: 'forward' | 'return'
  readonly component: string
  readonly rule: string
  readonly reason: string
  readonly services: string
  readonly detail: string
}

export interface Because {
  readonly reason: string
  readonly aws_code: string
  readonly component: string
  readonly detail: string
}

export interface Reach {
  readonly question: string
  readonly verdict: string
  readonly services: string
  readonly because: readonly Because[]
  readonly from: string
  readonly to: string
  readonly hops: readonly Hop[]
  readonly assumptions: readonly string[]
}

export interface Fact {
  readonly label: string
  readonly value: string
}

export interface Relation {
  readonly role: string
  readonly kind: string
  readonly key: string
  readonly name: string
  readonly node: number | null
}

export interface Rule {
  readonly id: string
  readonly direction: 'ingress' | 'egress'
  readonly services: string
  readonly peer: string
  readonly description: string
  readonly action: string
}

export interface NodeAnswer {
  readonly key: string
  readonly name: string
  readonly kind: string
  readonly node: number | null
  readonly facts: readonly Fact[]
  readonly relations: readonly Relation[]
  readonly rules: readonly Rule[]
  readonly ingress: readonly Connection[]
  readonly egress: readonly Connection[]
  readonly findings: readonly Finding[]
  readonly tags: Readonly<Record<string, string>>
}

export interface MatrixCell {
  readonly row: number
  readonly column: number
  readonly services: string
  readonly state: ConnectionState
  readonly pairs: number
  readonly risky: boolean
}

export interface Matrix {
  readonly rows: readonly number[]
  readonly columns: readonly number[]
  readonly cells: readonly MatrixCell[]
  readonly hidden: number
}

export interface Selected {
  readonly nodes: readonly number[]
  readonly question: string | null
}

export interface DiffFinding {
  readonly check: string
  readonly resource: string
  readonly outcome: string
  readonly risk: RiskWord
  readonly message: string
}

export interface WhatIf {
  readonly opened: readonly Connection[]
  readonly closed: readonly Connection[]
  readonly weakened: readonly Connection[]
  /** Absent as long as the findings are not asked for. */
  readonly findings_appeared?: readonly DiffFinding[]
  readonly findings_gone?: readonly DiffFinding[]
  readonly ribbons?: readonly Ribbon[]
  readonly patches: Readonly<Record<'cli' | 'terraform' | 'cloudformation', string>>
}

/** What opened and closed between two moments: of each list the first, with how many there are. */
export interface Difference {
  readonly from: string
  readonly to: string | null
  readonly opened: readonly Connection[]
  readonly opened_total: number
  readonly closed: readonly Connection[]
  readonly closed_total: number
  readonly weakened: readonly Connection[]
  readonly weakened_total: number
  readonly findings_appeared: readonly DiffFinding[]
  readonly findings_appeared_total: number
  readonly findings_gone: readonly DiffFinding[]
  readonly findings_gone_total: number
  readonly ribbons: readonly Ribbon[]
  readonly ribbons_hidden: number
  readonly gaps: readonly Gap[]
}

/** What a change opened or closed: a ribbon between nodes, or a row of connections between keys. */
export type Changed = Ribbon | Connection

export interface ChangeEvent {
  readonly time: string
  readonly snapshot: string
  readonly changes: readonly string[]
  readonly opened: readonly Changed[]
  readonly closed: readonly Changed[]
  readonly opened_total?: number
  readonly closed_total?: number
  readonly findings_appeared: readonly DiffFinding[]
  readonly findings_gone: readonly DiffFinding[]
  readonly cause: { readonly actor: string; readonly event: string; readonly source_ip: string } | null
}

export interface Interval {
  readonly resource: string
  readonly direction: string | null
  readonly ports: string | null
  readonly peer: string | null
  readonly target?: string | null
  readonly detail?: string | null
  readonly opened_at: string | null
  readonly closed_at: string | null
  readonly actor: string | null
  readonly closer: string | null
  readonly end?: string | null
}

export interface History {
  readonly resource: string
  readonly intervals: readonly Interval[]
}

export interface Timeline {
  readonly from: string
  readonly to: string
  readonly bins: readonly {
    readonly from: string
    readonly to: string
    readonly opened: number
    readonly closed: number
  }[]
  readonly openings: readonly Opening[]
}

export interface CheckAnswer {
  readonly id: string
  readonly title?: string
  readonly why?: string
  readonly [more: string]: unknown
}
