// The one place that talks to the server. The address that `portolan serve` prints has a code in its fragment that works
// once; it is exchanged for a token, which lives in this tab's session storage and goes with every call.

import type { Chart } from '../state/chart.ts'
import { decodeChart } from '../state/decode.ts'

export type Query = Readonly<Record<string, string | number | boolean | undefined>>

const BASE = '/api/v1'
const TOKEN_KEY = 'portolan-token'
const TIMEOUT_MS = 60_000

/** An answer that is no 2xx (`status`), or none at all (status 0). */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message)
  }
}

export function pathOf(path: string, query: Query = {}): string {
  const words = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '' && value !== false) {
      words.set(name, value === true ? '1' : String(value))
    }
  }
  const text = words.toString()
  return text ? `${path}?${text}` : path
}

export class Client {
  private token: string | null = null

  /** Called when a call is turned away for want of a valid token. */
  onUnauthorised: () => void = () => {}

  /** Takes the code out of the address, if there is one, and the token of this tab otherwise. */
  async signIn(): Promise<boolean> {
    this.token = sessionStorage.getItem(TOKEN_KEY)
    const code = codeIn(location.hash)
    if (code === null) {
      return this.token !== null
    }
    history.replaceState(null, '', location.pathname)
    const answer = await this.call('POST', '/token', { code })
    const parsed = (await answer.json()) as { readonly token: string }
    this.token = parsed.token
    sessionStorage.setItem(TOKEN_KEY, parsed.token)
    return true
  }

  async get<T>(path: string, signal?: AbortSignal): Promise<T> {
    const answer = await this.call('GET', path, undefined, signal)
    return (await answer.json()) as T
  }

  async post<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> {
    const answer = await this.call('POST', path, body, signal)
    return (await answer.json()) as T
  }

  async chart(snapshot: string): Promise<Chart> {
    const answer = await this.call('GET', `/snapshot/${encodeURIComponent(snapshot)}`)
    return decodeChart(await answer.arrayBuffer(), snapshot)
  }

  /** The same nodes as that moment had them, and the snapshot whose nodes they are. */
  async past(at: string): Promise<{ readonly chart: Chart; readonly snapshot: string }> {
    const answer = await this.call('GET', pathOf('/past', { at }))
    const snapshot = answer.headers.get('Portolan-Snapshot') ?? ''
    return { chart: decodeChart(await answer.arrayBuffer(), snapshot), snapshot }
  }

  async file(path: string): Promise<Blob> {
    return (await this.call('GET', path)).blob()
  }

  /** The open stream of events, from after the event with that number. */
  stream(after: number, signal: AbortSignal): Promise<Response> {
    const more: Record<string, string> = after >= 0 ? { 'Last-Event-ID': String(after) } : {}
    return this.send('/events', {
      headers: { ...this.headers(), Accept: 'text/event-stream', ...more },
      signal,
    })
  }

  private headers(): Record<string, string> {
    return this.token === null ? {} : { Authorization: `Bearer ${this.token}` }
  }

  private call(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<Response> {
    const timeout = AbortSignal.timeout(TIMEOUT_MS)
    const init: RequestInit = {
      method,
      headers: this.headers(),
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    }
    if (body !== undefined) {
      init.headers = { ...this.headers(), 'Content-Type': 'application/json' }
      init.body = JSON.stringify(body)
    }
    return this.send(path, init)
  }

  private async send(path: string, init: RequestInit): Promise<Response> {
    let answer: Response
    try {
      answer = await fetch(BASE + path, { ...init, credentials: 'omit', redirect: 'error' })
    } catch (error) {
      if (init.signal?.aborted && error instanceof DOMException && error.name === 'AbortError') {
        throw error
      }
      throw new ApiError(0, 'offline', 'the server does not answer')
    }
    if (answer.ok) {
      return answer
    }
    if (answer.status === 401) {
      sessionStorage.removeItem(TOKEN_KEY)
      this.token = null
      this.onUnauthorised()
    }
    throw await errorOf(answer)
  }
}

/** `#code=…`, or null: a deep link starts with a slash. */
export function codeIn(hash: string): string | null {
  const found = /^#code=([A-Za-z0-9._~-]{8,256})$/.exec(hash)
  return found?.[1] ?? null
}

async function errorOf(answer: Response): Promise<ApiError> {
  try {
    const body = (await answer.json()) as {
      readonly error?: { readonly code?: string; readonly message?: string }
    }
    if (body.error?.message) {
      return new ApiError(answer.status, body.error.code ?? 'error', body.error.message)
    }
  } catch {
    // Not JSON: the status says enough.
  }
  return new ApiError(answer.status, 'error', `the server answered ${answer.status}`)
}
