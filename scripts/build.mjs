import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const turbo = fileURLToPath(new URL("../node_modules/turbo/bin/turbo", import.meta.url));

/** Builds a package and what it needs, silently: standard output belongs to the command that follows. */
export function build(name) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [turbo, "run", "build", `--filter=${name}`, "--output-logs=errors-only", "--log-order=grouped"],
    {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      encoding: "utf8",
      env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1" },
    },
  );
  if (status === 0) return;
  process.stderr.write(`${stdout ?? ""}${stderr ?? ""}\nBuilding Fleuron failed.\n`);
  process.exit(1);
}
