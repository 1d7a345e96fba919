// A worker thread that turns photos into batches while the engine computes.
import { parentPort, workerData } from "node:worker_threads";
import { serialiseError } from "@fleuron/model";
import { BatchMaker, evaluationBatch } from "@fleuron/training/data";
import { PixelReader } from "../cache/pixel-reader.js";
import { type BatchReply, type BatchRequest, type BatchWorkerStart, endOfRequests } from "./messages.js";

const { settings, pixels, valPixels, train, val, budget } = workerData as BatchWorkerStart;
const [reader, valReader] = [new PixelReader(pixels, budget), new PixelReader(valPixels, budget)];
const training = new BatchMaker(settings, {
  labels: train.map(({ label }) => label),
  read: (index) => reader.read(train[index]!),
});
const readCrops = (index: number) => valReader.read(val[index]!);

if (!parentPort) throw new Error("internal: batch-worker is not the main thread's to run");
const port = parentPort;

port.on("message", async (request: BatchRequest | typeof endOfRequests) => {
  if (request === endOfRequests) {
    // Deno's port has no `close`.
    port.unref();
    return;
  }
  try {
    if (request.kind === "training") {
      const batch = await training.training(request.epoch, request.step);
      const arrays = [batch.images, batch.targets, batch.sampleWeights, ...Object.values(batch.dropoutMasks)];
      reply(
        { id: request.id, batch },
        arrays.map(({ buffer }) => buffer),
      );
    } else {
      const batch = await evaluationBatch(settings, readCrops, request.begin, request.end);
      reply({ id: request.id, batch }, [batch.images.buffer]);
    }
  } catch (error) {
    reply({ id: request.id, error: serialiseError(error) }, []);
  }
});

function reply(message: BatchReply, transfer: readonly ArrayBuffer[]): void {
  port.postMessage(message, transfer);
}
