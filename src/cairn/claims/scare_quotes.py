"""Tell scare quotes from quoted speech and quoted names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cairn.claims.loaded import Loaded
from cairn.lexicon import FramingWords
from cairn.records import FramingKind, Token

CLOSING = {"“": "”", "‘": "’", "«": "»", '"': '"', "'": "'", "„": "“"}
LONGEST = 3  # words; longer stretches are speech
BEFORE = 4  # tokens before the marks in which naming and judging are heard


@dataclass(frozen=True, slots=True)
class Quoted:
    """A short stretch in quotation marks, over the tokens ``[first, last)`` between the marks."""

    first: int
    last: int


def find_quoted(tokens: Sequence[Token]) -> Iterator[Quoted]:
    """Yield the stretches of at most ``LONGEST`` words in marks that touch them, in order."""
    for index, token in enumerate(tokens[:-2]):
        close = CLOSING.get(token.text)
        if close is None or tokens[index + 1].span.start != token.span.end:
            continue
        if index and tokens[index - 1].span.end == token.span.start and tokens[index - 1].text[-1].isalnum():
            continue  # a closing mark
        for end in range(index + 2, min(len(tokens), index + LONGEST + 3)):
            if tokens[end].text == close and tokens[end - 1].span.end == tokens[end].span.start:
                last = end - 1 if not tokens[end - 1].text[0].isalnum() else end
                if last - index - 1 in range(1, LONGEST + 1):
                    yield Quoted(index + 1, last)
                break


def is_scare_quote(
    quoted: Quoted,
    tokens: Sequence[Token],
    inside: Sequence[Loaded],
    known: FramingWords,
    *,
    spoken: bool,
    headline: bool,
) -> bool:
    """Say whether marks keep off from a word rather than give somebody's words or a name.

    Args:
        quoted: the stretch.
        tokens: of its sentence.
        inside: loaded wording that overlaps it.
        known: loaded wording of the language.
        spoken: it stands in what a voice answers for.
        headline: capitals tell nothing.
    """
    words = tokens[quoted.first : quoted.last]
    if " ".join(word.text for word in words) in known.contested:
        return True
    if len(words) == LONGEST:
        return False  # so many are somebody's own, unless they are known to be disputed
    if words[0].text in known.contested:
        return True
    before = [token.lower for token in tokens[max(0, quoted.first - 1 - BEFORE) : quoted.first - 1]]
    named = any(word in known.naming for word in before)
    infinitive = words[-1].pos == "VERB" and before[-1:] == ["to"]
    if inside:
        # A label in marks is kept off from; an intensifier in marks is somebody's judgement still.
        label = inside[0].kind is FramingKind.LABEL and inside[0].last <= quoted.last
        return (label and not named) or infinitive
    capital = any(word.text[0].isupper() for word in words) and not headline and quoted.first > 1
    if named or capital or _judged(before, known):
        return False
    predicate = spoken and quoted.first > 1 and tokens[quoted.first - 2].pos == "AUX"
    return infinitive or (
        not predicate and _kept_off(words, tokens[quoted.last + 1 :], before, spoken=spoken)
    )


def _judged(before: Sequence[str], known: FramingWords) -> bool:
    """Say whether a judgement follows, which is quoted for its own sake: "called it", "described it as"."""
    return before[-1:] != ["so-called"] and (
        any(word in known.judging for word in before[-1:])
        or (before[-1:] == ["as"] and any(word in known.judging for word in before))
    )


def _kept_off(words: Sequence[Token], after: Sequence[Token], before: Sequence[str], *, spoken: bool) -> bool:
    """Say whether words by themselves are likelier disputed than spoken.

    One noun mostly is; an adjective is a judgement unless nobody speaks and its noun follows; two words are
    somebody's own unless nobody speaks and no article points at them.
    """
    last = words[-1].pos
    if len(words) == 1 and last == "NOUN":
        return True
    if spoken:
        return False
    if len(words) == 1:
        return last == "ADJ" and bool(after) and after[0].pos in {"NOUN", "PROPN"}
    return last == "NOUN" and before[-1:] not in (["the"], ["a"], ["an"], ["as"]) and words[0].pos != "NUM"
