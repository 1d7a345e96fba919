export { type DrawnFlowerOptions, type DrawnLabel, drawFlowerPicture, drawnLabels } from "./scene.js";
