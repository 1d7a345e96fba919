// One model in one runtime, in a process of its own: what crashes takes nothing with it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { cleanly } from "./folders.mjs";

/** How long most may take for a model. */
const MINUTES = 10;

/** How far the probabilities are from onnxruntime's, or why there are none. */
export async function tryModel({ command, args }, { sample, layout, precision, work, minutes = MINUTES }) {
  const { network, image, height, width, expected } = sample;
  const file = precision === "float32" ? "model.onnx" : `model.${precision}.onnx`;
  const folder = await mkdtemp(work("try-"));
  try {
    const model = join(work(network, layout), file);
    const given = [...args, model, image, String(height), String(width), folder];
    const { code, stdout, stderr, late } = await ended(command, given, { folder, model, minutes });
    if (late) return { failed: `no answer in ${minutes} minutes` };
    const last = stdout.trim().split("\n").at(-1);
    if (code !== 0 || !last.startsWith("{")) return { failed: cleanly(reasonIn(stderr, code), work) };
    const { version, probabilities } = JSON.parse(last.replaceAll("NaN", "null"));
    return { version, difference: largestDifference(probabilities, expected[precision]) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function ended(command, args, { folder, model, minutes }) {
  const child = spawn(command, args, {
    cwd: folder,
    timeout: minutes * 60_000,
    stdio: ["ignore", "pipe", "pipe"],
    // A list of places in code says less than the message before it. FLEURON_MODEL is what rust/burn/build.rs reads.
    env: { ...process.env, RUST_BACKTRACE: "0", FLEURON_MODEL: model },
  });
  const [stdout, stderr, [code, signal]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close"),
  ]);
  return { code: code ?? signal, stdout, stderr, late: child.killed };
}

/** The line that says most: what a panic says, else the last line that speaks of an error, else the last one. */
function reasonIn(stderr, code) {
  const lines = stderr.trim().split("\n").filter(Boolean);
  const panic = lines.findLastIndex((line) => line.includes("panicked at"));
  if (panic >= 0) return lines[panic + 1];
  return lines.findLast((line) => /error/i.test(line)) ?? lines.at(-1) ?? `ended with ${code}`;
}

export function largestDifference(actual, expected) {
  if (actual.length !== expected.length) return Number.NaN;
  return Math.max(
    ...actual.map((value, at) => (value === null ? Number.NaN : Math.abs(value - expected[at]))),
  );
}
