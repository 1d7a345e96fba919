/** Bytes of a file, the end not among them. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * What a `Range` header asks for (RFC 9110, section 14): one range of bytes. A header of several ranges, of another
 * unit, or that is malformed asks for nothing: the whole is a right answer to all of them.
 */
export function rangeOf(header: string, bytes: number): Span | "unsatisfiable" | undefined {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/i.exec(header) ?? [];
  if (first === undefined || last === undefined || first + last === "") return undefined;
  const span =
    first === ""
      ? { start: Math.max(0, bytes - Number(last)), end: bytes }
      : { start: Number(first), end: last === "" ? bytes : Math.min(Number(last) + 1, bytes) };
  if (first !== "" && last !== "" && Number(last) < Number(first)) return undefined;
  return span.start < span.end ? span : "unsatisfiable";
}
