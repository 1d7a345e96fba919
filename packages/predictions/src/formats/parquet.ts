import { ByteWriter, parquetWriteRows } from "hyparquet-writer";
import type { WriteRows } from "./format.js";

/** Rows that are in memory and lie together in the file. */
const ROW_GROUP = 10_000;

type Element = NonNullable<Parameters<typeof parquetWriteRows>[0]["schema"]>[number];

const text = { type: "BYTE_ARRAY", converted_type: "UTF8" } as const;
const number = { type: "FLOAT" } as const;
const optional = (name: string, type: Partial<Element>): Element => ({
  name,
  repetition_type: "OPTIONAL",
  ...type,
});

/** The three levels that Parquet prescribes. */
const list = (name: string, type: Partial<Element>): readonly Element[] => [
  optional(name, { converted_type: "LIST", num_children: 1 }),
  { name: "list", repetition_type: "REPEATED", num_children: 1 },
  { name: "element", repetition_type: "REQUIRED", ...type },
];

const columns = ["path", "label", "probability", "labels", "probabilities", "rejected", "error"];

const schema: Element[] = [
  { name: "root", num_children: columns.length },
  { name: "path", repetition_type: "REQUIRED", ...text },
  optional("label", text),
  optional("probability", number),
  ...list("labels", text),
  ...list("probabilities", number),
  optional("rejected", { type: "BOOLEAN" }),
  optional("error", text),
];

export const writeParquet: WriteRows = async (rows, put) => {
  const bytes = new ByteWriter();
  const flush = async () => {
    await put(bytes.getBytes());
    bytes.index = 0;
  };
  const writer = Object.assign(bytes, { flush, finish: flush });
  await parquetWriteRows({
    writer,
    rows,
    columns: columns.map((name) => ({ name })),
    schema,
    rowGroupSize: ROW_GROUP,
    createdBy: "fleuron",
  });
};
