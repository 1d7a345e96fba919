import { textFormat } from "./text.js";

export const writeJsonLines = textFormat((row) => JSON.stringify(row));
