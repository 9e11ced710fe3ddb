"""The ways in which one outlet's text becomes another's: insert, trim, re-headline, splice, edit."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

Paragraphs = list[str]

SPELLINGS = {
    "kilometre": "kilometer", "metres": "meters", "neighbours": "neighbors", "neighbour": "neighbor",
    "grey": "gray", "lorries": "trucks", "lorry": "truck", "telephone": "phone", "centre": "center",
    "anaesthetic": "anesthetic", "convoy": "column", "litre": "liter", "labour": "labor", "towards": "toward",
}  # fmt: skip
SYNONYMS = {
    "said": "stated", "told": "informed", "killed": "slain", "wounded": "injured", "injured": "wounded",
    "dead": "deceased", "people": "persons", "town": "city", "hit": "struck", "struck": "hit",
    "about": "around", "began": "started", "died": "perished", "house": "home", "houses": "homes",
    "road": "highway", "big": "large", "at": "near", "after": "following", "because": "since",
    "while": "as", "but": "yet", "from": "out of", "officials": "authorities",
    "spokesman": "spokesperson", "hospital": "clinic", "attack": "assault", "blast": "explosion",
    "residents": "locals", "reporters": "journalists", "fighting": "clashes", "several": "a number of",
    "some": "around", "more": "others", "who": "that", "which": "that", "announced": "declared",
    "destroyed": "wrecked", "broke": "shattered", "three": "3", "two": "2", "four": "4", "five": "5",
    "twelve": "12", "children": "minors", "family": "household", "night": "evening", "men": "males",
    "women": "females", "fled": "escaped", "help": "aid", "near": "close to", "rose": "climbed",
    "asked": "requested", "warned": "cautioned", "may": "might", "held": "kept", "sent": "dispatched",
}  # fmt: skip
FILLERS = ("also", "reportedly", "meanwhile", "later", "then", "still", "now", "further", "already", "again")


def edit(paragraphs: Paragraphs, rng: random.Random, share: float) -> Paragraphs:
    """Change ``share`` of the words: variants and synonyms where there are any, else drop, add or swap."""
    return [edit_words(paragraph, rng, share) for paragraph in paragraphs]


def edit_words(text: str, rng: random.Random, share: float) -> str:
    """Change ``share`` of the words of one paragraph."""
    words = text.split(" ")
    wanted = round(share * len(words) + rng.random() - 0.5)
    places = list(range(len(words)))
    rng.shuffle(places)
    # Half of the changes go where an editor has a variant at hand, the rest anywhere.
    at_hand = [place for place in places if _bare(words[place]) in SYNONYMS | SPELLINGS]
    chosen = (at_hand[: (wanted + 1) // 2] + places)[: max(wanted, 0)]
    for place in chosen:
        word = words[place]
        variant = (SPELLINGS | SYNONYMS).get(_bare(word))
        if variant:
            words[place] = re.sub(r"\w+", variant, word, count=1)
        elif (roll := rng.random()) < 0.4 and word.islower():
            words[place] = ""
        elif roll < 0.7:
            words[place] = f"{rng.choice(FILLERS)} {word}"
        elif place + 1 < len(words):
            words[place], words[place + 1] = words[place + 1], words[place]
    return " ".join(word for word in words if word)


def _bare(word: str) -> str:
    return word.strip(".,;:\"'").lower()


def respell(paragraphs: Paragraphs) -> Paragraphs:
    """Use the other spelling throughout, and typographic quotation marks."""
    changed = []
    for paragraph in paragraphs:
        words = (re.sub(r"\w+", lambda m: SPELLINGS.get(m[0], m[0]), word) for word in paragraph.split(" "))
        changed.append(re.sub(r'"([^"]*)"', "“\\1”", " ".join(words)))
    return changed


def insert(paragraphs: Paragraphs, rng: random.Random, added: Sequence[str]) -> Paragraphs:
    """Put other paragraphs between those of the text."""
    changed = list(paragraphs)
    for paragraph in added:
        changed.insert(rng.randint(1, len(changed)), paragraph)
    return changed


def trim(paragraphs: Paragraphs, rng: random.Random, kept: float) -> Paragraphs:
    """Keep a share of the words: the first of them, or (one time in three) whole paragraphs from anywhere."""
    total = sum(len(paragraph.split()) for paragraph in paragraphs)
    order = list(range(len(paragraphs)))
    if rng.random() < 1 / 3:
        order = [0, *rng.sample(order[1:], len(order) - 1)]
    left: list[int] = []
    for place in order:
        if left and sum(len(paragraphs[each].split()) for each in left) >= kept * total:
            break
        left.append(place)
    return [paragraphs[place] for place in sorted(left)]


def reorder(paragraphs: Paragraphs, rng: random.Random) -> Paragraphs:
    """Move some paragraphs and swap sentences, the lede excepted."""
    changed = []
    for paragraph in paragraphs[1:]:
        sentences = re.split(r"(?<=[.?!\"”]) (?=[A-Z\"“])", paragraph)
        if rng.random() < 0.3:
            rng.shuffle(sentences)
        changed.append(" ".join(sentences))
    for _ in range(max(1, len(changed) // 3)):
        one, other = rng.randrange(len(changed)), rng.randrange(len(changed))
        changed[one], changed[other] = changed[other], changed[one]
    return [paragraphs[0], *changed]


def splice(one: Paragraphs, other: Paragraphs, rng: random.Random, link: Callable[[], str]) -> Paragraphs:
    """Make one dispatch of two wires: one after the other, or in turns, with a sentence between."""
    if rng.random() < 0.6:
        return [*one, link(), *other]
    cut, other_cut = len(one) // 2, len(other) // 2
    return [*one[:cut], link(), *other[:other_cut], *one[cut:], *other[other_cut:]]
