#!/usr/bin/env python3
"""A trained last.pt -> the model folder that the product, transformers and CTranslate2's converter load.

    export.py RUN/last.pt DATA OUT [--weights ema|model]

Writes fp16 model.safetensors, a complete config.json, generation_config.json and the tokeniser files, then loads the
folder with transformers and compares its hidden states with the training model's.
"""
import argparse
import json
import os
import shutil

import torch
from safetensors.torch import save_file

from seq2seq import Seq2Seq, sinusoids

TOKENISER = {"marian": ["source.spm", "target.spm", "vocab.json", "tokenizer_config.json"],
             "bart": ["tokenizer.json", "vocab.json", "merges.txt", "tokenizer_config.json"]}


def config(arch):
    """Everything rust-bert's BartConfig and transformers ask for, nothing left to a default."""
    c = {k: v for k, v in arch.items() if k != "family"}
    family = arch["family"]
    c |= dict(model_type=family, architectures=[{"marian": "MarianMTModel", "bart": "BartForConditionalGeneration"}[family]],
              num_hidden_layers=arch["encoder_layers"], is_encoder_decoder=True, is_decoder=False, init_std=0.02,
              encoder_layerdrop=0.0, decoder_layerdrop=0.0, classif_dropout=0.0, num_labels=3, output_past=True,
              output_attentions=False, output_hidden_states=False, use_cache=True, torch_dtype="float16",
              id2label={str(i): f"LABEL_{i}" for i in range(3)}, label2id={f"LABEL_{i}": i for i in range(3)})
    if family == "marian":
        c["decoder_vocab_size"] = arch["vocab_size"]
    return c


def tensors(arch, weights):
    out = {k: v.detach().half().contiguous() for k, v in weights.items()}
    out["final_logits_bias"] = torch.zeros(1, arch["vocab_size"], dtype=torch.float16)
    if arch["family"] == "marian":
        # Marian's start token, <pad>, is a zero vector; as an output it is barred anyway (bad_words_ids).
        out["model.shared.weight"][arch["pad_token_id"]] = 0
        # rust-bert reads the position tables from the file; transformers makes them itself.
        table = sinusoids(arch["max_position_embeddings"], arch["d_model"]).half()
        for side in ("encoder", "decoder"):
            out[f"model.{side}.embed_positions.weight"] = table.clone()
    return out


def generation(arch):
    keep = ("bos_token_id", "eos_token_id", "pad_token_id", "decoder_start_token_id", "forced_eos_token_id", "bad_words_ids",
            "num_beams", "max_length", "min_length", "no_repeat_ngram_size", "length_penalty", "early_stopping")
    return {k: arch[k] for k in keep if k in arch}


def check(folder, arch):
    """transformers must load the folder and compute what the training model computes from the same weights."""
    from safetensors.torch import load_file
    from transformers import AutoModelForSeq2SeqLM
    hf = AutoModelForSeq2SeqLM.from_pretrained(folder, dtype=torch.float32).eval()
    ours = Seq2Seq(arch).eval()
    stored = load_file(f"{folder}/model.safetensors")
    ours.load_state_dict({k: stored[k].float() for k in ours.state_dict()})
    g = torch.Generator().manual_seed(1)
    src = torch.randint(4, arch["vocab_size"] - 2, (3, 14), generator=g)
    dec = torch.randint(4, arch["vocab_size"] - 2, (3, 9), generator=g)
    src[1, 10:] = arch["pad_token_id"]
    with torch.no_grad():
        a = ours.hidden(src, dec).float()
        b = hf.model(input_ids=src, attention_mask=src.ne(arch["pad_token_id"]), decoder_input_ids=dec).last_hidden_state
    # The training model computes with 16 bits; a wrong tensor makes the two as unlike as two models are.
    apart = ((a - b).abs().mean() / b.abs().mean()).item()
    print(f"mean difference to transformers: {apart:.3f} of the mean")
    assert apart < 0.1, "the exported model is not the trained one"


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("checkpoint")
    p.add_argument("data")
    p.add_argument("out")
    p.add_argument("--weights", choices=["ema", "model"], default="ema")
    a = p.parse_args()
    torch.set_num_threads(1)
    z = torch.load(a.checkpoint, map_location="cpu", weights_only=False)
    arch, weights = z["arch"], z[a.weights]
    os.makedirs(a.out, exist_ok=True)
    save_file(tensors(arch, weights), f"{a.out}/model.safetensors", metadata={"format": "pt"})
    os.chmod(f"{a.out}/model.safetensors", 0o644)
    for name, content in (("config.json", config(arch)), ("generation_config.json", generation(arch))):
        with open(f"{a.out}/{name}", "w") as f:
            json.dump(content, f, indent=1)
            f.write("\n")
    for name in TOKENISER[arch["family"]]:
        shutil.copyfile(f"{a.data}/{name}", f"{a.out}/{name}")
    print(z["state"], f"{sum(v.numel() for v in weights.values()) / 1e6:.2f} M parameters",
          f"{os.path.getsize(a.out + '/model.safetensors') / 1e6:.1f} MB")
    check(a.out, arch)


if __name__ == "__main__":
    main()
