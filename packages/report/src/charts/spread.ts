/**
 * Moves positions apart so that neighbours are at least `gap` from each other, in their order, between
 * `lowest` and `highest` as far as there is room.
 */
export function spread(
  positions: readonly number[],
  { gap, lowest, highest }: { readonly gap: number; readonly lowest: number; readonly highest: number },
): readonly number[] {
  const order = positions.map((_, index) => index).sort((a, b) => positions[a]! - positions[b]!);
  const placed = [...positions];
  let bound = lowest;
  for (const index of order) {
    placed[index] = Math.max(placed[index]!, bound);
    bound = placed[index] + gap;
  }
  bound = highest;
  for (const index of order.reverse()) {
    placed[index] = Math.min(placed[index]!, bound);
    bound = placed[index] - gap;
  }
  return placed;
}
