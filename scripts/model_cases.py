#!/usr/bin/env python3
"""Model folders with random weights, and what transformers generates with them.

    model_cases.py tiny OUT                 two small folders: the test suite's fixtures
    model_cases.py full OUT [NAME ...]      opus-mt-de-en, distilbart-cnn-12-6, bart-large-cnn: the hub's configurations
                        [--half]            16-bit weights; transformers computes with the same values in 32 bits

Each folder gets config.json and generation_config.json as the hub has them (field for field, as far as they matter),
tokeniser files of the right size over invented words, weights, and cases.json: sources, settings, and the ids,
text and score that transformers' generate gives. Random weights are a weak test as they come (the output hardly
depends on the input), so they are drawn wider, and `</s>` is made likely enough to end some outputs early.
"""
import argparse
import json
import os
import random
import string
import tempfile

import torch
from transformers import BartConfig, BartForConditionalGeneration, MarianConfig, MarianMTModel

MARIAN = dict(
    activation_dropout=0.0, activation_function="swish", add_bias_logits=False, add_final_layer_norm=False,
    architectures=["MarianMTModel"], attention_dropout=0.0, bos_token_id=0, classif_dropout=0.0, decoder_layerdrop=0.0,
    dropout=0.1, encoder_layerdrop=0.0, eos_token_id=0, forced_eos_token_id=0, init_std=0.02, is_encoder_decoder=True,
    model_type="marian", normalize_before=False, normalize_embedding=False, num_beams=6, scale_embedding=True,
    static_position_embeddings=True, id2label={"0": "LABEL_0", "1": "LABEL_1", "2": "LABEL_2"},
    label2id={"LABEL_0": 0, "LABEL_1": 1, "LABEL_2": 2}, _num_labels=3)
BART = dict(
    _num_labels=3, activation_dropout=0.0, activation_function="gelu", add_bias_logits=False, add_final_layer_norm=False,
    architectures=["BartForConditionalGeneration"], attention_dropout=0.0, bos_token_id=0, classif_dropout=0.0,
    decoder_layerdrop=0.0, decoder_start_token_id=2, dropout=0.1, early_stopping=True, encoder_layerdrop=0.0,
    eos_token_id=2, forced_bos_token_id=0, forced_eos_token_id=2, gradient_checkpointing=False, init_std=0.02,
    is_encoder_decoder=True, length_penalty=2.0, max_length=142, min_length=56, model_type="bart",
    no_repeat_ngram_size=3, normalize_before=False, num_beams=4, output_past=True, pad_token_id=1, prefix=" ",
    scale_embedding=False, id2label={"0": "LABEL_0", "1": "LABEL_1", "2": "LABEL_2"},
    label2id={"LABEL_0": 0, "LABEL_1": 1, "LABEL_2": 2})


def sizes(d, encoder, decoder, heads, ffn, positions, vocabulary):
    return dict(d_model=d, encoder_layers=encoder, decoder_layers=decoder, encoder_attention_heads=heads,
                decoder_attention_heads=heads, encoder_ffn_dim=ffn, decoder_ffn_dim=ffn, num_hidden_layers=encoder,
                max_position_embeddings=positions, vocab_size=vocabulary)


def marian(size):
    """opus-mt's configuration: `<pad>`, the last piece, starts the decoder and is barred."""
    pad = size["vocab_size"] - 1
    return MARIAN | size | dict(pad_token_id=pad, decoder_start_token_id=pad, bad_words_ids=[[pad]],
                                max_length=size["max_position_embeddings"])


# Name -> family, configuration, pieces of one tokeniser.
MODELS = {
    "marian": ("marian", marian(sizes(32, 2, 2, 4, 64, 64, 101)), 80),
    "bart": ("bart", BART | sizes(32, 2, 1, 4, 64, 64, 399) | dict(force_bos_token_to_be_generated=True), 390),
    "opus-mt-de-en": ("marian", marian(sizes(512, 6, 6, 8, 2048, 512, 58101)), 32000),
    # The older of the two BART folders: no tokenizer.json, and a flag in place of the opening token.
    "distilbart-cnn-12-6": ("bart", BART | sizes(1024, 12, 6, 16, 4096, 1024, 50264)
                            | dict(force_bos_token_to_be_generated=True, extra_pos_embeddings=2, normalize_embedding=True,
                                   static_position_embeddings=False), 50264),
    "bart-large-cnn": ("bart", BART | sizes(1024, 12, 12, 16, 4096, 1024, 50264), 50264),
}
# Length of the vector of `</s>` in a full-size model; that of other pieces is 1.
ENDING = 5
TINY, FULL = ["marian", "bart"], ["opus-mt-de-en", "distilbart-cnn-12-6", "bart-large-cnn"]


def words(rng, count):
    """So many distinct invented words."""
    found = {}
    while len(found) < count:
        syllables = rng.randint(1, 4)
        word = "".join(rng.choice("bdfgklmnprstvwz") + rng.choice("aeiouäöü") + rng.choice(["", "n", "r", "l", "s"])
                       for _ in range(syllables))
        found[word] = None
    return list(found)


def texts(rng, lexicon, count, length):
    for _ in range(count):
        sentence = [rng.choice(lexicon) for _ in range(rng.randint(3, length))]
        yield " ".join(sentence).capitalize() + rng.choice([".", "?", ", " + rng.choice(lexicon) + "."])


def sentencepiece_files(folder, rng, lexicon, pieces, vocabulary):
    """source.spm, target.spm, and the joint vocab.json, filled up with pieces that no source gives."""
    import sentencepiece
    vocab = {"</s>": 0, "<unk>": 1}
    for name in ("source", "target"):
        with tempfile.NamedTemporaryFile("w", suffix=".txt") as corpus:
            corpus.writelines(line + "\n" for line in texts(rng, lexicon, 20 * min(pieces, 10000), 12))
            corpus.flush()
            sentencepiece.SentencePieceTrainer.train(
                input=corpus.name, model_prefix=f"{folder}/{name}", vocab_size=pieces, hard_vocab_limit=False,
                model_type="unigram", eos_id=0, unk_id=1, bos_id=-1, pad_id=-1, minloglevel=2, num_threads=1,
                normalization_rule_name="nmt_nfkc" if pieces > 1000 else "identity")
        os.replace(f"{folder}/{name}.model", f"{folder}/{name}.spm")
        with open(f"{folder}/{name}.vocab", encoding="utf-8") as f:
            for line in f:
                vocab.setdefault(line.split("\t")[0], len(vocab))
        os.remove(f"{folder}/{name}.vocab")
    vocab = {piece: i for piece, i in vocab.items() if i < vocabulary - 1}
    for i in range(len(vocab), vocabulary - 1):
        vocab[f"▁filler{i}"] = i
    vocab["<pad>"] = vocabulary - 1
    dump(f"{folder}/vocab.json", vocab)
    dump(f"{folder}/tokenizer_config.json", {"source_lang": "de", "target_lang": "en"})


def byte_level_files(folder, rng, lexicon, vocabulary, with_json):
    """vocab.json and merges.txt as GPT-2 has them; `<mask>` gets the id after the last row, as bart-large-cnn has it."""
    from tokenizers import AddedToken, ByteLevelBPETokenizer, processors
    tokeniser = ByteLevelBPETokenizer()
    special = ["<s>", "<pad>", "</s>", "<unk>"]
    corpus = texts(rng, lexicon, max(300, 4 * vocabulary), 12)
    tokeniser.train_from_iterator(corpus, vocab_size=vocabulary, min_frequency=1, special_tokens=special,
                                  show_progress=False)
    state = json.loads(tokeniser._tokenizer.to_str())["model"]
    vocab = state["vocab"]
    for i in range(len(vocab), vocabulary):
        vocab[f"Ġmadeup{i}"] = i
    vocab["<mask>"] = vocabulary
    dump(f"{folder}/vocab.json", vocab)
    with open(f"{folder}/merges.txt", "w", encoding="utf-8") as f:
        f.write("#version: 0.2\n")
        f.writelines((m if isinstance(m, str) else " ".join(m)) + "\n" for m in state["merges"])
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers
    made = Tokenizer(models.BPE.from_file(f"{folder}/vocab.json", f"{folder}/merges.txt"))
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = decoders.ByteLevel()
    made.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0), add_prefix_space=False)
    made.add_special_tokens([AddedToken(t, special=True) for t in special + ["<mask>"]])
    if with_json:
        made.save(f"{folder}/tokenizer.json")
    return made


def dump(path, content):
    with open(path, "w", encoding="utf-8") as f:
        json.dump(content, f, ensure_ascii=False, indent=1)
        f.write("\n")


def draw(model, config, seed):
    """Random weights under which every piece of the source matters and no two pieces are about equally likely.

    Matrices keep the variance of what goes through them, but for the attention to the source (see `gain`). The last norm of the decoder has weights of random sign: the
    embeddings are the output matrix, too, and without that each piece would be followed by itself. They are large, so
    that the best piece wins clearly. `</s>` has a long vector, which makes it win now and then.
    """
    generator = torch.Generator().manual_seed(seed)

    def normal(weight, std):
        return torch.randn(weight.shape, generator=generator) * std

    last_norm = f"decoder.layers.{config['decoder_layers'] - 1}.final_layer_norm.weight"
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if "embed_positions" in name and config["model_type"] == "marian":
                continue
            if name.endswith(last_norm):
                weight.copy_(normal(weight, 1.0).sign() * 4)
            elif "norm" in name and name.endswith("weight"):
                weight.copy_(1 + normal(weight, 0.2))
            elif name.endswith("bias"):
                weight.copy_(normal(weight, 0.2))
            elif "shared" in name or "embed_tokens" in name:
                weight.copy_(normal(weight, config["d_model"] ** -0.5))
                weight[config["eos_token_id"]] *= 2 if config["vocab_size"] == 399 else 3
            elif "embed_positions" in name:
                weight.copy_(normal(weight, 0.3 * config["d_model"] ** -0.5))
            else:
                weight.copy_(normal(weight, gain(name, config) * weight.shape[1] ** -0.5))
        if config["d_model"] >= 512:
            aim_at_endings(model, last_norm)
        if config["model_type"] == "marian":
            model.final_logits_bias.copy_(normal(model.final_logits_bias, 0.2))


def aim_at_endings(model, last_norm):
    """Make `</s>` likely at some places and unlikely elsewhere: in a large model a vector by chance is either always
    likely or never."""
    state = model.state_dict()
    table = next(weight for name, weight in state.items() if name.endswith("decoder.embed_positions.weight"))[:64]
    places = (table - table.mean(dim=0))[[12, 22, 32]].sum(dim=0)
    direction = places * next(weight for name, weight in state.items() if name.endswith(last_norm)).sign()
    model.get_input_embeddings().weight[model.config.eos_token_id] = ENDING * direction / direction.norm()


def gain(name, config):
    """How wide a matrix is drawn.

    The source must matter. In a small model, wide attention to it does that. In one of many layers it would drown all
    else, and one piece would come for ever; there it is sharp but adds little, and so do the decoder's other parts, so
    that what comes next is decided by the piece before, its place and the source.
    """
    if config["d_model"] < 512:
        return 3 if "encoder_attn" in name else 1
    if "encoder_attn.q_proj" in name or "encoder_attn.k_proj" in name:
        return 3
    if "decoder.layers" in name:
        return 0.3 if "encoder_attn.out_proj" in name else 0.6 if "out_proj" in name or "fc2" in name else 1
    return 1


def make(name, out, half, endless):
    family, config, pieces = MODELS[name]
    folder = f"{out}/{name}"
    os.makedirs(folder, exist_ok=True)
    rng = random.Random(7)
    tiny = name in TINY
    lexicon = words(rng, 40 if tiny else 30000)
    dump(f"{folder}/config.json", dict(sorted(config.items())))
    generation = {k: config[k] for k in (
        "bad_words_ids", "bos_token_id", "decoder_start_token_id", "early_stopping", "eos_token_id", "forced_bos_token_id",
        "forced_eos_token_id", "length_penalty", "max_length", "min_length", "no_repeat_ngram_size", "num_beams",
        "pad_token_id") if k in config}
    if family == "marian":
        generation["renormalize_logits"] = True
    if name not in ("distilbart-cnn-12-6", "bart"):
        dump(f"{folder}/generation_config.json", generation)
    if family == "marian":
        sentencepiece_files(folder, rng, lexicon, pieces, config["vocab_size"])
        encode, decode = marian_codec(folder)
        model = MarianMTModel(MarianConfig(**{k: v for k, v in config.items() if k != "model_type"}))
    else:
        made = byte_level_files(folder, rng, lexicon, config["vocab_size"], with_json=name != "distilbart-cnn-12-6")
        encode, decode = (lambda text: made.encode(config["prefix"] + text).ids), (lambda ids: made.decode(ids).strip(" \t\r\n"))
        model = BartForConditionalGeneration(BartConfig(**{k: v for k, v in config.items() if k != "model_type"}))
    draw(model, config, seed={"marian": 12, "bart": 13}[family] if tiny else 15)
    if endless:
        model.final_logits_bias[0, config["eos_token_id"]] = -1e4
    model.eval()
    if half:
        model.half().float()
    write_weights(model, folder, half)
    if endless:
        return print(name, "never ends before its limit", flush=True)
    if family == "marian" and not half:
        write_pickle(model, folder)
    lines = list(texts(rng, lexicon, 8 if tiny else 5, 9))
    if family == "bart":
        lines = [" ".join(texts(rng, lexicon, 2 if tiny else 8, 9)) for _ in range(5 if tiny else 3)]
    cases = [case for line in lines for case in expected(model, config, family, generation, encode, decode, line, tiny)]
    dump(f"{folder}/cases.json", {"family": family, "cases": cases})
    different = len({c["text"] for c in cases})
    print(name, f"{sum(p.numel() for p in model.parameters()) / 1e6:.1f} M parameters,", len(cases), "cases,", different,
          "different texts,", sum(not c["truncated"] for c in cases), "ended by </s>", flush=True)


def marian_codec(folder):
    import sentencepiece
    source = sentencepiece.SentencePieceProcessor(model_file=f"{folder}/source.spm")
    with open(f"{folder}/vocab.json", encoding="utf-8") as f:
        vocab = json.load(f)
    pieces = {i: piece for piece, i in vocab.items()}

    def decode(ids):
        return "".join(pieces[i] for i in ids if pieces[i] not in ("</s>", "<pad>", "<unk>")).replace("▁", " ").strip(" \t\r\n")

    return (lambda text: [vocab.get(p, 1) for p in source.encode(text, out_type=str)] + [0]), decode


def expected(model, config, family, generation, encode, decode, line, tiny):
    """What generate gives, greedy and with beams, under the limits that the product sets."""
    ids = encode(line)
    assert len(ids) <= config["max_position_embeddings"] and max(ids) < config["vocab_size"]
    # opus-mt's folders ask for renormalize_logits, BART's do not. No n-gram rule for Marian: it would come before the
    # renormalisation there and after it in rust-bert, whose answers the fast engine's are.
    marian = family == "marian"
    settings = [(1, 1.0, 0), (4, 1.0, 0), (6, 1.0, 0)] if marian else [(1, 1.0, 0), (4, 1.0, 3), (4, 2.0, 3)]
    for beam, penalty, ngram in settings:
        limit = min(2 * len(ids) + 16, config["max_position_embeddings"]) if family == "marian" else 40 if tiny else 80
        options = dict(num_beams=beam, length_penalty=penalty, no_repeat_ngram_size=ngram, max_length=limit, min_length=2,
                       do_sample=False, early_stopping=family == "bart" and beam > 1, renormalize_logits=marian,
                       output_scores=True, return_dict_in_generate=True, use_cache=True)
        for key in ("pad_token_id", "eos_token_id", "bos_token_id", "decoder_start_token_id", "forced_bos_token_id",
                    "forced_eos_token_id", "bad_words_ids"):
            if key in generation:
                options[key] = generation[key]
        with torch.no_grad():
            out = model.generate(input_ids=torch.tensor([ids]), attention_mask=torch.ones(1, len(ids), dtype=torch.long),
                                 **options)
        row = out.sequences[0].tolist()[1:]
        eos = config["eos_token_id"]
        body = row[:row.index(eos)] if eos in row else row
        body = [i for i in body if i != config["pad_token_id"]]
        yield {"source": line, "source_ids": ids, "beam": beam, "length_penalty": penalty, "no_repeat_ngram": ngram,
               "max_target": limit, "ids": body, "text": decode(body), "tokens": len(body) + 1,
               "truncated": len(body) + 2 >= limit}


def write_weights(model, folder, half):
    """Every tied name once, and a Marian model's position tables as old files have them."""
    from safetensors.torch import save_file
    state = {k: (v.half() if half else v).contiguous() for k, v in model.state_dict().items()
             if not k.endswith("embed_tokens.weight") and k != "lm_head.weight"}
    save_file(state, f"{folder}/model.safetensors", metadata={"format": "pt"})
    os.chmod(f"{folder}/model.safetensors", 0o644)


def write_pickle(model, folder):
    """The same as PyTorch stored it before 1.6, every tied name with it, as in the repositories of 2020."""
    torch.save(model.state_dict(), f"{folder}/pytorch_model.bin", _use_new_zipfile_serialization=False)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("size", choices=["tiny", "full"])
    p.add_argument("out")
    p.add_argument("names", nargs="*")
    p.add_argument("--half", action="store_true")
    p.add_argument("--endless", action="store_true", help="no answer ends before its limit, so that programs with other "
                   "arithmetic do the same work; for measuring times, without cases")
    a = p.parse_args()
    torch.set_num_threads(1)
    for name in a.names or {"tiny": TINY, "full": FULL}[a.size]:
        make(name, a.out, a.half, a.endless)


if __name__ == "__main__":
    main()
