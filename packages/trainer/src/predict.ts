// An entry of the package by itself, which loads nothing that trains: naming photos with a run.
export { latestRun, runNamed } from "@fleuron/run-folder";
export { type NamedPhotos, predict } from "./runs/predict.js";
