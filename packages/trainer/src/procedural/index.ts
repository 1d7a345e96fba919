export { type LinearSample, linearAccuracy, linearFeatures } from "./linear-model.js";
export { type DrawnFlowerOptions, type DrawnLabel, drawFlowerPicture, drawnLabels } from "./scene.js";
