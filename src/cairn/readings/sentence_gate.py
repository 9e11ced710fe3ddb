"""Tell the sentences that can hold neither a claim nor an event nor an attribution, before any is parsed.

The gate errs to one side: a sentence passes for any one sign, and only one without all of them is left
unparsed. It asks the lexicon and the writing; it knows no report.
"""

from __future__ import annotations

from collections.abc import Sequence

from cairn.lexicon import Lexicon
from cairn.records import Sentence, Token

QUOTES = frozenset('"“”„«»‘')
"""Marks that open or close another's words; the straight single one is an apostrophe more often."""


def passes(sentence: Sentence, lexicon: Lexicon) -> bool:
    """Say whether a sentence may hold a claim, an event or an attribution, and is worth parsing.

    Signs are a figure, a number word, a word of harm, of people, of a means, an attack or another act, a verb
    of saying or another frame of attribution, a quotation mark, and a capital beyond the first word: whoever
    acts or is named has one. In a sentence of small letters the words must tell.

    Args:
        sentence: as it was cut; its tokens need no class.
        lexicon: words of its language.
    """
    tokens = sentence.tokens
    words = [token.lower for token in tokens]
    return (
        _has_name(tokens)
        or any(_is_sign(word, lexicon) for word in words)
        or _has_harm(words, lexicon)
        or _has_phrase(words, lexicon)
    )


def _has_name(tokens: Sequence[Token]) -> bool:
    """Say whether a word beyond the first one has a capital."""
    words = [token.text for token in tokens if token.text[0].isalpha()]
    return any(word != word.lower() for word in words[1:])


def _is_sign(word: str, lexicon: Lexicon) -> bool:
    """Say whether one word is a sign by itself."""
    means, people, quantities = lexicon.means, lexicon.people, lexicon.quantities
    return (
        any(letter.isdigit() for letter in word)
        or word[0] in QUOTES
        or word in lexicon.harms.lives_nouns
        or word in lexicon.speech.verbs
        or word in people.singular
        or word in people.plural
        or word in means.events
        or word in means.doing
        or word in means.clashing
        or word in lexicon.events.signs
        or (word,) in means.means
        or any(part in quantities.numbers or part in quantities.scales for part in word.split("-"))
    )


def _has_harm(words: Sequence[str], lexicon: Lexicon) -> bool:
    """Say whether all words of an expression of harm are there, wherever they stand: "took them hostage"."""
    there = frozenset(words)
    return any(
        there.issuperset(phrase.words) for word in there for phrase in lexicon.harms.phrases.get(word, ())
    )


def _has_phrase(words: Sequence[str], lexicon: Lexicon) -> bool:
    """Say whether a phrase of one or more words is a sign: "a number of", "according to"."""
    text = f" {' '.join(words)} "
    quantities = lexicon.quantities
    phrases = (*quantities.vague, *quantities.exact, *quantities.fractions)
    frames = (" ".join(frame) for known in lexicon.speech.according.values() for frame in known)
    return any(f" {phrase} " in text for phrase in (*phrases, *frames))
