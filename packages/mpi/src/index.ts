// What a process must know before it is one of several; the library itself is `@fleuron/mpi/ranks`.
export { launchOf } from "./launch.js";
export { requireShareable } from "./require-shareable.js";
export { partOf, type SharedRun, sharedRun } from "./shared-run.js";
