#!/usr/bin/env python3
"""Train the tokenisers: a joint SentencePiece model for translation, a byte-level BPE for the summariser.

    train_tokenisers.py marian general.tsv OUT.model --size 10000
    train_tokenisers.py bart mono.en.txt OUT_FOLDER --size 12000

Digits are always pieces of their own, so that a number is copied digit by digit instead of as a rare word.
"""
import argparse
import json
import os
import random
import tempfile


def lines(path, count, seed=3):
    with open(path, encoding="utf-8") as f:
        every = f.read().split("\n")
    random.Random(seed).shuffle(every)
    return every[:count]


def marian(a):
    import sentencepiece as spm
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8", delete=False) as f:
        for line in lines(a.text, a.sample):
            for column in line.split("\t")[1:]:
                f.write(column + "\n")
    # One id less than --size: the table of pieces gets <pad> as its last.
    spm.SentencePieceTrainer.train(
        input=f.name, model_prefix=a.out.removesuffix(".model"), vocab_size=a.size - 1, model_type="unigram",
        character_coverage=0.9998, eos_id=0, unk_id=1, bos_id=-1, pad_id=-1, eos_piece="</s>", byte_fallback=False,
        normalization_rule_name="nmt_nfkc", num_threads=a.threads, split_digits=True)
    os.remove(f.name)


def bart(a):
    from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, processors, trainers
    tok = Tokenizer(models.BPE(unk_token=None))
    tok.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Digits(individual_digits=True),
                                                 pre_tokenizers.ByteLevel(add_prefix_space=False)])
    tok.decoder = decoders.ByteLevel()
    special = ["<s>", "<pad>", "</s>", "<unk>"]
    tok.train_from_iterator(lines(a.text, a.sample), trainers.BpeTrainer(
        vocab_size=a.size - 1, special_tokens=special, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        min_frequency=2, show_progress=False))
    tok.add_special_tokens([AddedToken("<mask>", lstrip=True, special=True)])
    tok.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0), add_prefix_space=False)
    os.makedirs(a.out, exist_ok=True)
    tok.save(f"{a.out}/tokenizer.json")
    state = json.loads(tok.to_str())["model"]
    with open(f"{a.out}/vocab.json", "w", encoding="utf-8") as f:
        json.dump(dict(sorted(tok.get_vocab().items(), key=lambda kv: kv[1])), f, ensure_ascii=False)
    with open(f"{a.out}/merges.txt", "w", encoding="utf-8") as f:
        f.write("#version: 0.2\n")
        f.writelines((m if isinstance(m, str) else " ".join(m)) + "\n" for m in state["merges"])
    with open(f"{a.out}/tokenizer_config.json", "w") as f:
        json.dump({"tokenizer_class": "PreTrainedTokenizerFast", "bos_token": "<s>", "eos_token": "</s>",
                   "pad_token": "<pad>", "unk_token": "<unk>", "mask_token": "<mask>", "model_max_length": 1024}, f)


if __name__ == "__main__":
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("family", choices=["marian", "bart"])
    p.add_argument("text")
    p.add_argument("out")
    p.add_argument("--size", type=int, default=12000)
    p.add_argument("--sample", type=int, default=230000, help="lines taken from the text")
    p.add_argument("--threads", type=int, default=2)
    a = p.parse_args()
    (marian if a.family == "marian" else bart)(a)
