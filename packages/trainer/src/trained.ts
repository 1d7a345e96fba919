// An entry of the package by itself, which loads nothing that trains: what is done with runs that were trained.
export { latestRun, runNamed } from "@fleuron/run-folder";
export { type NamedPhotos, predict } from "./runs/predict.js";
export { trainedRun } from "./runs/trained-run.js";
