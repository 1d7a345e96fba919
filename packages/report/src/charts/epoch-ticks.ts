const MOST_TICKS = 8;

/** Round epochs from 1 to `last`, few enough to stand under a chart. */
export function epochTicks(last: number): readonly number[] {
  const step = steps().find((candidate) => last / candidate <= MOST_TICKS) ?? 1;
  const round = Array.from({ length: Math.floor(last / step) }, (_, index) => (index + 1) * step);
  return step === 1 ? round : [1, ...round];
}

/** 1, 2, 5, 10, 20, 50, … */
const steps = () => [1, 10, 100, 1000, 10_000].flatMap((power) => [power, 2 * power, 5 * power]);
