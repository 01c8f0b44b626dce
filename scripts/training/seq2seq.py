"""A lean MarianMT / BART for training: activations in bf16 or fp32 (kernels.COMPUTE), fp32 weights, tensor names as
transformers has them.

Why not the transformers classes: under autocast on a CPU a third of the time went into casts and copies between fp32
and bf16. Here each weight is cast once a step and activations stay bf16. `export.py` checks the result against
transformers.
"""
import math

import torch
import torch.nn.functional as F
from torch import nn

from kernels import COMPUTE, silu

ACTIVATIONS = {"swish": silu, "silu": silu, "gelu": F.gelu, "relu": F.relu}


def linear(x, layer):
    return F.linear(x, layer.weight.to(x.dtype), layer.bias.to(x.dtype))


def normed(x, norm):
    return F.layer_norm(x, norm.normalized_shape, norm.weight.to(x.dtype), norm.bias.to(x.dtype))


def sinusoids(positions, dim):
    """Marian's table: first half sines, second half cosines."""
    angle = torch.arange(positions)[:, None] / 10000 ** (2 * torch.arange(dim // 2)[None] / dim)
    return torch.cat([angle.sin(), angle.cos()], 1)


class Attention(nn.Module):
    def __init__(self, dim, heads):
        super().__init__()
        self.heads = heads
        self.keep, self.kept = False, None      # the first head's weights, for guided alignment
        self.q_proj, self.k_proj, self.v_proj, self.out_proj = (nn.Linear(dim, dim) for _ in range(4))

    def joined(self, x, *layers):
        """Several projections of the same input in one product."""
        w = torch.cat([m.weight for m in layers]).to(x.dtype)
        b = torch.cat([m.bias for m in layers]).to(x.dtype)
        return F.linear(x, w, b).chunk(len(layers), -1)

    def forward(self, x, memory, mask):
        if memory is None:
            q, k, v = self.joined(x, self.q_proj, self.k_proj, self.v_proj)
        else:
            q, (k, v) = linear(x, self.q_proj), self.joined(memory, self.k_proj, self.v_proj)
        b, s, d = x.shape
        q, k, v = (y.reshape(b, -1, self.heads, d // self.heads).transpose(1, 2) for y in (q, k, v))
        if x.is_cuda and not self.keep:
            o = F.scaled_dot_product_attention(q, k, v, attn_mask=mask, is_causal=mask is None)
        else:                                   # at sentence lengths the fused CPU kernel is slower than this
            scale = (d // self.heads) ** -0.5
            w = ((q * scale) @ k.transpose(2, 3)).add_(mask).softmax(-1)
            if self.keep:
                self.kept = w[:, 0]
            o = w @ v
        return linear(o.transpose(1, 2).reshape(b, s, d), self.out_proj)


class Layer(nn.Module):
    """One post-norm layer; a decoder layer also looks at the encoder's output."""

    def __init__(self, c, heads, ffn, decoder):
        super().__init__()
        self.self_attn, self.self_attn_layer_norm = Attention(c["d_model"], heads), nn.LayerNorm(c["d_model"])
        if decoder:
            self.encoder_attn = Attention(c["d_model"], heads)
            self.encoder_attn_layer_norm = nn.LayerNorm(c["d_model"])
        self.fc1, self.fc2 = nn.Linear(c["d_model"], ffn), nn.Linear(ffn, c["d_model"])
        self.final_layer_norm = nn.LayerNorm(c["d_model"])
        self.act, self.drop = ACTIVATIONS[c["activation_function"]], c["dropout"]

    def forward(self, x, mask, memory=None, memory_mask=None):
        def add(x, y, norm):
            if self.drop and self.training:
                y = F.dropout(y, self.drop)
            return normed(x + y, norm)
        x = add(x, self.self_attn(x, None, mask), self.self_attn_layer_norm)
        if memory is not None:
            x = add(x, self.encoder_attn(x, memory, memory_mask), self.encoder_attn_layer_norm)
        return add(x, linear(self.act(linear(x, self.fc1)), self.fc2), self.final_layer_norm)


class Stack(nn.Module):
    def __init__(self, c, decoder):
        super().__init__()
        side = "decoder" if decoder else "encoder"
        self.layers = nn.ModuleList(Layer(c, c[side + "_attention_heads"], c[side + "_ffn_dim"], decoder)
                                    for _ in range(c[side + "_layers"]))
        self.bart = c["family"] == "bart"
        if self.bart:                           # BART learns its positions and leaves the first two rows unused
            self.embed_positions = nn.Embedding(c["max_position_embeddings"] + 2, c["d_model"])
            self.layernorm_embedding = nn.LayerNorm(c["d_model"])
        else:
            self.register_buffer("positions", sinusoids(c["max_position_embeddings"], c["d_model"]), persistent=False)

    def embed(self, x):
        n = x.shape[1]
        if self.bart:
            x = x + self.embed_positions.weight[2:n + 2]
            norm = self.layernorm_embedding
            return F.layer_norm(x, norm.normalized_shape, norm.weight, norm.bias).to(COMPUTE)
        return (x + self.positions[:n]).to(COMPUTE)


class Core(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.shared = nn.Embedding(c["vocab_size"], c["d_model"])
        self.encoder, self.decoder = Stack(c, False), Stack(c, True)


class Seq2Seq(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.model, self.c = Core(c), c
        self.scale = math.sqrt(c["d_model"]) if c["scale_embedding"] else 1.0
        for name, q in self.named_parameters():
            if name.endswith("shared.weight") or "embed_positions" in name:
                nn.init.normal_(q, std=c["d_model"] ** -0.5 if c["scale_embedding"] else 0.02)
            elif q.dim() > 1:
                # Small at what is added to the residual: each layer begins near the identity, and a word can be
                # seen through all of them from the first update on.
                nn.init.xavier_uniform_(q, gain=0.1 if "out_proj" in name or "fc2" in name else 1.0)
            elif name.endswith("bias"):
                nn.init.zeros_(q)

    @torch.no_grad()
    def start_lexical(self, table):
        """Start from given embeddings (None: the random ones), with attention to the source passing on what it finds as it is.

        A decoder of uniform attention is then a bag-of-words translator (or copier) already.
        """
        weight = self.model.shared.weight
        if table is not None:
            weight[:len(table)] = table.to(weight) * (weight.shape[1] ** -0.5 / table.std())
        for layer in self.model.decoder.layers:
            for m in (layer.encoder_attn.v_proj, layer.encoder_attn.out_proj):
                m.weight.copy_(torch.eye(len(m.weight)))

    def encode(self, src):
        """The encoder's last hidden states, [batch, source width, d_model], and the mask of its padding."""
        pad, core = self.c["pad_token_id"], self.model
        # Looked up in fp32: the gradient of a frequent token is a sum of many terms.
        x = core.encoder.embed(F.embedding(src, core.shared.weight) * self.scale)
        mask = torch.zeros(src.shape, dtype=x.dtype, device=src.device).masked_fill_(src.eq(pad), -1e4)[:, None, None]
        for layer in core.encoder.layers:
            x = layer(x, mask)
        return x, mask

    def hidden(self, src, dec):
        """The decoder's last hidden states, [batch, target width, d_model], in the type of kernels.COMPUTE."""
        pad, core = self.c["pad_token_id"], self.model
        x, mask = self.encode(src)
        start = F.embedding(dec, core.shared.weight)
        if not core.decoder.bart:               # Marian decodes from a zero vector; some engines know nothing else
            start = start * dec.ne(pad).unsqueeze(2)
        y = core.decoder.embed(start * self.scale)
        n = dec.shape[1]
        # A GPU's fused attention knows what is causal without a mask, and is quicker for it.
        causal = None if dec.is_cuda else torch.full((n, n), -1e4, dtype=x.dtype).triu_(1)[None, None]
        for layer in core.decoder.layers:
            y = layer(y, causal, x, mask)
        return y
