"""all-MiniLM-L6-v2 in NumPy on one thread: what `alex bench embeddings` beats.

Reads {"weights", "inputs": [[token ids]], "runs"} as JSON from standard input, writes for each input the median
seconds of processor time and the embedding as JSON to standard output. It is as fast as NumPy was found to go: weights
lie transposed and contiguous as the BLAS likes them, queries, keys and values are one product, every result goes into an
array made once, and the element-wise steps go over blocks that fit the cache. NumPy has no erf; the one here is
Abramowitz and Stegun 7.1.26.
"""

import os

for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

import json
import statistics
import sys
import time

import numpy as np

WIDTH, INNER, HEADS, LAYERS = 384, 1536, 12, 6
SIZE = WIDTH // HEADS
SINGLE = np.float32


def read(path):
    data = np.fromfile(path, np.uint8)
    start = 8 + int.from_bytes(data[:8].tobytes(), "little")
    header = json.loads(data[8:start].tobytes())
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__" and entry["dtype"] in ("F32", "F16"):
            first, last = entry["data_offsets"]
            values = data[start + first:start + last].view("<f4" if entry["dtype"] == "F32" else "<f2")
            tensors[name] = values.reshape(entry["shape"]).astype(SINGLE)
    return tensors


class Model:
    def __init__(self, tensors):
        self.words = tensors["embeddings.word_embeddings.weight"]
        self.positions = (tensors["embeddings.position_embeddings.weight"]
                          + tensors["embeddings.token_type_embeddings.weight"][0])
        self.norm = self.pair(tensors, "embeddings.LayerNorm")
        self.layers = []
        for number in range(LAYERS):
            name = f"encoder.layer.{number}"
            own = [f"{name}.attention.self.{part}" for part in ("query", "key", "value")]
            self.layers.append({
                "projections": (
                    np.ascontiguousarray(np.concatenate([tensors[f"{part}.weight"] for part in own]).T),
                    np.concatenate([tensors[f"{part}.bias"] for part in own])),
                "attention": self.linear(tensors, f"{name}.attention.output.dense"),
                "attention_norm": self.pair(tensors, f"{name}.attention.output.LayerNorm"),
                "inner": self.linear(tensors, f"{name}.intermediate.dense"),
                "output": self.linear(tensors, f"{name}.output.dense"),
                "output_norm": self.pair(tensors, f"{name}.output.LayerNorm")})

    @staticmethod
    def pair(tensors, name):
        return tensors[f"{name}.weight"], tensors[f"{name}.bias"]

    @staticmethod
    def linear(tensors, name):
        return np.ascontiguousarray(tensors[f"{name}.weight"].T), tensors[f"{name}.bias"]


class Encoder:
    """Room for texts of one length."""

    def __init__(self, model, count):
        self.model, self.count = model, count
        self.states, self.next = (np.empty((count, WIDTH), SINGLE) for _ in range(2))
        self.projections = np.empty((count, 3 * WIDTH), SINGLE)
        self.scores = np.empty((HEADS, count, count), SINGLE)
        self.seen = np.empty((HEADS, count, SIZE), SINGLE)
        self.context = np.empty((count, WIDTH), SINGLE)
        self.inner = np.empty((count, INNER), SINGLE)
        self.rows = max(1, min(count, 32))
        self.block = [np.empty((self.rows, INNER), SINGLE) for _ in range(3)]

    def embedding(self, ids):
        model, states, following = self.model, self.states, self.next
        np.add(model.words[ids], model.positions[:self.count], out=states)
        normalise(states, *model.norm)
        for layer in model.layers:
            product(states, *layer["projections"], self.projections)
            self.attend()
            product(self.context, *layer["attention"], following)
            following += states
            normalise(following, *layer["attention_norm"])
            product(following, *layer["inner"], self.inner)
            for start in range(0, self.count, self.rows):
                activate(self.inner[start:start + self.rows], *self.block)
            product(self.inner, *layer["output"], states)
            states += following
            normalise(states, *layer["output_norm"])
        mean = states.mean(0)
        return mean / np.linalg.norm(mean)

    def attend(self):
        queries, keys, values = self.projections.reshape(self.count, 3, HEADS, SIZE).transpose(1, 2, 0, 3)
        queries *= SINGLE(SIZE**-0.5)
        for head in range(HEADS):
            scores = self.scores[head]
            np.matmul(queries[head], keys[head].T, out=scores)
            scores -= scores.max(1, keepdims=True)
            np.exp(scores, out=scores)
            np.matmul(scores, values[head], out=self.seen[head])
            self.seen[head] /= scores.sum(1, keepdims=True)
        self.context.reshape(self.count, HEADS, SIZE)[:] = self.seen.transpose(1, 0, 2)


def product(left, weights, bias, out):
    np.matmul(left, weights, out=out)
    out += bias


def normalise(rows, scale, shift):
    rows -= rows.mean(1, keepdims=True)
    variance = np.einsum("ij,ij->i", rows, rows) / SINGLE(rows.shape[1])
    rows *= (1 / np.sqrt(variance + SINGLE(1e-12)))[:, None]
    rows *= scale
    rows += shift


def activate(x, z, t, p):
    """x becomes x/2 (1 + erf(x / sqrt(2)))."""
    z, t, p = z[:len(x)], t[:len(x)], p[:len(x)]
    np.abs(x, out=z)
    z *= SINGLE(0.5**0.5)
    np.multiply(z, SINGLE(0.3275911), out=t)
    t += SINGLE(1)
    np.reciprocal(t, out=t)
    np.multiply(t, SINGLE(1.061405429), out=p)
    for factor in (-1.453152027, 1.421413741, -0.284496736, 0.254829592):
        p += SINGLE(factor)
        p *= t
    z *= z
    np.negative(z, out=z)
    np.exp(z, out=z)
    p *= z
    np.subtract(SINGLE(1), p, out=p)
    np.copysign(p, x, out=p)
    p += SINGLE(1)
    x *= SINGLE(0.5)
    x *= p


def measure(model, ids, runs):
    encoder = Encoder(model, len(ids))
    seconds = []
    for _ in range(runs + 2):
        start = time.process_time()
        embedding = encoder.embedding(ids)
        seconds.append(time.process_time() - start)
    return {"seconds": statistics.median(seconds[2:]), "embedding": [float(value) for value in embedding]}


plan = json.load(sys.stdin)
model = Model(read(plan["weights"]))
json.dump([measure(model, np.array(ids), plan["runs"]) for ids in plan["inputs"]], sys.stdout)
