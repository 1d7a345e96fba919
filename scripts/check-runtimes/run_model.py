"""`python run_model.py RUNTIME MODEL INPUT HEIGHT WIDTH FOLDER`: one photo through an ONNX file, its probabilities as JSON.

Programs that convert the file first write what they make of it into FOLDER, which is empty.
"""

import contextlib
import importlib.metadata
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

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


def onnx2tf(model, image, folder):
    from ai_edge_litert.interpreter import Interpreter

    # It writes into the file that it reads.
    for file in Path(model).parent.glob(f"{Path(model).name}*"):
        shutil.copy(file, folder)
    # It calls onnxsim, which pip has put beside this Python.
    os.environ["PATH"] = os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]])
    with contextlib.redirect_stdout(sys.stderr):
        import onnx2tf

        copy = os.path.join(folder, os.path.basename(model))
        converted = os.path.join(folder, "tensorflow")
        onnx2tf.convert(input_onnx_file_path=copy, output_folder_path=converted, verbosity="error")
    (lite,) = Path(converted).glob("*_float32.tflite")
    interpreter = Interpreter(model_path=str(lite))
    (given,), (wanted,) = interpreter.get_input_details(), interpreter.get_output_details()
    interpreter.resize_tensor_input(given["index"], image.transpose(0, 2, 3, 1).shape)
    interpreter.allocate_tensors()
    interpreter.set_tensor(given["index"], image.transpose(0, 2, 3, 1))
    interpreter.invoke()
    return interpreter.get_tensor(wanted["index"])


runtimes = {
    "onnxruntime": (onnxruntime, "onnxruntime"),
    "onnxruntime-old": (onnxruntime, "onnxruntime"),
    "openvino": (openvino, "openvino"),
    "opencv": (opencv, "opencv-python-headless"),
    "opencv-4": (opencv, "opencv-python-headless"),
    "mnn": (mnn, "MNN"),
    "onnx2tf": (onnx2tf, "onnx2tf"),
}

name, model, input_file, height, width, folder = sys.argv[1:]
run, package = runtimes[name]
image = np.fromfile(input_file, np.float32).reshape(1, 3, int(height), int(width))
output = np.asarray(run(model, image, folder), np.float32)
version = importlib.metadata.version(package)
print(json.dumps({"version": version, "probabilities": output.ravel().tolist()}))
