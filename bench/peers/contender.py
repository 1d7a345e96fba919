"""What the peers have in common: their batches, and the line protocol through which `pnpm bench train --compare`
has them take turns.

A contender writes `{"ready": {"parameters": ..., "versions": {...}}}` when it can begin, answers each line `step`
with `{"step": {"ms": ..., "loss": ...}}`, and at the end of its input writes `{"end": {"peakRssBytes": ...}}`.
"""

import json
import math
import os
import platform
import resource
import sys
import time

import numpy as np

BATCH_SIZE = 32
CLASSES = 5
IMAGE_SIZE = 227
LEARNING_RATE = 0.001

# Libraries print; what they print goes to standard error, and the protocol has the real standard output.
_answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)


def options():
    """What the command line gives as JSON."""
    return json.loads(sys.argv[1])


def serve(parameters, versions, step):
    """Takes steps on command; `step(images [N, H, W, 3] float32, labels [N] int64)` returns the loss, which
    is answered as null where it is no number."""
    random = np.random.default_rng(0)
    answer(ready={"parameters": int(parameters), "versions": {"python": platform.python_version(), **versions}})
    for _ in sys.stdin:
        images = random.random((BATCH_SIZE, IMAGE_SIZE, IMAGE_SIZE, 3), dtype="float32") - np.float32(0.5)
        labels = random.integers(0, CLASSES, BATCH_SIZE)
        start = time.perf_counter()
        loss = step(images, labels)
        ms = (time.perf_counter() - start) * 1000
        answer(step={"ms": ms, "loss": finite(loss)})
    answer(end={"peakRssBytes": peak_bytes()})


def peak_bytes():
    """This process's own: what getrusage has begins, on Linux, with the peak of the process that started it."""
    try:
        with open("/proc/self/status") as status:
            return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM"))
    except (OSError, StopIteration):
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak if sys.platform == "darwin" else peak * 1024


def finite(loss):
    """JSON has no number for a loss that is none."""
    return loss if math.isfinite(loss) else None


def answer(**message):
    _answers.write(json.dumps(message) + "\n")
    _answers.flush()
