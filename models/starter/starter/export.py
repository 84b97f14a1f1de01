"""Writes what was trained as a whisper.cpp model file.

The file has English whisper's layout (51,864 rows, the same special tokens), so that whisper.cpp and everything built on
it read it without a change. Each row that was not trained is the one row that stood for all of them.
"""

import argparse
import struct
from pathlib import Path

import numpy as np
import torch
import whisper.audio
from gguf import GGMLQuantizationType
from gguf.quants import quantize
from whisper.tokenizer import get_tokenizer

from .model import CONTEXT, DECODER, ENCODER, EOT, HEADS, MELS, STATE, VOCABULARY

#: Of ggml: the number of a file's type, of a tensor's type, and the quantizer. A quantized file's number counts from the
#: version of the quantization, 2.
TYPES = {
    "f16": (1, 1, None),
    "q5_0": (2008, 6, GGMLQuantizationType.Q5_0),
    "q5_1": (2009, 7, GGMLQuantizationType.Q5_1),
    "q8_0": (2007, 8, GGMLQuantizationType.Q8_0),
}
#: What whisper.cpp adds and does not multiply stays in single precision.
SINGLE = ("encoder.positional_embedding", "decoder.positional_embedding")
#: Tokens that the file has room for. Whisper's own have 448: Bedside's worker knows by the smaller number that the model
#: listens to one stretch of speech at a time and knows no timestamps.
ROOM = 64


def tensors(saved):
    """Name and values of each tensor, with the rows of the whole vocabulary."""
    for name, values in saved["model"].items():
        if name.startswith("spell.") or name == "unused":
            continue
        values = values.float().numpy()
        if name == "decoder.token_embedding.weight":
            rows = np.repeat(values[-1:], VOCABULARY, axis=0)
            rows[saved["used"]] = values[:-1]
            values = rows
        if name == "decoder.positional_embedding":
            values = values[:ROOM]
        if name in ("encoder.conv1.bias", "encoder.conv2.bias"):
            values = values[:, None]
        yield name, values


def write(saved, path, kind):
    """`saved`: what `train` wrote. `kind`: of [`TYPES`]."""
    file_type, tensor_type, quantizer = TYPES[kind]
    with open(path, "wb") as file:
        number = lambda *fields: file.write(struct.pack(f"<{len(fields)}i", *fields))
        number(0x67676D6C, VOCABULARY, CONTEXT, STATE, HEADS, ENCODER, ROOM, STATE, HEADS, DECODER, MELS, file_type)
        filters = whisper.audio.mel_filters("cpu", MELS).numpy().astype(np.float32)
        number(*filters.shape)
        file.write(filters.tobytes())
        words = get_tokenizer(False).encoding
        number(EOT)
        for token in range(EOT):
            text = words.decode_single_token_bytes(token)
            number(len(text))
            file.write(text)
        for name, values in tensors(saved):
            if values.ndim == 3:
                kept, data = 1, values.astype(np.float16)
            elif values.ndim < 2 or name in SINGLE or values.shape[1] == 1:
                kept, data = 0, values.astype(np.float32)
            elif quantizer is None:
                kept, data = 1, values.astype(np.float16)
            else:
                kept, data = tensor_type, quantize(values.astype(np.float32), quantizer)
            number(values.ndim, len(name), kept, *reversed(values.shape))
            file.write(name.encode())
            file.write(np.ascontiguousarray(data).tobytes())


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("model", type=Path, help="what train wrote")
    arguments.add_argument("file", type=Path)
    arguments.add_argument("--type", choices=TYPES, default="q5_1")
    options = arguments.parse_args()
    write(torch.load(options.model, map_location="cpu"), options.file, options.type)
    print(f"{options.file}: {options.file.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
