import { expect, it } from "vitest";
import { namedRow, unreadableRow } from "../row.js";
import { formats } from "./index.js";

const rows = [
  namedRow("a.jpg", {
    predictions: [
      { label: 'rose, "Ena"', probability: Math.fround(0.9) },
      { label: "tulip", probability: Math.fround(0.1) },
    ],
    rejected: true,
  }),
  unreadableRow({ photo: "b,\n.jpg", code: "photo-unreadable", message: "b is cut short." }),
];

async function written(ending: "csv" | "jsonl"): Promise<string> {
  const pieces: Uint8Array[] = [];
  const write = await formats[ending]();
  await write(
    (async function* () {
      yield* rows;
    })(),
    async (bytes) => void pieces.push(bytes),
  );
  return Buffer.concat(pieces).toString();
}

it("keeps each float32 in nine digits, which say which one it is", () => {
  expect(rows[0]!.probabilities!.map(Math.fround)).toEqual([Math.fround(0.9), Math.fround(0.1)]);
  expect(rows[0]!.probability).toBe(0.899999976);
});

it("writes a row as a line of JSON", async () => {
  expect((await written("jsonl")).split("\n").map((line) => line && JSON.parse(line))).toEqual([...rows, ""]);
});

it("writes CSV that quotes what it has to, with lists as JSON and nothing where there is nothing", async () => {
  expect(await written("csv")).toBe(
    [
      "path,label,probability,labels,probabilities,rejected,error",
      'a.jpg,"rose, ""Ena""",0.899999976,"[""rose, \\""Ena\\"""",""tulip""]","[0.899999976,0.100000001]",true,',
      '"b,\n.jpg",,,,,,b is cut short.',
      "",
    ].join("\n"),
  );
});
