// The look: a herbarium sheet, ivory by day and slate by night, one leaf green, thin rules.

const DAY = `
  --paper: #ece5d3; --sheet: #fbf8ee; --mount: #ffffff; --ink: #26231c; --quiet: #6d6656; --rule: #d8cfba;
  --training: #a59c88; --leaf: #3d6b37; --wrong: #a8483a;
  --run1: #3d6b37; --run2: #9c4f2f; --run3: #3f6187; --run4: #7a4a78; --run5: #8a6d1d; --run6: #5c5a55;`;

const NIGHT = `
  --paper: #14191d; --sheet: #1d242a; --mount: #262f36; --ink: #e8e3d6; --quiet: #a0a59f; --rule: #36414a;
  --training: #75808a; --leaf: #93c285; --wrong: #e08a78;
  --run1: #93c285; --run2: #e0a07c; --run3: #8fb6dd; --run4: #caa0c8; --run5: #d4b860; --run6: #b5b2aa;`;

export const STYLE = `
:root { color-scheme: light dark; ${DAY} }
@media (prefers-color-scheme: dark) { :root { ${NIGHT} } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.55 ui-sans-serif, system-ui, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, sans-serif;
  font-variant-numeric: tabular-nums;
}
h1, h2, .serif {
  font-family: "Iowan Old Style", "Palatino Linotype", Palatino, "URW Palladio L", P052, "Book Antiqua",
    Charter, Georgia, serif;
  font-variant-numeric: oldstyle-nums;
}
.sheet { max-width: 1090px; margin: 40px auto; padding: 56px 64px 48px; background: var(--sheet); border: 1px solid var(--rule); }
.mark { color: var(--leaf); }
.over { margin: 0 0 6px; color: var(--quiet); font-size: 14px; letter-spacing: 0.04em; }
h1 { margin: 0; font-size: 40px; font-weight: 500; line-height: 1.15; overflow-wrap: anywhere; }
.under { margin: 10px 0 0; color: var(--quiet); }
section { margin-top: 52px; padding-top: 18px; border-top: 1px solid var(--rule); }
h2 { margin: 0 0 4px; font-size: 25px; font-weight: 500; line-height: 1.25; }
h3 { margin: 0 0 6px; font-size: 15px; font-weight: 600; }
.note { margin: 0 0 22px; max-width: 68ch; color: var(--quiet); }
.pair { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 32px 44px; }
.three { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 24px 28px; margin-bottom: 24px; }
figure { margin: 0; min-width: 0; }
figcaption { color: var(--quiet); font-size: 14px; }
.chart { display: block; width: 100%; height: auto; color: var(--ink); }
.wide { margin-bottom: 28px; }
.wide .chart { min-width: 640px; }
.banner { margin: 28px 0 0; padding: 16px 20px; border: 2px solid var(--wrong); }
.banner strong { color: var(--wrong); }
.headline { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 24px 44px; align-items: end; margin-top: 40px; }
.figure { margin: 0; font-size: 84px; line-height: 1; color: var(--leaf); font-variant-numeric: lining-nums; }
.headline p { margin: 10px 0 0; }
table { border-collapse: collapse; width: 100%; font-size: 15px; }
th { font-weight: 500; color: var(--quiet); text-align: left; }
th, td { padding: 6px 14px 6px 0; border-bottom: 1px solid var(--rule); vertical-align: baseline; }
th.number, td.number { text-align: right; white-space: nowrap; }
td:last-child, th:last-child { padding-right: 0; }
td.name, th.name { overflow-wrap: anywhere; }
th.name { font-weight: inherit; color: inherit; }
.scroll { overflow-x: auto; }
.scroll th, .scroll td { white-space: nowrap; }
.bar { display: block; height: 3px; margin-top: 3px; background: var(--rule); }
.bar i { display: block; height: 3px; background: var(--leaf); }
.bar.wrong i { background: var(--wrong); }
.specimens { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 30px 24px; }
.specimen { break-inside: avoid; }
.mounted { position: relative; display: grid; grid-template: minmax(0, 1fr) / minmax(0, 1fr); place-items: center; aspect-ratio: 1; padding: 12px; background: var(--mount); border: 1px solid var(--rule); }
.mounted img { display: block; width: 100%; height: 100%; object-fit: contain; }
.mounted::before, .mounted::after { content: ""; position: absolute; left: 50%; width: 44px; height: 13px; margin-left: -22px; background: var(--paper); border: 1px solid var(--rule); }
.mounted::before { top: -7px; }
.mounted::after { bottom: -7px; }
.mounted span { color: var(--quiet); font-size: 13px; text-align: center; }
.specimen figcaption { margin-top: 14px; color: var(--ink); font-size: 13px; line-height: 1.4; }
.specimen .title { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: baseline; gap: 0 8px; color: var(--quiet); }
.specimen .serif { color: var(--ink); font-size: 19px; font-style: italic; line-height: 1.2; overflow-wrap: anywhere; }
.specimen dl { margin: 6px 0 0; }
.specimen dl div { display: grid; grid-template-columns: minmax(0, 1fr) auto; column-gap: 8px; }
.specimen dt { overflow-wrap: anywhere; }
.specimen dd { margin: 0; text-align: right; }
.specimen .bar { grid-column: 1 / -1; margin: 2px 0 4px; }
.path { margin: 4px 0 0; color: var(--quiet); font-size: 12px; overflow-wrap: anywhere; }
.kernels { display: grid; grid-template-columns: repeat(auto-fill, 44px); gap: 17px; }
.kernels img { display: block; width: 44px; height: 44px; image-rendering: pixelated; }
.label { margin: 0 0 0 auto; max-width: 720px; padding: 26px 30px; border: 3px double var(--rule); break-inside: avoid; }
.label h2 { margin-bottom: 14px; text-align: center; }
.label dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 5px 20px; margin: 0; font-size: 15px; }
.label dt { color: var(--quiet); }
.label dd { margin: 0; overflow-wrap: anywhere; }
.labelled { border-top: 0; padding-top: 0; }
.swatch { display: inline-block; width: 18px; height: 3px; margin-right: 8px; vertical-align: middle; }
footer { margin-top: 44px; color: var(--quiet); font-size: 14px; }
code { font-family: ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; font-size: 0.92em; overflow-wrap: anywhere; }
@media screen and (max-width: 760px) {
  .sheet { margin: 0; padding: 28px 20px 36px; border: 0; }
  h1 { font-size: 30px; }
  .figure { font-size: 64px; }
  .pair, .three, .headline { grid-template-columns: minmax(0, 1fr); }
  .specimens { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 26px 16px; }
  th, td { padding-right: 8px; font-size: 14px; }
  .kernels { grid-template-columns: repeat(auto-fill, 33px); gap: 6px; }
  .kernels img { width: 33px; height: 33px; }
  .label { padding: 20px 16px; }
  .label dl { grid-template-columns: minmax(0, 1fr); gap: 0; }
  .label dd { margin-bottom: 8px; }
}
@media print {
  :root { color-scheme: light; ${DAY} --paper: #ffffff; --sheet: #ffffff; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  body { font-size: 11pt; }
  .sheet { max-width: none; margin: 0; padding: 0; border: 0; }
  section { margin-top: 28px; }
  figure, tr { break-inside: avoid; }
  h2, h3, .note { break-after: avoid; }
}
`;
