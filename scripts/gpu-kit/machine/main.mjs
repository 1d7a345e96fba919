// What run.sh starts: measures, and writes what came of it.
import { writeFile } from "node:fs/promises";
import { measure } from "./measure.mjs";

const [file] = process.argv.slice(2);

try {
  await writeFile(file, `${JSON.stringify(await measure(), null, 2)}\n`);
  process.stdout.write(`result    ${file}\n`);
  // Dawn's threads would keep the process.
  process.exit();
} catch (error) {
  process.stderr.write(`error: ${error.message}\n`);
  if (error.hint) process.stderr.write(`hint: ${error.hint}\n`);
  process.exit(1);
}
