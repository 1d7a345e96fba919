import type { IncomingHttpHeaders } from "node:http";

/**
 * The first of these content codings that a client accepts (RFC 9110, section 12.5.3). None where it asks for a part, which is one of
 * the file as it is.
 */
export function acceptedCoding<Coding extends string>(
  { "accept-encoding": accepted = "", range }: IncomingHttpHeaders,
  codings: readonly Coding[],
): Coding | undefined {
  if (range !== undefined) return undefined;
  const weights = new Map(
    [accepted].flat().flatMap((list) =>
      list.split(",").map((each) => {
        const [, name = "", weight = "1"] = /^\s*([^\s;]+)\s*(?:;\s*q=([\d.]+))?/.exec(each) ?? [];
        return [name.toLowerCase(), Number(weight)] as const;
      }),
    ),
  );
  return codings.find((coding) => (weights.get(coding) ?? weights.get("*") ?? 0) > 0);
}
