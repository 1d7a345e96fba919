// Outlines as closed polygons [x, y, x, y, …].

/** An ellipse around the origin. */
export function ellipse(radiusU: number, radiusV: number, corners = 32): number[] {
  return Array.from({ length: corners }, (_, i) => (2 * Math.PI * i) / corners).flatMap((angle) => [
    radiusU * Math.cos(angle),
    radiusV * Math.sin(angle),
  ]);
}

/** A band along the points [x, y, …] with half widths from `from` at the first to `to` at the last. */
export function ribbon(points: readonly number[], from: number, to: number): number[] {
  const count = points.length / 2;
  const left: number[] = [];
  const right: number[] = [];
  for (let i = 0; i < count; i++) {
    const [before, after] = [Math.max(0, i - 1) * 2, Math.min(count - 1, i + 1) * 2];
    const [alongX, alongY] = [points[after]! - points[before]!, points[after + 1]! - points[before + 1]!];
    const half = (from + ((to - from) * i) / (count - 1)) / (Math.hypot(alongX, alongY) || 1);
    const [x, y] = [points[2 * i]!, points[2 * i + 1]!];
    left.push(x - alongY * half, y + alongX * half);
    right.unshift(x + alongY * half, y - alongX * half);
  }
  return [...left, ...right];
}

/** Points on the quadratic curve from one point to another, drawn towards a third. */
export function curve(
  [fromX, fromY]: readonly [number, number],
  [pullX, pullY]: readonly [number, number],
  [toX, toY]: readonly [number, number],
  pieces = 10,
): number[] {
  return Array.from({ length: pieces + 1 }, (_, i) => i / pieces).flatMap((t) => [
    (1 - t) ** 2 * fromX + 2 * t * (1 - t) * pullX + t * t * toX,
    (1 - t) ** 2 * fromY + 2 * t * (1 - t) * pullY + t * t * toY,
  ]);
}
