"""A bundle of `pnpm export` as a classifier: what Ray's and Spark's workers run. See docs/bundle-format.md, "In Python"."""

import io
import json
import pathlib

import numpy as np
import onnxruntime
from PIL import Image, ImageOps


class BundleClassifier:
    """Classifies photos. Takes bundles of Fleuron's own runs: a square input, cropped in the middle."""

    def __init__(self, folder: str, threads: int = 1) -> None:
        bundle = pathlib.Path(folder)
        manifest = json.loads((bundle / "fleuron.json").read_text())
        self.labels, self.spec = manifest["labels"], manifest["preprocessing"]
        if self.spec["resize"]["fit"] != "cover" or self.spec["channelOrder"] != "rgb":
            raise ValueError(f"{folder}: only photos that are cropped, in RGB, are implemented; see docs/bundle-format.md.")
        model = next(model for model in manifest["models"] if model["format"] == "onnx")
        settings = onnxruntime.SessionOptions()
        settings.intra_op_num_threads = threads
        self.session = onnxruntime.InferenceSession(
            bundle / model["files"][0]["path"], settings, providers=["CPUExecutionProvider"]
        )
        self.input = model["input"]["name"]

    def classify(self, files: list[bytes]) -> list[tuple[str | None, float | None, str | None]]:
        """Returns label, probability and error of each photo: one that cannot be read does not end the job."""
        images, results = [], []
        for data in files:
            try:
                images.append(self.image_of(data))
                results.append(None)
            except Exception as error:  # Pillow raises many kinds for a damaged file.
                results.append((None, None, str(error)))
        if not images:
            return results
        (probabilities,) = self.session.run(None, {self.input: np.stack(images)})
        named = iter((self.labels[row.argmax()], float(row.max()), None) for row in probabilities)
        return [next(named) if result is None else result for result in results]

    def image_of(self, data: bytes) -> np.ndarray:
        spec = self.spec
        with Image.open(io.BytesIO(data)) as file:
            photo = ImageOps.exif_transpose(file).convert("RGB")
        side = min(photo.size) * spec["size"] / spec["resize"].get("resizeTo", spec["size"])
        x, y = (photo.width - side) / 2, (photo.height - side) / 2
        filters = {"nearest": Image.Resampling.NEAREST, "triangle": Image.Resampling.BILINEAR}
        size = (spec["size"], spec["size"])
        pixels = photo.resize(size, filters[spec["resize"]["filter"]], box=(x, y, x + side, y + side))
        levels = np.asarray(pixels) * spec["scale"]
        return ((levels - spec["mean"]) / spec["std"]).astype(np.float32).transpose(2, 0, 1)
