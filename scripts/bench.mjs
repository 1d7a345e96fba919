// `pnpm bench train …`: builds what changed, then runs the benchmark of that name.
import { build } from "./build.mjs";

const benchmarks = ["train", "agreement", "inference", "export", "browser", "page"];
const [name] = process.argv.splice(2, 1);
if (!benchmarks.includes(name)) {
  process.stderr.write(`error: ${name ? `there is no benchmark '${name}'` : "name a benchmark"}.\n`);
  process.stderr.write(`hint: benchmarks: ${benchmarks.join(", ")}; for example: pnpm bench train\n`);
  process.exit(2);
}
build("@fleuron/bench");
await import(`../bench/dist/${name}.js`);
