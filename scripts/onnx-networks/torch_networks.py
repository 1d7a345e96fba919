"""Networks of torchvision and timm for images of 64 pixels, with drawn parameters."""

import numpy as np
import timm
import torch
import torchvision
from drawn import drawn

SIDE = 64
NETWORKS = {
    "resnet18": lambda: torchvision.models.resnet18(),
    "mobilenet_v2": lambda: torchvision.models.mobilenet_v2(),
    "convnext_tiny": lambda: torchvision.models.convnext_tiny(),
    "vit_b_16": lambda: torchvision.models.vit_b_16(image_size=SIDE),
    "swin_t": lambda: torchvision.models.swin_t(),
    "timm-convnext_tiny": lambda: timm.create_model("convnext_tiny"),
    "timm-vit_tiny": lambda: timm.create_model("vit_tiny_patch16_224", img_size=SIDE),
    "timm-swin_tiny": lambda: timm.create_model("swin_tiny_patch4_window7_224", img_size=SIDE, window_size=2),
}


def drawn_network(name):
    torch.manual_seed(0)
    network = NETWORKS[name]().eval()
    rng = np.random.default_rng(0)
    with torch.no_grad():
        for key, tensor in network.state_dict().items():
            if tensor.dtype == torch.float32 and "attn_mask" not in key:
                tensor.copy_(torch.from_numpy(drawn(rng, key, tensor.shape)))
    return network
