import { launchChromium } from "@fleuron/chromium";
import { startStaticServer } from "@fleuron/testing";
import type { RunOnnxRequest } from "./browser/run-onnx.js";
import { onnxPage } from "./onnx-page.js";

export interface RunOnnxOptions extends RunOnnxRequest {
  /** The bytes of an .onnx file without external data; its inputs and outputs are float32. */
  readonly model: Uint8Array;
}

/**
 * Runs a model once in a real Chromium with onnxruntime-web, and gives its outputs by name, flat. WebGPU is
 * SwiftShader on a machine without a GPU: keep models tiny. A WebGPU run fails if any node fell back to the CPU.
 */
export async function runOnnxInChromium(options: RunOnnxOptions): Promise<Record<string, Float32Array>> {
  const { model, inputs, executionProvider } = options;
  const files = { ...(await onnxPage(executionProvider)), "/model.onnx": model };
  await using server = await startStaticServer({ files });
  await using browser = await launchChromium({ webgpu: executionProvider === "webgpu" });
  const page = await browser.newPage();
  await page.goto(server.url);
  return await page.evaluate((request) => window.runOnnx(request), { inputs, executionProvider });
}
