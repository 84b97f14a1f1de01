"""Whisper's architecture with a small vocabulary in training.

Only the tokens that occur are trained, and one row that stands for all the others. `export` writes that row to each of
their places, so its logit counts that many times in the softmax of training.
"""

import math

import torch
import torch.nn.functional as F
from torch import nn
from whisper.model import sinusoids

STATE, HEADS, ENCODER, DECODER = 192, 3, 6, 2
MELS, CONTEXT, TEXT_CONTEXT, VOCABULARY = 80, 1500, 448, 51864
SOT, NO_SPEECH, NO_TIMESTAMPS, EOT = 50257, 50361, 50362, 50256


class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.query = nn.Linear(STATE, STATE)
        self.key = nn.Linear(STATE, STATE, bias=False)
        self.value = nn.Linear(STATE, STATE)
        self.out = nn.Linear(STATE, STATE)

    def forward(self, x, source=None, causal=False):
        source = x if source is None else source
        split = lambda t: t.view(t.shape[0], t.shape[1], HEADS, -1).transpose(1, 2)
        q, k, v = split(self.query(x)), split(self.key(source)), split(self.value(source))
        # Written out: torch's fused attention took a third of the time of training on a processor.
        scores = (q * 64**-0.5) @ k.transpose(-1, -2)
        if causal:
            scores = scores + torch.full(scores.shape[-2:], -torch.inf, dtype=scores.dtype).triu(1)
        return self.out((scores.softmax(-1) @ v).transpose(1, 2).flatten(2))


class Block(nn.Module):
    def __init__(self, cross):
        super().__init__()
        self.attn, self.attn_ln = Attention(), nn.LayerNorm(STATE)
        self.cross_attn, self.cross_attn_ln = (Attention(), nn.LayerNorm(STATE)) if cross else (None, None)
        self.mlp = nn.Sequential(nn.Linear(STATE, 4 * STATE), nn.GELU(), nn.Linear(4 * STATE, STATE))
        self.mlp_ln = nn.LayerNorm(STATE)

    def forward(self, x, heard=None):
        x = x + self.attn(self.attn_ln(x), causal=heard is not None)
        if heard is not None:
            x = x + self.cross_attn(self.cross_attn_ln(x), heard)
        return x + self.mlp(self.mlp_ln(x))


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv1d(MELS, STATE, 3, padding=1)
        self.conv2 = nn.Conv1d(STATE, STATE, 3, stride=2, padding=1)
        self.register_buffer("positional_embedding", sinusoids(CONTEXT, STATE))
        # As torch starts them, what is heard would be a twentieth of the power of the position.
        with torch.no_grad():
            self.conv1.weight.mul_(2)
            self.conv2.weight.mul_(3)
        self.blocks = nn.ModuleList(Block(False) for _ in range(ENCODER))
        self.ln_post = nn.LayerNorm(STATE)

    def forward(self, mel):
        x = F.gelu(self.conv2(F.gelu(self.conv1(mel)))).transpose(1, 2)
        x = x + self.positional_embedding[: x.shape[1]]
        for block in self.blocks:
            x = block(x)
        return self.ln_post(x)


class Decoder(nn.Module):
    def __init__(self, tokens):
        super().__init__()
        self.token_embedding = nn.Embedding(tokens + 1, STATE)
        nn.init.normal_(self.token_embedding.weight, std=0.05)
        self.positional_embedding = nn.Parameter(torch.randn(TEXT_CONTEXT, STATE) * 0.01)
        self.blocks = nn.ModuleList(Block(True) for _ in range(DECODER))
        self.ln = nn.LayerNorm(STATE)

    def forward(self, tokens, heard):
        x = self.token_embedding(tokens) + self.positional_embedding[: tokens.shape[1]]
        for block in self.blocks:
            x = block(x, heard)
        return F.linear(self.ln(x), self.token_embedding.weight)


class Starter(nn.Module):
    """`used`: the whisper token of each trained row but the last, which stands for all others. `phones`: how many there are."""

    def __init__(self, used, phones=0):
        super().__init__()
        self.used = used
        self.encoder, self.decoder = Encoder(), Decoder(len(used))
        # Only while training: what the encoder hears must by itself be enough to spell the sounds in order.
        self.spell = nn.Linear(STATE, phones + 1)
        bias = torch.zeros(len(used) + 1)
        bias[-1] = math.log(VOCABULARY - len(used))
        self.register_buffer("unused", bias)

    def forward(self, mel, tokens):
        """Logits of the next token (none if `tokens` is None), and of the sound at each position."""
        heard = self.encoder(mel)
        text = None if tokens is None else self.decoder(tokens, heard).float() + self.unused.float()
        return text, self.spell(heard)
