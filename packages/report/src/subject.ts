import type { ReportedRun } from "./reported-run.js";

/** What the network was shown: nobody should take drawn pictures for photos. */
export const subjectOf = ({ dataset }: ReportedRun): "photo" | "drawn picture" =>
  dataset.name === "procedural" ? "drawn picture" : "photo";
