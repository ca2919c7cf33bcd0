// Services as the API writes them, `tcp/80,443 udp/10000-20000`: taken apart, and told in few words.

/** One each: `tcp/80`, `tcp/443`, `udp/10000-20000`. */
export function partsOf(services: string): string[] {
  return services
    .split(' ')
    .filter((word) => word !== '' && word !== 'none')
    .flatMap((word) => {
      const slash = word.indexOf('/')
      const protocol = word.slice(0, slash + 1)
      return slash < 0
        ? [word]
        : word
            .slice(slash + 1)
            .split(',')
            .map((ports) => protocol + ports)
    })
}

interface Ports {
  readonly protocol: string
  readonly low: number
  readonly high: number
}

function portsOf(part: string): Ports | null {
  const found = /^([^/]+)\/(\d+)(?:-(\d+))?$/.exec(part)
  if (!found) {
    return null
  }
  const low = Number(found[2])
  return { protocol: found[1] ?? '', low, high: Number(found[3] ?? low) }
}

function holds(whole: string, part: string): boolean {
  const [outer, inner] = [portsOf(whole), portsOf(part)]
  if (whole === part || whole === 'any' || whole === part.split('/')[0]) {
    return true
  }
  return (
    outer !== null &&
    inner !== null &&
    outer.protocol === inner.protocol &&
    outer.low <= inner.low &&
    inner.high <= outer.high
  )
}

/** What is open, that with the worst service in it first: `udp/10000-20000 +1`. `risky` is in the order of danger. */
export function openText(open: string, risky: string): string {
  const dangers = partsOf(risky)
  const rank = (part: string): number => {
    const at = dangers.findIndex((danger) => holds(part, danger))
    return at < 0 ? dangers.length : at
  }
  const parts = partsOf(open === '' ? risky : open)
  const [first, ...rest] = parts
    .map((part, place) => ({ part, rank: rank(part), place }))
    .sort((a, b) => a.rank - b.rank || a.place - b.place)
    .map(({ part }) => part)
  return first === undefined ? '' : rest.length === 0 ? first : `${first} +${rest.length}`
}
