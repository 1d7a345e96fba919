/** A loss in six characters or about so: `0.4321`, `12.346`, `1234.6`, `4.1e16`. */
export function lossText(loss: number): string {
  if (!(Math.abs(loss) < 1e6)) return loss.toExponential(1).replace("e+", "e");
  const digits = String(Math.trunc(Math.abs(loss))).length;
  return loss.toFixed(Math.max(0, 5 - digits));
}
