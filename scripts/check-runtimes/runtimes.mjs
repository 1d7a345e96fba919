// The runtimes that are tried: Python's by what pip installs into a folder of their own, Rust's by their crate in rust/.

/**
 * `name` is what each is called in the table; its version is added when it has run. One of `oneFile` reads no data beside a
 * model; one `builtForEach` writes a model as code, which is compiled with its program; `minutes` is how long one may take for a
 * model, where it takes long.
 */
export const runtimes = [
  { id: "onnxruntime", name: "onnxruntime", packages: ["onnxruntime"] },
  { id: "onnxruntime-old", name: "onnxruntime", packages: ["onnxruntime==1.17.3", "numpy<2"] },
  { id: "openvino", name: "OpenVINO", packages: ["openvino"] },
  { id: "opencv", name: "OpenCV", packages: ["opencv-python-headless"] },
  { id: "opencv-4", name: "OpenCV", packages: ["opencv-python-headless<5"], oneFile: true },
  { id: "mnn", name: "MNN", packages: ["MNN", "numpy"] },
  { id: "onnx2tf", name: "onnx2tf", packages: ["onnx2tf"], minutes: 60 },
  { id: "tract", name: "tract", crate: "tract-onnx" },
  { id: "rten", name: "rten", crate: "rten" },
  { id: "candle", name: "candle-onnx", crate: "candle-onnx", oneFile: true },
  { id: "burn", name: "burn-onnx", crate: "burn-onnx", builtForEach: true },
];
