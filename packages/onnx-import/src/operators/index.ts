// The table of ONNX's operators. To add one: an entry in the file of its kind.
import { convolution } from "./convolution.js";
import { dense } from "./dense.js";
import { elementwise } from "./elementwise.js";
import { indexed } from "./indexed.js";
import { normalisation } from "./normalisation.js";
import { pool } from "./pool.js";
import { reduction } from "./reduction.js";
import { resizing } from "./resize.js";
import { shape } from "./shape.js";
import type { Operator, OperatorTable } from "./table.js";

const table: OperatorTable = {
  ...convolution,
  ...dense,
  ...elementwise,
  ...indexed,
  ...normalisation,
  ...pool,
  ...reduction,
  ...resizing,
  ...shape,
};

export const operatorNamed = (opType: string): Operator | undefined =>
  Object.hasOwn(table, opType) ? table[opType] : undefined;

/** Those that are read, in alphabetical order. */
export const operatorNames = (): readonly string[] => Object.keys(table).sort();
