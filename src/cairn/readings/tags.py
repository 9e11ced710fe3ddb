"""Tell word classes apart by list, ending and neighbours; a trained tagger can stand in its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cairn.lexicon import Form, Lexicon
from cairn.records import Sentence, Token

NOUN_ENDINGS = (
    "tion",
    "sion",
    "ment",
    "ness",
    "ity",
    "ism",
    "ship",
    "hood",
    "ance",
    "ence",
    "ers",
    "ors",
    "ists",
    "ians",
)
ADJECTIVE_ENDINGS = (
    "al",
    "ous",
    "ive",
    "ful",
    "less",
    "able",
    "ible",
    "ern",
    "-old",
    "-held",
    "-based",
    "-backed",
    "-led",
    "-run",
    "-controlled",
    "-affiliated",
    "-linked",
    "-wide",
)
OPENS_NOUN = frozenset({"DET", "ADJ", "NUM", "ADP", "POSS"})
"""After one of these, a word that can be noun or verb is a noun."""


def tag_sentences(sentences: Sequence[Sentence], lexicon: Lexicon) -> tuple[Sentence, ...]:
    """Return the same sentences with a UPOS name on every token.

    In a sentence written in capitals throughout, or with a capital on nearly every word (a headline),
    capitals say nothing about names, and known common words keep their class.
    """
    return tuple(replace(sentence, tokens=_tag(sentence.tokens, lexicon)) for sentence in sentences)


def _tag(tokens: tuple[Token, ...], lexicon: Lexicon) -> tuple[Token, ...]:
    letters = [token.text for token in tokens if token.text[:1].isalpha()]
    capitals = sum(word[:1].isupper() for word in letters)
    loud = len(letters) > 3 and capitals > 0.7 * len(letters)
    tags: list[str] = []
    for index in range(len(tokens)):
        tags.append(_class(tokens, index, tags, lexicon, loud=loud))
    return tuple(replace(token, pos=pos) for token, pos in zip(tokens, tags, strict=True))


def _class(
    tokens: tuple[Token, ...], index: int, tags: Sequence[str], lexicon: Lexicon, *, loud: bool
) -> str:
    token = tokens[index]
    word = token.lower
    before = tags[-1] if tags else "START"
    if before == "PART" and tokens[index - 1].lower in {"'s", "'"}:
        before = "POSS"
    if not word[:1].isalnum():
        return "PART" if word == "'s" else "PUNCT"
    if word[0].isdigit() or _is_number_word(word, lexicon):
        return "NUM"
    closed = _closed(tokens, index, before, lexicon)
    if closed:
        return closed
    named = token.text[:1].isupper() and not loud and (index > 0 and before != "PUNCT")
    verb = lexicon.grammar.verbs.get(word)
    if named and not (verb and before in {"AUX"}):
        return "PROPN"
    if verb and _is_verb(tokens, index, before, verb[1], lexicon):
        return "VERB"
    return _open_class(word, token, before, lexicon, initial=not named and not loud)


def _is_number_word(word: str, lexicon: Lexicon) -> bool:
    numbers = lexicon.quantities.numbers
    return all(part in numbers for part in word.split("-")) or word in {
        "dozen",
        "hundred",
        "thousand",
        "million",
    }


def _closed(tokens: tuple[Token, ...], index: int, before: str, lexicon: Lexicon) -> str | None:
    """Return the class of a grammatical word, or ``None`` for an open-class one."""
    word = tokens[index].lower
    classes = lexicon.grammar.closed.get(word)
    if classes is None:
        return None
    after = tokens[index + 1].lower if index + 1 < len(tokens) else ""
    if word == "to" and after in lexicon.grammar.verbs and Form.BASE in lexicon.grammar.verbs[after][1]:
        return "PART"
    if word == "may" and tokens[index].text == "May" and (before in {"ADP", "NUM"} or after[:1].isdigit()):
        return "PROPN"
    if word == "that" and before in {"VERB", "NOUN", "PROPN", "PRON"}:
        return "SCONJ"
    if word in {"as", "after", "before", "since", "until"}:
        return "ADP"
    return classes[0]


def _is_verb(
    tokens: tuple[Token, ...], index: int, before: str, forms: frozenset[Form], lexicon: Lexicon
) -> bool:
    """Tell "attacks the town" from "the attacks"."""
    word = tokens[index].lower
    after = tokens[index + 1].lower if index + 1 < len(tokens) else ""
    object_follows = lexicon.grammar.closed.get(after, ("",))[0] in {"DET", "PRON"} or after[:1].isdigit()
    if forms & {Form.PAST, Form.PARTICIPLE} and not forms & {Form.BASE}:
        # "the wounded", "two injured", "killed soldiers": participles in front of or as nouns.
        return not (before in {"DET", "NUM", "POSS"} and word not in {"said", "told"})
    if Form.GERUND in forms:
        return before not in {"DET", "ADJ", "POSS"}
    if before in {"PART", "AUX", "PRON"}:
        return True
    if before in OPENS_NOUN:
        return False
    return object_follows or (before in {"NOUN", "PROPN", "ADV"} and bool(forms & {Form.PAST, Form.THIRD}))


def _open_class(word: str, token: Token, before: str, lexicon: Lexicon, *, initial: bool) -> str:
    """Guess noun, adjective, adverb or verb from the ending."""
    if word.endswith("ly") and len(word) > 4:
        return "ADV"
    if word in lexicon.people.plural or word in lexicon.people.singular or word in lexicon.people.things:
        return "NOUN"
    if word.endswith(NOUN_ENDINGS):
        return "NOUN"
    if word.endswith(ADJECTIVE_ENDINGS):
        return "ADJ"
    if word.endswith("ed") and len(word) > 4 and before not in OPENS_NOUN:
        return "VERB"
    if initial and token.text[:1].isupper():
        return "PROPN"
    return "NOUN"
