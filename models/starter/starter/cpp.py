"""A model file through whisper.cpp itself: the library that PyPI's `pywhispercpp` brings, called directly.

Directly because a restricted list of answers needs the filter of logits, which that package does not hand on.
"""

import ctypes
import importlib.util
import math
from ctypes import POINTER, c_bool, c_char_p, c_float, c_int, c_int64, c_size_t, c_void_p
from pathlib import Path

import numpy as np
from whisper.tokenizer import get_tokenizer

from .model import EOT

RATE = 16_000
#: 20 ms of sound each.
POSITION = 320


class Parameters(ctypes.Structure):
    """`whisper_full_params`."""

    _fields_ = [
        ("strategy", c_int), ("n_threads", c_int), ("n_max_text_ctx", c_int), ("offset_ms", c_int), ("duration_ms", c_int),
        ("translate", c_bool), ("no_context", c_bool), ("no_timestamps", c_bool), ("single_segment", c_bool),
        ("print_special", c_bool), ("print_progress", c_bool), ("print_realtime", c_bool), ("print_timestamps", c_bool),
        ("token_timestamps", c_bool), ("thold_pt", c_float), ("thold_ptsum", c_float), ("max_len", c_int),
        ("split_on_word", c_bool), ("max_tokens", c_int), ("debug_mode", c_bool), ("audio_ctx", c_int), ("tdrz_enable", c_bool),
        ("suppress_regex", c_char_p), ("initial_prompt", c_char_p), ("carry_initial_prompt", c_bool), ("prompt_tokens", c_void_p),
        ("prompt_n_tokens", c_int), ("language", c_char_p), ("detect_language", c_bool), ("suppress_blank", c_bool),
        ("suppress_nst", c_bool), ("temperature", c_float), ("max_initial_ts", c_float), ("length_penalty", c_float),
        ("temperature_inc", c_float), ("entropy_thold", c_float), ("logprob_thold", c_float), ("no_speech_thold", c_float),
        ("best_of", c_int), ("beam_size", c_int), ("patience", c_float),
        ("new_segment_callback", c_void_p), ("new_segment_user", c_void_p), ("progress_callback", c_void_p),
        ("progress_user", c_void_p), ("encoder_begin_callback", c_void_p), ("encoder_begin_user", c_void_p),
        ("abort_callback", c_void_p), ("abort_user", c_void_p), ("logits_filter", c_void_p), ("logits_filter_user", c_void_p),
        ("grammar_rules", c_void_p), ("n_grammar_rules", c_size_t), ("i_start_rule", c_size_t), ("grammar_penalty", c_float),
        ("vad", c_bool), ("vad_model_path", c_char_p), ("vad_fields", c_float * 6),
    ]


class Loading(ctypes.Structure):
    """`whisper_context_params`."""

    _fields_ = [
        ("use_gpu", c_bool), ("flash_attn", c_bool), ("gpu_device", c_int), ("dtw_token_timestamps", c_bool),
        ("dtw_aheads_preset", c_int), ("dtw_n_top", c_int), ("n_heads", c_size_t), ("heads", c_void_p), ("dtw_mem_size", c_size_t),
    ]


class Token(ctypes.Structure):
    """`whisper_token_data`."""

    _fields_ = [
        ("id", c_int), ("tid", c_int), ("p", c_float), ("plog", c_float), ("pt", c_float), ("ptsum", c_float),
        ("t0", c_int64), ("t1", c_int64), ("t_dtw", c_int64), ("vlen", c_float),
    ]


Filter = ctypes.CFUNCTYPE(None, c_void_p, c_void_p, POINTER(Token), c_int, POINTER(c_float), c_void_p)


def library():
    """whisper.cpp's functions, after a look whether its parameters lie where they are expected."""
    folder = Path(importlib.util.find_spec("_pywhispercpp").origin).parent
    for name in ("libggml-base.so", "libggml-cpu.so", "libggml.so"):
        ctypes.CDLL(str(folder / name), mode=ctypes.RTLD_GLOBAL)
    whisper = ctypes.CDLL(str(folder / "libwhisper.so"))
    whisper.whisper_full_default_params_by_ref.restype = POINTER(Parameters)
    whisper.whisper_init_from_file_with_params.restype = c_void_p
    whisper.whisper_init_from_file_with_params.argtypes = [c_char_p, Loading]
    whisper.whisper_context_default_params_by_ref.restype = POINTER(Loading)
    whisper.whisper_full.argtypes = [c_void_p, Parameters, POINTER(c_float), c_int]
    whisper.whisper_full_get_token_data.restype = Token
    whisper.whisper_full_get_token_data.argtypes = [c_void_p, c_int, c_int]
    whisper.whisper_full_n_segments.argtypes = [c_void_p]
    whisper.whisper_full_n_tokens.argtypes = [c_void_p, c_int]
    default = whisper.whisper_full_default_params_by_ref(0).contents
    found = (default.thold_pt, default.entropy_thold, default.no_speech_thold, default.grammar_penalty, default.vad_fields[0])
    expected = (0.01, 2.4, 0.6, 100.0, 0.5)
    if not all(math.isclose(a, b, rel_tol=1e-5) for a, b in zip(found, expected, strict=True)):
        raise RuntimeError(f"another whisper.cpp than this was written for: {found}")
    return whisper


class Model:
    """A model file, loaded."""

    def __init__(self, path, threads=1, flash=False):
        self.whisper = library()
        log = ctypes.CFUNCTYPE(None, c_int, c_char_p, c_void_p)
        self.quiet = log(lambda *_: None)
        self.whisper.whisper_log_set(self.quiet, None)
        # Without flash attention, as in whisper-rs: with it, whisper.cpp attends to padding up to the next 256 positions.
        loading = Loading.from_buffer_copy(self.whisper.whisper_context_default_params_by_ref().contents)
        loading.use_gpu, loading.flash_attn = False, flash
        self.context = self.whisper.whisper_init_from_file_with_params(str(path).encode(), loading)
        if not self.context:
            raise RuntimeError(f"whisper.cpp does not load {path}")
        self.threads = threads
        tokenizer = get_tokenizer(False)
        self.encode, self.decode = tokenizer.encode, tokenizer.encoding.decode_single_token_bytes
        self.blank = self.encode(" ")[0]

    def listen(self, sound, answers=None, positions=None, **settings):
        """Words with their confidence. `sound`: 16 kHz floats. `answers`: nothing else may be said. `settings`: whisper.cpp's."""
        parameters = Parameters.from_buffer_copy(self.whisper.whisper_full_default_params_by_ref(0).contents)
        parameters.n_threads = self.threads
        parameters.language = b"en"
        parameters.no_context = parameters.no_timestamps = parameters.single_segment = True
        parameters.print_progress = parameters.print_realtime = parameters.print_timestamps = False
        parameters.suppress_blank, parameters.suppress_nst = False, True
        parameters.temperature_inc = 0.0
        parameters.audio_ctx = audio_context(len(sound)) if positions is None else positions
        for name, value in settings.items():
            setattr(parameters, name, value)
        filter_of_logits = Filter(self.only(answers)) if answers else None
        if filter_of_logits:
            parameters.logits_filter = ctypes.cast(filter_of_logits, c_void_p)
        sound = np.ascontiguousarray(np.pad(sound, (0, max(0, RATE + RATE // 10 - len(sound)))), np.float32)
        if self.whisper.whisper_full(self.context, parameters, sound.ctypes.data_as(POINTER(c_float)), len(sound)) != 0:
            raise RuntimeError("whisper.cpp failed")
        tokens = [
            self.whisper.whisper_full_get_token_data(self.context, segment, n)
            for segment in range(self.whisper.whisper_full_n_segments(self.context))
            for n in range(self.whisper.whisper_full_n_tokens(self.context, segment))
        ]
        return words_of([(self.decode(token.id), token.p) for token in tokens if token.id < EOT])

    def only(self, answers):
        """The filter that lets only the beginnings and the ends of `answers` pass."""
        allowed = {}
        for answer in answers:
            tokens = (*self.encode(" " + answer), EOT)
            for place in range(len(tokens)):
                allowed.setdefault(tokens[:place], set()).add(tokens[place])

        def filtered(_context, _state, tokens, count, logits, _user):
            said = tuple(tokens[n].id for n in range(count))
            keep = sorted(allowed.get(said, {EOT}))
            values = np.ctypeslib.as_array(logits, (51864,))
            kept = values[keep].copy()
            values[:] = -np.inf
            values[keep] = kept

        return filtered


def audio_context(samples):
    """Encoder positions for a stretch of sound: what it needs and a little, a multiple of 32, at most whisper's 1500."""
    return min(1500, 32 * math.ceil((samples / POSITION + 16) / 32))


def words_of(tokens):
    """Tokens joined to words at spaces; a word's confidence is the geometric mean of its tokens' probabilities."""
    words = []
    for text, probability in tokens:
        if text.startswith(b" ") or not words:
            words.append([b"", 0.0, 0])
        words[-1][0] += text
        words[-1][1] += math.log(max(probability, 1e-6))
        words[-1][2] += 1
    return [(text.decode(errors="replace").strip(), math.exp(total / count)) for text, total, count in words if text.strip()]
