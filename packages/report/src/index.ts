export type { ComparedRun, Comparison, SettingDifference } from "./comparison/comparison.js";
export { comparisonHtml } from "./comparison/comparison-html.js";
export { differencesOf } from "./comparison/differences.js";
export { type NotedRun, notesOf } from "./comparison/notes.js";
export { type AlikePhotos, type CheckedPhotos, checkPageHtml, shownPhotos } from "./data-check/check-page.js";
export type { ReportData, Specimen } from "./report-data.js";
export { reportHtml } from "./report-html.js";
export type { ReportedRun } from "./reported-run.js";
