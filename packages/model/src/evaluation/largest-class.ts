/** What always naming the largest class would give: the accuracy that any other is to be compared with. */
export interface LargestClass {
  readonly label: string;
  /** Its share of all photos; 0 where there are none. */
  readonly share: number;
}

export function largestClass(
  classes: readonly { readonly label: string; readonly count: number }[],
): LargestClass {
  const total = classes.reduce((sum, { count }) => sum + count, 0);
  const { label, count } = classes.reduce((one, other) => (other.count > one.count ? other : one));
  return { label, share: total === 0 ? 0 : count / total };
}
