// export, verify, predict --bundle and evaluate --bundle, with fakes of what they call.
import { describe, expect, it } from "vitest";
import { check, type FakeBundles, fakeBundles, imported } from "../fixtures/fake-bundles.js";
import { fakeTrainer } from "../fixtures/fake-trainer.js";
import { runInProcess } from "../fixtures/run-in-process.js";

async function fleuron(argv: readonly string[], bundles = fakeBundles()) {
  const trainer = fakeTrainer();
  const { exporter, runtime } = bundles;
  return { ...(await runInProcess(argv, { trainer, exporter, runtime })), trainer };
}
const call = ({ calls }: Pick<FakeBundles, "calls">, method: string) =>
  calls.find((each) => each.method === method)?.options;

describe("export", () => {
  it("writes the latest run's best weights as float32 ONNX into its folder, and compares what it wrote", async () => {
    const bundles = fakeBundles();
    const { exitCode, stdout, trainer } = await fleuron(["export"], bundles);
    expect(exitCode).toBe(0);
    expect(call(trainer, "trainedRun")).toEqual({ run: "runs/latest-one", checkpoint: "best" });
    expect(call(bundles, "writeBundle")).toMatchObject({
      format: "onnx",
      precisions: ["float32"],
      folder: "runs/latest-one/bundle",
      force: false,
      singleFile: false,
      input: "image",
      keep: ["runs/latest-one"],
      model: { temperature: 0.8123, rejectBelow: 0.4, labels: expect.arrayContaining(["roses"]) },
      training: { run: "latest-one" },
    });
    expect(call(trainer, "predict")).toMatchObject({
      run: "runs/latest-one",
      photos: ["roses/a.jpg"],
      topK: 2,
    });
    expect(call(bundles, "verifyBundle")).toMatchObject({
      bundle: "runs/latest-one/bundle",
      models: [{ format: "onnx", precision: "float32" }],
      trained: [{ photo: "roses/a.jpg" }],
    });
    expect(stdout).toMatch(/^Exported in .*: runs\/latest-one\/bundle$/m);
    expect(stdout).toMatch(/^onnx +float32 +4\.0 MB +model\.onnx \+ 1$/m);
    expect(stdout).toMatch(/^onnx float32 +onnxruntime-node +736 +5\.4e-7 +8\.4e-8 +100\.0% +89\.3%/m);
    expect(stdout).toContain("float32 matches the trained weights");
  });

  it("writes and compares no more than it was told to", async () => {
    const bundles = fakeBundles();
    const argv = ["export", "--format", "all", "--precision", "float16, int4", "--out", "x", "--force"];
    const form = ["--single-file", "--input", "bytes"];
    await fleuron([...argv, ...form, "--checkpoint", "last", "--no-verify"], bundles);
    expect(bundles.calls.map(({ method }) => method)).toEqual(["writeBundle"]);
    expect(call(bundles, "writeBundle")).toMatchObject({
      format: "all",
      precisions: ["float16", "int4"],
      folder: "x",
      singleFile: true,
      input: "bytes",
      force: true,
    });
  });

  it("writes a folder for transformers.js, which is no bundle and is not compared", async () => {
    const bundles = fakeBundles();
    const argv = ["export", "--format", "transformers", "--precision", "int8", "--out", "x"];
    const { exitCode, stdout } = await fleuron(argv, bundles);
    expect(exitCode).toBe(0);
    expect(bundles.calls.map(({ method }) => method)).toEqual(["writeTransformers"]);
    expect(call(bundles, "writeTransformers")).toMatchObject({ precisions: ["int8"], folder: "x" });
    expect(stdout).toMatch(/^onnx\/model\.onnx +4\.0 MB$/m);
  });

  it("refuses photos to compare on where nothing is compared", async () => {
    const { exitCode, stderr } = await fleuron(["export", "--no-verify", "--data", "photos"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(
      "error: '--data' chooses the photos to compare on, and '--no-verify' turns the comparison off.",
    );
  });

  it("exits with 1 when float32 is not what was trained, and shows by how much", async () => {
    const checks = [
      check({ maxDifference: 0.31, top1Agreement: 0.75, passed: false }),
      check({ precision: "int8" }),
    ];
    const { exitCode, stdout, stderr } = await fleuron(["export"], fakeBundles({ checks }));
    expect(exitCode).toBe(1);
    expect(stdout).toContain("differs by up to 3.1e-1 and agrees on 75.0% of the photos");
    expect(stdout).not.toContain("computes what was trained");
    expect(stderr).toContain("error: Different from the trained weights: onnx float32 on onnxruntime-node.");
  });

  it("prints the bundle and the comparison as a line of JSON each", async () => {
    const { stdout } = await fleuron(["export", "--json"]);
    const lines = stdout
      .trim()
      .split("\n")
      .map((line) => Object.keys(JSON.parse(line)));
    expect(lines).toEqual([
      ["folder", "manifest", "written"],
      [
        "bundle",
        "reference",
        "photos",
        "accuracy",
        "largestClass",
        "checks",
        "passed",
        "source",
        "part",
        "learntFrom",
      ],
    ]);
  });

  it.each<[readonly string[], string]>([
    [["--format", "onxx"], "Did you mean 'onnx'? Formats: onnx, tfjs-graph, transformers, all."],
    [["--format", "transformers"], "Name one that is not there yet with '--out'."],
    [["--format", "transformers", "--out", "x", "--force"], "Leave it out."],
    [["--format", "transformers", "--out", "x", "--single-file"], "Leave it out."],
    [["--format", "transformers", "--out", "x", "--input", "bytes"], "Leave it out."],
    [["--format", "transformers", "--out", "x", "--no-verify"], "Leave it out."],
    [["--input", "byte"], "Did you mean 'bytes'? Inputs: image, bytes."],
    [
      ["--precision", "float32,int9"],
      "Did you mean 'int8'? Precisions: float32, float16, int8, int4, compact.",
    ],
  ])("refuses %j", async (argv, hint) => {
    const { exitCode, stderr } = await fleuron(["export", ...argv]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(hint);
  });
});

describe("verify", () => {
  it("compares the latest run's bundle with that run", async () => {
    const bundles = fakeBundles();
    const { exitCode, trainer } = await fleuron(["verify", "--browser", "--data", "photos"], bundles);
    expect(exitCode).toBe(0);
    expect(call(trainer, "labelledPhotos")).toMatchObject({ run: "runs/latest-one", data: "photos" });
    expect(call(bundles, "verifyBundle")).toMatchObject({ bundle: "runs/latest-one/bundle", browser: true });
  });

  it("goes on without a run whose weights are others, and says so", async () => {
    const bundles = fakeBundles({ weights: "1".repeat(64) });
    const { exitCode, stdout, stderr } = await fleuron(["verify", "--bundle", "runs/other/bundle"], bundles);
    expect(exitCode).toBe(0);
    expect(stderr).toContain(
      "warning: The run runs/other has other weights than the bundle runs/other/bundle.",
    );
    expect(stderr).toContain(
      "The bundle's run, latest-one, was not found with these weights: its models are compared with its own float32 ONNX model",
    );
    expect(call(bundles, "verifyBundle")).toMatchObject({ trained: undefined });
    expect(stdout).not.toContain("computes what was trained");
    expect(stdout).toContain("Compared with the reference, onnx float32 on onnxruntime-node,");
  });

  it("refuses a run that is named and has other weights", async () => {
    const bundles = fakeBundles({ weights: "1".repeat(64) });
    const { exitCode, stderr } = await fleuron(["verify", "--bundle", "b", "--run", "runs/second"], bundles);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("error: The run runs/second has other weights than the bundle b.");
    expect(call(bundles, "verifyBundle")).toBeUndefined();
  });
});

describe("a bundle of an imported network", () => {
  it("is verified by its own float32 model, and no run is looked for", async () => {
    const bundles = fakeBundles({ manifest: imported });
    const argv = ["verify", "--bundle", "runs/first/bundle", "--data", "photos"];
    const { exitCode, stderr, trainer } = await fleuron(argv, bundles);
    expect(exitCode).toBe(0);
    expect(stderr).toContain(
      "warning: The bundle was imported from petals.onnx, and has no run: its models are compared with its own float32 ONNX model.",
    );
    expect(call(trainer, "trainedRun")).toBeUndefined();
    expect(call(trainer, "labelledPhotos")).toMatchObject({ run: undefined, data: "photos" });
    expect(call(bundles, "verifyBundle")).toMatchObject({ trained: undefined });
  });

  it("is evaluated on the photos of --data, and asks for them", async () => {
    const bundles = fakeBundles({ manifest: imported });
    const { exitCode, stdout } = await fleuron(["evaluate", "--bundle", "b", "--data", "photos"], bundles);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("classified correctly");
    const without = await fleuron(["evaluate", "--bundle", "b"], bundles);
    expect(without.exitCode).toBe(2);
    expect(without.stderr).toContain(
      "error: The bundle was imported from petals.onnx, and its validation photos are not known.",
    );
    expect(without.stderr).toContain("hint: Give photos with --data, a folder per class.");
  });

  it("is no bundle of a run that is named", async () => {
    const bundles = fakeBundles({ manifest: imported, weights: "1".repeat(64) });
    const { exitCode, stderr } = await fleuron(["verify", "--bundle", "b", "--run", "runs/second"], bundles);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("hint: The bundle comes from petals.onnx;");
  });

  it("names photos", async () => {
    const { exitCode, stdout } = await fleuron(
      ["predict", "a.jpg", "--bundle", "b"],
      fakeBundles({ manifest: imported }),
    );
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/roses .* 75\.0%/);
  });
});

describe("with --bundle", () => {
  it("predict names photos by the bundle, without any run", async () => {
    const bundles = fakeBundles();
    const argv = ["predict", "a.jpg", "--bundle", "b", "--precision", "int8", "--threads", "1"];
    const { exitCode, stdout, trainer } = await fleuron(argv, bundles);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/roses .* 75\.0%/);
    expect(call(bundles, "loadClassifier")).toMatchObject({ folder: "b", precision: "int8", threads: 1 });
    expect(bundles.calls.at(-1)?.method).toBe("dispose");
    expect(trainer.calls).toEqual([]);
    expect(call(bundles, "classifyFiles")).toMatchObject({ topK: 3 });
  });

  it("evaluate takes the photos that the bundle's run held out", async () => {
    const bundles = fakeBundles();
    const { exitCode, stdout, trainer } = await fleuron(
      ["evaluate", "--bundle", "runs/first/bundle"],
      bundles,
    );
    expect(exitCode).toBe(0);
    expect(call(trainer, "labelledPhotos")).toMatchObject({ run: "runs/first", labels: ["daisy", "roses"] });
    expect(call(bundles, "classifyFiles")).toEqual({ files: ["roses/a.jpg"] });
    expect(stdout).toContain("classified correctly");
  });

  it("evaluate asks for photos where the run is gone", async () => {
    const bundles = fakeBundles({ weights: "1".repeat(64) });
    const { exitCode, stderr } = await fleuron(["evaluate", "--bundle", "b"], bundles);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("error: The bundle's run, latest-one, was not found");
    expect(stderr).toContain(
      "hint: Name the run with --run, or give photos with --data, a folder per class.",
    );
  });

  it("evaluate takes the run that is named, and refuses one of other weights", async () => {
    const bundles = fakeBundles();
    const argv = ["evaluate", "--bundle", "b", "--run", "elsewhere/first"];
    const { exitCode, trainer } = await fleuron(argv, bundles);
    expect(exitCode).toBe(0);
    expect(call(trainer, "labelledPhotos")).toMatchObject({ run: "elsewhere/first" });
    const other = await fleuron(argv, fakeBundles({ weights: "1".repeat(64) }));
    expect(other.exitCode).toBe(1);
    expect(other.stderr).toContain("error: The run elsewhere/first has other weights than the bundle b.");
  });

  it("evaluate looks for the model that is asked for before it looks for photos", async () => {
    const bundles = fakeBundles({ weights: "1".repeat(64) });
    await fleuron(["evaluate", "--bundle", "b", "--precision", "int4"], bundles);
    expect(call(bundles, "loadClassifier")).toMatchObject({ precision: "int4" });
  });

  it.each([
    [["predict", "a.jpg", "--bundle", "b", "--run", "r"], "--run"],
    [["evaluate", "--bundle", "b", "--checkpoint", "last"], "--checkpoint"],
    [["evaluate", "--bundle", "b", "--tta", "flip"], "--tta"],
  ])("%j is refused: a bundle is no run", async (argv, option) => {
    const { exitCode, stderr } = await fleuron(argv);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`'--bundle' cannot be given with '${option}'.`);
  });
});

describe("import", () => {
  it("hands over what was typed, and says how far bundle and file are apart", async () => {
    const bundles = fakeBundles();
    const words = ["--labels", "l.txt", "--preprocessing", "mean=127,std=128,scale=1", "--channels", "bgr"];
    const more = ["--image-size", "48x192", "--resize", "pad", "--input", "training=0", "--input", "a=1,2"];
    const argv = [
      "import",
      "petals.onnx",
      "--out",
      "x",
      ...words,
      ...more,
      "--single-file",
      "--precision",
      "int8,float32",
    ];
    const { exitCode, stdout } = await fleuron(argv, bundles);
    expect(exitCode).toBe(0);
    expect(call(bundles, "importBundle")).toMatchObject({
      file: "petals.onnx",
      folder: "x",
      labels: "l.txt",
      preprocessing: "mean=127,std=128,scale=1",
      channels: "bgr",
      imageSize: "48x192",
      resize: "pad",
      inputs: { training: [0], a: [1, 2] },
      format: "onnx",
      precisions: ["int8", "float32"],
      singleFile: true,
      force: false,
    });
    expect(stdout).toMatch(/^Imported in .*: x$/m);
    expect(stdout).toContain("on 3 drawn images: largest difference 6.2e-7 of the largest probability");
    expect(stdout).toContain("float32 matches the file");
  });

  it("fails where they differ", async () => {
    const bundles = fakeBundles({ agreed: { images: 3, maxDifference: 0.2, passed: false } });
    const { exitCode, stdout, stderr } = await fleuron(["import", "petals.onnx", "--out", "x"], bundles);
    expect(exitCode).toBe(1);
    expect(stdout).toContain("float32 differs");
    expect(stderr).toContain("x differs from petals.onnx");
  });

  it.each(["training", "=1", "training=x", "training="])("refuses --input %s", async (binding) => {
    const { exitCode, stderr } = await fleuron(["import", "p.onnx", "--out", "x", "--input", binding]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("must be a name and a number");
  });
});

describe("verify --source", () => {
  it("compares with the file that the bundle was imported from, and nothing else", async () => {
    const bundles = fakeBundles({ manifest: imported });
    const argv = ["verify", "--bundle", "x", "--source", "petals.onnx"];
    const { exitCode, stdout } = await fleuron(argv, bundles);
    expect(exitCode).toBe(0);
    expect(bundles.calls.map(({ method }) => method)).toEqual(["verifySource"]);
    expect(call(bundles, "verifySource")).toMatchObject({ bundle: "x", source: "petals.onnx" });
    expect(stdout).toContain("float32 matches the file");
  });

  it("is what '--input' is for", async () => {
    const { exitCode, stderr } = await fleuron(["verify", "--bundle", "x", "--input", "training=0"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("no '--source' names it");
  });

  it("takes no photos and no run", async () => {
    const { exitCode, stderr } = await fleuron(["verify", "--source", "petals.onnx", "--data", "photos"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("--source");
  });
});

describe("an ONNX file", () => {
  it("is summarised, with where its classes come from", async () => {
    const bundles = fakeBundles();
    const { exitCode, stdout } = await fleuron(["summary", "petals.onnx", "--image-size", "224"], bundles);
    expect(exitCode).toBe(0);
    expect(call(bundles, "summariseFile")).toMatchObject({ file: "petals.onnx", imageSize: "224" });
    expect(stdout).toMatch(/^\/features\/conv +conv2d +55×55×96 +34,944$/m);
    expect(stdout).toContain("The classes come from /head/Gemm.");
    expect(stdout.replaceAll("\n", " ")).toContain(
      "To classify a photo takes 105,436,285 multiplications, to learn from one about three times as many.",
    );
  });

  it("is summarised as a network that is a file, too", async () => {
    const bundles = fakeBundles();
    await fleuron(["summary", "--network", "petals.onnx"], bundles);
    expect(call(bundles, "summariseFile")).toMatchObject({ file: "petals.onnx" });
  });

  it("has a network of its own", async () => {
    const { exitCode, stderr } = await fleuron(["summary", "petals.onnx", "--width", "0.5"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("'--width' cannot be heeded: a file has its own");
  });

  it("is differentiated", async () => {
    const bundles = fakeBundles();
    const argv = ["differentiate", "petals.onnx", "--out", "step.onnx", "--input", "training=0", "--force"];
    const { exitCode, stdout } = await fleuron(argv, bundles);
    expect(exitCode).toBe(0);
    const meant = { file: "petals.onnx", out: "step.onnx", inputs: { training: [0] }, force: true };
    expect(call(bundles, "writeTrainingStep")).toMatchObject(meant);
    expect(stdout).toContain("the gradients of 2 weights:\nstep.onnx\nstep.safetensors");
  });

  it("is differentiated into a step that updates a part of it", async () => {
    const bundles = fakeBundles();
    const choice = ["--trainable", "last:2", "--optimiser", "adam"];
    const { stdout } = await fleuron(
      ["differentiate", "petals.onnx", "--out", "step.onnx", ...choice],
      bundles,
    );
    expect(call(bundles, "writeTrainingStep")).toMatchObject({ trainable: "last:2", optimiser: "adam" });
    expect(stdout).toContain("A step that updates 2 weights:");
  });

  it("is differentiated by no optimiser that there is not", async () => {
    const argv = ["differentiate", "petals.onnx", "--out", "step.onnx", "--optimiser", "lamb"];
    const { exitCode, stderr } = await fleuron(argv, fakeBundles());
    expect(exitCode).toBe(2);
    expect(stderr).toContain("The option '--optimiser' does not take 'lamb'.");
    expect(stderr).toContain("Allowed choices are sgd, adam.");
  });
});
