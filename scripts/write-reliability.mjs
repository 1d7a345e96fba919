// `node scripts/write-reliability.mjs`: docs/reliability.md anew from docs/reliability.json, which is written by
// `pnpm test:faults --json docs/reliability.json`.
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "./build.mjs";

build("@fleuron/faults");
const { faults } = await import("../faults/dist/faults.js");
const { reliabilityPage } = await import("../faults/dist/results/reliability.js");
const { readResults } = await import("../faults/dist/results/results.js");

const at = (name) => fileURLToPath(new URL(`../docs/${name}`, import.meta.url));
const names = faults.map(({ name }) => name);
await writeFile(at("reliability.md"), reliabilityPage(await readResults(at("reliability.json")), names));
