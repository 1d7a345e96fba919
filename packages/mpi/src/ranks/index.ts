// Loaded by processes that share a run alone.
export { gatherRanks, joinRanks } from "./gather.js";
export { openMpi } from "./open-mpi.js";
