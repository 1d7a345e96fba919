// Does a run's memory grow with the number of photos? Peak memory of equally many steps on 300 and on 10,000.
import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const [photos, out, epochs] = process.argv.slice(2);
if (photos) await trainOn(photos, out, Number(epochs));
else await compare([300, 10_000]);

async function trainOn(data, out, epochs) {
  const { train } = await import("@fleuron/trainer");
  const options = { recipe: "notebook", width: 0.03, imageSize: 67, epochs, threads: 1 };
  for await (const event of train({ ...options, data, out })) {
    if (event.type === "end") console.log(process.resourceUsage().maxRSS / 1024);
  }
}

async function compare(counts) {
  const { drawFlower, encodeJpeg } = await import("@fleuron/testing");
  const folder = await mkdtemp(join(tmpdir(), "fleuron-memory-"));
  try {
    for (const count of counts) {
      const data = join(folder, String(count));
      for (let label = 0; label < 2; label++) await mkdir(join(data, `class${label}`), { recursive: true });
      for (let seed = 0; seed < count; seed++) {
        const flower = drawFlower({ label: seed % 2, seed });
        await writeFile(join(data, `class${seed % 2}`, `${seed}.jpg`), await encodeJpeg(flower));
      }
      const script = fileURLToPath(import.meta.url);
      const epochs = Math.round(Math.max(...counts) / count);
      const given = [script, data, join(folder, `run-${count}`), String(epochs)];
      const { stdout } = spawnSync(process.execPath, given, {
        env: { ...process.env, FLEURON_CACHE: join(folder, "cache") },
        stdio: ["ignore", "pipe", "inherit"],
        encoding: "utf8",
      });
      console.log(`${count} photos: peak ${Number(stdout).toFixed(0)} MB`);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
