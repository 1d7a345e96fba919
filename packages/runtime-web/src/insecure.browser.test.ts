// A page without https: no hashes, no cache, no WebGPU; it works nevertheless and says what is missing.
import { drawFlower, encodeJpeg } from "@fleuron/testing";
import { expect, it } from "vitest";
import { openLab } from "./fixtures/lab.js";

it("classifies, and warns of what cannot be done there", async () => {
  await using lab = await openLab({
    args: ["--host-resolver-rules=MAP photos.example 127.0.0.1"],
    files: { "/photo.jpg": await encodeJpeg(drawFlower({ width: 90, height: 70 })) },
  });
  const page = await lab.page(lab.server.url.replace("127.0.0.1", "photos.example"));
  const seen = await page.evaluate(async () => {
    const warnings: string[] = [];
    const classifier = await window.fleuron.loadClassifier("/bundle/", {
      onWarning: ({ code }) => warnings.push(code),
    });
    const { predictions } = await classifier.classify("/photo.jpg");
    const { fallbacks } = classifier;
    await classifier.dispose();
    return { secure: isSecureContext, warnings: warnings.sort(), labels: predictions.length, fallbacks };
  });
  expect(seen).toEqual({
    secure: false,
    warnings: ["cache-unavailable", "integrity-unchecked"],
    labels: 5,
    fallbacks: [
      { executionProvider: "kernels", reason: "the page is not served over https" },
      { executionProvider: "webgpu", reason: "the page is not served over https" },
    ],
  });
});
