import { counted } from "@fleuron/model";
import type { ReportData } from "./report-data.js";
import { banner } from "./sections/banner.js";
import { bundle } from "./sections/bundle.js";
import { card } from "./sections/card.js";
import { compression } from "./sections/compression.js";
import { confusions } from "./sections/confusions.js";
import { course } from "./sections/course.js";
import { headline } from "./sections/headline.js";
import { kernels } from "./sections/kernels.js";
import { probabilities } from "./sections/probabilities.js";
import { specimens } from "./sections/specimens.js";
import { sheet } from "./sheet.js";
import { date } from "./words.js";

/** The page `report.html`, which needs nothing but itself. */
export function reportHtml(data: ReportData): string {
  const { name, record } = data;
  const { network, recipe, created } = record;
  const parameters = counted(network.parameters, "parameter");
  return sheet({
    title: `${name} · Fleuron`,
    kind: "Fleuron, report of a training run",
    heading: name,
    subheading: `${network.name} of ${parameters}, recipe ${recipe}, ${date(created)}`,
    body: [
      banner(record),
      headline(data),
      compression(data),
      bundle(data),
      course(data),
      confusions(data),
      probabilities(data),
      specimens(data),
      kernels(data),
      card(data),
    ],
  });
}
