// Server-sent events read through fetch, which can send the token: the browser's own reader cannot.

export interface ServerEvent {
  readonly id: number
  readonly event: string
  readonly data: string
}

const MOST_BYTES = 16 * 1024 * 1024

/** Takes text as it comes, and gives the events that are whole. */
export class EventReader {
  private rest = ''
  private id = -1

  push(text: string): ServerEvent[] {
    this.rest = (this.rest + text).replaceAll('\r\n', '\n')
    if (this.rest.length > MOST_BYTES) {
      throw new Error('an event of the server is too long')
    }
    const blocks = this.rest.split('\n\n')
    this.rest = blocks.pop() ?? ''
    const events: ServerEvent[] = []
    for (const block of blocks) {
      const event = this.read(block)
      if (event) {
        events.push(event)
      }
    }
    return events
  }

  private read(block: string): ServerEvent | null {
    let event = 'message'
    let isFilled = false
    const data: string[] = []
    for (const line of block.split('\n')) {
      const colon = line.indexOf(':')
      if (colon === 0) {
        continue
      }
      const field = colon < 0 ? line : line.slice(0, colon)
      const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
      if (field === 'event') {
        event = value
        isFilled = true
      } else if (field === 'data') {
        data.push(value)
        isFilled = true
      } else if (field === 'id' && /^\d+$/.test(value)) {
        this.id = Number(value)
      }
    }
    return isFilled ? { id: this.id, event, data: data.join('\n') } : null
  }
}

export interface Follower {
  stop(): void
}

interface FollowOptions {
  readonly open: (after: number, signal: AbortSignal) => Promise<Response>
  /** The number of the last event that is known already. */
  readonly after: number
  readonly onEvent: (event: ServerEvent) => void
  readonly onState: (isLive: boolean) => void
}

const FIRST_WAIT_MS = 250
const LONGEST_WAIT_MS = 10_000

/** Follows the stream for good: opens it again where it broke, from the last event on. */
export function follow(options: FollowOptions): Follower {
  const stop = new AbortController()
  let after = options.after
  let wait = FIRST_WAIT_MS

  const once = async (): Promise<void> => {
    const answer = await options.open(after, stop.signal)
    const body = answer.body
    if (!body) {
      throw new Error('the stream has no body')
    }
    options.onState(true)
    wait = FIRST_WAIT_MS
    const events = new EventReader()
    const decoder = new TextDecoder()
    const reader = body.getReader()
    for (;;) {
      const { done, value } = await reader.read()
      if (done) {
        return
      }
      for (const event of events.push(decoder.decode(value, { stream: true }))) {
        after = Math.max(after, event.id)
        options.onEvent(event)
      }
    }
  }

  const run = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      try {
        await once()
      } catch {
        // The next turn tries again; what is wrong shows as not live.
      }
      if (!stop.signal.aborted) {
        options.onState(false)
        await new Promise((resolve) => setTimeout(resolve, wait))
        wait = Math.min(wait * 2, LONGEST_WAIT_MS)
      }
    }
  }
  void run()
  return { stop: () => stop.abort() }
}
