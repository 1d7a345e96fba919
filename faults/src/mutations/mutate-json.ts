// JSON that stays JSON and says something else: wrong types, odd numbers, members that are missing or new.
import type { RandomStream } from "@fleuron/model";
import { oneOf } from "../fault.js";

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

const MOST_CHANGES = 3;

/** A text that says something else. */
export function mutateJson(text: string, random: RandomStream): string {
  let value: Json = JSON.parse(text);
  const changes = 1 + random.integer(MOST_CHANGES);
  for (let change = 0; change < changes; change++) value = changeSomewhere(value, random);
  const raw = JSON.stringify(value);
  // What no value can say.
  return random.integer(8) === 0 ? unlikely(raw, random) : raw;
}

/** Goes down a drawn way and changes what is there. */
function changeSomewhere(value: Json, random: RandomStream): Json {
  const isLeaf = value === null || typeof value !== "object" || Object.keys(value).length === 0;
  if (isLeaf || random.integer(6) === 0) return changed(value, random);
  if (Array.isArray(value)) {
    const index = random.integer(value.length);
    return value.with(index, changeSomewhere(value[index]!, random));
  }
  const name = oneOf(random, Object.keys(value));
  return { ...value, [name]: changeSomewhere(value[name]!, random) };
}

function changed(value: Json, random: RandomStream): Json {
  if (typeof value === "number" && random.integer(2) === 0) return oneOf(random, NUMBERS);
  if (typeof value === "string" && random.integer(2) === 0) return changedText(value, random);
  if (Array.isArray(value) && random.integer(2) === 0) return changedList(value, random);
  if (value !== null && typeof value === "object" && random.integer(2) === 0)
    return changedObject(value as { [name: string]: Json }, random);
  return oneOf(random, VALUES);
}

const NUMBERS: readonly number[] = [
  ...[0, -0, 1, -1, 2, 0.5, 255, 256, 1e-320, 1e308, -1e308],
  ...[2 ** 31, 2 ** 32, 2 ** 53, 2 ** 53 + 2, 1e12, 1.7976931348623157e308],
];

const VALUES: readonly Json[] = [
  null,
  true,
  false,
  0,
  -1,
  1e308,
  "",
  "x",
  "__proto__",
  [],
  {},
  [[]],
  [null],
  { x: 1 },
];

function changedText(text: string, random: RandomStream): string {
  const at = random.integer(text.length + 1);
  return oneOf(random, [
    "",
    text.slice(0, at),
    text + text,
    text.slice(0, at) +
      oneOf(random, ["\0", "\u001b[2J", "\u202e", "/", "\\", "..", " ", "\ud800", "é"]) +
      text.slice(at),
    `../${text}`,
    `/${text}`,
    text.toUpperCase(),
    "constructor",
    "9".repeat(400),
  ]);
}

function changedList(list: readonly Json[], random: RandomStream): Json {
  const at = random.integer(list.length + 1);
  return oneOf(random, [
    [],
    list.slice(0, at),
    [...list, ...list],
    list.toSpliced(at, 1),
    [...list, null],
    list.toReversed(),
    Array.from({ length: 2000 }, () => list[0] ?? 0),
  ]);
}

function changedObject(object: { [name: string]: Json }, random: RandomStream): Json {
  const names = Object.keys(object);
  const name = names.length === 0 ? "x" : oneOf(random, names);
  const { [name]: member = null, ...rest } = object;
  return oneOf<Json>(random, [
    rest,
    { ...object, strange: member },
    { ...rest, [oneOf(random, ["__proto__", "toString", "", `${name} `])]: member },
    { ...object, [name]: object },
    Object.values(object),
  ]);
}

/** Numbers that no double holds, names given twice, depth without end, and what only looks like JSON. */
function unlikely(text: string, random: RandomStream): string {
  const deep = 10 ** (1 + random.integer(5));
  return oneOf(random, [
    text.replace(/\d+/, "1e999"),
    text.replace(/\d+/, "9".repeat(400)),
    text.replace(/\d+/, "NaN"),
    text.replace(/\{("[^"]*"):/, "{$1:0,$1:"),
    "[".repeat(deep),
    "[".repeat(deep) + "]".repeat(deep),
    `${'{"a":'.repeat(deep)}0${"}".repeat(deep)}`,
    `\ufeff${text}`,
    `${text}${text}`,
    text.replaceAll('"', "'"),
    " ".repeat(100_000) + text,
  ]);
}
