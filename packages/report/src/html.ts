// Text that is HTML already, and a template that escapes everything else: labels and paths come from anywhere.
import { visibleText } from "@fleuron/model";

/** Markup that may stand in a page as it is. */
export class Html {
  constructor(readonly text: string) {}
}

export type HtmlPart = Html | readonly Html[] | string | number;

/** Markup with values in it; strings are escaped, for text and for attributes in double quotes, and are visible. */
export const html = (strings: TemplateStringsArray, ...parts: readonly HtmlPart[]): Html =>
  new Html(String.raw({ raw: strings }, ...parts.map(textOf)));

export const nothing = new Html("");

function textOf(part: HtmlPart): string {
  if (part instanceof Html) return part.text;
  if (typeof part === "string") return escapeHtml(part);
  if (typeof part === "number") return String(part);
  return part.map(({ text }) => text).join("");
}

const ENTITIES: { readonly [character: string]: string } = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const escapeHtml = (text: string): string =>
  visibleText(text).replace(/[&<>"']/g, (character) => ENTITIES[character]!);
