"""Classifies the photos of a folder with Ray Data: ray_data.py BUNDLE PHOTOS OUT. See docs/scale.md."""

import os
import sys
import time

import pyarrow as pa
import ray
from bundle_classifier import BundleClassifier

WORKERS = 2

# Without it, a part without errors has a column of no type, and no reader joins the parts.
SCHEMA = pa.schema({"path": pa.string(), "label": pa.string(), "probability": pa.float64(), "error": pa.string()})


class Classify:
    def __init__(self, bundle: str) -> None:
        self.classifier = BundleClassifier(bundle)

    def __call__(self, batch: dict) -> pa.Table:
        results = self.classifier.classify(list(batch["bytes"]))
        return pa.table([list(batch["path"]), *zip(*results)], schema=SCHEMA)


bundle, photos, out = map(os.path.abspath, sys.argv[1:4])
here = os.path.dirname(os.path.abspath(__file__))
ray.init(num_cpus=WORKERS + 1, object_store_memory=500_000_000, runtime_env={"env_vars": {"PYTHONPATH": here}})
began = time.monotonic()
classified = ray.data.read_binary_files(
    photos, include_paths=True, file_extensions=["jpg", "jpeg", "png", "webp"]
).map_batches(Classify, fn_constructor_args=[bundle], batch_size=64, compute=ray.data.ActorPoolStrategy(size=WORKERS))
classified.write_parquet(out)
print(f"Ray Data: {time.monotonic() - began:.1f} s")
