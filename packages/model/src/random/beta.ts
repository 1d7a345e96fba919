/** Beta variates by way of gamma variates, in logarithms so that tiny parameters do not underflow. */

/** A source of independent variates, such as a random stream. */
interface Variates {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
}

/**
 * Logarithm of a Gamma(shape, 1) variate: Marsaglia and Tsang, "A simple method for generating gamma
 * variables" (2000), with their boost G(a) = G(a + 1) · U^(1/a) for shapes below 1.
 */
function logGamma(stream: Variates, shape: number): number {
  if (shape < 1) return logGamma(stream, shape + 1) + Math.log(1 - stream.uniform()) / shape;
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = stream.normal();
    const base = 1 + c * x;
    if (base <= 0) continue;
    const cube = base * base * base;
    const logU = Math.log(1 - stream.uniform());
    if (logU < 0.5 * x * x + d * (1 - cube + Math.log(cube))) return Math.log(d * cube);
  }
}

export function betaVariate(stream: Variates, a: number, b: number): number {
  return 1 / (1 + Math.exp(logGamma(stream, b) - logGamma(stream, a)));
}
