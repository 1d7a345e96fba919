"""Writes packages/model/src/preprocessing/fixtures/pillow.json: what Pillow's Image.resize gives for seeded
noise images, which packages/model/src/preprocessing/resample.test.ts compares with.

    pip install pillow==12.3.0
    python scripts/pillow/make-reference.py
    npx biome format --write packages/model/src/preprocessing/fixtures

Pillow 13 resizes some images columns first (its pull request 9549), which moves BILINEAR's levels by at most 1;
12.3 and those before it always take rows first, as the project does.

An image of width × height is noise(width * height * 3): the upper bytes of a linear congruential generator
that starts at 1, so the test can make it again. A box is left, top, width, height in source pixels. "pixels"
is the result in base64, for small results; "sha256" is the hash of the result for the others. A sweep holds
one hash over the results for every output side from 1 to "upTo".
"""

import base64
import hashlib
import json
import random
from pathlib import Path

import PIL
from PIL import Image

FIXTURE = Path(__file__).parents[2] / "packages/model/src/preprocessing/fixtures/pillow.json"
FILTERS = {"nearest": Image.Resampling.NEAREST, "triangle": Image.Resampling.BILINEAR}


def noise(count):
    state = 1
    values = bytearray(count)
    for i in range(count):
        state = (state * 1664525 + 1013904223) % 2**32
        values[i] = state >> 24
    return bytes(values)


NOISE = noise(700 * 700 * 3)


def image(width, height):
    return Image.frombytes("RGB", (width, height), NOISE[: width * height * 3])


def resized(filter_name, source, size, box=None):
    corners = None if box is None else (box[0], box[1], box[0] + box[2], box[1] + box[3])
    return image(*source).resize(size, FILTERS[filter_name], box=corners).tobytes()


def case(filter_name, source, size, box=None):
    pixels = resized(filter_name, source, size, box)
    if len(pixels) <= 200:
        result = {"pixels": base64.b64encode(pixels).decode()}
    else:
        result = {"sha256": hashlib.sha256(pixels).hexdigest()}
    return {"filter": filter_name, "source": source, "size": size, **({"box": box} if box else {}), **result}


def sweep(filter_name, side, up_to):
    digest = hashlib.sha256()
    for out in range(1, up_to + 1):
        digest.update(resized(filter_name, (side, side), (out, out)))
    return {"filter": filter_name, "side": side, "upTo": up_to, "sha256": digest.hexdigest()}


def random_box(generator, width, height):
    box_width = round(generator.uniform(0.08, 1) * width, 3)
    box_height = round(generator.uniform(0.08, 1) * height, 3)
    left = round(generator.uniform(0, 1) * (width - box_width), 3)
    top = round(generator.uniform(0, 1) * (height - box_height), 3)
    return [max(left - 0.001, 0), max(top - 0.001, 0), box_width, box_height]


def cases(filter_name):
    generator = random.Random(1)
    for source, size in [
        ((5, 3), (7, 8)), ((7, 4), (3, 5)), ((14, 9), (21, 3)), ((1, 1), (4, 4)), ((9, 2), (1, 1)), ((6, 6), (6, 6)),
        ((320, 240), (227, 227)), ((240, 320), (227, 227)), ((500, 333), (227, 227)), ((333, 500), (224, 224)),
        ((640, 427), (227, 227)), ((159, 240), (227, 227)), ((227, 227), (227, 227)), ((227, 400), (227, 227)),
        ((301, 227), (227, 227)), ((64, 48), (341, 256)), ((699, 13), (227, 227)), ((700, 700), (17, 23)),
    ]:  # fmt: skip
        yield case(filter_name, source, size)
    yield case(filter_name, (10, 8), (5, 4), [1.25, 0.5, 7.125, 6.75])
    yield case(filter_name, (10, 8), (8, 7), [3, 2, 2.5, 3.5])
    yield case(filter_name, (320, 240), (227, 227), [40, 7, 227, 227])
    for _ in range(80):
        source = (generator.randint(20, 600), generator.randint(20, 600))
        side = generator.choice([97, 224, 227])
        size = generator.choice([(side, side), (generator.randint(1, 300), generator.randint(1, 300))])
        yield case(filter_name, source, size)
        yield case(filter_name, source, size, random_box(generator, *source))


def main():
    fixture = {
        "pillow": PIL.__version__,
        "cases": [entry for name in FILTERS for entry in cases(name)],
        "sweeps": [sweep(name, side, 64) for name in FILTERS for side in (*range(1, 41), 227)],
    }
    lines = json.dumps(fixture).replace('{"filter"', '\n{"filter"')
    FIXTURE.write_text(lines + "\n")


if __name__ == "__main__":
    main()
