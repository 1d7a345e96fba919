const LONGEST = 60;

/** The value as a message names it; of a long one the beginning, or what it is. */
export function shown(value: unknown): string {
  if (typeof value === "string")
    return value.length > LONGEST ? `'${value.slice(0, LONGEST)}…'` : `'${value}'`;
  if (typeof value !== "object" || value === null) return String(value);
  const text = jsonOf(value);
  if (text !== undefined && text.length <= LONGEST) return text;
  return Array.isArray(value) ? "a list" : "an object";
}

/** Undefined where JSON has no words for it: a circle, a BigInt within. */
function jsonOf(value: object): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}
