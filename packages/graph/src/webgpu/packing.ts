// Variables that lie on a device in fewer bits than float32, as files store them.

/** How elements lie in 32-bit words, the first one in the lowest bits; integers are in two's complement. */
export type Packing = "float16" | "int8" | "int4";

/** Elements of a 32-bit word. */
const perWord = { float16: 2, int8: 4, int4: 8 } as const satisfies Record<Packing, number>;

/** Whether it keeps whole numbers, which are multiplied with scales. */
export const isInteger = (packing: Packing | undefined): boolean => packing === "int8" || packing === "int4";

/** How many words so many elements take. */
export const wordsOf = (elements: number, packing: Packing | undefined): number =>
  Math.ceil(elements / (packing ? perWord[packing] : 1));

/** The element at an index as float32, where `word` reads the word at an index. */
export function unpacked(packing: Packing, word: (index: string) => string, index: string): string {
  const count = perWord[packing];
  const [whole, place] = [word(`${index} / ${count}u`), `${index} % ${count}u`];
  if (packing === "float16") return `unpack2x16float(${whole})[${place}]`;
  const bits = 32 / count;
  return `f32(extractBits(bitcast<i32>(${whole}), ${place} * ${bits}u, ${bits}u))`;
}
