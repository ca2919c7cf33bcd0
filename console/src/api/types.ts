// The answers of the server, as docs/API.md gives them.

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
  /** Set in a what-if's and an event's ribbons only: whether it opened or closed. */
  readonly is_open?: boolean
}

export interface Frontier {
  readonly ribbons: readonly Ribbon[]
  readonly hidden: number
}
