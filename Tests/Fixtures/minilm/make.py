"""Writes tokens.json, vectors-1.json, vectors-2.json and unicode.json: what all-MiniLM-L6-v2 says to the texts of texts.py.

    python3 -m venv .alex/reference
    .alex/reference/bin/pip install torch transformers
    scripts/model.sh
    .alex/reference/bin/python Tests/Fixtures/minilm/make.py

The tokens come from Hugging Face's `tokenizers` with the normaliser, the word borders and the vocabulary of BERT's uncased
models; the vectors from `transformers`' BertModel under PyTorch in double precision, mean over the tokens, length 1.
"""

import json
import pathlib
import sys

import tokenizers
import torch
import transformers
from safetensors.torch import load_file
from texts import TEXTS

HERE = pathlib.Path(__file__).parent
MODEL = HERE.parent.parent.parent / ".alex" / "model"
GREATEST_TOKENS = 256
# Vectors are written as whole numbers of this.
UNIT = 1e-7
# Unicode scalars of one digest.
BLOCK = 4096


def tokenizer():
    model = tokenizers.models.WordPiece.from_file(
        str(MODEL / "vocab.txt"), unk_token="[UNK]", max_input_chars_per_word=100)
    tokenizer = tokenizers.Tokenizer(model)
    tokenizer.normalizer = tokenizers.normalizers.BertNormalizer(
        clean_text=True, handle_chinese_chars=True, strip_accents=None, lowercase=True)
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.BertPreTokenizer()
    tokenizer.add_special_tokens(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"])
    return tokenizer


def encoder():
    config = transformers.BertConfig(
        vocab_size=30522, hidden_size=384, num_hidden_layers=6, num_attention_heads=12, intermediate_size=1536,
        hidden_act="gelu", max_position_embeddings=512, type_vocab_size=2, layer_norm_eps=1e-12)
    model = transformers.BertModel(config)
    missing, unexpected = model.load_state_dict(load_file(MODEL / "minilm-f32.safetensors"), strict=False)
    assert not missing and set(unexpected) <= {"embeddings.position_ids"}, (missing, unexpected)
    return model.double().eval()


def vector(model, ids):
    with torch.no_grad():
        states = model(input_ids=torch.tensor([ids]), attention_mask=torch.ones(1, len(ids))).last_hidden_state
    mean = states[0].mean(0)
    return [round(value / UNIT) for value in (mean / mean.norm()).tolist()]


def digest(tokenizer, start):
    """FNV-1a (64 bits) of the ids, four bytes each, of `a`, a scalar and `b`, for the scalars of a block."""
    scalars = [number for number in range(start, start + BLOCK) if not 0xD800 <= number < 0xE000]
    value = 0xCBF29CE484222325
    for encoding in tokenizer.encode_batch([f"a{chr(number)}b" for number in scalars]):
        for byte in b"".join(token.to_bytes(4, "little") for token in encoding.ids):
            value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return f"{value:016x}"


def write(name, entries, **more):
    lines = ",\n".join(json.dumps(entry, separators=(",", ":")) for entry in entries)
    versions = f"tokenizers {tokenizers.__version__}, transformers {transformers.__version__}, torch {torch.__version__}"
    head = {"source": f"make.py beside this file, {versions}, Python {sys.version.split()[0]}", **more}
    text = json.dumps(head)[:-1] + ', "entries": [\n' + lines + "\n]}\n"
    (HERE / name).write_text(text)


def main():
    reader, model = tokenizer(), encoder()
    tokens, vectors = [], []
    for text in TEXTS:
        encoding = reader.encode(text)
        start, end = reader.token_to_id("[CLS]"), reader.token_to_id("[SEP]")
        ids = [start, *encoding.ids[:GREATEST_TOKENS - 2], end]
        tokens.append({"text": text, "count": len(encoding.ids), "ids": ids})
        vectors.append(vector(model, ids))
    middle = len(vectors) // 2
    write("tokens.json", tokens)
    write("vectors-1.json", vectors[:middle], unit=UNIT)
    write("vectors-2.json", vectors[middle:], unit=UNIT)
    write("unicode.json", [digest(reader, start) for start in range(0, 0x110000, BLOCK)], block=BLOCK)


main()
