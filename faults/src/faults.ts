// The table of faults. To add one: a file in kinds/ and a line below.
import type { Fault } from "./fault.js";
import { classifyingMemory } from "./kinds/classifying-memory.js";
import { firefox } from "./kinds/firefox.js";
import { fullDisk } from "./kinds/full-disk.js";
import { imports } from "./kinds/imports.js";
import { kills } from "./kinds/kills.js";
import { matrix } from "./kinds/matrix.js";
import { mutations } from "./kinds/mutations.js";
import { requests } from "./kinds/requests.js";
import { stops } from "./kinds/stops.js";
import { trainingMemory } from "./kinds/training-memory.js";

export const faults: readonly Fault[] = [
  matrix,
  kills,
  stops,
  fullDisk,
  mutations,
  imports,
  requests,
  trainingMemory,
  classifyingMemory,
  firefox,
];
