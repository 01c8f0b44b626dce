#!/usr/bin/env python3
"""Sentence pairs around the words of German news: offices and professions, subjects, what is done about them.

A small parallel corpus holds many of them once or never: that a *Virologin* is a virologist has to be said somewhere.
`news_terms.tsv` and the sentences below were written for this file: kind, article or number, German, English.
`news_sentences.tsv` is the better half: some 9,300 invented sentences of German news with their translations, written
for this recipe around the words that newspapers of 2020 and later use and the corpus has fewer than six times.

    news_terms.py 16000 > terms.tsv         # rows terms<TAB>german<TAB>english
    news_terms.py > written.tsv             # the sentences, as rows written<TAB>german<TAB>english
"""
import os
import random
import sys

from robustness import ACTORS, CITIES, WEEKDAYS, person

# {r} role with article, {R} at the beginning of a sentence, {o} its English without article, {O} at the beginning of a
# sentence; {t} and {u} another role; {a} German subject, {n} without an article before it, {b} English subject with its
# article, {m} without; {d} German and {e} English participle; {p}, {c}, {w} person, city, weekday; {i} and {j} an actor of
# robustness.py. Singular and plural of a verb are divided by a bar.
OF_ROLES = [
    ("{R} {p} sagte am {w}, die Lage in {c} sei ernst.", "{O} {p} said on {w} that the situation in {c} was serious."),
    ("{R} warnte vor den Folgen.", "The {o} warned of the consequences."),
    ("Das sagte {r} {p} in {c}.", "{O} {p} said this in {c}."),
    ("{R} und {t} trafen sich am {w} in {c}.", "The {o} and the {u} met in {c} on {w}."),
    ("{R} {p} kritisiert die Pläne.", "{O} {p} criticises the plans."),
    ("Man könne nicht länger warten, sagt {r} {p}.", "It is not possible to wait any longer, says {o} {p}."),
    ("In {c} wurde {r} {p} empfangen.", "{O} {p} was received in {c}."),
]
OF_SUBJECTS = [
    ("Die {a} [wurde|wurden] {d}.", "{b} [was|were] {e}."),
    ("In {c} [soll|sollen] die {a} {d} werden.", "In {c}, {b} [is|are] to be {e}."),
    ("Ob die {a} {d} [wird|werden], ist noch offen.", "Whether {b} will be {e} is still open."),
    ("{i} streitet über die {a}.", "{j} is arguing about {b}."),
    ("{c}: Streit über die {a}", "{c}: dispute over {b}"),
    ("Über die {a} sprach {r} {p}.", "{O} {p} spoke about {b}."),
    ("Wegen der {a} wächst die Kritik an {p}.", "Criticism of {p} is growing because of {b}."),
    ("Es geht um die {a} in {c}.", "It is about {b} in {c}."),
]
OF_PLURALS = [
    ("Die Zahl der {a} in {c} steigt.", "The number of {m} in {c} is rising."),
    ("Immer mehr {n} in {c}", "More and more {m} in {c}"),
]
# What a subject may be: "adjective" is a plural noun made of one ("die Verletzten", but "Verletzte"), "mass" has no article
# in English.
PLURAL = {"plural", "mass plural", "adjective"}


FOLDER = os.path.dirname(os.path.abspath(__file__))


def table(name):
    """The rows of a table beside this file."""
    with open(os.path.join(FOLDER, name), encoding="utf-8") as f:
        return [line.rstrip("\n").split("\t") for line in f]


def written():
    """The pairs of news_sentences.tsv."""
    return table("news_sentences.tsv")


def terms():
    """{kind: rows of news_terms.tsv}"""
    out = {}
    for kind, *row in table("news_terms.tsv"):
        out.setdefault(kind, []).append(row)
    return out


def numbered(text, plural):
    """[singular|plural] -> one of them."""
    while "[" in text:
        before, rest = text.split("[", 1)
        forms, after = rest.split("]", 1)
        text = before + forms.split("|")[plural] + after
    return text


def first_up(text):
    return text[:1].upper() + text[1:]


def dealt(rows, rng):
    """The rows without end, each as often as the others."""
    while True:
        yield from rng.sample(rows, len(rows))


def filled(rng, decks):
    """One pair: a template and what its slots hold."""
    (article, role, office), (other_article, other, other_office) = next(decks["role"]), next(decks["role"])
    (number, matter, subject), (_, done, participle) = next(decks["matter"]), next(decks["participle"])
    (kind, actor, who), city, day, name = rng.choice(ACTORS), rng.choice(CITIES), rng.choice(WEEKDAYS), person(rng)
    plural = number in PLURAL
    counted = OF_PLURALS if plural and number != "mass plural" else []
    de, en = rng.choice(OF_ROLES if rng.random() < 0.35 else OF_SUBJECTS + counted)
    bare = matter.removesuffix("n") if number == "adjective" else matter
    german = dict(r=f"{article} {role}", R=f"{first_up(article)} {role}", t=f"{other_article} {other}", a=matter, n=bare,
                  d=done, p=name, c=city[0], w=day[0], i=f"{first_up(kind)} {actor}")
    english = dict(o=office, O=first_up(office), u=other_office, b=subject if number.startswith("mass") else f"the {subject}",
                   m=subject, e=participle, p=name, c=city[1], w=day[1], j=first_up(who))
    return first_up(numbered(de, plural).format(**german)), first_up(numbered(en, plural).format(**english))


def of_terms(count, seed=11):
    """`count` pairs, each term of a kind about equally often."""
    rng = random.Random(seed)
    decks = {kind: dealt(rows, rng) for kind, rows in terms().items()}
    for _ in range(count):
        yield filled(rng, decks)


if __name__ == "__main__":
    name, pairs = ("terms", of_terms(int(sys.argv[1]))) if len(sys.argv) > 1 else ("written", written())
    for pair in pairs:
        print(name, *pair, sep="\t")
