// What a change opens and closes comes as ribbons between nodes or as rows between keys: both become ribbons here.

import type { Changed, Connection, ConnectionState, Exposure, Ribbon } from '../api/types.ts'
import type { Chart } from './chart.ts'

const MOST_PAIRS = 400

function isRibbon(row: Changed): row is Ribbon {
  return typeof row.from === 'number'
}

export function ribbonsOf(chart: Chart, rows: readonly Changed[], isOpen: boolean): Ribbon[] {
  const ribbons: Ribbon[] = []
  for (const row of rows) {
    if (isRibbon(row)) {
      ribbons.push({ ...row, is_open: isOpen })
      continue
    }
    for (const source of row.sources) {
      for (const target of row.targets) {
        const from = chart.find(source)
        const to = chart.find(target)
        if (ribbons.length < MOST_PAIRS && from >= 0 && to >= 0) {
          ribbons.push({
            from,
            to,
            ...facts(row),
            exposure: exposureOf(chart, from, to),
            pairs: 1,
            is_open: isOpen,
          })
        }
      }
    }
  }
  return ribbons
}

function facts(row: Connection): { services: string; state: ConnectionState; risky: boolean } {
  const isSure = row.services !== 'none' && row.services !== ''
  const services = isSure ? row.services : (row.services_depends ?? row.services_unknown ?? row.services)
  return { services, state: isSure ? 'open' : row.services_depends ? 'depends' : 'unknown', risky: false }
}

function exposureOf(chart: Chart, from: number, to: number): Exposure {
  return from === chart.internet || to === chart.internet ? 'internet' : 'intra'
}
