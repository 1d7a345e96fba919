"""Writes networks of torchvision and timm by both of torch's exporters.

    python scripts/onnx-networks/write-torch.py DIR [NAME…]
"""

import sys
from pathlib import Path

import timm
import torch
import torchvision
from torch_networks import NETWORKS, SIDE, drawn_network


def write(folder, name, exporter):
    is_dynamo = exporter == "dynamo"
    batch = (
        {"dynamic_shapes": ({0: torch.export.Dim("batch")},)}
        if is_dynamo
        else {"dynamic_axes": {"image": {0: "batch"}}}
    )
    torch.onnx.export(
        drawn_network(name),
        (torch.randn(2, 3, SIDE, SIDE),),
        folder / f"torch-{exporter}-{name}.onnx",
        input_names=["image"],
        output_names=["logits"],
        dynamo=is_dynamo,
        **batch,
    )


print("torch", torch.__version__, "torchvision", torchvision.__version__, "timm", timm.__version__)
folder, *only = sys.argv[1:]
for name in only or NETWORKS:
    for exporter in ("dynamo", "torchscript"):
        write(Path(folder), name, exporter)
