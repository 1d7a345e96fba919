// The built command as a child process: exit codes, and which stream says what.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const main = fileURLToPath(new URL("../dist/bundled/main.js", import.meta.url));

function fleuron(...argv: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...argv], { encoding: "utf8" });
  return { status, stdout, stderr };
}

describe("summary", () => {
  it("prints AlexNet's layers and its parameters", () => {
    const { status, stdout, stderr } = fleuron("summary");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^conv1 +conv2d +55×55×96 +34,944$/m);
    expect(stdout).toMatch(/^total +58,307,333$/m);
    expect(stdout).toMatch(/^trainable +58,304,581$/m);
  });
  it("prints them as one line of JSON", () => {
    const { stdout } = fleuron("summary", "--json", "--image-size", "224", "--classes", "3");
    expect(stdout.match(/\n/g)).toHaveLength(1);
    const { imageSize, classes, layers } = JSON.parse(stdout);
    expect({ imageSize, classes, first: layers[0], last: layers.at(-1) }).toEqual({
      imageSize: 224,
      classes: 3,
      first: { id: "conv1", type: "conv2d", output: [54, 54, 96], parameters: 34_944 },
      last: { id: "dense3", type: "dense", output: [3], parameters: 4096 * 3 + 3 },
    });
  });
  it("refuses an image that is too small for the layers", () => {
    const { status, stderr } = fleuron("summary", "--image-size", "20");
    expect(status).toBe(2);
    expect(stderr).toContain("hint: Use a larger image size.");
  });
  it("refuses a width that the network does not take", () => {
    const { status, stdout, stderr } = fleuron("summary", "--width", "9");
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain("'--width' must be above 0 and at most 4 but is 9.");
  });
});

describe("help and version", () => {
  it.each([
    [["train", "--help"], "Usage: fleuron train"],
    [["help", "train"], "Usage: fleuron train"],
    [["help", "data", "make"], "Usage: fleuron data make"],
    [["data"], "Usage: fleuron data"],
    [[], "Usage: fleuron [options]"],
  ])("%j shows the help on standard output", (argv, usage) => {
    const { status, stdout, stderr } = fleuron(...argv);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain(usage);
  });
  it("lists the commands", () => {
    expect(fleuron("--help").stdout.match(/^ {2}(?!pnpm)[a-z]+ /gm)).toEqual(
      [
        "train",
        "evaluate",
        "predict",
        "compress",
        "export",
        "import",
        "verify",
        "demo",
        "new",
        "compare",
        "report",
        "data",
        "engine",
        "doctor",
        "summary",
        "differentiate",
        "help",
      ].map((name) => `  ${name} `),
    );
  });
  it("prints the version", () => {
    expect(fleuron("--version")).toEqual({ status: 0, stdout: "0.1.0\n", stderr: "" });
  });
});

describe("a wrong command line", () => {
  it.each([
    [["help", "trian"], "Unknown command 'trian'.", "Did you mean 'train'?"],
    [["trian"], "Unknown command 'trian'.", "Did you mean 'train'?"],
    [
      ["train", "--epoch", "3"],
      "Unknown option '--epoch'.",
      "Did you mean '--epochs'? 'pnpm fleuron train --help' shows",
    ],
    [["train", "--recipe", "notebok"], "'--recipe' does not know 'notebok'.", "Did you mean 'notebook'?"],
    [["summary", "--network", "alexnett"], "'--network' does not know 'alexnett'.", "Networks: alexnet"],
    [["summary", "--width"], "The option '--width' needs a value.", "fleuron summary --help"],
    [["train", "photos"], "Unexpected argument 'photos'.", "Did you mean '--data photos'?"],
    [["doctor", "extra"], "Unexpected argument 'extra'.", "fleuron doctor --help"],
    [
      ["evaluate", "--precision", "int8"],
      "'--precision' chooses a model of a bundle",
      "Name the bundle with --bundle",
    ],
    [["predict"], "The argument 'photo' is missing.", "Name photos or folders, or with --list"],
  ])("%j exits with 2 and says why on standard error alone", (argv, message, hint) => {
    const { status, stdout, stderr } = fleuron(...argv);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    const [error, advice] = stderr.split("\n");
    expect(error).toContain(`error: ${message}`);
    expect(advice).toMatch(/^hint: /);
    expect(advice).toContain(hint);
  });
  it("is a line of JSON, too, with --json", () => {
    const { stdout } = fleuron("train", "--json", "--epochs", "none");
    expect(JSON.parse(stdout)).toMatchObject({ type: "error", code: "option-invalid", subject: "epochs" });
  });
});
