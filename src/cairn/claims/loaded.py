"""Find the wording that the lexicon knows to be loaded, where its conditions hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cairn.lexicon import ANY_NOUN, FramingWords, LoadedPhrase
from cairn.records import FramingKind, Token

BETWEEN = 3  # words that may stand between a loaded one and the noun it is said of
BETWEEN_LABEL = 2  # the same for labels, which stand closer
NEAR = 6  # tokens on either side within which a term of law makes a word one too
BESIDE = frozenset({"ADJ", "NOUN", "PROPN", "VERB", "ADV", "CCONJ", "NUM", "DET", "X"})
"""Classes that may stand between a loaded word and its noun; VERB for participles, DET after verbs."""
BESIDE_LABEL = frozenset({"ADJ", "NOUN", "PROPN", "X"})
NOMINAL = frozenset({"NOUN", "PROPN"})
HEADLINE = 0.6  # share of the longer words that have a capital, from which a line is a headline
LONG_WORD = 4  # letters; shorter words stay small in headlines


@dataclass(frozen=True, slots=True)
class Loaded:
    """Loaded wording over the tokens ``[first, last)`` of a sentence."""

    first: int
    last: int
    kind: FramingKind
    neutral: str


def find_loaded(tokens: Sequence[Token], known: FramingWords, *, headline: bool) -> list[Loaded]:
    """Return the loaded wording of one sentence in order, what is one phrase joined; none overlap."""
    return _joined(list(_matches(tokens, known, headline=headline)), tokens)


def is_headline(tokens: Sequence[Token]) -> bool:
    """Say whether a line is written with capitals throughout, so that they tell nothing."""
    words = [token.text for token in tokens if len(token.text) >= LONG_WORD and token.text[0].isalpha()]
    return bool(words) and sum(word[0].isupper() for word in words) >= HEADLINE * len(words)


def _matches(tokens: Sequence[Token], known: FramingWords, *, headline: bool) -> Iterator[Loaded]:
    index = 0
    while index < len(tokens):
        word = tokens[index].lower
        if "-" not in word and word not in known.phrases and word not in known.plain:
            index += 1
            continue
        plain = next((each for each in known.plain.get(word, ()) if _stands(tokens, index, each)), ())
        match = None if plain else _match(tokens, index, known, headline=headline)
        if match is not None:
            yield match
        index = match.last if match is not None else index + max(1, len(plain))


def _stands(tokens: Sequence[Token], index: int, words: tuple[str, ...]) -> bool:
    return tuple(token.lower for token in tokens[index : index + len(words)]) == words


def _match(tokens: Sequence[Token], index: int, known: FramingWords, *, headline: bool) -> Loaded | None:
    """Return the loaded wording that starts at a token, the longest whose conditions hold."""
    for phrase in known.phrases.get(tokens[index].lower, ()):
        end = index + len(phrase.words)
        if not _stands(tokens, index, phrase.words) or not _fits(tokens, index, end, phrase, headline):
            continue
        if phrase.unless and _near(tokens, index, end, known.heads[phrase.unless]):
            return None  # nor does any shorter phrase count
        if phrase.before is None:
            return Loaded(index, end, phrase.kind, phrase.neutral)
        head = _head(tokens, end, phrase, known)
        if head is not None:
            return _laid_on(tokens, index, end, head, phrase)
    return _compound(tokens, index, known)


def _fits(tokens: Sequence[Token], first: int, end: int, phrase: LoadedPhrase, headline: bool) -> bool:
    """Say whether capital, word class and the next word are as the phrase wants them."""
    name = phrase.lower and tokens[first].text[0].isupper() and not headline
    if name and _opens(tokens, first):
        name = tokens[first].pos == "PROPN"
    noun = phrase.alone and end < len(tokens) and tokens[end].pos in {*NOMINAL, "ADJ"}
    return not name and not noun and (not phrase.verb or tokens[first].pos in {"VERB", "X"})


def _head(tokens: Sequence[Token], end: int, phrase: LoadedPhrase, known: FramingWords) -> int | None:
    """Return the noun that a loaded word is said of, when it is one that the phrase asks for."""
    if phrase.before == ANY_NOUN:
        return end if end < len(tokens) and tokens[end].pos in NOMINAL else None
    heads, label = known.heads[phrase.before or ""], phrase.kind is FramingKind.LABEL
    between, beside = (BETWEEN_LABEL, BESIDE_LABEL) if label else (BETWEEN, BESIDE)
    for index in range(end, min(len(tokens), end + between + 1)):
        if tokens[index].lower in heads and tokens[index].pos != "VERB":
            return index
        if tokens[index].pos not in beside:
            return None
    return None


def _laid_on(tokens: Sequence[Token], first: int, end: int, head: int, phrase: LoadedPhrase) -> Loaded:
    """Return a loaded word with its noun; of a label right before a party, the party is shown with it."""
    if phrase.kind is not FramingKind.LABEL or phrase.before == ANY_NOUN or head != end:
        return Loaded(first, end, phrase.kind, phrase.neutral)
    neutral = f"{phrase.neutral} {tokens[head].text}".strip()
    return Loaded(first, head + 1, phrase.kind, neutral)


def _opens(tokens: Sequence[Token], index: int) -> bool:
    """Say whether a token is the first word of its sentence."""
    return not any(token.text[0].isalnum() for token in tokens[:index])


def _near(tokens: Sequence[Token], first: int, end: int, words: frozenset[str]) -> bool:
    around = (*tokens[max(0, first - NEAR) : first], *tokens[end : end + NEAR])
    return any(token.lower in words for token in around)


def _compound(tokens: Sequence[Token], index: int, known: FramingWords) -> Loaded | None:
    """Return a word with a loaded part: "regime-held"."""
    parts = tokens[index].lower.split("-")
    if len(parts) < 2 or not known.parts.keys() & parts:
        return None
    neutral = "-".join(known.parts.get(part, part) for part in parts)
    return Loaded(index, index + 1, FramingKind.LABEL, neutral)


def _joined(found: list[Loaded], tokens: Sequence[Token]) -> list[Loaded]:
    """Join what is one phrase: "Takfiri terrorists", "Takfiri X terrorists", "cruel and heinous crime"."""
    joined: list[Loaded] = []
    for each in found:
        before = joined[-1] if joined else None
        if before is not None and before.kind is each.kind and _one_phrase(tokens, before, each):
            between = [token.text for token in tokens[before.last : each.first]]
            parts = [before.neutral, *(between if before.neutral or between != ["and"] else ()), each.neutral]
            neutral = " ".join(part for part in parts if part)
            joined[-1] = Loaded(before.first, each.last, each.kind, neutral)
        else:
            joined.append(each)
    return joined


def _one_phrase(tokens: Sequence[Token], before: Loaded, after: Loaded) -> bool:
    """Say whether nothing stands between two, or for labels one name, or for intensifiers "and"."""
    between = tokens[before.last : after.first]
    if before.kind is FramingKind.LABEL:
        return not between or (len(between) == 1 and between[0].pos in NOMINAL)
    return not between or [token.lower for token in between] == ["and"]
