// The kit for GPU machines without a network, as far as it needs no network itself: its parts, and what unpacks them.
import { execFile } from "node:child_process";
import {
  chmod,
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  truncate,
  writeFile,
} from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { pytorch } from "../scripts/gpu-kit/machine/pytorch.mjs";
import { MAX_PART, writeParts } from "../scripts/gpu-kit/parts.mjs";

const run = promisify(execFile);
const script = fileURLToPath(new URL("../scripts/gpu-kit/run.sh", import.meta.url));

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fleuron-gpu-kit-"));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

describe("the parts of a kit", () => {
  it("are no longer than they may be, and are the file when they are joined", async () => {
    const bytes = Buffer.from(Array.from({ length: 2500 }, (_, index) => (index * 37) % 251));
    await writeFile(join(folder, "archive"), bytes);
    const parts = join(folder, "parts");
    await mkdir(parts);
    expect(await writeParts(join(folder, "archive"), parts, { maxBytes: 1000 })).toBe(3);
    const names = ["archive.00", "archive.01", "archive.02"];
    expect((await readdir(parts)).sort()).toEqual(["SHA256SUMS", ...names]);
    const read = await Promise.all(names.map((name) => readFile(join(parts, name))));
    expect(read.map(({ length }) => length)).toEqual([1000, 1000, 500]);
    expect(Buffer.concat(read).equals(bytes)).toBe(true);
  });

  it("go where files of 64 MiB go", () => {
    expect(MAX_PART).toBeLessThanOrEqual(56 * 1024 * 1024);
  });
});

describe.skipIf(process.platform !== "linux")("run.sh", () => {
  let machine: string;

  /** A kit whose Node says what it was started with. */
  async function pack(says: string) {
    const source = join(folder, "source");
    await mkdir(join(source, "kit/bin"), { recursive: true });
    await writeFile(join(source, "kit/bin/node"), `#!/bin/sh\necho ${says} "$LD_LIBRARY_PATH" "$2"\n`);
    await chmod(join(source, "kit/bin/node"), 0o755);
    const archive = join(folder, "kit.tar.gz");
    await run("tar", ["-C", source, "-czf", archive, "kit"]);
    await writeParts(archive, machine, { maxBytes: 100 });
  }

  /** With nothing in its environment, from another folder. */
  const start = () =>
    run("/bin/sh", [join(machine, "run.sh"), "/tmp/result.json"], { env: {}, cwd: folder }).then(
      ({ stdout }) => stdout.trim(),
      ({ stderr }: { stderr: string }) => stderr.trim(),
    );

  beforeEach(async () => {
    machine = join(folder, "machine");
    await mkdir(machine);
    await copyFile(script, join(machine, "run.sh"));
  });

  it("unpacks the parts once, and starts what they hold", async () => {
    await pack("first");
    expect(await start()).toBe(`first ${machine}/kit/lib /tmp/result.json`);
    await writeFile(join(machine, "kit/kept"), "");
    expect(await start()).toContain("first");
    expect(await readdir(join(machine, "kit"))).toContain("kept");
    await pack("second");
    expect(await start()).toContain("second");
    expect(await readdir(join(machine, "kit"))).not.toContain("kept");
  });

  it("names the part that is missing, and the one that was changed on its way", async () => {
    expect(await start()).toContain("error: SHA256SUMS is not beside run.sh.");
    await pack("first");
    await truncate(join(machine, "kit.tar.gz.01"), 50);
    expect(await start()).toBe(
      "error: The part kit.tar.gz.01 has other bytes than when it was packed.\nhint: Copy it once more.",
    );
    await rm(join(machine, "kit.tar.gz.01"));
    expect(await start()).toBe("error: The part kit.tar.gz.01 is missing.\nhint: Copy it beside run.sh.");
    expect(await readdir(machine)).not.toContain("kit");
  });
});

describe.skipIf(process.platform !== "linux")("PyTorch beside ours", () => {
  const full = { width: 1, batchSize: 32, steps: 3, product: 4096, optimiser: {} };

  async function python(body: string) {
    await writeFile(join(folder, "python3"), `#!/bin/sh\n${body}\n`);
    await chmod(join(folder, "python3"), 0o755);
  }
  beforeEach(() => vi.stubEnv("PATH", folder));

  it("is the median of the steps after the first three, on as many threads as ours has", async () => {
    await python(`case $1 in
*product.py) echo '{"device": "cuda", "gflops": 50000}' ;;
*) echo "$2" >"${join(folder, "options")}"; echo '{"ready": {}}'
   for ms in 900 800 700 30 10 20; do read -r line || break; echo "{\\"step\\": {\\"ms\\": $ms}}"; done
   echo '{"end": {}}' ;;
esac`);
    expect(await pytorch(full)).toEqual({
      device: "cuda",
      gflops: 50000,
      msPerStep: 20,
      imagesPerSecond: 1600,
    });
    const options: unknown = JSON.parse(await readFile(join(folder, "options"), "utf8"));
    expect(options).toMatchObject({ threads: availableParallelism(), onGpu: true });
    expect(await pytorch({ ...full, steps: 2 })).toMatchObject({ msPerStep: 20 });
    expect(await pytorch({ ...full, width: 0.1 })).toEqual({
      skipped: "its step is of full width, and ours was not; its product has 50000 GFLOP/s on cuda",
    });
  });

  it("is skipped with the reason where it is not, or does not work", async () => {
    expect(await pytorch(full)).toEqual({ skipped: "there is no python3 on PATH" });
    await python(`echo "Traceback" >&2; echo "ModuleNotFoundError: No module named 'torch'" >&2; exit 1`);
    expect(await pytorch(full)).toEqual({ skipped: "ModuleNotFoundError: No module named 'torch'" });
    await python(`case $1 in *product.py) echo '{"device": "cuda", "gflops": 1}' ;; esac`);
    expect(await pytorch(full)).toEqual({ skipped: "its step ended after 0 of 3" });
  });
});
