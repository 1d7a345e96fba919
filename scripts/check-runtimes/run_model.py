"""`python run_model.py RUNTIME MODEL INPUT HEIGHT WIDTH FOLDER`: one photo through an ONNX file, its probabilities as JSON.

Programs that convert the file first write what they make of it into FOLDER, which is empty.
"""

import importlib.metadata
import json
import os
import subprocess
import sys

import numpy as np


def onnxruntime(model, image, folder):
    import onnxruntime

    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    return session.run(None, {"image": image})[0]


def openvino(model, image, folder):
    import openvino

    core = openvino.Core()
    core.set_property("CPU", {"INFERENCE_PRECISION_HINT": "f32"})
    return core.compile_model(core.read_model(model), "CPU")([image])[0]


def opencv(model, image, folder):
    import cv2

    network = cv2.dnn.readNetFromONNX(model)
    network.setInput(image)
    return network.forward()


def mnn(model, image, folder):
    import MNN

    converted = os.path.join(folder, "model.mnn")
    command = [os.path.join(os.path.dirname(sys.executable), "mnnconvert")]
    command += ["-f", "ONNX", "--modelFile", model, "--MNNModel", converted, "--bizCode", "fleuron"]
    subprocess.run(command, check=True, stdout=sys.stderr)
    config = {"precision": "high", "backend": "CPU"}
    runtime = MNN.nn.create_runtime_manager((config,))
    network = MNN.nn.load_module_from_file(
        converted, ["image"], ["probabilities"], runtime_manager=runtime
    )
    given = MNN.expr.const(image, list(image.shape), MNN.expr.NCHW)
    return np.array(network.forward(given).read())


runtimes = {
    "onnxruntime": (onnxruntime, "onnxruntime"),
    "onnxruntime-old": (onnxruntime, "onnxruntime"),
    "openvino": (openvino, "openvino"),
    "opencv": (opencv, "opencv-python-headless"),
    "opencv-4": (opencv, "opencv-python-headless"),
    "mnn": (mnn, "MNN"),
}

name, model, input_file, height, width, folder = sys.argv[1:]
run, package = runtimes[name]
image = np.fromfile(input_file, np.float32).reshape(1, 3, int(height), int(width))
output = np.asarray(run(model, image, folder), np.float32)
version = importlib.metadata.version(package)
print(json.dumps({"version": version, "probabilities": output.ravel().tolist()}))
