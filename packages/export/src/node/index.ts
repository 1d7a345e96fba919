export type { TrainedModel } from "../trained-model.js";
