import { launchChromium } from "@fleuron/chromium";
import { startStaticServer } from "@fleuron/testing";
import type { RunOnnxRequest } from "./browser/run-onnx.js";
import { onnxPage } from "./onnx-page.js";

export interface OnnxInChromium extends AsyncDisposable {
  /**
   * Runs a model once, and gives its outputs by name, flat.
   * @param model the bytes of an .onnx file without external data; its inputs and outputs are float32.
   */
  run(model: Uint8Array, inputs: RunOnnxRequest["inputs"]): Promise<Record<string, Float32Array>>;
}

/**
 * Opens a page of a real Chromium with onnxruntime-web. WebGPU is SwiftShader on a machine without a GPU: keep models
 * tiny. A WebGPU run fails if any node fell back to the CPU.
 */
export async function openOnnxInChromium(
  executionProvider: RunOnnxRequest["executionProvider"],
): Promise<OnnxInChromium> {
  const server = await startStaticServer({ files: await onnxPage(executionProvider) });
  const browser = await launchChromium({ webgpu: executionProvider === "webgpu" });
  const page = await browser.newPage();
  await page.goto(server.url);
  return {
    async run(model, inputs) {
      server.setFault("/model.onnx", { contents: model });
      return await page.evaluate((request) => window.runOnnx(request), { inputs, executionProvider });
    },
    async [Symbol.asyncDispose]() {
      await browser.close();
      await server.close();
    },
  };
}
