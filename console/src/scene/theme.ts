// Colours of the scene. Each theme has its own; a custom property `--scene-…` of the page overrides one of them.

import type { Ribbon } from '../api/types.ts'
import type { Theme } from '../state/store.ts'

export type Rgb = readonly [number, number, number]

export interface Palette {
  readonly background: Rgb
  readonly horizon: Rgb
  readonly account: Rgb
  readonly region: Rgb
  readonly vpc: Rgb
  readonly zone: Rgb
  readonly subnet: Rgb
  readonly block: Rgb
  readonly gate: Rgb
  readonly portal: Rgb
  readonly outside: Rgb
  readonly edge: Rgb
  readonly shadow: Rgb
  readonly ink: Rgb
  readonly accent: Rgb
  readonly critical: Rgb
  readonly high: Rgb
  readonly medium: Rgb
  readonly low: Rgb
  /** Reachable, and nothing wrong with it. */
  readonly expected: Rgb
  readonly egress: Rgb
  readonly intra: Rgb
  readonly account_ribbon: Rgb
  readonly vpc_ribbon: Rgb
  readonly tether: Rgb
  readonly path: Rgb
  readonly opened: Rgb
  readonly closed: Rgb
  readonly ghost: Rgb
  /** How much light faces turned away lose, how strong shadows and edges are, whether light adds up. */
  readonly shade: number
  readonly shadowStrength: number
  readonly edgeStrength: number
  readonly isDark: boolean
}

export function rgb(hex: string): Rgb {
  const n = Number.parseInt(hex.slice(1), 16)
  return [((n >> 16) & 255) / 255, ((n >> 8) & 255) / 255, (n & 255) / 255]
}

export function mixRgb(a: Rgb, b: Rgb, t: number): Rgb {
  return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t]
}

export function cssOf(color: Rgb, alpha = 1): string {
  const part = (value: number) => Math.round(255 * value)
  return `rgb(${part(color[0])} ${part(color[1])} ${part(color[2])} / ${alpha})`
}

const dark: Palette = {
  background: rgb('#0b1117'),
  horizon: rgb('#131c26'),
  account: rgb('#121a23'),
  region: rgb('#151f29'),
  vpc: rgb('#1a2632'),
  zone: rgb('#1d2a37'),
  subnet: rgb('#23323f'),
  block: rgb('#41566a'),
  gate: rgb('#6f8aa0'),
  portal: rgb('#56697a'),
  outside: rgb('#2b3a48'),
  edge: rgb('#7f97ab'),
  shadow: rgb('#03060a'),
  ink: rgb('#e9f3fb'),
  accent: rgb('#e9f3fb'),
  critical: rgb('#ff5a3c'),
  high: rgb('#ff9f2e'),
  medium: rgb('#f0d35a'),
  low: rgb('#8fb8d8'),
  expected: rgb('#56b4e9'),
  egress: rgb('#c79be0'),
  intra: rgb('#7d9bb5'),
  account_ribbon: rgb('#d98bc0'),
  vpc_ribbon: rgb('#e6a94a'),
  tether: rgb('#b9cbd9'),
  path: rgb('#f4fbff'),
  opened: rgb('#ff5a3c'),
  closed: rgb('#35c295'),
  ghost: rgb('#ffb648'),
  shade: 0.42,
  shadowStrength: 0.55,
  edgeStrength: 0.38,
  isDark: true,
}

const light: Palette = {
  background: rgb('#eef1f4'),
  horizon: rgb('#dfe5ea'),
  account: rgb('#e4e9ee'),
  region: rgb('#e9edf1'),
  vpc: rgb('#f5f7f9'),
  zone: rgb('#edf1f4'),
  subnet: rgb('#e1e8ee'),
  block: rgb('#b3c1cd'),
  gate: rgb('#6d8294'),
  portal: rgb('#93a4b2'),
  outside: rgb('#cfd8df'),
  edge: rgb('#75899a'),
  shadow: rgb('#5d7183'),
  ink: rgb('#0b2436'),
  accent: rgb('#0b2436'),
  critical: rgb('#c8321a'),
  high: rgb('#d97706'),
  medium: rgb('#b08900'),
  low: rgb('#4f83a8'),
  expected: rgb('#1f7fbf'),
  egress: rgb('#8a4fb0'),
  intra: rgb('#6d8296'),
  account_ribbon: rgb('#a8407f'),
  vpc_ribbon: rgb('#b06a00'),
  tether: rgb('#4b6070'),
  path: rgb('#0b2436'),
  opened: rgb('#c8321a'),
  closed: rgb('#0a8a60'),
  ghost: rgb('#d97706'),
  shade: 0.3,
  shadowStrength: 0.28,
  edgeStrength: 0.5,
  isDark: false,
}

const contrast: Palette = {
  ...dark,
  background: rgb('#000000'),
  horizon: rgb('#000000'),
  account: rgb('#000000'),
  region: rgb('#050505'),
  vpc: rgb('#0a0a0a'),
  zone: rgb('#0f0f0f'),
  subnet: rgb('#141414'),
  block: rgb('#5c5c5c'),
  gate: rgb('#dddddd'),
  portal: rgb('#aaaaaa'),
  outside: rgb('#1c1c1c'),
  edge: rgb('#ffffff'),
  ink: rgb('#ffffff'),
  accent: rgb('#ffff00'),
  critical: rgb('#ff6a4d'),
  high: rgb('#ffb000'),
  medium: rgb('#fff06a'),
  expected: rgb('#63c8ff'),
  tether: rgb('#ffffff'),
  path: rgb('#ffff00'),
  shadowStrength: 0,
  edgeStrength: 0.9,
}

const palettes: Readonly<Record<Theme, Palette>> = { dark, light, contrast }

export function paletteOf(theme: Theme, style: CSSStyleDeclaration | null): Palette {
  const palette = palettes[theme]
  if (style === null) {
    return palette
  }
  const changed: Record<string, Rgb> = {}
  for (const name of Object.keys(palette)) {
    const value = style.getPropertyValue(`--scene-${name.replace('_', '-')}`).trim()
    if (/^#[0-9a-fA-F]{6}$/.test(value)) {
      changed[name] = rgb(value)
    }
  }
  return { ...palette, ...changed }
}

/** Of a risk as numbered in the chart: 0 info … 4 critical, 255 none. */
export function riskColor(palette: Palette, risk: number): Rgb {
  switch (risk) {
    case 4:
      return palette.critical
    case 3:
      return palette.high
    case 2:
      return palette.medium
    default:
      return palette.expected
  }
}

export function exposureColor(palette: Palette, exposure: Ribbon['exposure']): Rgb {
  switch (exposure) {
    case 'internet':
      return palette.critical
    case 'account':
      return palette.account_ribbon
    case 'vpc':
      return palette.vpc_ribbon
    case 'intra':
      return palette.intra
  }
}
