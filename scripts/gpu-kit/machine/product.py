"""How many float32 operations a second a square product reaches in PyTorch, without TF32, as one line of JSON."""

import json
import sys
import time

import torch

size = int(sys.argv[1])
device = "cuda" if torch.cuda.is_available() else "cpu"
torch.backends.cuda.matmul.allow_tf32 = False
a = torch.full((size, size), 0.5, device=device)


def seconds():
    start = time.perf_counter()
    torch.mm(a, a)
    if device == "cuda":
        torch.cuda.synchronize()
    return time.perf_counter() - start


print(json.dumps({"device": device, "gflops": 2 * size**3 / 1e9 / min(seconds() for _ in range(10))}))
