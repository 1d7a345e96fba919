"""Classifies the photos of a folder with Spark: spark.py BUNDLE PHOTOS OUT. See docs/scale.md."""

import os
import sys
import time
from collections.abc import Iterator

import pandas as pd
from pyspark.sql import SparkSession


def classify_on(bundle: str):
    """Returns what each task does: it loads the bundle once, then classifies batch after batch."""

    def classify(batches: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        from bundle_classifier import BundleClassifier

        classifier = BundleClassifier(bundle)
        for batch in batches:
            results = pd.DataFrame(classifier.classify(list(batch.content)), columns=["label", "probability", "error"])
            yield results.assign(path=batch.path.values)

    return classify


bundle, photos, out = map(os.path.abspath, sys.argv[1:4])
spark = (
    SparkSession.builder.master("local[2]")
    .config("spark.ui.enabled", "false")
    .config("spark.driver.memory", "1g")
    .config("spark.sql.execution.arrow.maxRecordsPerBatch", "64")
    .getOrCreate()
)
# The workers import this; on a cluster the bundle's folder has to be where each of them can read it.
spark.sparkContext.addPyFile(os.path.join(os.path.dirname(os.path.abspath(__file__)), "bundle_classifier.py"))
began = time.monotonic()
binary = spark.read.format("binaryFile").option("recursiveFileLookup", "true")
files = binary.option("pathGlobFilter", "*.{jpg,jpeg,png,webp}").load(photos).select("path", "content")
schema = "label string, probability double, error string, path string"
files.mapInPandas(classify_on(bundle), schema).write.parquet(out)
print(f"Spark: {time.monotonic() - began:.1f} s")
