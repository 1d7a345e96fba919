// The same step in TensorFlow.js, whose layout of images is [photo, row, column, channel].
import type { Layer } from "@fleuron/model";
import { learningParameters, parameterStateName } from "@fleuron/training";
import "@tensorflow/tfjs-core/dist/register_all_gradients.js";
import * as tf from "@tensorflow/tfjs-core";
import type { Contender } from "./contender.js";

type Tensors = Readonly<Record<string, tf.Tensor>>;

/** On a backend that has been imported. */
export const tfjsOn = (backend: string): Contender => ({
  name: `TensorFlow.js, ${backend}`,
  async open({ plan, state, batch, learningRate }) {
    if (!(await tf.setBackend(backend))) throw new Error(`TensorFlow.js cannot use ${backend} here`);
    const { layers, input } = plan.network;
    const { optimiser, batchSize } = plan;
    if (optimiser.type !== "sgd") throw new Error("internal: another optimiser");
    const weights: Record<string, tf.Variable> = {};
    for (const parameter of learningParameters(plan)) {
      const { data, shape } = state.get(parameterStateName(parameter))!;
      const value = tf.tensor(data, [...shape]);
      weights[parameter.name] = tf.variable(shape.length === 4 ? tf.transpose(value, [2, 3, 1, 0]) : value);
    }
    const update = tf.train.momentum(learningRate, optimiser.momentum, optimiser.nesterov);
    const loss = (): tf.Scalar => {
      const perPhoto = (data: Float32Array) => tf.tensor2d(data, [batchSize, data.length / batchSize]);
      const masks = Object.entries(batch.dropoutMasks).map(([name, data]) => [name, perPhoto(data)]);
      const images = tf.tensor4d(batch.images, [batchSize, input.channels, input.height, input.width]);
      const logits = layers.reduce<tf.Tensor>(
        (x, layer) => forward(layer, x, weights, Object.fromEntries(masks)),
        tf.transpose(images, [0, 2, 3, 1]),
      );
      const ofPhotos = tf.sum(tf.mul(tf.logSoftmax(logits), perPhoto(batch.targets)), 1);
      return tf.mul(tf.sum(tf.mul(ofPhotos, tf.tensor1d(batch.sampleWeights))), -1 / batch.normalizer);
    };
    const step = async () => {
      // Another contender may have chosen another one.
      await tf.setBackend(backend);
      const value = tf.tidy(() => update.minimize(loss, true)!);
      const [number] = await value.data();
      value.dispose();
      return number!;
    };
    return { step };
  },
});

function forward(layer: Layer, x: tf.Tensor, weights: Tensors, masks: Tensors): tf.Tensor {
  const weight = (name: string) => weights[`${layer.id}/${name}`]!;
  switch (layer.type) {
    case "conv2d": {
      const [strides, kernel] = [[...layer.strides] as [number, number], weight("kernel") as tf.Tensor4D];
      const y = tf.add(
        tf.conv2d(x as tf.Tensor4D, kernel, strides, layer.padding as "same" | "valid"),
        weight("bias"),
      );
      return layer.activation === "relu" ? tf.relu(y) : y;
    }
    case "batchNorm": {
      const { mean, variance } = tf.moments(x, [0, 1, 2]);
      return tf.batchNorm(
        x,
        mean as tf.Tensor1D,
        variance as tf.Tensor1D,
        weight("beta") as tf.Tensor1D,
        weight("gamma") as tf.Tensor1D,
        layer.epsilon,
      );
    }
    case "maxPool2d":
      return tf.maxPool(
        x as tf.Tensor4D,
        [...layer.poolSize] as [number, number],
        [...layer.strides] as [number, number],
        "valid",
      );
    case "flatten":
      return tf.reshape(tf.transpose(x, [0, 3, 1, 2]), [x.shape[0]!, -1]);
    case "dense": {
      const y = tf.add(tf.matMul(x, weight("kernel")), weight("bias"));
      return layer.activation === "relu" ? tf.relu(y) : y;
    }
    case "dropout":
      return tf.mul(x, masks[`${layer.id}/mask`]!);
    default:
      throw new Error(`internal: AlexNet has no layer '${layer.type}'`);
  }
}
