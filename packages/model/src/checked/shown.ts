const LONGEST = 60;

/** The value as a message names it; of a long one the beginning, or what it is. */
export function shown(value: unknown): string {
  if (typeof value === "string")
    return value.length > LONGEST ? `'${value.slice(0, LONGEST)}…'` : `'${value}'`;
  if (typeof value !== "object" || value === null) return String(value);
  try {
    const text = JSON.stringify(value);
    if (text.length <= LONGEST) return text;
  } catch {
    // JSON has no words for it: a circle, a BigInt within.
  }
  return Array.isArray(value) ? "a list" : "an object";
}
