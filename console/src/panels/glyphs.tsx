// The console's own glyphs: drawn on a grid of 16, in the colour of the text around them.

import type { JSX } from 'preact'
import type { RiskWord } from '../api/types.ts'

const strokes = {
  search: 'M7 2.5a4.5 4.5 0 1 1 0 9a4.5 4.5 0 0 1 0-9M10.4 10.4L14 14',
  close: 'M3.5 3.5l9 9M12.5 3.5l-9 9',
  arrow: 'M2.5 8h10M9 4.5L12.5 8L9 11.5',
  left: 'M10 3L5 8l5 5',
  right: 'M6 3l5 5l-5 5',
  down: 'M3 6l5 5l5-5',
  plus: 'M8 3v10M3 8h10',
  minus: 'M3 8h10',
  help: 'M5.6 6a2.4 2.4 0 1 1 3.5 2.1c-.8.4-1.1.9-1.1 1.6M8 12.4v.3',
  export: 'M8 2.5v7M5 6.8l3 3l3-3M3 11.5v2h10v-2',
  theme: 'M8 2.5a5.5 5.5 0 1 0 0 11zM8 2.5a5.5 5.5 0 0 1 0 11',
  bell: 'M4 11.5V7.5a4 4 0 0 1 8 0v4M2.8 11.5h10.4M6.8 13.6h2.4',
  flask: 'M6.3 2.5h3.4M7 2.5v4l-3.6 6.2c-.3.6 0 .8.5.8h8.2c.5 0 .8-.3.5-.8L9 6.500v-4M5.200 10h5.6',
  chart: 'M2.500 11L8 13.500L13.500 11L8 8.500zM8 2.500v6M6.200 4.300L8 2.500l1.800 1.800',
  plan: 'M2.500 2.500h11v11h-11zM2.500 8h6M8.500 2.500v11',
  matrix: 'M2.500 2.500h11v11h-11zM2.500 6.200h11M2.500 9.800h11M6.200 2.500v11M9.800 2.500v11',
  tables: 'M2.500 3h11v10h-11zM2.500 6.300h11M2.500 9.600h11',
  findings: 'M8 2.500l5.800 10.500h-11.600zM8 6.500v3M8 11.200v.3',
  tree: 'M3 3.500h4M5 3.500v8.500h3M5 7.800h3M8.500 7.800h4.500M8.500 12h4.500',
  events: 'M2 8h3l1.800-4.500l2.800 9L11.300 8H14',
  ingress: 'M8 2v8M5 7l3 3l3-3M3 13.500h10',
  egress: 'M8 10V2M5 5l3-3l3 3M3 13.500h10',
  pin: 'M8 14V9.500M4.500 9.500h7L10 6V2.500H6V6z',
  who: 'M8 2.500a2.500 2.500 0 1 1 0 5a2.500 2.500 0 0 1 0-5M3 13.500c0-2.800 2-4.300 5-4.300s5 1.500 5 4.300',
  clock: 'M8 2.500a5.500 5.500 0 1 1 0 11a5.500 5.500 0 0 1 0-11M8 5v3.200l2.200 1.500',
  copy: 'M5.500 5.500h8v8h-8zM3.500 10.500h-1v-8h8v1',
  check: 'M3 8.500L6.500 12L13 4.500',
  block: 'M8 2.500a5.500 5.500 0 1 1 0 11a5.500 5.500 0 0 1 0-11M4.200 4.200l7.600 7.600',
  reply: 'M6 4L2.500 7.500L6 11M2.500 7.500h7a4 4 0 0 1 4 4v1',
  eye: 'M1.800 8C4 4.500 6 3.500 8 3.500s4 1 6.200 4.500C12 11.500 10 12.500 8 12.500S4 11.500 1.800 8M8 6.200a1.800 1.800 0 1 1 0 3.600a1.800 1.800 0 0 1 0-3.600',
  gap: 'M8 2.500a5.500 5.500 0 0 1 5.500 5.500M8 13.500A5.500 5.500 0 0 1 2.500 8M8 5v3.500M8 11v.3',
  play: 'M5 3l8 5l-8 5z',
  pause: 'M5 3v10M11 3v10',
  // kinds
  organisation:
    'M8 2v3M3 8V6.500h10V8M2 8.500h2.500v3H2zM6.700 8.500h2.600v3H6.700zM11.500 8.500H14v3h-2.500z',
  account: 'M2.500 4h11v9h-11zM5.500 4V2.500h5V4M2.500 8h11',
  region:
    'M8 2.500a5.500 5.500 0 1 1 0 11a5.500 5.500 0 0 1 0-11M2.500 8h11M8 2.500c3 3.500 3 7.500 0 11c-3-3.500-3-7.500 0-11',
  vpc: 'M4.500 12.500a3 3 0 0 1-.3-6A4 4 0 0 1 12 6.800a2.900 2.900 0 0 1-.4 5.700z',
  zone: 'M2.500 4.500h11M2.500 8h11M2.500 11.500h11',
  subnet: 'M2.500 2.500h11v11h-11zM5 5h2.500v2.500H5zM8.800 8.800h2.500v2.500H8.800z',
  class: 'M6 4a3.500 3.500 0 1 1 0 7a3.500 3.500 0 0 1 0-7M10 5a3.500 3.500 0 1 1 0 7a3.500 3.500 0 0 1 0-7',
  interface: 'M3 5h10v6H3zM5.500 11v2M8 11v2M10.500 11v2M5.500 5V3M8 5V3M10.500 5V3',
  balancer:
    'M8 3a1.500 1.500 0 1 1 0 3a1.500 1.500 0 0 1 0-3M8 6v2M3.500 11V8h9v3M8 8v3M2.300 11h2.400v2.400H2.300zM6.800 11h2.400v2.400H6.800zM11.300 11h2.400v2.400h-2.400z',
  gateway: 'M3 13.500V6.500a5 5 0 0 1 10 0v7M6 13.500V7.200a2 2 0 0 1 4 0v6.300',
  outside: 'M2.500 13.500v-7L6 4v9.500M6 7h7.500v6.500M2 13.500h12M8.500 9.500h2.500M8.500 11.500h2.500',
  internet:
    'M8 2.500a5.500 5.500 0 1 1 0 11a5.500 5.500 0 0 1 0-11M2.500 8h11M8 2.500c3 3.500 3 7.500 0 11c-3-3.500-3-7.500 0-11',
  group: 'M8 2l5 2v4c0 3-2 5-5 6c-3-1-5-3-5-6V4z',
  thing: 'M8 2l5.500 3v6L8 14l-5.500-3V5zM8 8v6M8 8l5.500-3M8 8L2.500 5',
} as const

export type GlyphName = keyof typeof strokes

export function Glyph({
  name,
  size = 16,
}: {
  readonly name: GlyphName
  readonly size?: number
}): JSX.Element {
  return (
    <svg class="glyph" width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={strokes[name]} />
    </svg>
  )
}

const kindGlyphs: Readonly<Record<string, GlyphName>> = {
  'security-group': 'group',
  group: 'group',
  class: 'class',
  interface: 'interface',
  'network-interface': 'interface',
  instance: 'interface',
  subnet: 'subnet',
  vpc: 'vpc',
  account: 'account',
  region: 'region',
  zone: 'zone',
  balancer: 'balancer',
  'load-balancer': 'balancer',
  gateway: 'gateway',
  'internet-gateway': 'gateway',
  'nat-gateway': 'gateway',
  internet: 'internet',
  outside: 'outside',
  organisation: 'organisation',
  'outside network': 'outside',
  role: 'who',
  'instance-profile': 'who',
}

export function kindGlyph(kind: string): GlyphName {
  return kindGlyphs[kind.toLowerCase()] ?? 'thing'
}

// Risk is told by shape and colour: diamond, triangle, square, circle, ring; a dashed ring is what is not known.
const riskShapes: Readonly<Record<RiskWord, string>> = {
  critical: 'M8 0.800L15.200 8L8 15.200L0.800 8z',
  high: 'M8 1.500L15 14H1z',
  medium: 'M2.500 2.500h11v11h-11z',
  low: 'M8 2.300a5.700 5.700 0 1 1 0 11.400a5.700 5.700 0 0 1 0-11.400',
  info: 'M8 3.500a4.500 4.500 0 1 1 0 9a4.500 4.500 0 0 1 0-9',
}

interface RiskProps {
  readonly risk: RiskWord
  readonly isUnknown?: boolean
  readonly size?: number
}

export function RiskMark({ risk, isUnknown = false, size = 14 }: RiskProps): JSX.Element {
  const label = isUnknown ? `${risk}, not known` : risk
  return (
    <svg
      class={`risk risk-${risk}${isUnknown ? ' risk-unknown' : ''}`}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      role="img"
      aria-label={label}
    >
      <path d={riskShapes[risk]} />
    </svg>
  )
}

/** A compass rose over rhumb lines: the mark of the house. */
export function Mark({ size = 26 }: { readonly size?: number }): JSX.Element {
  return (
    <svg class="mark" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path
        class="mark-lines"
        d="M16 1v30M1 16h30M5.400 5.400l21.200 21.200M26.600 5.400L5.400 26.600M16 6a10 10 0 1 1 0 20a10 10 0 0 1 0-20"
      />
      <path class="mark-north" d="M16 2l3 11.300L16 16l-3-2.700z" />
      <path
        class="mark-rose"
        d="M16 30l-3-11.300L16 16l3 2.700zM2 16l11.300-3L16 16l-2.700 3zM30 16l-11.300 3L16 16l2.700-3z"
      />
    </svg>
  )
}
