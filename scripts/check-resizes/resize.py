"""`python resize.py PROGRAM PHOTOS COUNT SIDE OUT`: PNG photos, each with its shorter side made SIDE pixels.

OUT/METHOD.rgb has them one after another, as levels; the last line says the program's version and its methods.
"""

import importlib.metadata
import json
import os
import sys

import numpy as np
from PIL import Image


def pillow():
    def by(filter):
        return lambda levels, size: Image.fromarray(levels).resize(size, filter)

    filters = Image.Resampling
    return {name.lower(): by(filters[name]) for name in ("BILINEAR", "BICUBIC", "LANCZOS", "NEAREST")}


def opencv():
    import cv2

    def by(how):
        return lambda levels, size: cv2.resize(levels, size, interpolation=how)

    names = {"linear": "INTER_LINEAR", "area": "INTER_AREA", "cubic": "INTER_CUBIC", "nearest": "INTER_NEAREST"}
    return {method: by(getattr(cv2, name)) for method, name in names.items()}


def torchvision():
    import torch
    from torchvision.transforms import v2

    def of_photo(levels, size):
        return v2.functional.resize(Image.fromarray(levels), size[::-1])

    def of_tensor(antialias):
        def resize(levels, size):
            channels_first = torch.from_numpy(levels.copy()).permute(2, 0, 1)
            out = v2.functional.resize(channels_first, size[::-1], antialias=antialias)
            return out.permute(1, 2, 0).numpy()

        return resize

    return {"photo": of_photo, "tensor": of_tensor(True), "tensor-without": of_tensor(False)}


def tensorflow():
    import tensorflow

    def by(**options):
        return lambda levels, size: tensorflow.image.resize(levels, size[::-1], **options).numpy()

    return {"bilinear": by(), "antialias": by(antialias=True), "area": by(method="area")}


programs = {
    "pillow": (pillow, "pillow"),
    "opencv": (opencv, "opencv-python-headless"),
    "torchvision": (torchvision, "torchvision"),
    "tensorflow": (tensorflow, "tensorflow-cpu"),
}

name, photos, count, side, out = sys.argv[1:]
methods_of, package = programs[name]
methods = methods_of()
files = {method: open(os.path.join(out, f"{method}.rgb"), "wb") for method in methods}
for at in range(int(count)):
    levels = np.asarray(Image.open(os.path.join(photos, f"{at}.png")).convert("RGB"))
    height, width = levels.shape[:2]
    scale = int(side) / min(height, width)
    size = (int(width * scale + 0.5), int(height * scale + 0.5))
    for method, resize in methods.items():
        resized = np.asarray(resize(levels, size), np.float32)
        files[method].write(np.clip(np.rint(resized), 0, 255).astype(np.uint8).tobytes())
for file in files.values():
    file.close()
print(json.dumps({"version": importlib.metadata.version(package)}))
