import { type Layer, NETWORK_INPUT, type Network, resolveNetwork } from "@fleuron/model";
import { isDepthwise, unitsOf } from "./cuttable-layers.js";

/** The network with so many filters or units of each layer that is named. */
export function withUnits(network: Network, units: ReadonlyMap<string, number>): Network {
  const channels = new Map([[NETWORK_INPUT, network.input.channels]]);
  const layers = resolveNetwork(network).map((resolved): Layer => {
    const { layer, inputIds } = resolved;
    const given = channels.get(inputIds[0]!)!;
    const narrowed = isDepthwise(resolved)
      ? { ...layer, filters: given, groups: given }
      : withOwnUnits(layer, units.get(layer.id));
    channels.set(layer.id, unitsOf(narrowed) ?? given);
    return narrowed;
  });
  return { ...network, layers };
}

function withOwnUnits(layer: Layer, units: number | undefined): Layer {
  if (units === undefined) return layer;
  if (layer.type === "conv2d") return { ...layer, filters: units };
  if (layer.type === "dense") return { ...layer, units };
  throw new Error(`internal: the layer '${layer.id}' has no units of its own`);
}
