// The tables: all connections, interfaces, groups and rules, as the command line counts them.

import type { JSX } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import { pathOf } from '../api/client.ts'
import type { Connection, Connections } from '../api/types.ts'
import { ask, questionName, save, select, selectNodeNumber } from '../state/actions.ts'
import { useAnswer } from '../state/answers.ts'
import { store, type TableName, tableName } from '../state/app.ts'
import { type Chart, Flag, Kind, NO_RISK } from '../state/chart.ts'
import { hoverNode } from '../state/store.ts'
import { count, number, printable, riskWord, short } from '../state/words.ts'
import { Glyph, RiskMark } from './glyphs.tsx'
import { type Column, Grid } from './grid.tsx'
import { Party, Place, Problem, Segments, Waiting } from './parts.tsx'

const options: readonly { readonly value: TableName; readonly text: string }[] = [
  { value: 'connections', text: 'Connections' },
  { value: 'interfaces', text: 'Interfaces' },
  { value: 'groups', text: 'Groups' },
  { value: 'rules', text: 'Rules' },
]

export function TablesView(): JSX.Element {
  const [words, setWords] = useState('')
  const name = tableName.value
  return (
    <section class="tables" aria-label="Tables">
      <div class="view-bar">
        <Segments
          label="Table"
          value={name}
          options={options}
          onPick={(next) => {
            tableName.value = next
          }}
        />
        <input
          class="field"
          type="search"
          aria-label="Narrow the table"
          placeholder="Narrow"
          value={words}
          onInput={(event) => setWords(event.currentTarget.value)}
        />
      </div>
      {name === 'connections' && <ConnectionsTable words={words} />}
      {name === 'interfaces' && store.chart.value && (
        <InterfacesTable chart={store.chart.value} words={words} />
      )}
      {name === 'groups' && <GroupsTable words={words} />}
      {name === 'rules' && <RulesTable words={words} />}
    </section>
  )
}

function has(words: string, ...texts: readonly (string | undefined)[]): boolean {
  const low = words.trim().toLowerCase()
  return low === '' || texts.some((text) => text?.toLowerCase().includes(low))
}

/** All services of a connection, and which of them are sure. */
export function servicesOf(connection: Connection): { readonly text: string; readonly isSure: boolean } {
  const sure = connection.services !== 'none' && connection.services !== ''
  const perhaps = connection.services_depends ?? connection.services_unknown ?? ''
  return { text: sure ? connection.services : perhaps || connection.services, isSure: sure }
}

function ConnectionsTable({ words }: { readonly words: string }): JSX.Element {
  const [only, setOnly] = useState<'all' | 'exposed' | 'risky'>('all')
  const path = pathOf('/connections', { exposed: only === 'exposed', risky: only === 'risky' })
  const answer = useAnswer<Connections>(path)
  const all = answer.value?.connections
  const rows = useMemo(
    () =>
      (all ?? []).filter((row) => has(words, row.from, row.to, row.services, ...row.sources, ...row.targets)),
    [all, words],
  )
  return (
    <>
      <div class="view-bar is-second">
        <Segments
          label="Which connections"
          value={only}
          options={[
            { value: 'all', text: 'All' },
            { value: 'exposed', text: 'From the internet' },
            { value: 'risky', text: 'Risky' },
          ]}
          onPick={setOnly}
        />
        <span class="faint small view-count" data-count={rows.length}>
          {all && count(rows.length, 'connection')}
        </span>
        <button
          type="button"
          class="button"
          onClick={() => void save('/export.csv', 'portolan-connections.csv')}
        >
          <Glyph name="export" size={13} /> CSV
        </button>
      </div>
      {answer.error && <Problem error={answer.error} />}
      {!all && !answer.error && <Waiting what="Asking for the connections" />}
      {all && (
        <Grid
          label="Connections"
          rows={rows}
          keyOf={(row) =>
            `${row.from} ${row.to} ${servicesOf(row).text} ${row.services} ${row.targets.join()}`
          }
          columns={connectionColumns}
          onPick={(row) =>
            void ask(
              `${questionName(row.sources[0] ?? row.from)} -> ${questionName(row.targets[0] ?? row.to)} any`,
            )
          }
          onHover={(row) =>
            hoverNode(store, row ? (store.chart.peek()?.find(row.targets[0] ?? '') ?? -1) : -1)
          }
          empty="No connection is open here."
        />
      )}
    </>
  )
}

const connectionColumns: readonly Column<Connection>[] = [
  {
    id: 'from',
    title: 'From',
    width: 'minmax(0, 2fr)',
    cell: (row) => <Party label={row.from} members={row.sources} />,
    by: (row) => row.from,
  },
  {
    id: 'to',
    title: 'To',
    width: 'minmax(0, 2fr)',
    cell: (row) => <Party label={row.to} members={row.targets} />,
    by: (row) => row.to,
  },
  {
    id: 'services',
    title: 'Services',
    width: 'minmax(0, 2.4fr)',
    cell: (row) => {
      const { text, isSure } = servicesOf(row)
      return (
        <span class="mono clip" title={short(text, 400)}>
          {short(text, 60)}
          {!isSure && <span class="faint"> not known</span>}
        </span>
      )
    },
    by: (row) => servicesOf(row).text,
  },
  { id: 'pairs', title: 'Pairs', width: '76px', cell: (row) => number(row.pairs), by: (row) => row.pairs },
]

function InterfacesTable({ chart, words }: { readonly chart: Chart; readonly words: string }): JSX.Element {
  const rows = useMemo(() => {
    const found: number[] = []
    for (let node = 0; node < chart.count; ++node) {
      if (chart.kind[node] === Kind.interface && has(words, chart.name(node), chart.key(node))) {
        found.push(node)
      }
    }
    return found
  }, [chart, words])
  const above = (node: number): number => chart.trees.location.parent[node] ?? -1
  const columns: readonly Column<number>[] = [
    {
      id: 'risk',
      title: '',
      width: '30px',
      cell: (node) => <NodeRisk chart={chart} node={node} />,
      by: (node) => (chart.risk[node] === NO_RISK ? -1 : (chart.risk[node] ?? -1)),
    },
    {
      id: 'name',
      title: 'Interface',
      width: 'minmax(0, 1.6fr)',
      cell: (node) => <span class="clip">{short(chart.name(node) || chart.key(node), 50)}</span>,
      by: (node) => chart.name(node),
    },
    {
      id: 'key',
      title: 'Id',
      width: 'minmax(0, 1.4fr)',
      cell: (node) => <span class="mono clip">{short(chart.key(node), 40)}</span>,
      by: (node) => chart.key(node),
    },
    {
      id: 'subnet',
      title: 'Subnet',
      width: 'minmax(0, 1fr)',
      cell: (node) => short(chart.name(above(node)), 30),
      by: (node) => chart.name(above(node)),
    },
    {
      id: 'internet',
      title: 'Internet',
      width: 'minmax(0, 1.3fr)',
      cell: (node) => exposureOf(chart, node),
      by: (node) => exposureOf(chart, node),
    },
    {
      id: 'ports',
      title: 'Services',
      width: '76px',
      cell: (node) => number(chart.ports[node] ?? 0),
      by: (node) => chart.ports[node] ?? 0,
    },
    {
      id: 'findings',
      title: 'Findings',
      width: '76px',
      cell: (node) => number(chart.findings[node] ?? 0),
      by: (node) => chart.findings[node] ?? 0,
    },
  ]
  return (
    <>
      <div class="view-bar is-second">
        <span class="faint small view-count" data-count={rows.length}>
          {count(rows.length, 'interface')}
        </span>
      </div>
      <Grid
        label="Interfaces"
        rows={rows}
        keyOf={String}
        columns={columns}
        isSelected={(node) => store.selection.value?.node === node}
        onPick={selectNodeNumber}
        onHover={(node) => hoverNode(store, node ?? -1)}
        empty="No interface has that in its name."
      />
    </>
  )
}

function NodeRisk({ chart, node }: { readonly chart: Chart; readonly node: number }): JSX.Element | null {
  const risk = riskWord(chart.risk[node] ?? NO_RISK)
  return risk && <RiskMark risk={risk} size={12} />
}

export function exposureOf(chart: Chart, node: number): string {
  const flags = chart.flags[node] ?? 0
  if (flags & Flag.exposed) {
    return 'reached'
  }
  if (flags & Flag.perhapsExposed) {
    return 'perhaps reached'
  }
  if (flags & Flag.behindBalancer) {
    return 'by a balancer'
  }
  return flags & Flag.reachesInternet ? 'outward only' : 'none'
}

interface ListedGroup {
  readonly key: string
  readonly name: string
  readonly vpc?: string
  readonly description?: string
  readonly interfaces?: number
  readonly members?: number
  readonly rules?: number
  readonly findings?: number
}

function GroupsTable({ words }: { readonly words: string }): JSX.Element {
  const answer = useAnswer<{ readonly groups: readonly ListedGroup[] }>('/groups')
  const all = answer.value?.groups
  const rows = (all ?? []).filter((row) => has(words, row.key, row.name, row.description))
  const columns: readonly Column<ListedGroup>[] = [
    {
      id: 'name',
      title: 'Group',
      width: 'minmax(0, 1.3fr)',
      cell: (row) => <Place of={row.key} name={row.name} kind="group" />,
      by: (row) => row.name,
    },
    {
      id: 'key',
      title: 'Id',
      width: 'minmax(0, 1.3fr)',
      cell: (row) => <span class="mono clip">{short(row.key, 40)}</span>,
      by: (row) => row.key,
    },
    {
      id: 'vpc',
      title: 'VPC',
      width: 'minmax(0, 1fr)',
      cell: (row) => <span class="clip">{short(row.vpc ?? '', 30)}</span>,
      by: (row) => row.vpc ?? '',
    },
    {
      id: 'members',
      title: 'Members',
      width: '80px',
      cell: (row) => number(row.members ?? row.interfaces ?? 0),
      by: (row) => row.members ?? row.interfaces ?? 0,
    },
    {
      id: 'rules',
      title: 'Rules',
      width: '64px',
      cell: (row) => number(row.rules ?? 0),
      by: (row) => row.rules ?? 0,
    },
    {
      id: 'why',
      title: 'Description',
      width: 'minmax(0, 2fr)',
      cell: (row) => <span class="clip soft">{printable(row.description ?? '')}</span>,
    },
  ]
  return (
    <>
      <div class="view-bar is-second">
        <span class="faint small view-count" data-count={rows.length}>
          {all && count(rows.length, 'group')}
        </span>
      </div>
      {answer.error && <Problem error={answer.error} />}
      {!all && !answer.error && <Waiting what="Asking for the groups" />}
      {all && (
        <Grid
          label="Groups"
          rows={rows}
          keyOf={(row) => row.key}
          columns={columns}
          isSelected={(row) => store.selection.value?.key === row.key}
          onPick={(row) => select(row.key)}
          empty="No group has that in its name."
        />
      )}
    </>
  )
}

interface ListedRule {
  readonly id: string
  readonly group: string
  readonly group_name?: string
  readonly direction: string
  readonly services: string
  readonly peer: string
  readonly description?: string
}

function RulesTable({ words }: { readonly words: string }): JSX.Element {
  const answer = useAnswer<{ readonly rules: readonly ListedRule[] }>('/rules')
  const all = answer.value?.rules
  const rows = useMemo(
    () =>
      (all ?? []).filter((row) =>
        has(words, row.id, row.group, row.group_name, row.services, row.peer, row.description),
      ),
    [all, words],
  )
  const columns: readonly Column<ListedRule>[] = [
    {
      id: 'group',
      title: 'Group',
      width: 'minmax(0, 1.3fr)',
      cell: (row) => (
        <Place of={row.group} {...(row.group_name ? { name: row.group_name } : {})} kind="group" />
      ),
      by: (row) => row.group_name ?? row.group,
    },
    {
      id: 'direction',
      title: 'Direction',
      width: '90px',
      cell: (row) => row.direction,
      by: (row) => row.direction,
    },
    {
      id: 'services',
      title: 'Services',
      width: 'minmax(0, 1.3fr)',
      cell: (row) => <span class="mono clip">{short(row.services, 50)}</span>,
      by: (row) => row.services,
    },
    {
      id: 'peer',
      title: 'Peer',
      width: 'minmax(0, 1.3fr)',
      cell: (row) => <span class="mono clip">{short(row.peer, 50)}</span>,
      by: (row) => row.peer,
    },
    {
      id: 'why',
      title: 'Description',
      width: 'minmax(0, 1.6fr)',
      cell: (row) => <span class="clip soft">{printable(row.description ?? '')}</span>,
    },
  ]
  return (
    <>
      <div class="view-bar is-second">
        <span class="faint small view-count" data-count={rows.length}>
          {all && count(rows.length, 'rule')}
        </span>
      </div>
      {answer.error && <Problem error={answer.error} />}
      {!all && !answer.error && <Waiting what="Asking for the rules" />}
      {all && (
        <Grid
          label="Rules"
          rows={rows}
          keyOf={(row) => `${row.group} ${row.direction} ${row.id}`}
          columns={columns}
          isSelected={(row) => store.selection.value?.key === row.group}
          onPick={(row) => select(row.group)}
          empty="No rule has that."
        />
      )}
    </>
  )
}
