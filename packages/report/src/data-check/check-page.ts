// What a look at a folder of photos found, as a page of thumbnails that needs nothing but itself.
import { count, counted } from "@fleuron/model";
import { type Html, html, nothing } from "../html.js";
import { sheet } from "../sheet.js";

export interface CheckedPhotos {
  /** The name of the folder. */
  readonly name: string;
  /** All photos, unreadable ones too. */
  readonly photos: number;
  readonly classes: readonly {
    readonly label: string;
    readonly count: number;
    readonly unreadable: number;
  }[];
  readonly imbalanced: boolean;
  /** Files of other kinds: an ending, or what else keeps them out. */
  readonly leftOut: readonly { readonly what: string; readonly count: number }[];
  /** Why training refuses the photos; null where it does not. */
  readonly refusal: string | null;
  /** Which classes lack training or validation photos, as sentences. */
  readonly missing: readonly string[];
  readonly unreadable: readonly { readonly path: string; readonly message: string }[];
  readonly tiny: readonly { readonly path: string; readonly width: number; readonly height: number }[];
  readonly tinyBelow: number;
  readonly exactDuplicates: readonly AlikePhotos[];
  readonly nearDuplicates: readonly AlikePhotos[];
}

export interface AlikePhotos {
  readonly paths: readonly string[];
  readonly acrossClasses: boolean;
  readonly acrossSplit: boolean;
}

/** Shown of each kind of finding; the rest is counted. */
const SHOWN = 60;
/** Photos shown of a group that is alike. */
const SHOWN_OF_GROUP = 12;

/** The photos whose pictures the page shows. */
export const shownPhotos = ({ tiny, exactDuplicates, nearDuplicates }: CheckedPhotos): readonly string[] => [
  ...[...exactDuplicates.slice(0, SHOWN), ...nearDuplicates.slice(0, SHOWN)].flatMap(({ paths }) =>
    paths.slice(0, SHOWN_OF_GROUP),
  ),
  ...tiny.slice(0, SHOWN).map(({ path }) => path),
];

/** @param pictures `data:` addresses by path; a photo that has none cannot be shown. */
export function checkPageHtml(checked: CheckedPhotos, pictures: ReadonlyMap<string, string>): string {
  const { name, photos, classes, unreadable, tiny, tinyBelow, exactDuplicates, nearDuplicates } = checked;
  const groups = (list: readonly AlikePhotos[]) =>
    list
      .slice(0, SHOWN)
      .map(
        (group) =>
          html`<h3>${titleOf(group)}</h3><div class="specimens">${group.paths
            .slice(0, SHOWN_OF_GROUP)
            .map((path) => mounted(path, "", pictures.get(path)))}</div>${moreOf(group)}<br>`,
      );
  return sheet({
    title: "Photos · Fleuron",
    kind: "Fleuron, check of the photos",
    heading: name,
    subheading: `${counted(photos, "photo")} in ${counted(classes.length, "class", "classes")}`,
    body: [
      ...warningsOf(checked).map((words) => html`<p class="banner" role="note">${words}</p>`),
      classTable(checked),
      leftOutTable(checked),
      section("Photos that cannot be read", "Training skips them.", unreadable.length, [
        html`<table><thead><tr><th scope="col">photo</th><th scope="col">what is wrong</th></tr></thead><tbody>${unreadable
          .slice(0, SHOWN)
          .map(
            ({ path, message }) =>
              html`<tr><th scope="row" class="name">${path}</th><td>${message}</td></tr>`,
          )}</tbody></table>`,
      ]),
      section(
        "Identical photos",
        "Equal pixel for pixel. Training keeps copies on one side of the split, unless folders say otherwise.",
        exactDuplicates.length,
        groups(exactDuplicates),
      ),
      section(
        "Near-identical photos",
        "Encoded, scaled or cropped differently. Across the split, they inflate the accuracy.",
        nearDuplicates.length,
        groups(nearDuplicates),
      ),
      section(`Below ${tinyBelow} pixels`, "Too small to show much.", tiny.length, [
        html`<div class="specimens">${tiny
          .slice(0, SHOWN)
          .map(({ path, width, height }) =>
            mounted(path, `${width} × ${height}`, pictures.get(path)),
          )}</div>`,
      ]),
    ],
  });
}

const warningsOf = ({ refusal, missing }: CheckedPhotos): readonly string[] => [
  ...(refusal === null ? [] : [`Training refuses this: ${refusal}`]),
  ...missing,
];

function titleOf({ paths, acrossClasses, acrossSplit }: AlikePhotos): string {
  const across = [acrossClasses && "across classes", acrossSplit && "across the split"].filter(Boolean);
  return [`${paths.length} photos`, ...across].join(", ");
}

const moreOf = ({ paths }: AlikePhotos): Html =>
  paths.length > SHOWN_OF_GROUP
    ? html`<p class="note">And ${count(paths.length - SHOWN_OF_GROUP)} more.</p>`
    : nothing;

function section(heading: string, note: string, found: number, body: readonly Html[]): Html {
  if (found === 0) return nothing;
  const more = found > SHOWN ? html`<p class="note">The first ${SHOWN} of ${count(found)}.</p>` : nothing;
  return html`<section><h2>${heading}: ${count(found)}</h2><p class="note">${note}</p>${more}${body}</section>`;
}

function classTable({ classes, imbalanced }: CheckedPhotos): Html {
  const largest = Math.max(1, ...classes.map((one) => one.count));
  const note = imbalanced
    ? "The largest class has over three times as many photos as the smallest: the network will favour it."
    : "The classes are of similar size.";
  return html`<section><h2>Classes</h2><p class="note">${note}</p><table>
<thead><tr><th scope="col">class</th><th scope="col" class="number">photos</th><th scope="col" class="number">unreadable</th></tr></thead>
<tbody>${classes.map(
    ({ label, count: photos, unreadable }) => html`<tr><th scope="row" class="name">${label}
<span class="bar"><i style="width: ${((100 * photos) / largest).toFixed(1)}%"></i></span></th>
<td class="number">${count(photos)}</td><td class="number">${count(unreadable)}</td></tr>`,
  )}</tbody></table></section>`;
}

function leftOutTable({ leftOut }: CheckedPhotos): Html {
  if (leftOut.length === 0) return nothing;
  const files = leftOut.reduce((sum, one) => sum + one.count, 0);
  return html`<section><h2>Files left out: ${count(files)}</h2>
<p class="note">JPEG, PNG and WebP files in class folders are read.</p>
<table><thead><tr><th scope="col">kind</th><th scope="col" class="number">files</th></tr></thead><tbody>${leftOut.map(
    (one) =>
      html`<tr><th scope="row" class="name">${one.what}</th><td class="number">${count(one.count)}</td></tr>`,
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
