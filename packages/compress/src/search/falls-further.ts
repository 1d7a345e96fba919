/** What floating point makes of a drop that is exactly allowed. */
const ROUNDING = 1e-9;

/** Whether an accuracy on so many photos has fallen by more than `maxDrop` points, in whole photos. */
export function fallsFurther(
  { before, after }: { readonly before: number; readonly after: number },
  maxDrop: number,
  photos: number,
): boolean {
  const lost = Math.round((before - after) * photos);
  return lost > (maxDrop / 100) * photos + ROUNDING;
}
