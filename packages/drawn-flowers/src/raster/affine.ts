/** A flat map from local coordinates (u, v) to pixels: x = a·u + c·v + e, y = b·u + d·v + f. */
export interface Affine {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;
}

export const IDENTITY: Affine = { a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 };

/** What is drawn in `inner` coordinates lands where `outer` takes them. */
export const within = (outer: Affine, inner: Affine): Affine => ({
  a: outer.a * inner.a + outer.c * inner.b,
  b: outer.b * inner.a + outer.d * inner.b,
  c: outer.a * inner.c + outer.c * inner.d,
  d: outer.b * inner.c + outer.d * inner.d,
  e: outer.a * inner.e + outer.c * inner.f + outer.e,
  f: outer.b * inner.e + outer.d * inner.f + outer.f,
});

export const moved = (to: Affine, u: number, v: number): Affine => within(to, { ...IDENTITY, e: u, f: v });

export const scaled = (to: Affine, u: number, v = u): Affine => within(to, { ...IDENTITY, a: u, d: v });

/** Turned by `angle` radians from u towards v: clockwise on the picture, whose y points down. */
export function turned(to: Affine, angle: number): Affine {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return within(to, { a: cos, b: sin, c: -sin, d: cos, e: 0, f: 0 });
}

/** From pixels back to local coordinates. */
export function inverse({ a, b, c, d, e, f }: Affine): Affine {
  const area = a * d - b * c;
  return {
    a: d / area,
    b: -b / area,
    c: -c / area,
    d: a / area,
    e: (c * f - d * e) / area,
    f: (b * e - a * f) / area,
  };
}

/** Points [u, v, u, v, …] as pixels [x, y, x, y, …]. */
export function mapped({ a, b, c, d, e, f }: Affine, points: readonly number[]): number[] {
  const pixels: number[] = [];
  for (let i = 0; i < points.length; i += 2) {
    const [u, v] = [points[i]!, points[i + 1]!];
    pixels.push(a * u + c * v + e, b * u + d * v + f);
  }
  return pixels;
}
