import {
  add,
  constantTensor,
  type Graph,
  GraphBuilder,
  gather,
  joinGraphs,
  multiply,
  transpose,
} from "@fleuron/graph";
import { inputSides, type PreprocessingSpecification } from "@fleuron/model";
import { exportError } from "../../errors.js";

/** What the input of levels is called. */
export const PIXELS = "pixels";

/**
 * A classifier of levels, `pixels` [batch, height, width, 3] in red, green, blue, from one of images: it normalises them
 * and lays them out itself.
 * @throws FleuronError `preprocessing-unsupported` for padding that is no level.
 */
export function classifierOfBytes(classifier: Graph, preprocessing: PreprocessingSpecification): Graph {
  requireLevels(preprocessing);
  const { scale, mean, std, channelOrder } = preprocessing;
  const { height, width } = inputSides(preprocessing);
  const builder = new GraphBuilder("normalisation");
  const pixels = builder.input(PIXELS, { type: "tensor" }, ["batch", height, width, 3]);
  const channels = channelOrder === "bgr" ? gather(pixels, [2, 1, 0], 3) : pixels;
  const factor = constantTensor(
    builder,
    [3],
    std.map((deviation) => scale / deviation),
  );
  const offset = constantTensor(
    builder,
    [3],
    mean.map((value, channel) => -value / std[channel]!),
  );
  builder.output("image", transpose(add(multiply(channels, factor), offset), [0, 3, 1, 2]));
  const joined = joinGraphs(classifier.name, [builder.build(), classifier]);
  return { ...joined, outputs: joined.outputs.filter(({ name }) => name !== "image") };
}

function requireLevels({ resize }: PreprocessingSpecification): void {
  if (resize.fit !== "pad" || resize.padding.every(Number.isInteger)) return;
  throw exportError(
    "preprocessing-unsupported",
    `Bytes cannot hold the colour around photos, ${resize.padding.join(", ")}: it has fractions of a level.`,
    { subject: "input", hint: "Let the model take the image." },
  );
}
