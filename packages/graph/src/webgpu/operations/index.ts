// The table of the WebGPU dialect: each file exports lowerings by the names of their operations. The compiler lists what
// is missing.
import { entryNamed } from "../../entry-named.js";
import type { OperationName } from "../../operations/index.js";
import type { AnyLowering, Lowering } from "../lowering.js";
import * as averagePool from "./average-pool.js";
import * as batchNorm from "./batch-norm.js";
import * as clip from "./clip.js";
import * as conv2d from "./conv2d.js";
import * as elementwise from "./elementwise.js";
import * as gather from "./gather.js";
import * as matMul from "./mat-mul.js";
import * as maxPool from "./max-pool.js";
import * as reductions from "./reductions.js";
import * as shape from "./shape.js";
import * as softmax from "./softmax.js";

export const webgpuLowerings = {
  ...averagePool,
  ...batchNorm,
  ...clip,
  ...conv2d,
  ...elementwise,
  ...gather,
  ...matMul,
  ...maxPool,
  ...reductions,
  ...shape,
  ...softmax,
} satisfies { readonly [Name in OperationName]: Lowering<Name> };

/** The lowering of an operation of a finished graph, whose attributes were checked when it was built. */
export const loweringOf = (operation: string): AnyLowering =>
  entryNamed<unknown>(webgpuLowerings, operation) as AnyLowering;
