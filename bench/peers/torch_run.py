"""The notebook's training by PyTorch, channels last, from folders of photos. Writes lines as `fleuron train --json` does."""

import os
import platform

import contender
import torch
import torchvision
from torch import nn
from torch.utils.data import DataLoader
from torch_network import alexnet
from torchvision import transforms

options = contender.options()
torch.set_num_threads(options["threads"])

to_image = transforms.Compose(
    [
        transforms.Resize(
            (contender.IMAGE_SIZE, contender.IMAGE_SIZE), interpolation=transforms.InterpolationMode.NEAREST
        ),
        transforms.ToTensor(),
    ]
)


def photos_of(part, shuffle):
    """Decoded by worker processes, in each epoch anew."""
    photos = torchvision.datasets.ImageFolder(os.path.join(options["photos"], part), to_image)
    return DataLoader(
        photos,
        batch_size=options["batchSize"],
        shuffle=shuffle,
        num_workers=options["threads"],
        persistent_workers=True,
    )


train, val = photos_of("train", shuffle=True), photos_of("val", shuffle=False)
draw = nn.init.xavier_uniform_
model = alexnet(len(train.dataset.classes), draw, draw).to(memory_format=torch.channels_last)
optimiser = torch.optim.SGD(model.parameters(), lr=options["learningRate"], fused=True)
versions = {
    "python": platform.python_version(),
    "torch": torch.__version__,
    "torchvision": torchvision.__version__,
}
statistics = (buffer for name, buffer in model.named_buffers() if "running" in name)
contender.answer(
    type="run",
    parameters=sum(tensor.numel() for tensor in [*model.parameters(), *statistics]),
    trainCount=len(train.dataset),
    valCount=len(val.dataset),
    engine={"versions": versions},
)


def measured(x, y):
    """The loss of a batch, and how many of its photos are named rightly."""
    logits = model(x.to(memory_format=torch.channels_last))
    return nn.functional.cross_entropy(logits, y), (logits.argmax(1) == y).sum()


for epoch in range(options["epochs"]):
    loss_sum, correct = 0.0, 0
    model.train()
    for x, y in train:
        optimiser.zero_grad(set_to_none=True)
        loss, right = measured(x, y)
        loss.backward()
        optimiser.step()
        loss_sum += loss.item() * len(y)
        correct += right.item()
    model.eval()
    with torch.inference_mode():
        for x, y in val:
            loss, right = measured(x, y)
            loss.item(), right.item()
    contender.answer(type="epoch", epoch=epoch + 1, loss=contender.finite(loss_sum / len(train.dataset)))
