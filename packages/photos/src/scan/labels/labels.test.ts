import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { scanDataset } from "../scan-dataset.js";
import { parseCsv } from "./parse-csv.js";

let root: string;

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), "fleuron-labels-"));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function put(files: { readonly [name: string]: string }): Promise<void> {
  for (const [name, contents] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(root, name)), { recursive: true });
    await writeFile(path.join(root, name), contents);
  }
}

const TWO = "file_name,label\n1.jpg,cat\n2.jpg,dog\n";

async function scan() {
  const { layout, labels, photos, leftOut } = await scanDataset(root);
  const named = photos.map(({ path, label, part }) => [path, labels[label], ...(part ? [part] : [])]);
  return { layout, named, leftOut };
}

describe("parseCsv", () => {
  it.each([
    [
      "a,b\n1,2\n",
      [
        ["a", "b"],
        ["1", "2"],
      ],
    ],
    [
      'a;b\r\n1;"2;\n""3"""\r\n\r\n',
      [
        ["a", "b"],
        ["1", '2;\n"3"'],
      ],
    ],
    [
      "a\tb\n\t",
      [
        ["a", "b"],
        ["", ""],
      ],
    ],
    ["", []],
  ])("reads %j", (text, rows) => {
    const csv = parseCsv(text);
    expect(csv.rows.map(({ fields }) => fields)).toEqual(rows);
    expect(csv.misquoted).toBeUndefined();
  });

  it("knows the lines of its rows", () => {
    expect(parseCsv('a,b\n\n1,"2\n3"\n4,5').rows.map(({ line }) => line)).toEqual([1, 3, 5]);
  });

  it.each([
    ['a,b\n1,"2\n3,4\n', 2],
    ['a,b\n1,2\n3,"4', 3],
    ['a,b\n1,"2\n3,"4"\n', 2],
    ['a,"b\n1,2\n', 1],
    ['a,b\n1,"2 "or" 3"\n', undefined],
  ])("of %j has a quote that swallows lines in line %s", (text, line) => {
    expect(parseCsv(text).misquoted).toBe(line);
  });
});

describe("a file of labels", () => {
  it.each([
    ["metadata.csv", TWO],
    ["labels.csv", 'Label;File_Name\ndog;"2.jpg"\ncat;1.jpg'],
    ["train.csv", TWO],
    ["metadata.csv", `\ufeff${TWO}`],
    ["metadata.jsonl", '\ufeff{"file_name":"1.jpg","label":"cat"}\n{"file_name":"2.jpg","label":"dog"}\n'],
    ["metadata.jsonl", '{"file_name":"1.jpg","label":"cat"}\n{"file_name":"2.jpg","label":"dog","x":1}\n'],
  ])("%s beside the photos names their classes", async (name, text) => {
    await put({ "1.jpg": "", "2.jpg": "", "3.jpg": "", [name]: text });
    expect(await scan()).toEqual({
      layout: "classes",
      named: [
        ["1.jpg", "cat"],
        ["2.jpg", "dog"],
      ],
      leftOut: [{ what: "photo without a label", count: 1 }],
    });
  });

  it.each([
    ["train.csv", "train", TWO],
    ["labels.csv", "images", TWO.replaceAll("\n1", "\nimages/1").replaceAll("\n2", "\nimages/2")],
  ])("%s names photos in %s/", async (name, folder, text) => {
    await put({ [`${folder}/1.jpg`]: "", [`${folder}/2.jpg`]: "", "test/3.jpg": "", [name]: text });
    expect((await scan()).named).toEqual([
      [`${folder}/1.jpg`, "cat"],
      [`${folder}/2.jpg`, "dog"],
    ]);
  });

  it.each([
    ["NFC", "NFD"],
    ["NFD", "NFC"],
  ])("may have names in %s where the disk has %s", async (inTable, onDisk) => {
    const [photo, named] = ["café/é.jpg".normalize(onDisk), "café/é.jpg".normalize(inTable)];
    const table = `file_name,label\n${named},cat\nother/3.jpg,dog\n`;
    await put({ [photo]: "", "other/3.jpg": "", "labels.csv": table });
    expect((await scan()).named).toEqual([
      [photo, "cat"],
      ["other/3.jpg", "dog"],
    ]);
  });

  it("may lie in each part", async () => {
    for (const part of ["train", "test"]) {
      await put({ [`${part}/1.jpg`]: "", [`${part}/2.jpg`]: "", [`${part}/metadata.csv`]: TWO });
    }
    expect(await scan()).toEqual({
      layout: "split",
      named: [
        ["test/1.jpg", "cat", "test"],
        ["test/2.jpg", "dog", "test"],
        ["train/1.jpg", "cat", "train"],
        ["train/2.jpg", "dog", "train"],
      ],
      leftOut: [],
    });
  });

  it("changes nothing where it agrees with the class folders, or is about something else", async () => {
    await put({ "cat/1.jpg": "", "cat/2.jpg": "", "dog/3.jpg": "" });
    const named = [
      ["cat/1.jpg", "cat"],
      ["cat/2.jpg", "cat"],
      ["dog/3.jpg", "dog"],
    ];
    for (const text of ["file_name,label\ncat/1.jpg,cat\ndog/3.jpg,dog\n", "id,owner\n1,Ada\n"]) {
      await put({ "metadata.csv": text });
      expect((await scan()).named).toEqual(named);
    }
  });

  it.each([
    [
      "that disagrees with the folders",
      "cat/1.jpg,cat\ndog/3.jpg,cat",
      "says that dog/3.jpg is of the class cat, but it lies in dog/.",
    ],
    [
      "of absent photos",
      "cat/1.jpg,cat\ncat/8.jpg,cat\ndog/9.jpg,dog",
      "names 2 photos of 3 that are not there, the first cat/8.jpg.",
    ],
    [
      "of absent photos, the first row's among them,",
      "9.jpg,cat\n3.jpg,dog\n4.jpg,dog",
      "names 2 photos of 3 that are not there, the first 9.jpg.",
    ],
    ["of no photos", "", "names no photo."],
    ["with a photo twice", "cat/1.jpg,cat\ncat/1.jpg,cat", "names cat/1.jpg twice."],
    ["of photos elsewhere", "../1.jpg,cat", "names ../1.jpg, which is not in its folder."],
    ["of photos anywhere", "/etc/1.jpg,cat", "names /etc/1.jpg, which is not in its folder."],
    ["without a label", "cat/1.jpg,", "has no label for cat/1.jpg."],
    ["without a name", "cat/1.jpg,cat\n\n,dog", "names no file in line 4."],
    [
      "with a quote that is not closed",
      'cat/1.jpg,"cat\ndog/3.jpg,dog',
      "cannot be read: line 2 has a quote that is not closed.",
    ],
  ])("%s is refused", async (_, rows, message) => {
    await put({ "cat/1.jpg": "", "dog/3.jpg": "", "labels.csv": `file_name,label\n${rows}\n` });
    const file = path.join(root, "labels.csv");
    await expect(scan()).rejects.toMatchObject({
      code: "labels-invalid",
      subject: file,
      message: `${file} ${message}`,
    });
  });

  it("is named, with its columns, where it has others and there are no class folders", async () => {
    await put({ "images/1.jpg": "", "labels.csv": "id,breed\n1,pug\n" });
    await expect(scan()).rejects.toMatchObject({
      code: "labels-invalid",
      message: expect.stringContaining("does not have the columns file_name and label, but id, breed."),
    });
  });

  it("is asked to be readable, in place of being passed over", async () => {
    await put({ "cat/1.jpg": "", "dog/3.jpg": "" });
    const file = path.join(root, "metadata.csv");
    await symlink("metadata.csv", file);
    await expect(scan()).rejects.toMatchObject({
      code: "file-unreadable",
      subject: file,
      message: expect.stringContaining(`${file} cannot be read: ELOOP`),
    });
    await rm(file);
    await put({ "metadata.csv/4.jpg": "" });
    expect((await scan()).named).toHaveLength(3);
  });

  it("with a quote that is not closed is nobody's concern where it is about something else", async () => {
    await put({ "cat/1.jpg": "", "dog/3.jpg": "", "metadata.csv": 'id,owner\n1,"Ada\n' });
    expect((await scan()).named).toHaveLength(2);
  });

  it("is asked for where it has another name", async () => {
    await put({ "1.jpg": "", "2.jpg": "", "_classes.csv": "filename, cat, dog\n" });
    await expect(scan()).rejects.toMatchObject({
      code: "dataset-empty",
      hint: expect.stringContaining("metadata.csv with the columns file_name and label"),
    });
  });

  it("names a row of metadata.jsonl without a label, the first one too", async () => {
    const rows = ['{"file_name":"a/1.jpg"}', '{"file_name":"b/1.jpg","label":"rose"}'];
    await put({ "a/1.jpg": "", "b/1.jpg": "", "metadata.jsonl": rows.join("\n") });
    await expect(scan()).rejects.toMatchObject({
      code: "labels-invalid",
      message: expect.stringContaining("a/1.jpg"),
    });
  });

  it("is refused beside another, and where a line is no JSON", async () => {
    await put({ "1.jpg": "", "2.jpg": "", "labels.csv": TWO, "train.csv": TWO });
    await expect(scan()).rejects.toMatchObject({
      message: expect.stringContaining("has labels.csv and train.csv, each with the labels of photos."),
    });
    await put({ "metadata.jsonl": '\n{"file_name":"1.jpg","label":"cat"}\n\n{"file' });
    await expect(scan()).rejects.toMatchObject({ message: expect.stringContaining("line 4 is no JSON") });
  });
});
