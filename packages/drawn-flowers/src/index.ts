export { type LinearSample, linearAccuracy, linearFeatures } from "./linear-model.js";
export { type DrawnLabel, drawFlowerPicture, drawnLabels } from "./scene.js";
