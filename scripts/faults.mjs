// `pnpm test:faults …`: builds what changed, then tries the faults.
import { build } from "./build.mjs";

build("@fleuron/faults");
await import("../faults/dist/main.js");
