// The same step in jax-js. Operations consume their operands: `ref` keeps one for a second use.

import type { Layer } from "@fleuron/model";
import { learningParameters, parameterStateName, slotStateName } from "@fleuron/training";
import { defaultDevice, init, jit, lax, nn, numpy as np, valueAndGrad } from "@jax-js/jax";
import type { Contender } from "./contender.js";

type Arrays = Record<string, np.Array>;

export const jaxJs: Contender = {
  name: "jax-js",
  async open({ plan, state, batch, learningRate }) {
    const devices = await init("webgpu");
    if (!devices.includes("webgpu")) throw new Error("it cannot use WebGPU here");
    defaultDevice("webgpu");
    const { layers, input } = plan.network;
    const { optimiser, batchSize } = plan;
    if (optimiser.type !== "sgd" || !optimiser.nesterov) throw new Error("internal: another optimiser");
    const parameters = learningParameters(plan);
    const uploaded = (data: Float32Array, shape: readonly number[]) =>
      np.array(data.slice(), { shape: [...shape], device: "webgpu" });
    const stored = (name: string) => uploaded(state.get(name)!.data, state.get(name)!.shape);

    const loss = (
      weights: Arrays,
      images: np.Array,
      targets: np.Array,
      sampleWeights: np.Array,
      masks: Arrays,
    ) => {
      const logits = layers.reduce((x, layer) => forward(layer, x, weights, masks), images);
      const ofPhotos = np.sum(nn.logSoftmax(logits).mul(targets), 1);
      return np.sum(ofPhotos.mul(sampleWeights)).mul(-1 / batch.normalizer);
    };
    const trained = jit(
      (
        weights: Arrays,
        momenta: Arrays,
        images: np.Array,
        targets: np.Array,
        photoWeights: np.Array,
        masks: Arrays,
      ) => {
        const kept = Object.fromEntries(Object.entries(weights).map(([name, value]) => [name, value.ref]));
        const [value, gradients] = valueAndGrad(loss)(kept, images, targets, photoWeights, masks);
        const newWeights: Arrays = {};
        const newMomenta: Arrays = {};
        for (const { name } of parameters) {
          const descent = gradients[name]!.mul(-learningRate);
          const momentum = momenta[name]!.mul(optimiser.momentum).add(descent.ref);
          newMomenta[name] = momentum.ref;
          newWeights[name] = weights[name]!.add(momentum.mul(optimiser.momentum)).add(descent);
        }
        return [value, newWeights, newMomenta] as [np.Array, Arrays, Arrays];
      },
    );

    let weights: Arrays = {};
    let momenta: Arrays = {};
    for (const parameter of parameters) {
      weights[parameter.name] = stored(parameterStateName(parameter));
      momenta[parameter.name] = stored(slotStateName("momentum", parameter.name));
    }
    const step = async () => {
      const masks = Object.entries(batch.dropoutMasks).map(([name, data]) => [
        name,
        uploaded(data, [batchSize, data.length / batchSize]),
      ]);
      const [value, newWeights, newMomenta] = trained(
        weights,
        momenta,
        uploaded(batch.images, [batchSize, input.channels, input.height, input.width]),
        uploaded(batch.targets, [batchSize, batch.targets.length / batchSize]),
        uploaded(batch.sampleWeights, [batchSize]),
        Object.fromEntries(masks),
      ) as [np.Array, Arrays, Arrays];
      [weights, momenta] = [newWeights, newMomenta];
      return (await value.data())[0]!;
    };
    return { step };
  },
};

function forward(layer: Layer, x: np.Array, weights: Arrays, masks: Arrays): np.Array {
  const weight = (name: string) => weights[`${layer.id}/${name}`]!;
  const perChannel = (values: np.Array) => values.reshape([1, -1, 1, 1]);
  switch (layer.type) {
    case "conv2d": {
      const padding = layer.padding === "same" ? "SAME" : "VALID";
      const y = lax.conv(x, weight("kernel"), [...layer.strides], padding).add(perChannel(weight("bias")));
      return layer.activation === "relu" ? nn.relu(y) : y;
    }
    case "batchNorm": {
      const centred = x.ref.sub(np.mean(x, [0, 2, 3], { keepdims: true }));
      const variance = np.mean(np.square(centred.ref), [0, 2, 3], { keepdims: true });
      const normalised = centred.div(np.sqrt(variance.add(layer.epsilon)));
      return normalised.mul(perChannel(weight("gamma"))).add(perChannel(weight("beta")));
    }
    case "maxPool2d":
      return lax.reduceWindow(
        x,
        (window) => np.max(window),
        [1, 1, ...layer.poolSize],
        [1, 1, ...layer.strides],
      );
    case "flatten":
      return x.reshape([x.shape[0]!, -1]);
    case "dense": {
      const y = np.dot(x, weight("kernel")).add(weight("bias"));
      return layer.activation === "relu" ? nn.relu(y) : y;
    }
    case "dropout":
      return x.mul(masks[`${layer.id}/mask`]!);
    default:
      throw new Error(`internal: AlexNet has no layer '${layer.type}'`);
  }
}
