/** What is wrong with a file of labels: one message each. */
import path from "node:path";
import { counted, type FleuronError } from "@fleuron/model";
import { photosError } from "../../errors.js";

const invalid = (file: string, message: string, hint: string, cause?: unknown): FleuronError =>
  photosError("labels-invalid", `${file} ${message}.`, { subject: file, hint, cause });

export const unreadableLine = (file: string, line: number, cause: unknown): FleuronError =>
  invalid(file, `cannot be read: line ${line} is no JSON`, "Write one object a line.", cause);

export const misquotedLine = (file: string, line: number): FleuronError =>
  invalid(
    file,
    `cannot be read: line ${line} has a quote that is not closed`,
    "Close it at the end of its field, or double it where it is one of the text.",
  );

export const withoutLabel = (file: string, line: number, fileName: string): FleuronError =>
  fileName === ""
    ? invalid(file, `names no file in line ${line}`, "Fill in file_name, or take the row out.")
    : invalid(file, `has no label for ${fileName}`, "Fill it in, or take the row out.");

export const lacksColumns = (file: string, columns: readonly string[]): FleuronError =>
  invalid(
    file,
    `does not have the columns file_name and label, but ${columns.slice(0, 8).join(", ") || "none"}`,
    "Name the column of paths file_name and that of classes label, or make a folder for each class.",
  );

export const emptyTable = (file: string): FleuronError =>
  invalid(file, "names no photo", "Give each photo a row, or take the file away.");

export const severalTables = (root: string, files: readonly string[]): FleuronError =>
  invalid(
    root,
    `has ${files.map((file) => path.basename(file)).join(" and ")}, each with the labels of photos`,
    "Keep one of them there.",
  );

export const outside = (file: string, fileName: string): FleuronError =>
  invalid(
    file,
    `names ${fileName}, which is not in its folder`,
    "Give paths relative to the file, without '..'.",
  );

export const namedTwice = (file: string, fileName: string): FleuronError =>
  invalid(file, `names ${fileName} twice`, "Keep one row of each photo.");

export const absentPhotos = (file: string, absent: readonly string[], rows: number): FleuronError =>
  invalid(
    file,
    `names ${counted(absent.length, "photo")} of ${rows} that ${absent.length === 1 ? "is" : "are"} not there, the first ${absent[0]}`,
    "Give paths relative to the file of JPEG, PNG or WebP photos, or take their rows out.",
  );

export const disagrees = (file: string, fileName: string, label: string, folder: string): FleuronError =>
  invalid(
    file,
    `says that ${fileName} is of the class ${label}, but it lies in ${folder}/`,
    "Put the photo into the folder of its class, or correct the row.",
  );
