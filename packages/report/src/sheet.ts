import { Html, html } from "./html.js";
import { STYLE } from "./style.js";

export interface SheetOptions {
  /** The title of the browser's tab. */
  readonly title: string;
  /** What kind of page it is, above the heading. */
  readonly kind: string;
  readonly heading: string;
  /** A line below the heading. */
  readonly subheading: string;
  readonly body: readonly Html[];
}

/** A whole page that needs nothing but itself; its policy lets a browser fetch nothing. */
export const sheet = ({ title, kind, heading, subheading, body }: SheetOptions): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<main class="sheet">
<header>
<p class="over"><span class="mark">❦</span> ${kind}</p>
<h1>${heading}</h1>
<p class="under">${subheading}</p>
</header>
${body}
</main>
</body>
</html>
`.text;
