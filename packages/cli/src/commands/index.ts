// The table of commands. To add one: a file here and a line below.
import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import type { Context } from "../context.js";
import { compare } from "./compare.js";
import { compress } from "./compress.js";
import { data } from "./data.js";
import { demo } from "./demo.js";
import { differentiate } from "./differentiate.js";
import { doctor } from "./doctor.js";
import { engine } from "./engine.js";
import { evaluate } from "./evaluate.js";
import { exportCommand } from "./export.js";
import { help } from "./help.js";
import { importCommand } from "./import.js";
import { newProject } from "./new.js";
import { predict } from "./predict.js";
import { report } from "./report.js";
import { summary } from "./summary.js";
import { train } from "./train.js";
import { verify } from "./verify.js";

export const commands: readonly ((context: Context) => CommandUnknownOpts)[] = [
  train,
  evaluate,
  predict,
  compress,
  exportCommand,
  importCommand,
  verify,
  demo,
  newProject,
  compare,
  report,
  data,
  engine,
  doctor,
  summary,
  differentiate,
  help,
];
