/** The browser's half of `graph-in-chromium.test.ts`: a graph on the page's GPU, twice. */
import type { Graph } from "@fleuron/graph";
import { compileProgram, DeviceVariables } from "@fleuron/graph/webgpu";

export interface RunGraphRequest {
  /** A `Graph<number>` as JSON. */
  readonly graph: string;
  readonly feeds: Readonly<Record<string, Float32Array<ArrayBuffer>>>;
}

declare global {
  interface Window {
    runGraph(request: RunGraphRequest): Promise<readonly Record<string, Float32Array>[]>;
  }
}

window.runGraph = async ({ graph: json, feeds }) => {
  const graph: Graph<number> = JSON.parse(json);
  const adapter = await navigator.gpu.requestAdapter();
  const device = await adapter!.requestDevice();
  const shapes = graph.variables.map(({ name, value }) => [name, graph.types[value]!.shape] as const);
  const variables = await DeviceVariables.create(device, shapes);
  const program = await compileProgram(graph, variables);
  const runs = [];
  for (let run = 0; run < 2; run++) {
    for (const { name } of graph.variables) variables.write(name, feeds[name]!);
    runs.push(Object.fromEntries(await program.run(feeds)));
  }
  device.destroy();
  return runs;
};
