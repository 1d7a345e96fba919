import { spawnSync } from "node:child_process";
import { realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const launcher = fileURLToPath(new URL("../node_modules/turbo/bin/turbo", import.meta.url));

/** Turbo's program for this machine; through its launcher, which is one more process of Node, where that is not found. */
function turbo() {
  const system = { win32: "windows" }[process.platform] ?? process.platform;
  const processor = { x64: "64" }[process.arch] ?? process.arch;
  const program = `@turbo/${system}-${processor}/bin/turbo${system === "windows" ? ".exe" : ""}`;
  try {
    return [createRequire(realpathSync(launcher)).resolve(program)];
  } catch {
    return [process.execPath, launcher];
  }
}

/** Builds a package and what it needs, silently: standard output belongs to the command that follows. */
export function build(name) {
  const [program, ...before] = turbo();
  const { status, stdout, stderr } = spawnSync(
    program,
    [...before, "run", "build", `--filter=${name}`, "--output-logs=errors-only", "--log-order=grouped"],
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
