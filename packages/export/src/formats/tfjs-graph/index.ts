export { tfjsGraphFormat } from "./tfjs-graph-format.js";
