import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { scanDataset } from "./scan-dataset.js";
import { scanWarnings } from "./scan-warnings.js";

let root: string;

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), "fleuron-scan-"));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function files(...names: string[]): Promise<void> {
  for (const name of names) {
    await mkdir(path.dirname(path.join(root, name)), { recursive: true });
    await writeFile(path.join(root, name), "");
  }
}

async function failure(folder = root): Promise<unknown> {
  return scanDataset(folder).then(
    () => "no error",
    (error: unknown) => error,
  );
}

describe("scanDataset", () => {
  it("finds a folder per class, sorted by code unit", async () => {
    await files("b/2.jpg", "b/10.jpg", "Z/1.png", "a/x.webp", "a/deep/er/y.JPEG");
    expect(await scanDataset(root)).toEqual({
      root,
      layout: "classes",
      labels: ["Z", "a", "b"],
      photos: [
        { path: "Z/1.png", label: 0, part: undefined },
        { path: "a/deep/er/y.JPEG", label: 1, part: undefined },
        { path: "a/x.webp", label: 1, part: undefined },
        { path: "b/10.jpg", label: 2, part: undefined },
        { path: "b/2.jpg", label: 2, part: undefined },
      ],
      leftOut: [],
    });
  });

  it("ignores hidden files and folders, and what is no photo but counts it", async () => {
    await files("LICENSE.txt", "a/1.jpg", "a/notes.txt", "a/.2.jpg", "b/3.PNG", ".git/4.jpg", "b/.c/5.jpg");
    const { labels, photos, leftOut } = await scanDataset(root);
    expect(labels).toEqual(["a", "b"]);
    expect(photos.map((photo) => photo.path)).toEqual(["a/1.jpg", "b/3.PNG"]);
    expect(leftOut).toEqual([{ what: ".txt", count: 1 }]);
  });

  it("skips what systems and storage boxes leave among files", async () => {
    await files(
      "a/1.jpg",
      "b/1.jpg",
      "a/@eaDir/1.jpg/SYNOPHOTO_THUMB_XL.jpg",
      "__MACOSX/a/2.jpg",
      "b/Thumbs.db",
    );
    const { labels, photos, leftOut } = await scanDataset(root);
    expect([labels, photos.map(({ path }) => path), leftOut]).toEqual([
      ["a", "b"],
      ["a/1.jpg", "b/1.jpg"],
      [],
    ]);
  });

  it("takes the two Unicode forms of a name as one class", async () => {
    const [composed, apart] = ["caf\u00e9", "cafe\u0301"];
    await files(`train/${apart}/1.jpg`, "train/tea/2.jpg", `val/${composed}/3.jpg`, "val/tea/4.jpg");
    const { labels, photos } = await scanDataset(root);
    expect(labels).toEqual([composed, "tea"]);
    expect(photos.map(({ path, label }) => [path, label])).toContainEqual([`train/${apart}/1.jpg`, 0]);
  });

  it("warns of classes whose names hardly differ, and names the one that was meant", async () => {
    await files("train/Tea Rose/1.jpg", "train/tea_rose/1.jpg", "train/tulip/1.jpg");
    expect([...scanWarnings(await scanDataset(root))]).toMatchObject([
      { code: "class-names-alike", message: expect.stringContaining("Tea Rose and tea_rose are 2 classes") },
    ]);
    await files("val/Tulip/1.jpg");
    expect(await failure()).toMatchObject({
      code: "class-not-in-train",
      message: expect.stringContaining("has the class Tulip, which train/ lacks; it has tulip."),
      hint: "Give val/Tulip/ and train/tulip/ one name.",
    });
  });

  it("reads photos of any ending by their content, and counts by ending what is left out", async () => {
    await files("a/1.jpg", "b/1.jpg", "stray.jpg", "a/x.HEIC", "a/y.heic", "b/z.gif", "b/noending");
    await symlink(path.join(root, "nowhere"), path.join(root, "b", "link"));
    const start = (name: string, bytes: Buffer) => writeFile(path.join(root, name), bytes);
    await start("a/2.jfif", Buffer.from("ffd8ffe000104a464946", "hex"));
    await start("a/3", Buffer.from("89504e470d0a1a0a", "hex"));
    await start("b/4.heic", Buffer.from("RIFF\0\0\0\0WEBPVP8 "));
    const scan = await scanDataset(root);
    expect(scan.photos.map(({ path }) => path)).toEqual([
      "a/1.jpg",
      "a/2.jfif",
      "a/3",
      "b/1.jpg",
      "b/4.heic",
    ]);
    expect([...scanWarnings(scan)].map(({ message }) => message)).toEqual([
      "Left out: 2 .heic, 1 .gif, 1 dangling link, 1 without an ending, 1 photo outside the class folders. " +
        "JPEG, PNG and WebP files in class folders are read.",
    ]);
  });

  it("finds train, val and test folders, val under any of its three names", async () => {
    await files("train/a/1.jpg", "train/b/2.jpg", "valid/a/3.jpg", "test/b/4.jpg");
    const { layout, labels, photos } = await scanDataset(root);
    expect([layout, labels]).toEqual(["split", ["a", "b"]]);
    expect(photos).toEqual([
      { path: "test/b/4.jpg", label: 1, part: "test" },
      { path: "train/a/1.jpg", label: 0, part: "train" },
      { path: "train/b/2.jpg", label: 1, part: "train" },
      { path: "valid/a/3.jpg", label: 0, part: "val" },
    ]);
  });

  it("accepts train without val", async () => {
    await files("train/a/1.jpg", "train/b/2.jpg");
    expect((await scanDataset(root)).layout).toBe("split");
  });

  it.each([
    ["Training", "Validation", "Testing"],
    ["TRAIN", "Dev", "TEST"],
    ["train_set", "eval", "test-images"],
    ["trainData", "val2017", "testing"],
    ["training", "valid", "test"],
  ])("knows %s, %s and %s as the three parts", async (train, val, test) => {
    for (const folder of [train, val, test]) await files(`${folder}/a/1.jpg`, `${folder}/b/2.jpg`);
    const { layout, labels, photos } = await scanDataset(root);
    expect([layout, labels]).toEqual(["split", ["a", "b"]]);
    const parts = new Map(photos.map(({ path, part }) => [path.split("/")[0], part]));
    expect([train, val, test].map((folder) => parts.get(folder))).toEqual(["train", "val", "test"]);
  });

  it("takes classes that happen to be named train and test, beside others, as classes", async () => {
    await files("car/3.jpg", "train/fast/4.jpg", "test/2.jpg");
    expect(await scanDataset(root)).toMatchObject({ layout: "classes", labels: ["car", "test", "train"] });
  });

  it("asks for classes where train and valid have their photos right inside", async () => {
    await files("train/1.jpg", "train/2.jpg", "valid/3.jpg");
    expect(await failure()).toMatchObject({
      code: "dataset-empty",
      message: `${path.join(root, "train")} has 2 photos but no folder for any class.`,
    });
  });

  it("asks what a folder beside the parts is", async () => {
    await files("train/a/1.jpg", "train/b/1.jpg", "val/a/1.jpg", "val/b/1.jpg", "unlabeled/1.jpg");
    expect(await failure()).toMatchObject({
      code: "dataset-ambiguous",
      message: expect.stringContaining("unlabeled/ beside them is neither for training"),
      hint: "Move unlabeled/ elsewhere, or into one of them.",
    });
  });

  it("asks which folders are the classes where all have the same folders in them", async () => {
    await files(...[0, 1, 2].flatMap((fold) => [`fold_${fold}/cat/1.jpg`, `fold_${fold}/dog/1.jpg`]));
    expect(await failure()).toMatchObject({
      code: "dataset-ambiguous",
      message: expect.stringContaining("fold_0, fold_1, fold_2 with the same folders in each (cat, dog)"),
      hint: expect.stringContaining(`with \`data\`, such as ${path.join(root, "fold_0")}`),
    });
  });

  it("does not ask where one class has photos of its own, or the folders differ", async () => {
    await files("cat/2023/1.jpg", "cat/2024/1.jpg", "dog/2023/1.jpg", "dog/2024/1.jpg", "dog/0.jpg");
    expect((await scanDataset(root)).labels).toEqual(["cat", "dog"]);
    await rm(root, { recursive: true });
    await files("cat/siamese/1.jpg", "cat/persian/1.jpg", "dog/poodle/1.jpg", "dog/beagle/1.jpg");
    expect((await scanDataset(root)).labels).toEqual(["cat", "dog"]);
  });

  it("goes into a folder that has nothing but one of its own name", async () => {
    await files("flowers/flowers/Flowers/a/1.jpg", "flowers/flowers/Flowers/b/1.jpg");
    const { root: inner, labels } = await scanDataset(path.join(root, "flowers"));
    expect([inner, labels]).toEqual([path.join(root, "flowers", "flowers", "Flowers"), ["a", "b"]]);
  });

  it("goes into parts that have nothing but one folder of their own name", async () => {
    await files(
      ...["train", "test"].flatMap((part) => [
        `seg_${part}/seg_${part}/a/1.jpg`,
        `seg_${part}/seg_${part}/b/1.jpg`,
      ]),
    );
    const { labels, photos } = await scanDataset(root);
    expect(labels).toEqual(["a", "b"]);
    expect(photos[0]).toEqual({ path: "seg_test/seg_test/a/1.jpg", label: 0, part: "test" });
  });

  it("says where the classes probably are when they lie one folder deeper", async () => {
    await files("archive/cat/1.jpg", "archive/dog/1.jpg");
    expect(await failure()).toMatchObject({
      code: "one-class-only",
      message: `${root} has only one folder, archive, with folders in it: cat, dog.`,
      hint: expect.stringContaining(`give ${path.join(root, "archive")} with \`data\``),
    });
  });

  it("follows links, but not in circles, and ignores dangling ones", async () => {
    await files("a/1.jpg", "b/2.jpg", "elsewhere.jpg");
    await symlink(root, path.join(root, "a", "loop"));
    await symlink(path.join(root, "elsewhere.jpg"), path.join(root, "b", "linked.jpg"));
    await symlink(path.join(root, "nowhere.jpg"), path.join(root, "b", "dangling.jpg"));
    const { photos } = await scanDataset(root);
    const paths = photos.map((photo) => photo.path);
    expect(paths).toContain("b/linked.jpg");
    expect(paths).not.toContain("b/dangling.jpg");
    expect(paths.length).toBeLessThan(10);
  });

  it("says when the folder is missing or no folder", async () => {
    await files("photo.jpg");
    expect(await failure(path.join(root, "gone"))).toMatchObject({ code: "dataset-not-found" });
    expect(await failure(path.join(root, "photo.jpg"))).toMatchObject({ code: "dataset-not-a-folder" });
  });

  it("says when there is nothing, and when photos lack class folders", async () => {
    expect(await failure()).toMatchObject({ code: "dataset-empty", message: `${root} has no photos.` });
    await files("1.jpg", "2.jpg");
    expect(await failure()).toMatchObject({
      code: "dataset-empty",
      message: expect.stringContaining("2 photos but no folder"),
    });
  });

  it("names the class that is empty, the only one, or the one that train lacks", async () => {
    await files("a/1.jpg");
    expect(await failure()).toMatchObject({
      code: "one-class-only",
      message: expect.stringContaining("class, a"),
    });
    await files("roses/notes.txt");
    expect(await failure()).toMatchObject({
      code: "class-empty",
      message: expect.stringContaining("roses"),
    });
    await rm(root, { recursive: true });
    await files("train/a/1.jpg", "train/b/1.jpg", "val/c/1.jpg");
    expect(await failure()).toMatchObject({
      code: "class-not-in-train",
      message: expect.stringContaining("class c"),
    });
  });

  it.each([
    [
      ["Images/cat/1.jpg", "Images/dog/2.jpg", "Annotations/cat/1.xml", "Annotations/dog/2.xml"],
      "Annotations",
      "Images",
    ],
    [["images/a/1.jpg", "images/b/1.jpg", "labels/1.txt"], "labels", "images"],
  ])("says what may be moved, or what else may be given, of %j", async (names, empty, given) => {
    await files(...names);
    expect(await failure()).toMatchObject({
      code: "class-empty",
      message: expect.stringMatching(new RegExp(`${empty} has no photos, but \\d \\.(xml|txt)\\.$`)),
      hint: `Move it elsewhere, or give ${path.join(root, given)} if the classes lie in there.`,
    });
  });

  it("counts the links that lead nowhere in a class of nothing else", async () => {
    await files("a/1.jpg", "b/2.jpg");
    await mkdir(path.join(root, "c"));
    for (const name of ["1.jpg", "2.jpg"]) await symlink("/nowhere/1.jpg", path.join(root, "c", name));
    expect(await failure()).toMatchObject({
      code: "class-empty",
      message: `The class folder ${path.join(root, "c")} has no photos, but 2 dangling links.`,
    });
  });

  it("never tells anybody to delete anything", async () => {
    await files("train/a/1.jpg", "train/b/1.jpg", "test/images/1.jpg");
    expect(await failure()).toMatchObject({
      code: "class-not-in-train",
      hint: "Add train/images/, or move test/images/ elsewhere.",
    });
    await files("train/c/notes.txt");
    await rm(path.join(root, "test"), { recursive: true });
    expect(await failure()).toMatchObject({ hint: expect.stringContaining("or move it elsewhere") });
  });

  it("says that archives are to be unpacked", async () => {
    await files("Class 1-samples.zip", "Class 2-samples.zip");
    expect(await failure()).toMatchObject({
      message: `${root} has no photos, but 2 .zip.`,
      hint: "Unpack the archives, and give the folder that comes of them.",
    });
    expect(await failure(path.join(root, "Class 1-samples.zip"))).toMatchObject({
      code: "dataset-not-a-folder",
      hint: expect.stringMatching(/^Unpack it/),
    });
    await files("a/photos.tar.gz", "b/1.jpg");
    expect(await failure()).toMatchObject({ code: "class-empty", hint: "Unpack the archives in it." });
  });

  it("says in one sentence what lies where no photo does", async () => {
    await files(...Array.from({ length: 300 }, (_, at) => `${at}.${at % 3 === 0 ? "heic" : "txt"}`));
    expect(await failure()).toMatchObject({
      code: "dataset-empty",
      message: `${root} has no photos, but 200 .txt, 100 .heic.`,
    });
  });

  it("refuses two folders of validation photos", async () => {
    await files("train/a/1.jpg", "train/b/1.jpg", "val/a/1.jpg", "validation/a/1.jpg");
    expect(await failure()).toMatchObject({ code: "dataset-ambiguous" });
  });

  it("stops with the signal's reason", async () => {
    await files("a/1.jpg", "b/2.jpg");
    const reason = new Error("enough");
    await expect(scanDataset(root, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});
