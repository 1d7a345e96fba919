// What is used of tfjs-node and tfjs-node-gpu, whichever module is given.

export interface TensorflowTensor {
  readonly shape: readonly number[];
  dataSync(): Float32Array | Int32Array;
  dispose(): void;
}

/** A signature of a SavedModel: https://js.tensorflow.org/api_node/4.22.0/#class:TFSavedModel */
export interface TensorflowSignature {
  /** Runs it, blocking the thread; the outputs are the caller's to dispose of. */
  predict(inputs: { readonly [name: string]: TensorflowTensor }): {
    readonly [name: string]: TensorflowTensor;
  };
  dispose(): void;
}

export interface Tensorflow {
  readonly version: { readonly "tfjs-node": string };
  readonly node: {
    loadSavedModel(folder: string, tags: readonly string[], signature: string): Promise<TensorflowSignature>;
  };
  tensor(
    values: Float32Array | Int32Array,
    shape: readonly number[],
    type: "float32" | "int32",
  ): TensorflowTensor;
  memory(): { readonly numTensors: number };
  backend(): {
    readonly binding: { readonly TF_Version: string };
    readonly isUsingGpuDevice: boolean;
  };
}

/** Versions of the npm package and of libtensorflow, by name. */
export const versionsOf = (tensorflow: Tensorflow, npmPackage: string) => ({
  [npmPackage]: tensorflow.version["tfjs-node"],
  libtensorflow: tensorflow.backend().binding.TF_Version,
});
