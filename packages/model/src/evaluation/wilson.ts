/** The normal distribution's 97.5% quantile. */
const Z = 1.959963984540054;

/**
 * The 95% score interval of a proportion: E. B. Wilson, "Probable inference, the law of succession, and
 * statistical inference", JASA 22 (1927), 209–212; without continuity correction.
 */
export function wilsonInterval(successes: number, trials: number): readonly [low: number, high: number] {
  if (trials === 0) return [0, 1];
  const proportion = successes / trials;
  const scale = 1 + Z ** 2 / trials;
  const centre = (proportion + Z ** 2 / (2 * trials)) / scale;
  const spread = proportion * (1 - proportion) + Z ** 2 / (4 * trials);
  const half = (Z / scale) * Math.sqrt(spread / trials);
  // Exact at its ends: what rounding leaves would show 100% as a little less.
  return [successes === 0 ? 0 : centre - half, successes === trials ? 1 : centre + half];
}
