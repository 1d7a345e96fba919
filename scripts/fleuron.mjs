// `pnpm train …` and its siblings: builds what changed, then runs the command line where the caller stands.
import { build } from "./build.mjs";

build("fleuron");
if (process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
await import("../packages/cli/dist/bundled/main.js");
