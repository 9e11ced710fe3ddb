"""Find loaded wording: labels, distancing, intensifiers; what all sides could say instead."""

from __future__ import annotations

from collections.abc import Container, Sequence
from itertools import takewhile

from cairn.claims.loaded import Loaded, find_loaded, is_headline
from cairn.claims.names import Names, antecedent, collect_names, fullest
from cairn.claims.scare_quotes import find_quoted, is_scare_quote
from cairn.claims.view import within
from cairn.lexicon import Lexicon
from cairn.records import Attribution, Framing, FramingKind, Mention, Reading, Token

LINKS = frozenset({"of", "the", "so-called"})
"""What may stand between a label and the name of the party behind it."""


def find_framing(reading: Reading, lexicon: Lexicon, names: Names | None = None) -> tuple[Framing, ...]:
    """Return the loaded wording of a document, with whose words it is and of whom it is said.

    The tree is not needed; word classes told by rules will do.

    Args:
        reading: the document with its marks.
        lexicon: words of the document's language.
        names: every name in it; collected when ``None``.

    Returns:
        In reading order; no two overlap.
    """
    names = names or collect_names(reading)
    dated = {at for mention in reading.moments for at in range(mention.span.start, mention.span.end)}
    found = []
    for sentence in reading.sentences:
        voices = within(sentence, reading.attributions)
        for each in _in_sentence(sentence.tokens, voices, lexicon):
            span = sentence.tokens[each.first].span.to(sentence.tokens[each.last - 1].span)
            speaking = [voice for voice in voices if voice.value.scope.overlaps(span)]
            found.append(
                Framing(
                    span=span,
                    kind=each.kind,
                    neutral=each.neutral,
                    quote=sentence.span,
                    speaker=_speaker(speaking[-1], reading, names, lexicon) if speaking else None,
                    named=_named(sentence.tokens, each, dated) if each.kind is FramingKind.LABEL else None,
                )
            )
    return tuple(found)


def _in_sentence(
    tokens: Sequence[Token], voices: Sequence[Mention[Attribution]], lexicon: Lexicon
) -> list[Loaded]:
    """Return what the lexicon knows to be loaded and what stands in scare quotes."""
    headline = is_headline(tokens)
    found = find_loaded(tokens, lexicon.framing, headline=headline)
    for quoted in find_quoted(tokens):
        inside = [each for each in found if each.first < quoted.last and quoted.first < each.last]
        spoken = any(voice.value.scope.overlaps(tokens[quoted.first].span) for voice in voices)
        scare = is_scare_quote(quoted, tokens, inside, lexicon.framing, spoken=spoken, headline=headline)
        neutral = " ".join(token.text for token in tokens[quoted.first : quoted.last])
        if inside:
            neutral = inside[0].neutral
        if scare:
            found = [each for each in found if each not in inside]
            found.append(Loaded(quoted.first - 1, quoted.last + 1, FramingKind.DISTANCING, neutral))
    return sorted(found, key=lambda each: each.first)


def _speaker(voice: Mention[Attribution], reading: Reading, names: Names, lexicon: Lexicon) -> str | None:
    """Return the fullest name of a voice; ``None`` for a pronoun of which nobody knows who it is."""
    speaker = voice.value.speaker
    if voice.value.pronoun:
        before = [other for other in reading.attributions if other.span.start < voice.span.start]
        found = antecedent(voice, before, reading, lexicon)
        if found is None:
            return None
        speaker = found
    return fullest(speaker, names, lexicon).words(reading.document.text)


def _named(tokens: Sequence[Token], label: Loaded, dated: Container[int]) -> str | None:
    """Return the name beside a label: before it ("the Velmar regime") or after it ("terrorists of X")."""

    def is_name(token: Token) -> bool:
        return token.pos in {"PROPN", "ADJ"} and token.text[0].isupper() and token.span.start not in dated

    behind = label.last
    while behind < len(tokens) and tokens[behind].lower in LINKS and behind - label.last < len(LINKS):
        behind += 1
    before = list(takewhile(is_name, reversed(tokens[1 : label.first])))[::-1]
    after = list(takewhile(is_name, tokens[behind:]))
    return " ".join(token.text for token in before or after) or None
