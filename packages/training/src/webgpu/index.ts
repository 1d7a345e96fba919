export { createWebgpuEngine, type WebgpuEngineOptions } from "./webgpu-engine.js";
