"""Writes a safetensors file of F32 tensors again with F16 ones, rounded to nearest, ties to even.

    python3 scripts/half_precision.py minilm-f32.safetensors minilm-f16.safetensors

Tensors keep their order; those of another type, such as tables of positions, are left out, because nobody reads
them. The same input always gives the same bytes. Nothing but Python is needed.
"""

import array
import json
import struct
import sys


def main(source, target):
    with open(source, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        start = 8 + length
        tensors = sorted(
            (item for item in header.items() if item[0] != "__metadata__" and item[1]["dtype"] == "F32"),
            key=lambda item: item[1]["data_offsets"])
        new_header, offset = {}, 0
        for name, entry in tensors:
            first, last = entry["data_offsets"]
            end = offset + (last - first) // 2
            new_header[name] = {"dtype": "F16", "shape": entry["shape"], "data_offsets": [offset, end]}
            offset = end
        text = json.dumps(new_header, separators=(",", ":")).encode()
        text += b" " * (-len(text) % 8)
        with open(target, "wb") as output:
            output.write(struct.pack("<Q", len(text)) + text)
            for _, entry in tensors:
                first, last = entry["data_offsets"]
                file.seek(start + first)
                output.write(halves(file.read(last - first)))


def halves(singles):
    values = array.array("f", singles)
    if sys.byteorder == "big":
        values.byteswap()
    return struct.pack(f"<{len(values)}e", *values)


main(*sys.argv[1:])
