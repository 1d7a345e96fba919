"""A training step of AlexNet by PyTorch, channels last, on the processor or with CUDA."""

import sys

import contender
import torch
from torch import nn
from torch_network import alexnet

options = contender.options()
torch.set_num_threads(options["threads"])
mixed = options["precision"] == "bfloat16"
device = "cuda" if options["onGpu"] else "cpu"
if device == "cuda" and not torch.cuda.is_available():
    sys.exit("PyTorch finds no device of CUDA")
# Float32 as the others have it: not rounded to TF32.
torch.backends.cuda.matmul.allow_tf32 = False
torch.backends.cudnn.allow_tf32 = False


model = alexnet(contender.CLASSES, nn.init.kaiming_normal_, lambda kernel: nn.init.normal_(kernel, std=0.01)).to(
    device=device, memory_format=torch.channels_last
)
sgd = options["optimiser"]
kernels = [parameter for parameter in model.parameters() if parameter.ndim > 1]
others = [parameter for parameter in model.parameters() if parameter.ndim == 1]
# The fused update is the fastest that PyTorch has.
optimiser = torch.optim.SGD(
    [{"params": kernels, "weight_decay": sgd["weightDecay"]}, {"params": others}],
    lr=contender.LEARNING_RATE,
    momentum=sgd["momentum"],
    nesterov=sgd["nesterov"],
    fused=True,
)


def step(images, labels):
    # [N, H, W, 3] in memory, seen as [N, 3, H, W], is channels last without a copy.
    x = torch.from_numpy(images).permute(0, 3, 1, 2).to(device)
    y = torch.from_numpy(labels).to(device)
    optimiser.zero_grad(set_to_none=True)
    with torch.autocast(device, dtype=torch.bfloat16, enabled=mixed):
        logits = model(x)
        loss = nn.functional.cross_entropy(logits, y)
    loss.backward()
    if sgd["clipNorm"]:
        nn.utils.clip_grad_norm_(model.parameters(), sgd["clipNorm"])
    optimiser.step()
    with torch.no_grad():
        (logits.argmax(1) == y).sum().item()
    return loss.item()


contender.serve(
    parameters=sum(parameter.numel() for parameter in model.parameters()),
    versions={"torch": torch.__version__},
    step=step,
)
