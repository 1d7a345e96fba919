// The dropout masks of a step.
import { networkOf, shapePerPhoto } from "@fleuron/graph";
import { fillDropoutMask, randomStream, sizeOf } from "@fleuron/model";

/** What draws the masks of a plan's step: other ones for each, the same for any engine. */
export function maskDrawer({ network, batchSize }) {
  const graph = networkOf(network).trainingGraph();
  const inputs = graph.inputs.filter(({ role }) => role.type === "dropoutMask");
  return (step) =>
    Object.fromEntries(
      inputs.map((input, index) => {
        const mask = new Float32Array(batchSize * sizeOf(shapePerPhoto(graph, input)));
        const stream = randomStream(0, "dropoutMask", 0, step * inputs.length + index);
        fillDropoutMask(stream, mask, input.role.keepRate);
        return [input.name, mask];
      }),
    );
}
