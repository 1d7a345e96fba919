// What people get who install the packages: packed, unpacked elsewhere, and used there.
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { launchChromium } from "@fleuron/chromium";
import { drawFlower, encodeJpeg } from "@fleuron/testing";
import { publint } from "publint";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { give, newPage, predictionsOf, specimens } from "../demo/page-actions.js";
import { environmentIn } from "../fleuron.js";
import { type PackedManifest, unpackInto } from "./unpacked.js";

let folder: string;
let manifests: readonly PackedManifest[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fleuron-installed-"));
  manifests = await unpackInto(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const main = () => join(folder, "node_modules/fleuron/dist/bundled/main.js");
const fleuron = (...words: string[]) =>
  promisify(execFile)(process.execPath, [main(), ...words], { cwd: folder, env: environmentIn(folder) });

describe("the tarballs", () => {
  it("are right for publint, and name versions", async () => {
    expect(manifests.length).toBeGreaterThan(20);
    expect(JSON.stringify(manifests)).not.toMatch(/workspace:|catalog:|@fleuron\/testing/);
    const found = manifests.map(async ({ name }) => {
      const { messages } = await publint({ pkgDir: join(folder, "node_modules", name), pack: false });
      return [name, messages];
    });
    expect(await Promise.all(found)).toEqual(manifests.map(({ name }) => [name, []]));
  });

  it("hold each source once, a licence, and nothing of tests", async () => {
    for (const { name } of manifests) {
      const place = join(folder, "node_modules", name);
      const files = (await readdir(place, { recursive: true })).filter((file) => !/^node_modules/.test(file));
      expect(
        files.filter((file) =>
          /^src|^dist.*(?<!\.d)\.ts$|\.d\.ts\.map$|\.test\.|tsbuildinfo|fixtures/.test(file),
        ),
      ).toEqual([]);
      expect(files).toEqual(expect.arrayContaining(["LICENSE", "README.md", "package.json"]));
    }
  });

  it("import nothing but what their package names", async () => {
    for (const { name, dependencies = {} } of manifests) {
      const place = join(folder, "node_modules", name);
      const modules = (await readdir(join(place, "dist"), { recursive: true })).filter((file) =>
        /\.js$/.test(file),
      );
      const code = await Promise.all(modules.map((file) => readFile(join(place, "dist", file), "utf8")));
      const specifiers = code.flatMap(
        (text) => text.match(/(?<=^(?:import|export|\}) .*from ")[^".:]+(?=")/gm) ?? [],
      );
      const imported = new Set(specifiers.map((specifier) => specifier.match(/^(@[^/]+\/)?[^/]+/)![0]));
      expect([name, [...imported].filter((each) => !(each in dependencies))]).toEqual([name, []]);
    }
  });
});

describe("the command", () => {
  it("names itself as it is typed there", async () => {
    const { stdout } = await fleuron("train", "--help");
    expect(stdout).toContain("  npx fleuron train --data photos");
    expect(stdout).not.toContain("pnpm");
    await expect(fleuron("train", "--epoch", "3")).rejects.toMatchObject({
      stderr: expect.stringContaining("'npx fleuron train --help' shows its options."),
    });
    await expect(fleuron("predict", "rose.jpg")).rejects.toMatchObject({
      stderr: expect.stringContaining("hint: Start one with npx fleuron train."),
    });
  });

  it("trains, exports, predicts, writes a project, and serves a page that names a photo", async () => {
    for (const [label, name] of ["aster", "bluebell"].entries()) {
      await mkdir(join(folder, "photos", name), { recursive: true });
      for (let index = 0; index < 12; index++)
        await writeFile(
          join(folder, "photos", name, `${index}.jpg`),
          await encodeJpeg(drawFlower({ label, seed: label * 100 + index, width: 90, height: 80 })),
        );
    }
    const photo = join(folder, "photos/aster/0.jpg");
    const trained = await fleuron(
      "train",
      ..."--data photos --epochs 1 --width 0.1 --image-size 67".split(" "),
    );
    expect(trained.stdout).toContain("  npx fleuron demo");
    expect((await fleuron("export")).stdout).toContain("float32 matches the trained weights");
    expect(JSON.parse((await fleuron("predict", photo, "--json")).stdout)).toMatchObject({ photo });
    await fleuron("new", "page");
    const files = await readdir(join(folder, "page"), { recursive: true });
    expect(files).toEqual(expect.arrayContaining(["index.html", "package.json", "src/main.ts"]));
    await using page = await demoPage();
    await give(page.page, "drop", photo);
    const named = await predictionsOf(specimens(page.page).first());
    expect(named.map(({ label }) => label).sort()).toEqual(["aster", "bluebell"]);
  });
});

/** The page that `demo` serves, in Chromium. */
async function demoPage() {
  const line = [main(), "demo", "--port", "0", "--json"];
  const server: ChildProcess = spawn(process.execPath, line, { cwd: folder, env: environmentIn(folder) });
  const [answer] = (await once(createInterface(server.stdout!), "line")) as [string];
  const browser = await launchChromium();
  const page = await newPage(browser);
  await page.goto((JSON.parse(answer) as { readonly url: string }).url);
  return {
    page,
    async [Symbol.asyncDispose]() {
      await browser.close();
      server.kill("SIGKILL");
    },
  };
}
