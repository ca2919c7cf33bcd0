// The few shapes that everything is an instance of.

import { BufferAttribute, BufferGeometry } from 'three'

export const plateFields = [
  { name: 'rectL', size: 4 },
  { name: 'rectP', size: 4 },
  { name: 'ys', size: 4 },
  { name: 'color', size: 3 },
  { name: 'edge', size: 3 },
  { name: 'look', size: 4 },
] as const

export const spotFields = [
  { name: 'placeL', size: 3 },
  { name: 'placeP', size: 3 },
  { name: 'color', size: 4 },
  { name: 'shape', size: 4 },
] as const

export const ribbonFields = [
  { name: 'fromL', size: 3 },
  { name: 'toL', size: 3 },
  { name: 'fromP', size: 3 },
  { name: 'toP', size: 3 },
  { name: 'color', size: 4 },
  { name: 'style', size: 4 },
] as const

function geometryOf(
  attributes: Record<string, { size: number; values: number[] }>,
  index: number[],
): BufferGeometry {
  const geometry = new BufferGeometry()
  for (const [name, { size, values }] of Object.entries(attributes)) {
    geometry.setAttribute(name, new BufferAttribute(Float32Array.from(values), size))
  }
  geometry.setIndex(index)
  return geometry
}

/** A box with rounded upright edges and a bevel around its top, of so many segments per corner. */
export function roundedBox(segments: number): BufferGeometry {
  const around: [number, number, number, number][] = []
  const signs = [
    [1, 1],
    [-1, 1],
    [-1, -1],
    [1, -1],
  ] as const
  signs.forEach(([sx, sz], quarter) => {
    for (let i = 0; i <= segments; i++) {
      const angle = (Math.PI / 2) * (quarter + i / segments)
      around.push([sx, sz, Math.cos(angle), Math.sin(angle)])
    }
  })
  // How high (0 bottom, 1 top), how far inside the bevel, how much the normal looks up.
  const rings = [
    [0, 0, 0],
    [1, 0, 0],
    [1, 0, 0.55],
    [1, 1, 0.55],
    [1, 1, 1],
  ] as const
  const corner: number[] = []
  const ring: number[] = []
  for (const each of rings) {
    for (const place of around) {
      corner.push(...place)
      ring.push(...each)
    }
  }
  const n = around.length
  const index: number[] = []
  for (const lower of [0, 2]) {
    for (let i = 0; i < n; i++) {
      const a = lower * n + i
      const b = lower * n + ((i + 1) % n)
      index.push(a, a + n, b, b, a + n, b + n)
    }
  }
  for (let i = 1; i < n - 1; i++) {
    index.push(4 * n, 4 * n + i + 1, 4 * n + i)
  }
  return geometryOf({ corner: { size: 4, values: corner }, ring: { size: 3, values: ring } }, index)
}

/** A plain box with the attributes of a rounded one: for what is only a few pixels wide. */
export function plainBox(): BufferGeometry {
  const corner: number[] = []
  const ring: number[] = []
  const index: number[] = []
  const face = (
    points: readonly (readonly [number, number, number])[],
    nx: number,
    nz: number,
    up: number,
  ) => {
    const first = ring.length / 3
    for (const [sx, sz, y] of points) {
      corner.push(sx, sz, nx, nz)
      ring.push(y, 2, up)
    }
    index.push(first, first + 1, first + 2, first + 2, first + 1, first + 3)
  }
  for (const [nx, nz] of [
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
  ] as const) {
    // The two corners of the side, the left one first as seen from outside.
    const a = [nx - nz, nz + nx] as const
    const b = [nx + nz, nz - nx] as const
    face(
      [
        [...a, 0],
        [...b, 0],
        [...a, 1],
        [...b, 1],
      ],
      nx,
      nz,
      0,
    )
  }
  face(
    [
      [-1, 1, 1],
      [1, 1, 1],
      [-1, -1, 1],
      [1, -1, 1],
    ],
    0,
    0,
    1,
  )
  return geometryOf({ corner: { size: 4, values: corner }, ring: { size: 3, values: ring } }, index)
}

/** A square from −1 to 1, or with y from 0 to 1 where it stands. */
export function quad(isStanding = false): BufferGeometry {
  const low = isStanding ? 0 : -1
  return geometryOf({ spot: { size: 2, values: [-1, low, 1, low, -1, 1, 1, 1] } }, [0, 1, 2, 2, 1, 3])
}

/** A strip of so many segments: t from 0 to 1, side −1 or 1. */
export function strip(segments: number): BufferGeometry {
  const spot: number[] = []
  const index: number[] = []
  for (let i = 0; i <= segments; i++) {
    spot.push(i / segments, -1, i / segments, 1)
    if (i > 0) {
      const a = 2 * i - 2
      index.push(a, a + 1, a + 2, a + 2, a + 1, a + 3)
    }
  }
  return geometryOf({ spot: { size: 2, values: spot } }, index)
}

type Span = readonly [number, number]

/** Boxes given by their spans in x, y, z, with normals. */
export function boxes(list: readonly (readonly [Span, Span, Span])[]): BufferGeometry {
  const place: number[] = []
  const normal: number[] = []
  const index: number[] = []
  const faces = [
    [0, 1, 2],
    [1, 2, 0],
    [2, 0, 1],
  ] as const
  for (const spans of list) {
    for (const [axis, u, v] of faces) {
      for (const end of [0, 1] as const) {
        const first = place.length / 3
        for (const [s, t] of [
          [0, 0],
          [1, 0],
          [0, 1],
          [1, 1],
        ] as const) {
          const p: [number, number, number] = [0, 0, 0]
          const n: [number, number, number] = [0, 0, 0]
          p[axis] = spans[axis][end]
          p[u] = spans[u][s]
          p[v] = spans[v][t]
          n[axis] = end === 1 ? 1 : -1
          place.push(...p)
          normal.push(...n)
        }
        index.push(
          ...(end === 1
            ? [first, first + 1, first + 2, first + 2, first + 1, first + 3]
            : [first, first + 2, first + 1, first + 1, first + 2, first + 3]),
        )
      }
    }
  }
  return geometryOf({ place: { size: 3, values: place }, normal: { size: 3, values: normal } }, index)
}

/** A gate: two posts, a lintel, and bars that part it into three openings. */
export function gateShape(): BufferGeometry {
  const deep: Span = [-0.5, 0.5]
  return boxes([
    [[-0.5, -0.38], [0, 1], deep],
    [[0.38, 0.5], [0, 1], deep],
    [[-0.38, 0.38], [0.72, 1], deep],
    [
      [-0.155, -0.105],
      [0, 0.72],
      [-0.3, 0.3],
    ],
    [
      [0.105, 0.155],
      [0, 0.72],
      [-0.3, 0.3],
    ],
  ])
}

/** A portal: a frame with one opening and a sill. */
export function portalShape(): BufferGeometry {
  const deep: Span = [-0.32, 0.32]
  return boxes([
    [[-0.5, -0.3], [0, 1], deep],
    [[0.3, 0.5], [0, 1], deep],
    [[-0.3, 0.3], [0.76, 1], deep],
    [
      [-0.3, 0.3],
      [0, 0.1],
      [-0.5, 0.5],
    ],
  ])
}

export function cube(): BufferGeometry {
  return boxes([
    [
      [-0.5, 0.5],
      [0, 1],
      [-0.5, 0.5],
    ],
  ])
}
