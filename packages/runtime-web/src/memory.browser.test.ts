// A classifier that is used for long, and classifiers that come and go.
import { readFile } from "node:fs/promises";
import { drawFlower, encodeJpeg } from "@fleuron/testing";
import type { CDPSession, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, openLab } from "./fixtures/lab.js";
import type { Classification, WebClassifier } from "./index.js";

declare global {
  interface Window {
    classifier: WebClassifier;
  }
}

let lab: Lab;
beforeAll(async () => {
  lab = await openLab({
    files: { "/photo.jpg": await encodeJpeg(drawFlower({ width: 90, height: 70 })) },
  });
});
afterAll(() => lab[Symbol.asyncDispose]());

const load = (page: Page) =>
  page.evaluate(async () => {
    window.classifier = await window.fleuron.loadClassifier("/bundle/");
  });

describe("1,000 photos", () => {
  it("leave the worker's memory as it was", async () => {
    const page = await lab.page();
    const heap = await workerHeap(await page.context().newCDPSession(page));
    await load(page);
    const classify = (count: number) =>
      page.evaluate(async (count) => {
        const photo = await (await fetch("/photo.jpg")).blob();
        for (let at = 0; at < count; at++) await window.classifier.classify(photo);
      }, count);
    await classify(100);
    const before = await heap();
    await classify(1000);
    const after = await heap();
    expect(before).toBeGreaterThan(1e6);
    expect(after).toBeLessThan(before * 1.05);
  });

  it("may be asked for 50 at a time, and each gets its own answer", async () => {
    const page = await lab.page();
    await load(page);
    const answers = await page.evaluate(async () => {
      const canvas = new OffscreenCanvas(80, 80);
      const context = canvas.getContext("2d")!;
      const photos = Array.from({ length: 50 }, (_, index) => {
        context.fillStyle = `hsl(${index * 7} 80% 50%)`;
        context.fillRect(0, 0, 80, 40);
        return context.getImageData(0, 0, 80, 80);
      });
      const alone: Classification[] = [];
      for (const photo of photos) alone.push(await window.classifier.classify(photo));
      const together = await Promise.all(photos.map((photo) => window.classifier.classify(photo)));
      const first = (results: readonly Classification[]) =>
        results.map(({ predictions }) => predictions[0]!.probability);
      return { alone: first(alone), together: first(together) };
    });
    expect(answers.together).toEqual(answers.alone);
    expect(new Set(answers.alone).size).toBeGreaterThan(40);
  });
});

// Only Linux tells what a process holds without asking another program.
it.runIf(process.platform === "linux")("8 classifiers come and go, and their memory returns", async () => {
  const page = await lab.page();
  const comeAndGo = (times: number) =>
    page.evaluate(async (times) => {
      for (let at = 0; at < times; at++) {
        const classifier = await window.fleuron.loadClassifier("/bundle/");
        await classifier.classify("/photo.jpg");
        await classifier.dispose();
      }
    }, times);
  await comeAndGo(3);
  const before = await pagesMemory();
  await comeAndGo(8);
  // Each one that stayed would hold 40 MB and more.
  await expect.poll(pagesMemory, { timeout: 120_000 }).toBeLessThan(before + 100e6);
});

/** Resident bytes of the processes that pages run in. */
async function pagesMemory(): Promise<number> {
  const session = await lab.browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  const sizes = processInfo
    .filter(({ type }) => type === "renderer")
    .map(async ({ id }) =>
      Number(/^RssAnon:\s+(\d+) kB$/m.exec(await readFile(`/proc/${id}/status`, "utf8"))![1]),
    );
  return (await Promise.all(sizes)).reduce((sum, kilobytes) => sum + kilobytes * 1024, 0);
}

/** A function that collects garbage in the page's next worker, and gives the bytes that it then holds. */
async function workerHeap(session: CDPSession): Promise<() => Promise<number>> {
  let worker: string | undefined;
  let lastId = 0;
  const waiting = new Map<number, (result: { usedSize: number; backingStorageSize?: number }) => void>();
  session.on("Target.attachedToTarget", ({ sessionId, targetInfo }) => {
    // Threads of onnxruntime are workers too, and come later.
    if (targetInfo.type === "worker") worker ??= sessionId;
  });
  session.on("Target.receivedMessageFromTarget", ({ message }) => {
    const { id, result } = JSON.parse(message);
    waiting.get(id)?.(result);
  });
  await session.send("Target.setAutoAttach", {
    autoAttach: true,
    waitForDebuggerOnStart: false,
    flatten: false,
  });
  const ask = async (method: string) => {
    const id = ++lastId;
    const reply = new Promise<{ usedSize: number; backingStorageSize?: number }>((resolve) => {
      waiting.set(id, resolve);
    });
    const message = JSON.stringify({ id, method });
    await session.send("Target.sendMessageToTarget", { sessionId: worker!, message });
    return reply;
  };
  return async () => {
    await ask("HeapProfiler.collectGarbage");
    const { usedSize, backingStorageSize = 0 } = await ask("Runtime.getHeapUsage");
    return usedSize + backingStorageSize;
  };
}
