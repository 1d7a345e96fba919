// Whether onnxruntime can make a session on the GPU.
import { bindDimensions, GraphBuilder, relu } from "@fleuron/graph";
import { toOnnx } from "@fleuron/graph/onnx";
import { answerParent } from "@fleuron/machine";
import { onCuda } from "@fleuron/training/onnx";
import { installationIn } from "./installation.js";
import { loadOnnxruntime } from "./load.js";

await answerParent(async ({ folder }: { readonly folder: string }): Promise<null> => {
  const runtime = loadOnnxruntime(installationIn(folder));
  const builder = new GraphBuilder("smallest");
  builder.output("y", relu(builder.input("x", { type: "tensor" }, [1])));
  const model = toOnnx(bindDimensions(builder.build(), {}));
  const session = await runtime.InferenceSession.create(model, onCuda.sessionOptions);
  await session.release();
  return null;
});
