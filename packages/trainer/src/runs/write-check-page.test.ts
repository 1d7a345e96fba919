// Workers are started from the built package: what is tested here is dist.
import { copyFile, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { follow } from "@fleuron/testing";
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

  it("says so when the page cannot be written", async () => {
    await expect(writeCheckPage(await check(), join(folder, "rose/1.jpg/page.html"))).rejects.toMatchObject({
      code: "folder-unwritable",
    });
  });
});
