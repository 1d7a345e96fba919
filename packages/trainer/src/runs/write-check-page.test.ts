// Workers are started from the built package: what is tested here is dist.
import { copyFile, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { follow } from "@fleuron/testing";
import { parseHTML } from "linkedom";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkDataset, writeCheckPage } from "../../dist/index.js";
import { type Lab, openLab } from "../fixtures/lab.js";

describe("writeCheckPage", () => {
  let lab: Lab;
  let folder: string;
  beforeEach(async () => {
    lab = await openLab();
    folder = await lab.photos("photos", { perClass: 4, width: 200 });
  });
  afterEach(() => lab[Symbol.asyncDispose]());
  const check = async () => (await follow(checkDataset({ folder, threads: 1 }))).result;

  it("shows the photos in a page that needs nothing else, whatever their names", async () => {
    await copyFile(join(folder, "daisy/1.jpg"), join(folder, "rose/<b>copy.jpg"));
    await writeFile(join(folder, "rose/text.jpg"), "no photo");
    const file = lab.path("page.html");
    await writeCheckPage(await check(), file);
    const page = await readFile(file, "utf8");
    expect(page).toContain("2 photos, across classes");
    expect(page).toContain("rose/&lt;b&gt;copy.jpg");
    expect(page).toContain("rose/text.jpg");
    expect(page.match(/<img /g)).toHaveLength(2);
    expect(page.match(/(src|href)="(?!data:)/g)).toBeNull();
    expect(await readdir(lab.path())).toEqual(["page.html", "photos"]);
  });

  it("tells what is left out, what training refuses, and which classes lack photos", async () => {
    await writeFile(join(folder, "rose/1.heic"), "no photo");
    await writeFile(join(folder, "rose/2.heic"), "no photo");
    await symlink("nowhere", join(folder, "rose/link"));
    const file = lab.path("page.html");
    await writeCheckPage({ ...(await check()), missing: ["No validation photos of rose."] }, file);
    const { document } = parseHTML(await readFile(file, "utf8"));
    expect([...document.querySelectorAll(".banner")].map(({ textContent }) => textContent)).toEqual([
      "No validation photos of rose.",
    ]);
    const [section] = [...document.querySelectorAll("section")].filter(({ textContent }) =>
      textContent.startsWith("Files left out: 3"),
    );
    const rows = [...section!.querySelectorAll("tr")].map(({ children }) =>
      [...children].map(({ textContent }) => textContent),
    );
    expect(rows).toEqual([
      ["kind", "files"],
      [".heic", "2"],
      ["dangling link", "1"],
    ]);
    const { result } = await follow(checkDataset({ folder, threads: 1, validationSplit: 0 }));
    await writeCheckPage(result, file);
    expect(await readFile(file, "utf8")).toContain(
      "Training refuses this: No photos are left to validate with.",
    );
  });

  it("says so when the page cannot be written", async () => {
    await expect(writeCheckPage(await check(), join(folder, "rose/1.jpg/page.html"))).rejects.toMatchObject({
      code: "folder-unwritable",
    });
  });
});
