// `pnpm bench train --profile --forms`: every form of every convolution of full-width AlexNet, alone.
import { convolutionForms } from "@fleuron/machine";
import { sizeOf } from "@fleuron/model";
import { runInto } from "@fleuron/training/onnx";
import * as ort from "onnxruntime-node";
import { alignColumns } from "../align-columns.js";
import type { BenchOptions } from "../arguments.js";
import { describeMachine, loadAverage } from "../compare/machine.js";
import { fullWidthPlan } from "../full-width-plan.js";
import { median } from "../statistics.js";
import { type ConvolutionCase, type ConvolutionOperation, convolutionCases } from "./convolution-cases.js";

export interface MeasuredForm {
  readonly layer: string;
  readonly operation: ConvolutionOperation;
  /** Outputs of Winograd's tile along an axis; 0: directly. */
  readonly tile: number;
  /** Medians. */
  readonly ms: number;
  readonly processorMs: number;
  /** Whether it is the one that runs on this processor take. */
  readonly isTaken: boolean;
}

/** The first one also asks for memory. */
const warmUp = 1;

export async function measureForms({ steps, threads, format }: BenchOptions): Promise<void> {
  const load = loadAverage();
  const forms: MeasuredForm[] = [];
  for (const convolution of convolutionCases(fullWidthPlan()))
    forms.push(...(await formsOf(convolution, steps, threads)));
  const machine = describeMachine();
  if (format === "json") {
    process.stdout.write(`${JSON.stringify({ machine, threads, loadAverage: load, steps, forms })}\n`);
    return;
  }
  process.stdout.write(formsText(forms));
  process.stdout.write(
    `\n${machine.cpu}, ${machine.cores} cores, ${threads} threads; medians of ${steps} runs in turns; load average before: ${load.toFixed(1)}.\n`,
  );
}

/** The forms of one operation, which take turns. */
async function formsOf(
  convolution: ConvolutionCase,
  steps: number,
  intraOpNumThreads: number,
): Promise<readonly MeasuredForm[]> {
  const { layer, operation, kernel, inputs, output } = convolution;
  const random = (shape: readonly number[]) => {
    const data = Float32Array.from({ length: sizeOf(shape) }, () => Math.random() - 0.5);
    return new ort.Tensor("float32", data, shape);
  };
  const feeds = { a: random(inputs[0]), b: random(inputs[1]) };
  const y = { data: new Float32Array(sizeOf(output)), shape: output };
  const taken = convolutionForms()[operation][kernel] ?? 0;
  const contenders = await Promise.all(
    [0, ...convolution.tiles].map(async (tile) => ({
      tile,
      times: [] as { readonly ms: number; readonly processorMs: number }[],
      session: await ort.InferenceSession.create(convolution.model(tile), {
        intraOpNumThreads,
        logSeverityLevel: 4,
      }),
    })),
  );
  for (let step = 0; step < warmUp + steps; step++) {
    for (const { session, times } of contenders) {
      const [began, before] = [performance.now(), process.cpuUsage()];
      await runInto(session, ort, feeds, { y });
      const { user, system } = process.cpuUsage(before);
      times.push({ ms: performance.now() - began, processorMs: (user + system) / 1000 });
    }
  }
  for (const { session } of contenders) await session.release();
  return contenders.map(({ tile, times }) => {
    const counted = times.slice(warmUp);
    return {
      layer,
      operation,
      tile,
      ms: median(counted.map(({ ms }) => ms)),
      processorMs: median(counted.map(({ processorMs }) => processorMs)),
      isTaken: tile === taken,
    };
  });
}

const headings = ["layer", "operation", "form", "ms", "processor ms", "÷ direct", ""];

export function formsText(forms: readonly MeasuredForm[]): string {
  const rows = forms.map(({ layer, operation, tile, ms, processorMs, isTaken }) => {
    const direct = forms.find((other) => other.layer === layer && other.operation === operation)!;
    return [
      layer,
      operation,
      tile === 0 ? "direct" : `Winograd, ${tile} outputs`,
      ms.toFixed(1),
      processorMs.toFixed(1),
      (ms / direct.ms).toFixed(2),
      isTaken ? "taken" : "",
    ];
  });
  return `${alignColumns([headings, ...rows], (column) => column > 2 && column < 6).join("\n")}\n`;
}
