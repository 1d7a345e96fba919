import { InferenceSession, Tensor } from "onnxruntime-node";
import { describe, expect, it } from "vitest";
import { GraphBuilder } from "../builder.js";
import { relativeError } from "../fixtures/case-graph.js";
import { interpret } from "../interpreter/interpret.js";
import { referenceTensor } from "../interpreter/reference-tensor.js";
import { type OnnxAttributes, OnnxEmitter } from "../onnx/emitter.js";
import { encodeModel } from "../onnx/encode.js";
import { resize } from "./resize.js";
import type { ResizeOptions } from "./resize-taps.js";

const shape = [1, 2, 5, 7] as const;
const image = referenceTensor(
  shape,
  Float32Array.from({ length: 70 }, (_, index) => Math.sin(index * index)),
);

interface Crops {
  readonly crops?: readonly [readonly [number, number], readonly [number, number]];
  readonly outside?: number;
}

async function onnxruntime(
  height: number,
  width: number,
  { crops, outside = 0, ...options }: ResizeOptions & Crops,
) {
  const attributes: OnnxAttributes = {
    mode: { string: options.mode },
    coordinate_transformation_mode: { string: options.coordinates ?? "half_pixel" },
    nearest_mode: { string: options.nearest ?? "round_prefer_floor" },
    cubic_coeff_a: { float: options.cubicCoefficient ?? -0.75 },
    exclude_outside: { int: Number(options.excludeOutside ?? false) },
    antialias: { int: Number(options.antialias ?? false) },
    extrapolation_value: { float: outside },
  };
  const emit = new OnnxEmitter(["x", "y"]);
  const [rows, columns] = crops ?? [];
  const region = rows && columns && emit.floats([0, 0, rows[0], columns[0], 1, 1, rows[1], columns[1]], [8]);
  emit.node("Resize", ["x", region ?? "", "", emit.ints([1, 2, height, width])], attributes);
  const port = (name: string, lengths: readonly number[]) =>
    ({ name, dtype: "float32", shape: lengths }) as const;
  const model = encodeModel({
    name: "resize",
    nodes: emit.nodes.map((node) => ({ ...node, outputs: ["y"] })),
    inputs: [port("x", shape)],
    outputs: [port("y", [1, 2, height, width])],
    initializers: emit.constants,
    external: new Map(),
    metadata: {},
  });
  const session = await InferenceSession.create(model, { logSeverityLevel: 3 });
  const results = await session.run({ x: new Tensor("float32", Float32Array.from(image.data), shape) });
  await session.release();
  return results.y!.data as Float32Array;
}

function ours(
  height: number,
  width: number,
  options: ResizeOptions & Crops & { scales?: readonly [number, number] },
) {
  const builder = new GraphBuilder("resize");
  const x = builder.input("x", { type: "image" }, shape);
  builder.output("y", resize(x, { height, width, ...options }));
  return interpret(builder.build(), { x: image }).outputs.get("y")!;
}

const coordinates = [
  "half_pixel",
  "half_pixel_symmetric",
  "pytorch_half_pixel",
  "align_corners",
  "asymmetric",
] as const;
const crop = {
  coordinates: "tf_crop_and_resize",
  crops: [
    [0.2, 0.85],
    [-0.3, 1.1],
  ],
  outside: 7,
} as const;
const cases: readonly (ResizeOptions & Crops)[] = [
  { mode: "linear", ...crop },
  { mode: "cubic", ...crop },
  {
    mode: "nearest",
    ...crop,
    crops: [
      [0.9, 0.1],
      [0, 1],
    ],
  },
  ...coordinates.flatMap((each): ResizeOptions[] => [
    { mode: "linear", coordinates: each },
    { mode: "cubic", coordinates: each },
    { mode: "cubic", coordinates: each, cubicCoefficient: -0.5, excludeOutside: true },
  ]),
  ...(["round_prefer_floor", "round_prefer_ceil", "floor", "ceil"] as const).flatMap(
    (nearest): ResizeOptions[] => [
      { mode: "nearest", nearest },
      { mode: "nearest", nearest, coordinates: "asymmetric" },
    ],
  ),
];

describe("resize is onnxruntime's", () => {
  it.each(cases.map((options) => [Object.values(options).join(", "), options] as const))(
    "%s",
    async (_, options) => {
      for (const [height, width] of [
        [10, 9],
        [3, 4],
        [1, 14],
      ] as const) {
        const expected = await onnxruntime(height, width, options);
        const { data } = ours(height, width, options);
        expect(relativeError(data, expected), `${height}×${width}`).toBeLessThan(1e-5);
      }
    },
  );
});

describe("resize", () => {
  it("averages what a smaller image leaves out", () => {
    const { data } = ours(5, 2, { mode: "linear", antialias: true });
    // Two triangles of reach 3.5 around 1.25 and 4.75.
    const weights = [0, 1, 2, 3, 4, 5, 6].map((pixel) => Math.max(1 - Math.abs(pixel - 1.25) / 3.5, 0));
    weights[0]! += 1 - 2.25 / 3.5 + (1 - 3.25 / 3.5);
    const sum = weights.reduce((total, weight) => total + weight, 0);
    const mean = weights.reduce((total, weight, pixel) => total + weight * image.data[pixel]!, 0) / sum;
    expect(data[0]).toBeCloseTo(mean, 12);
  });

  it("has one number where no pixel counts", () => {
    const options = {
      mode: "linear",
      coordinates: "tf_crop_and_resize",
      crops: [
        [2, 3],
        [0, 1],
      ],
    } as const;
    const { data } = ours(3, 7, { ...options, excludeOutside: true, outside: 7 });
    expect(new Set(data)).toEqual(new Set([7]));
  });

  it("counts from the scales that a size was rounded from", () => {
    const floor = { mode: "nearest", coordinates: "asymmetric", nearest: "floor" } as const;
    const firstRow = (scales?: readonly [number, number]) => [
      ...ours(5, 4, { ...floor, ...(scales && { scales }) }).data.slice(0, 4),
    ];
    expect(firstRow([1, 0.7])).toEqual([0, 1, 2, 4].map((place) => image.data[place]));
    expect(firstRow()).toEqual([0, 1, 3, 5].map((place) => image.data[place]));
  });
});
