"""What PyTorch makes of torchvision's network: the training losses of its first steps.

    python torch-losses.py EXCHANGE.safetensors

EXCHANGE holds the tensors to start from, in the order of torchvision's state_dict (kernels of convolutions O,I,H,W, dense
kernels [in, out]), and for each step `0/images` [N,3,H,W], `0/labels` [N] and, for MobileNetV2, `0/dropout` (a mask of 0
and 1 / (1 - rate)); its metadata say `network`, `width`, `momentum`, `learningRate`. Computes in float64. Writes
{"versions": {...}, "losses": [...]} to standard output. The network is torchvision's own: where a ResNet has fewer
channels, its layers are given the smaller tensors.
"""

import json
import struct
import sys

import numpy as np
import torch
import torchvision


def read_safetensors(path):
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        data = file.read()
    metadata = header.pop("__metadata__")
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        array = np.frombuffer(data[begin:end], "<f4").reshape(entry["shape"]).astype("float64")
        tensors[name] = torch.from_numpy(array)
    return tensors, metadata


class Masked(torch.nn.Module):
    """Dropout by a mask that is fed."""

    mask = None

    def forward(self, x):
        return x * self.mask


def torchvision_network(name, width, weights):
    models = torchvision.models
    model = models.resnet18() if name == "resnet18" else models.mobilenet_v2(width_mult=width)
    given = iter(weights)
    for layer in model.modules():
        if isinstance(layer, torch.nn.Conv2d):
            depthwise = layer.groups > 1
            layer.weight = torch.nn.Parameter(next(given))
            layer.groups = layer.weight.shape[0] if depthwise else 1
        elif isinstance(layer, torch.nn.BatchNorm2d):
            layer.weight, layer.bias = torch.nn.Parameter(next(given)), torch.nn.Parameter(next(given))
            layer.running_mean, layer.running_var = next(given), next(given)
        elif isinstance(layer, torch.nn.Linear):
            layer.weight = torch.nn.Parameter(next(given).T.contiguous())
            layer.bias = torch.nn.Parameter(next(given))
    if next(given, None) is not None:
        raise SystemExit("more tensors than torchvision's network has")
    return model.double().train()


def main():
    tensors, metadata = read_safetensors(sys.argv[1])
    weights = [tensor for name, tensor in tensors.items() if name.startswith(("weights/", "statistics/"))]
    model = torchvision_network(metadata["network"], float(metadata["width"]), weights)
    mask = Masked()
    if metadata["network"] == "mobilenet-v2":
        model.classifier[0] = mask
    optimiser = torch.optim.SGD(
        model.parameters(), lr=float(metadata["learningRate"]), momentum=float(metadata["momentum"])
    )
    losses = []
    while f"{len(losses)}/images" in tensors:
        step = len(losses)
        mask.mask = tensors.get(f"{step}/dropout")
        logits = model(tensors[f"{step}/images"])
        loss = torch.nn.functional.cross_entropy(logits, tensors[f"{step}/labels"].long())
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
    versions = {"torch": torch.__version__, "torchvision": torchvision.__version__}
    json.dump({"versions": versions, "losses": losses}, sys.stdout)


main()
