// The shaders. Few and small: software renderers draw them too. All take world coordinates to clip coordinates with the
// one matrix of camera.ts; `morph` is the way from the location lens (0) to the policy lens (1).

const head = `
precision highp float;
uniform mat4 matrix;
uniform float morph;
uniform float sky;
uniform vec2 frame;
uniform vec3 eye;
`

const fragmentHead = `
precision highp float;
out vec4 pixel;
`

/** Rounded boxes with a bevel, and a line around the top. */
export const plateVertex = `${head}
in vec4 corner;
in vec3 ring;
in vec4 rectL;
in vec4 rectP;
in vec4 ys;
in vec3 color;
in vec3 edge;
in vec4 look;
in float state;
uniform vec3 light;
uniform float shade;
out vec3 vColor;
out vec2 vLocal;
flat out vec4 vEdge;
flat out vec4 vShape;
void main() {
  vec4 rect = mix(rectL, rectP, morph);
  float base = mix(ys.x, ys.z, morph);
  float presence = smoothstep(0.0, 1.0, mix(look.x, look.y, morph));
  float top = mix(base, mix(ys.y, ys.w, morph), presence);
  vec2 room = 0.5 * rect.zw * mix(0.55, 1.0, presence) * step(0.004, presence);
  float round_ = min(look.z, 0.5 * min(room.x, room.y));
  bool isPlain = ring.y > 1.5;
  float bevel = isPlain ? 0.0 : min(0.55 * round_, 0.4 * (top - base));
  vec2 local = isPlain ? corner.xy * room : corner.xy * (room - round_) + corner.zw * (round_ - ring.y * bevel);
  vec2 middle = rect.xy + 0.5 * rect.zw;
  float y = mix(base, top - (1.0 - ring.y) * bevel, ring.x);
  vec3 normal = normalize(vec3(corner.z * (1.0 - ring.z), ring.z, corner.w * (1.0 - ring.z)) + vec3(0.0, 1e-4, 0.0));
  float lit = 0.5 + 0.5 * dot(normal, light);
  vColor = color * (1.0 - shade * (1.0 - lit) * 1.5);
  vEdge = vec4(edge, look.w);
  vLocal = local;
  // Faces that are no tops have no line: their shape is without end.
  vShape = vec4(ring.z > 0.9 ? room - bevel : vec2(1e6), max(round_ - bevel, 0.0), state);
  gl_Position = matrix * vec4(middle.x + local.x, y, middle.y + local.y, 1.0);
}
`

export const plateFragment = `${fragmentHead}
uniform vec3 background;
uniform vec3 accent;
uniform float dim;
uniform float pixels;
in vec3 vColor;
in vec2 vLocal;
flat in vec4 vEdge;
flat in vec4 vShape;
void main() {
  vec3 color = vColor;
  float isLit = step(0.5, vShape.w);
  float isBright = step(1.5, vShape.w);
  vec2 q = abs(vLocal) - vShape.xy + vShape.z;
  float distance_ = length(max(q, 0.0)) + min(max(q.x, q.y), 0.0) - vShape.z;
  float unit = max(fwidth(vLocal.x), fwidth(vLocal.y)) * 0.8 + 1e-6;
  float wide = pixels * (1.0 + isBright);
  float line = smoothstep(-unit * (wide + 0.9), -unit * wide, distance_);
  float room = smoothstep(6.0, 16.0, min(vShape.x, vShape.y) / unit);
  color = mix(color, vEdge.rgb, line * vEdge.a * mix(0.25, 1.0, room) * (1.0 - isBright));
  color = mix(color, accent, max(line, 0.14) * isBright);
  pixel = vec4(mix(color, background, dim * (1.0 - isLit)), 1.0);
}
`

/** Soft shadows under what stands. */
export const shadowVertex = `${head}
in vec2 spot;
in vec4 rectL;
in vec4 rectP;
in vec4 ys;
in vec4 look;
out vec2 vLocal;
flat out vec4 vShape;
void main() {
  vec4 rect = mix(rectL, rectP, morph);
  float base = mix(ys.x, ys.z, morph);
  float presence = mix(look.x, look.y, morph);
  float tall = (mix(ys.y, ys.w, morph) - base) * presence;
  float soft = clamp(0.9 * tall, 0.0, 9.0);
  vec2 room = 0.5 * rect.zw;
  vec2 local = spot * (room + soft);
  vLocal = local;
  vShape = vec4(room, soft, presence);
  gl_Position = matrix * vec4(rect.x + room.x + local.x + 0.25 * soft, base, rect.y + room.y + local.y + 0.35 * soft, 1.0);
  gl_Position.z -= 2e-5 * gl_Position.w;
}
`

export const shadowFragment = `${fragmentHead}
uniform vec3 shadow;
uniform float strength;
in vec2 vLocal;
flat in vec4 vShape;
void main() {
  vec2 q = abs(vLocal) - vShape.xy + vShape.z;
  float distance_ = length(max(q, 0.0)) - vShape.z;
  float a = 1.0 - smoothstep(-vShape.z, vShape.z, distance_);
  pixel = vec4(shadow, strength * a * a * vShape.w);
}
`

/** Beams from the sky: a core, a halo, and a thread for the rest of the way up. */
export const beamVertex = `${head}
in vec2 spot;
in vec3 placeL;
in vec3 placeP;
in vec4 color;
in vec4 shape;
out vec2 vSpot;
out vec4 vColor;
out vec2 vShape;
void main() {
  vec3 place = mix(placeL, placeP, morph);
  float tall = max(sky - place.y, 0.0);
  vec3 at_ = vec3(place.x, place.y + tall * spot.y * shape.w, place.z);
  vec4 clip = matrix * vec4(at_, 1.0);
  float halo = 3.2;
  clip.x += spot.x * shape.x * halo / frame.x * clip.w;
  vSpot = vec2(spot.x * halo, spot.y);
  vColor = color;
  vShape = shape.yz;
  gl_Position = clip;
}
`

export const beamFragment = `${fragmentHead}
uniform float glow;
in vec2 vSpot;
in vec4 vColor;
in vec2 vShape;
void main() {
  float x = abs(vSpot.x);
  float solid = 1.0 - smoothstep(vShape.x - 0.015, vShape.x + 0.015, vSpot.y);
  float core = 1.0 - smoothstep(0.62, 1.0, x);
  float thread = (1.0 - smoothstep(0.14, 0.4, x)) * (1.0 - vSpot.y * 0.6);
  float halo = exp(-0.75 * x * x) * glow;
  float fall = mix(1.0, 0.55, smoothstep(0.0, vShape.x, vSpot.y));
  float a = solid * max(core * fall, halo * fall) + (1.0 - solid) * thread * 0.3;
  pixel = vec4(mix(vColor.rgb, vec3(1.0), 0.25 * core * solid * glow), a * vColor.a);
}
`

/** Marks that face the eye: 0 disc, 1 square, 2 triangle, 3 diamond; a ring around them to part them from the ground. */
export const markVertex = `${head}
in vec2 spot;
in vec3 placeL;
in vec3 placeP;
in vec4 color;
in vec4 shape;
out vec2 vSpot;
out vec4 vColor;
out float vKind;
void main() {
  vec3 place = mix(placeL, placeP, morph);
  place.y += max(sky - place.y, 0.0) * shape.z;
  vec4 clip = matrix * vec4(place, 1.0);
  clip.xy += 2.0 * spot * shape.x / frame * clip.w;
  clip.z -= 1e-4 * clip.w;
  vSpot = spot;
  vColor = color;
  vKind = shape.y;
  gl_Position = clip;
}
`

export const markFragment = `${fragmentHead}
uniform vec3 background;
in vec2 vSpot;
in vec4 vColor;
in float vKind;
void main() {
  vec2 p = vSpot;
  float d = length(p) - 0.62;
  if (vKind > 2.5) {
    d = (abs(p.x) + abs(p.y)) * 0.75 - 0.62;
  } else if (vKind > 1.5) {
    d = max(abs(p.x) * 0.866 + p.y * 0.5, -p.y) - 0.42;
  } else if (vKind > 0.5) {
    d = max(abs(p.x), abs(p.y)) - 0.56;
  }
  float w = fwidth(p.x) * 1.2;
  float body = 1.0 - smoothstep(-w, w, d);
  float rim = 1.0 - smoothstep(-w, w, d - 0.2);
  pixel = vec4(mix(background, vColor.rgb, body), rim * vColor.a);
}
`

/** Rings on the ground: around the foot of a beam, for a change that happens, for one that has happened. */
export const ringVertex = `${head}
uniform float now;
in vec2 spot;
in vec3 placeL;
in vec3 placeP;
in vec4 color;
in vec4 shape;
out vec2 vSpot;
out vec4 vColor;
out vec3 vShape;
void main() {
  vec3 place = mix(placeL, placeP, morph);
  float beat = shape.w < 0.0 ? 0.0 : fract(max(now - shape.w, 0.0));
  float size = shape.x * (shape.y > 0.5 ? 1.0 + 2.2 * beat : 1.0);
  vSpot = spot;
  vColor = color;
  vShape = vec3(shape.y, beat, shape.z);
  gl_Position = matrix * vec4(place.x + spot.x * size, place.y, place.z + spot.y * size, 1.0);
  gl_Position.z -= 4e-5 * gl_Position.w;
}
`

export const ringFragment = `${fragmentHead}
in vec2 vSpot;
in vec4 vColor;
in vec3 vShape;
void main() {
  float r = length(vSpot);
  float w = fwidth(r);
  float thick = max(vShape.z, 1.4 * w);
  float line = smoothstep(thick + w, thick, abs(r - (1.0 - thick - w)));
  float fill = (1.0 - smoothstep(0.2, 1.0, r)) * 0.35;
  float a = vShape.x > 0.5 ? line * (1.0 - vShape.y) : max(line, fill);
  pixel = vec4(vColor.rgb, a * vColor.a);
}
`

/** Ribbons: twenty segments along an arch, as wide on the screen as asked, arrows running from source to destination. */
export const ribbonVertex = `${head}
uniform float now;
in vec2 spot;
in vec3 fromL;
in vec3 toL;
in vec3 fromP;
in vec3 toP;
in vec4 color;
in vec4 style;
out vec3 vAlong;
flat out vec4 vColor;
flat out vec2 vStyle;
float heightOf(float y) {
  return y > 1e5 ? sky : y;
}
void main() {
  vec3 a = mix(vec3(fromL.x, heightOf(fromL.y), fromL.z), vec3(fromP.x, heightOf(fromP.y), fromP.z), morph);
  vec3 b = mix(vec3(toL.x, heightOf(toL.y), toL.z), vec3(toP.x, heightOf(toP.y), toP.z), morph);
  float far_ = distance(a, b);
  vec2 flat_ = b.xz - a.xz;
  vec3 side = length(flat_) > 1e-4 ? normalize(vec3(-flat_.y, 0.0, flat_.x)) : vec3(0.0);
  // The arch: a parabola upwards, and another to the right of the way.
  vec3 bend = (vec3(0.0, style.z, 0.0) + side * style.w) * far_;
  float t = spot.x;
  vec4 here = matrix * vec4(mix(a, b, t) + bend * 4.0 * t * (1.0 - t), 1.0);
  vec4 onward = matrix * vec4(b - a + bend * (4.0 - 8.0 * t), 0.0);
  vec2 direction = (onward.xy * here.w - here.xy * onward.w) * frame;
  float length_ = length(direction);
  vec2 normal = length_ > 1e-6 ? vec2(-direction.y, direction.x) / length_ : vec2(1.0, 0.0);
  vec4 start = matrix * vec4(a, 1.0);
  vec4 end = matrix * vec4(b, 1.0);
  float run = 0.55 * length((end.xy / end.w - start.xy / start.w) * frame);
  float wide = style.x + 1.0;
  here.xy += normal * spot.y * wide / frame * here.w;
  here.z -= 3e-5 * here.w;
  vAlong = vec3(t * run, spot.y * wide / max(style.x, 1.0), t);
  vColor = color;
  vStyle = vec2(style.y, style.x);
  gl_Position = here;
}
`

export const ribbonFragment = `${fragmentHead}
uniform float now;
uniform float dimRibbons;
in vec3 vAlong;
flat in vec4 vColor;
flat in vec2 vStyle;
void main() {
  float across = abs(vAlong.y);
  float soft = 1.0 / max(vStyle.y, 1.0);
  float body = 1.0 - smoothstep(1.0 - soft, 1.0 + soft, across);
  float kind = vStyle.x;
  float period = 16.0 + 7.0 * vStyle.y;
  float run = (vAlong.x + (across - 0.5) * -0.9 * vStyle.y) / period - now * 0.8;
  float beat = fract(run);
  float arrow = smoothstep(0.0, 0.3, beat) * (1.0 - smoothstep(0.36, 0.4, beat));
  float a = mix(0.62, 1.0, arrow);
  if (kind > 2.5) {
    a = 0.9;
  } else if (kind > 1.5) {
    a = step(fract(vAlong.x / (5.0 + vStyle.y)), 0.45);
  } else if (kind > 0.5) {
    a = step(fract(vAlong.x / (10.0 + 3.0 * vStyle.y) - now * 0.8), 0.55);
  }
  float lead = kind < 1.5 ? mix(0.45, 1.0, vAlong.z) : 1.0;
  pixel = vec4(vColor.rgb, body * a * lead * vColor.a * dimRibbons);
}
`

/** Gates and portals: a frame with an opening, in the plane across the shorter way. */
export const archVertex = `${head}
in vec3 place;
in vec3 normal;
in vec4 rectL;
in vec4 rectP;
in vec4 ys;
in vec3 color;
in vec4 look;
in float state;
out vec3 vNormal;
out vec3 vColor;
out float vState;
void main() {
  vec4 rect = mix(rectL, rectP, morph);
  float base = mix(ys.x, ys.z, morph);
  float presence = mix(look.x, look.y, morph);
  float tall = (mix(ys.y, ys.w, morph) - base) * presence;
  vec2 middle = rect.xy + 0.5 * rect.zw;
  bool isDeep = rect.w > rect.z;
  vec3 p = isDeep ? vec3(place.z * rect.z, place.y * tall, place.x * rect.w) : vec3(place.x * rect.z, place.y * tall, place.z * rect.w);
  vNormal = isDeep ? normal.zyx : normal;
  vColor = color;
  vState = state;
  gl_Position = matrix * vec4(middle.x + p.x, base + p.y, middle.y + p.z, 1.0);
}
`

export const archFragment = `${fragmentHead}
uniform vec3 background;
uniform vec3 accent;
uniform vec3 light;
uniform float shade;
uniform float dim;
in vec3 vNormal;
in vec3 vColor;
in float vState;
void main() {
  float lit = 0.5 + 0.5 * dot(normalize(vNormal), light);
  vec3 color = vColor * (1.0 - shade * (1.0 - lit) * 1.5);
  color = mix(color, accent, 0.45 * step(1.5, vState));
  pixel = vec4(mix(color, background, dim * (1.0 - step(0.5, vState))), 1.0);
}
`

/** The membrane of a group: a shell around each member, brighter towards its rims, with a slot for each door. */
export const shellVertex = `${head}
in vec3 place;
in vec3 normal;
in vec4 rectL;
in vec4 rectP;
in vec4 ys;
in vec2 doors;
out vec3 vPlace;
out vec3 vNormal;
out vec2 vDoors;
void main() {
  vec4 rect = mix(rectL, rectP, morph);
  float base = mix(ys.x, ys.z, morph);
  float tall = mix(ys.y, ys.w, morph) - base;
  float more = 0.16 * min(rect.z, rect.w);
  vec2 middle = rect.xy + 0.5 * rect.zw;
  vPlace = place;
  vNormal = normal;
  vDoors = doors;
  gl_Position = matrix * vec4(middle.x + place.x * (rect.z + more), base + place.y * (tall + 0.7 * more), middle.y + place.z * (rect.w + more), 1.0);
}
`

export const shellFragment = `${fragmentHead}
uniform vec3 accent;
uniform vec3 door;
in vec3 vPlace;
in vec3 vNormal;
in vec2 vDoors;
void main() {
  vec3 n = abs(vNormal);
  vec2 uv = n.y > 0.5 ? vPlace.xz + 0.5 : n.x > 0.5 ? vec2(vPlace.z + 0.5, vPlace.y) : vec2(vPlace.x + 0.5, vPlace.y);
  vec2 w = fwidth(uv);
  vec2 border = min(uv, 1.0 - uv) / w;
  float rim = 1.0 - smoothstep(0.8, 2.0, min(border.x, border.y));
  vec3 color = accent;
  float a = mix(0.12, 0.85, rim) * vDoors.y;
  if (n.y < 0.5 && vDoors.x > 0.5) {
    float count = min(vDoors.x, 4.0);
    float x = fract(uv.x * count);
    float slot = step(abs(x - 0.5), 0.2) * step(uv.y, 0.6);
    color = mix(color, door, slot);
    a = max(a, slot * mix(0.5, 0.9, vDoors.y));
  }
  pixel = vec4(color, a);
}
`

/** The sky: a faint lattice that ends softly, and a rim. */
export const skyVertex = `${head}
uniform vec4 around;
in vec2 spot;
out vec2 vSpot;
out vec2 vWorld;
void main() {
  vec2 world = around.xy + spot * around.zw;
  vSpot = spot;
  vWorld = world;
  gl_Position = matrix * vec4(world.x, sky, world.y, 1.0);
}
`

export const skyFragment = `${fragmentHead}
uniform vec3 skyColor;
uniform float skyAlpha;
uniform vec4 around;
uniform vec2 ahead;
in vec2 vSpot;
in vec2 vWorld;
void main() {
  vec2 local = vSpot * around.zw;
  float corner = 0.12 * min(around.z, around.w);
  vec2 q = abs(local) - around.zw + corner;
  float d = length(max(q, 0.0)) + min(max(q.x, q.y), 0.0) - corner;
  float w = max(fwidth(vWorld.x), fwidth(vWorld.y));
  float rim = 1.0 - smoothstep(0.5 * w, 1.3 * w, abs(d + 1.3 * w));
  float inside = 1.0 - smoothstep(-w, 0.0, d);
  float far_ = smoothstep(-0.35, 0.55, dot(vSpot, ahead));
  float fade = smoothstep(-0.5 * min(around.z, around.w), 0.0, d);
  pixel = vec4(skyColor, skyAlpha * far_ * (rim * 0.8 + inside * fade * fade * 0.1));
}
`

/** The ground around the estate: a soft pool of light, and the ring where the networks outside stand. */
export const groundVertex = `${head}
uniform vec4 around;
in vec2 spot;
out vec2 vSpot;
void main() {
  vec2 world = around.xy + spot * around.zw * 12.0;
  vSpot = spot * 12.0;
  gl_Position = matrix * vec4(world.x, -0.6, world.y, 1.0);
}
`

export const groundFragment = `${fragmentHead}
uniform vec3 background;
uniform vec3 horizon;
in vec2 vSpot;
void main() {
  float r = length(vSpot);
  pixel = vec4(mix(horizon, background, smoothstep(0.2, 2.2, r)), 1.0);
}
`
