/** Order of strings by code unit, the same on every machine and in every language. */
export function byCodeUnit(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
