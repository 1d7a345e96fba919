// `pnpm train …` and its siblings: builds what changed (messages to stderr), then runs the command line.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const turbo = fileURLToPath(new URL("../node_modules/turbo/bin/turbo", import.meta.url));
const build = spawnSync(
  process.execPath,
  [turbo, "run", "build", "--filter=fleuron", "--output-logs=errors-only", "--log-order=grouped"],
  { cwd: root, stdio: ["ignore", "pipe", "pipe"], encoding: "utf8" },
);
if (build.status !== 0) {
  process.stderr.write(`${build.stdout ?? ""}${build.stderr ?? ""}\nBuilding Fleuron failed.\n`);
  process.exit(1);
}

if (process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
await import("../packages/cli/dist/main.js");
