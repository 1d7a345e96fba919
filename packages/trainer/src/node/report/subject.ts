import type { RunRecord } from "../run-folder/run-record.js";

/** What the network was shown: nobody should take drawn pictures for photos. */
export const subjectOf = ({ dataset }: RunRecord): "photo" | "drawn picture" =>
  dataset.name === "procedural" ? "drawn picture" : "photo";
