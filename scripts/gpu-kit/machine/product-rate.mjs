// How many float32 operations a second a square product reaches on WebGPU.
import path from "node:path";
import { pathToFileURL } from "node:url";
import { bindDimensions, GraphBuilder, matMul } from "@fleuron/graph";
import { compileProgram, DeviceVariables } from "@fleuron/graph/webgpu";

const ROUNDS = 10;

export async function productRate(size) {
  const dawn = path.join(process.env.FLEURON_ENGINES, "webgpu/node_modules/webgpu/index.js");
  const { create } = await import(pathToFileURL(dawn).href);
  const gpu = create(["enable-dawn-features=disable_workgroup_init"]);
  const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
  const device = await adapter.requestDevice();
  const shape = [size, size];

  // The product stays on the device, and one number comes back when it is there.
  const builder = new GraphBuilder("product");
  const [a, b] = ["a", "b"].map((name) => builder.variable(name, shape));
  builder.variable("product", shape);
  builder.update("product", matMul(a, b));
  builder.output("done", builder.input("started", { type: "scalar" }, []));
  const variables = await DeviceVariables.create(
    device,
    ["a", "b", "product"].map((name) => [name, shape]),
  );
  for (const name of ["a", "b"]) variables.write(name, new Float32Array(size ** 2).fill(0.5));
  const program = await compileProgram(bindDimensions(builder.build(), {}), variables);

  const times = [];
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    await program.run({ started: Float32Array.of(round) });
    times.push(performance.now() - start);
  }
  const [corner] = await variables.read("product");
  if (Math.abs(corner / (size / 4) - 1) > 1e-5)
    throw new Error(`The product of ${size}³ is ${corner}, not ${size / 4}.`);
  device.destroy();
  return { size, gflops: (2 * size ** 3) / 1e6 / Math.min(...times) };
}
