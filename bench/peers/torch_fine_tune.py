"""EfficientNet-Lite0 fine-tuned by PyTorch on the processor, statistics as they are; or its head alone, on features."""

import json
import math
import platform
import sys
import time

import contender
import timm
import torch
from timm.layers import BatchNormAct2d
from torch import nn

options = json.loads(sys.argv[1])
torch.set_num_threads(options["threads"])
batch = options["batchSize"]


def count(module):
    return sum(parameter.numel() for parameter in module.parameters())


def without_norms(network):
    """Its normalisations become biases of the convolutions before them, as exporters write them."""
    before = None
    for module in list(network.modules()):
        if isinstance(module, nn.Conv2d):
            before = module
        elif isinstance(module, BatchNormAct2d):
            before.bias = nn.Parameter(torch.zeros(before.out_channels))
            module.forward = module.act.forward
            module.weight = module.bias = None
    return network


if options["part"] == "all":
    network = timm.create_model("tf_efficientnet_lite0", num_classes=contender.CLASSES).eval()
    if count(network) != options["parameters"]:
        network = without_norms(network)
    network = network.to(memory_format=torch.channels_last)
else:
    network = nn.Linear(options["features"], contender.CLASSES)
optimiser = torch.optim.SGD(
    network.parameters(), lr=contender.LEARNING_RATE, momentum=0.9, nesterov=True, weight_decay=1e-4, fused=True
)


def inputs():
    if options["part"] == "head":
        return torch.rand(batch, options["features"]) - 0.5
    side = options["imageSize"]
    return (torch.rand(batch, side, side, 3) - 0.5).permute(0, 3, 1, 2)


def step(x, y):
    optimiser.zero_grad(set_to_none=True)
    loss = nn.functional.cross_entropy(network(x), y)
    loss.backward()
    nn.utils.clip_grad_norm_(network.parameters(), 5)
    optimiser.step()
    return loss.item()


contender.answer(
    ready={
        "parameters": count(network),
        "versions": {"python": platform.python_version(), "torch": torch.__version__, "timm": timm.__version__},
    }
)
for _ in sys.stdin:
    x, y = inputs(), torch.arange(batch) % contender.CLASSES
    start = time.perf_counter()
    for _ in range(options["stepsAtOnce"]):
        loss = step(x, y)
    ms = (time.perf_counter() - start) * 1000
    contender.answer(step={"ms": ms, "loss": loss if math.isfinite(loss) else None})
contender.answer(end={"peakRssBytes": contender.peak_bytes()})
