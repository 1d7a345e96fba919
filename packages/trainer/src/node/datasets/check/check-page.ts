/** A report as a page of thumbnails that needs nothing but itself. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { writeAtomically } from "../../photos/write-atomically.js";
import { type Html, html, nothing } from "../../report/html.js";
import { thumbnail } from "../../report/pictures/thumbnail.js";
import { sheet } from "../../report/sheet.js";
import { count, counted } from "../../report/words.js";
import { writeFailure } from "../errors.js";
import type { DatasetReport, PhotoGroup } from "./dataset-report.js";

/** Of each kind of finding; the rest is counted. */
const SHOWN = 60;

/** Writes the page, replaced if it is there. @throws FleuronError `disk-full`, `folder-unwritable`. */
export async function writeCheckPage(report: DatasetReport, file: string): Promise<void> {
  const { folder, photos, classes, unreadable, tiny, exactDuplicates, nearDuplicates } = report;
  const figures = (paths: readonly string[], note: (path: string) => string) =>
    Promise.all(paths.map(async (photo) => mounted(photo, note(photo), await picture(folder, photo))));
  const groups = async (list: readonly PhotoGroup[]) => {
    const parts: Html[] = [];
    for (const group of list.slice(0, SHOWN)) {
      const pictures = await figures(group.paths, () => "");
      parts.push(html`<h3>${titleOf(group)}</h3><div class="specimens">${pictures}</div><br>`);
    }
    return parts;
  };
  const size = new Map(tiny.map(({ path, width, height }) => [path, `${width} × ${height}`]));
  const page = sheet({
    title: "Photos · Fleuron",
    kind: "Fleuron, a look at the photos",
    heading: path.basename(folder),
    subheading: `${counted(photos, "photo")} in ${counted(classes.length, "class").replace("classs", "classes")}`,
    body: [
      classTable(report),
      section("Photos that cannot be read", "Training leaves them out.", unreadable.length, [
        html`<table><tbody>${unreadable
          .slice(0, SHOWN)
          .map(
            ({ path, message }) => html`<tr><td class="name">${path}</td><td>${message}</td></tr>`,
          )}</tbody></table>`,
      ]),
      section(
        "The same photo more than once",
        "Equal pixel for pixel. Training keeps copies on one side of the split, unless folders say otherwise.",
        exactDuplicates.length,
        await groups(exactDuplicates),
      ),
      section(
        "Nearly the same photo",
        "Encoded, scaled or cropped otherwise. Across the split, they make the accuracy flatter.",
        nearDuplicates.length,
        await groups(nearDuplicates),
      ),
      section(`Below ${report.tinyBelow} pixels`, "Too small to show much.", tiny.length, [
        html`<div class="specimens">${await figures(
          tiny.slice(0, SHOWN).map(({ path }) => path),
          (photo) => size.get(photo) ?? "",
        )}</div>`,
      ]),
    ],
  });
  await writeAtomically(file, [Buffer.from(page)]).catch((cause: unknown) => {
    throw writeFailure(file, cause);
  });
}

function titleOf({ paths, acrossClasses, acrossSplit }: PhotoGroup): string {
  const across = [acrossClasses && "across classes", acrossSplit && "across the split"].filter(Boolean);
  return [`${paths.length} photos`, ...across].join(", ");
}

function section(heading: string, note: string, found: number, body: readonly Html[]): Html {
  if (found === 0) return nothing;
  const more = found > SHOWN ? html`<p class="note">The first ${SHOWN} of ${count(found)}.</p>` : nothing;
  return html`<section><h2>${heading}: ${count(found)}</h2><p class="note">${note}</p>${more}${body}</section>`;
}

function classTable(report: DatasetReport): Html {
  const largest = Math.max(...report.classes.map((one) => one.count));
  const note = report.imbalanced
    ? "The largest class has over three times the photos of the smallest: the network will favour it."
    : "The classes are of similar size.";
  return html`<section><h2>Classes</h2><p class="note">${note}</p><table><tbody>${report.classes.map(
    ({ label, count: photos, unreadable }) => html`<tr><td class="name">${label}
<span class="bar"><i style="width: ${((100 * photos) / largest).toFixed(1)}%"></i></span></td>
<td class="number">${count(photos)}</td><td class="number">${unreadable === 0 ? "" : `${count(unreadable)} unreadable`}</td></tr>`,
  )}</tbody></table></section>`;
}

const mounted = (
  photo: string,
  note: string,
  address: string | undefined,
): Html => html`<figure class="specimen">
<div class="mounted">${address === undefined ? html`<span>cannot be shown</span>` : html`<img src="${address}" alt="">`}</div>
<figcaption>${note}<p class="path">${photo}</p></figcaption>
</figure>`;

const picture = (folder: string, photo: string): Promise<string | undefined> =>
  readFile(path.join(folder, photo))
    .then(thumbnail)
    .catch(() => undefined);
