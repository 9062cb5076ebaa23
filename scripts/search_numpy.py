"""The search of S3 Vectors in NumPy on one thread: what `alex bench search` is measured against.

Reads the sizes as JSON from standard input, writes the median seconds of `matrix @ vector` in float32 and the nearest
rows by cosine with their distances as JSON to standard output. The numbers are a hash of their place, so that both
sides search the same vectors.
"""

import os

for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

import json
import statistics
import sys
import time

import numpy as np


def numbers(first, last):
    bits = np.arange(first, last, dtype=np.uint64).astype(np.uint32) * np.uint32(2654435769)
    bits ^= bits >> np.uint32(16)
    bits *= np.uint32(0x45D9F3B)
    bits ^= bits >> np.uint32(16)
    return (bits >> np.uint32(8)).astype(np.float32) / np.float32(1 << 23) - np.float32(1)


plan = json.load(sys.stdin)
count, dimension = plan["vectors"], plan["dimension"]
matrix = numbers(0, count * dimension).reshape(count, dimension)
vector = numbers(count * dimension, (count + 1) * dimension)
products = matrix @ vector
seconds = []
for _ in range(plan["runs"]):
    start = time.perf_counter()
    products = matrix @ vector
    seconds.append(time.perf_counter() - start)
distances = 1 - products / (np.linalg.norm(matrix, axis=1) * np.linalg.norm(vector))
rows = np.argsort(distances, kind="stable")[: plan["nearest"]]
json.dump(
    {
        "seconds": statistics.median(seconds),
        "rows": [int(row) for row in rows],
        "distances": [float(distances[row]) for row in rows],
    },
    sys.stdout)
