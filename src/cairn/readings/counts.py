"""Find the phrases that say how many, with the bound that their words carry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cairn.lexicon import Quantities
from cairn.readings.numerals import Numeral, read_numeral
from cairn.records import Count, Mention, Sentence, Span, Token, exactly

RANGE_WORDS = frozenset({"-", "–", "—", "to", "or"})
LIST_WORDS = frozenset({",", "and", "or", "to", "-", "–"})
WIDEST_RANGE = 20  # times the lower end; "5 - 2,000" are two figures and not a range
SMALLEST_SCALE = 2  # lowest number meant by "several", which amends nothing
CHANGE_REACH = 4  # words between "rose" and "from": "rose sharply on Friday from"
LONGEST_PHRASE = 5  # words in the longest hedge or vague quantity of the lexicon


@dataclass(frozen=True, slots=True)
class _Found:
    """A quantity over tokens ``[first, last)`` before its hedges are read."""

    first: int
    last: int
    count: Count
    vague: bool = False


def find_counts(
    sentences: Sequence[Sentence], taken: Sequence[Span], quantities: Quantities
) -> tuple[Mention[Count], ...]:
    """Find every phrase that says how many, of whatever; articles alone are no quantity here.

    "At least a dozen" is one mention of 12 or more. Money, measures, ages, ordinals, labels ("Article 5")
    and whatever stands inside ``taken`` are left alone.

    Args:
        sentences: of one document.
        taken: spans already read as something else: dates come before numbers.
        quantities: number words and hedges of the language.

    Returns:
        Mentions in reading order, never overlapping; counts are of whole persons or things. A mention
        covers the number with its hedges and a determiner before them ("the two").
    """
    starts = {position for span in taken for position in range(span.start, span.end)}
    mentions: list[Mention[Count]] = []
    for sentence in sentences:
        tokens = sentence.tokens
        words = tuple(token.lower for token in tokens)
        free = tuple(token.span.start not in starts for token in tokens)
        reached = 0
        for found in _quantities(words, tokens, free, quantities):
            if found.first < reached:
                continue
            mention = _hedged(words, tokens, free, found, reached, quantities)
            reached = found.last
            if mention:
                mentions.append(mention)
                reached = max(reached, _index_after(tokens, mention.span))
    return tuple(mentions)


def _index_after(tokens: Sequence[Token], span: Span) -> int:
    return sum(token.span.end <= span.end for token in tokens)


def _quantities(
    words: tuple[str, ...], tokens: Sequence[Token], free: Sequence[bool], quantities: Quantities
) -> Iterator[_Found]:
    """Yield bare quantities from left to right."""
    index = 0
    while index < len(words):
        if not _may_open(words[index], quantities):
            index += 1
            continue
        hedge = _match(words, index, quantities.before)
        after_hedge = index + len(hedge.split()) if hedge else index
        if hedge and read_numeral(words, after_hedge, quantities):
            # "some 20", "no fewer than 12": the words bound the number and are no quantity themselves.
            index = after_hedge
        found = free[index] and (
            _share(words, index, quantities)
            or _scaled_few(words, index, quantities)
            or _listed(words, index, quantities)
            or _number(words, tokens, index, free, quantities)
        )
        if found:
            yield found
            index = found.last
        else:
            index += 1


def _may_open(word: str, quantities: Quantities) -> bool:
    """Say whether a quantity or its hedge may start with a word: most words need no closer look."""
    return word in quantities.openings or word[0].isdigit() or word.partition("-")[0] in quantities.openings


def _match(words: Sequence[str], index: int, phrases: Mapping[str, object] | frozenset[str]) -> str | None:
    """Return the longest of ``phrases`` that starts at ``index``."""
    for length in range(min(LONGEST_PHRASE, len(words) - index), 0, -1):
        phrase = " ".join(words[index : index + length])
        if phrase in phrases:
            return phrase
    return None


def _listed(words: tuple[str, ...], index: int, quantities: Quantities) -> _Found | None:
    """Read a quantity that the lexicon lists whole: "dozens", "a couple of", "no"."""
    exact = _match(words, index, quantities.exact)
    if exact:
        return _Found(index, index + len(exact.split()), exactly(quantities.exact[exact]))
    vague = _match(words, index, quantities.vague)
    if vague:
        last = _amended(words, index + len(vague.split()), quantities)
        return _Found(index, last, Count(low=quantities.vague[vague], approx=True), vague=True)
    zero = _match(words, index, quantities.zero)
    if zero:
        return _Found(index, index + len(zero.split()), exactly(0))
    return None


def _amended(words: tuple[str, ...], index: int, quantities: Quantities) -> int:
    """Return the index after ", if not thousands,": an amendment of a vague quantity leaves it standing."""
    comma = words[index : index + 1] == (",",)
    amending = _match(words, index + comma, quantities.amending)
    if not amending:
        return index
    start = index + comma + len(amending.split())
    higher = _match(words, start, quantities.vague)
    if not higher or quantities.vague[higher] <= SMALLEST_SCALE:
        return index
    last = start + len(higher.split())
    return last + (comma and words[last : last + 1] == (",",))


def _scaled_few(words: tuple[str, ...], index: int, quantities: Quantities) -> _Found | None:
    """Read "several hundred", "a few thousand": at least two of the scale."""
    vague = _match(words, index, quantities.vague)
    after = index + len(vague.split()) if vague else index
    if vague and quantities.vague[vague] == 2 and words[after : after + 1]:
        scale = quantities.scales.get(words[after])
        if scale and scale > 1 and words[after] != "score" and len(words[after]) > 2:
            return _Found(index, after + 1, Count(low=2 * scale, approx=True), vague=True)
    return None


def _share(words: tuple[str, ...], index: int, quantities: Quantities) -> _Found | None:
    """Read a share of people: "half of", "two thirds of", "40 per cent of"."""
    numeral = read_numeral(words, index, quantities)
    after = numeral.last if numeral else index
    if numeral and (percent := _match(words, after, quantities.percent)) and 0 < numeral.value <= 100:
        last = after + len(percent.split())
        return _Found(index, last, Count(approx=True, fraction=round(numeral.value / 100, 4)), vague=True)
    if not numeral and words[index] in {"a", "an"}:
        after = index + 1
    if after < len(words) and words[after] in quantities.fractions:
        times = numeral.value if numeral else 1
        fraction = times * quantities.fractions[words[after]]
        of_group = words[after + 1 : after + 2] in (("of",), ("the",), ("its",), ("their",))
        of_number = words[after + 1 : after + 3] == ("of", "a")
        if of_group and not of_number and fraction <= 1:
            return _Found(index, after + 1, Count(approx=True, fraction=round(fraction, 4)), vague=True)
    return None


def _number(
    words: tuple[str, ...],
    tokens: Sequence[Token],
    index: int,
    free: Sequence[bool],
    quantities: Quantities,
) -> _Found | None:
    """Read a number or a range of numbers that counts something."""
    hyphened = _hyphened(words, index, quantities)
    if hyphened:
        return hyphened
    numeral = read_numeral(words, index, quantities)
    if not numeral or _labels_something(words, tokens, index, numeral, quantities):
        return None
    span = _range(words, index, numeral, free, quantities)
    if span is None and not numeral.whole:
        return None
    found = span or _Found(index, numeral.last, exactly(numeral.value))
    return None if words[found.last : found.last + 1] and words[found.last] in quantities.units else found


def _hyphened(words: tuple[str, ...], index: int, quantities: Quantities) -> _Found | None:
    """Read a number that carries its hedge: "30-plus", "sixty-odd"."""
    number, _, hedge = words[index].rpartition("-")
    numeral = read_numeral((number,), 0, quantities) if number else None
    kind = quantities.after.get(hedge)
    if not numeral or kind is None or kind == "neutral":
        return None
    return _Found(index, index + 1, bounded(exactly(numeral.value), [kind]))


def _range(
    words: tuple[str, ...], index: int, numeral: Numeral, free: Sequence[bool], quantities: Quantities
) -> _Found | None:
    """Read the range that opens with ``numeral``; "rose from 12 to 19" is two numbers."""
    between = words[index - 1 : index] == ("between",)
    joint = words[numeral.last : numeral.last + 1]
    if not joint or not (joint[0] in RANGE_WORDS or (between and joint[0] == "and")):
        return None
    if joint[0] == "to" and words[index - 1 : index] == ("from",) and _changes(words, index - 1, quantities):
        return None
    top = read_numeral(words, numeral.last + 1, quantities)
    if not top or not free[top.first] or not top.whole:
        return None
    low = _sharing_scale(words, numeral, top, quantities)
    if low is None and numeral.whole and numeral.value < top.value <= WIDEST_RANGE * numeral.value:
        low = numeral.value
    if low is None:
        return None
    return _Found(index - 1 if between else index, top.last, Count(low=low, high=top.value))


def _changes(words: tuple[str, ...], index: int, quantities: Quantities) -> bool:
    """Say whether a word for a change stands before "from"."""
    return any(word in quantities.changes for word in words[max(0, index - CHANGE_REACH) : index])


def _sharing_scale(
    words: tuple[str, ...], numeral: Numeral, top: Numeral, quantities: Quantities
) -> int | None:
    """Return the lower end of "one to two million", which is told without its scale."""
    scale = quantities.scales.get(words[top.last - 1], 1000 if words[top.last - 1].endswith(",000") else 1)
    if scale < 12 or numeral.last - numeral.first > 1:
        return None
    word = words[numeral.first]
    bare = float(word) if word.replace(".", "", 1).isdecimal() else numeral.value
    return round(bare * scale) if bare * scale < top.value else None


PASSED = frozenset({"this", "that", "last", "next", "same", "previous", "past", "every", "each"})
"""Words before "week" or "day" that make it a time of its own: "last week 6 guards were killed"."""
SHARED = frozenset({"both", "each"})
"""Words before an age that several have."""


def _labels_something(
    words: tuple[str, ...], tokens: Sequence[Token], index: int, numeral: Numeral, quantities: Quantities
) -> bool:
    """Tell money, ages and labels from counts."""
    before = words[index - 1] if index else ""
    after = words[numeral.last] if numeral.last < len(words) else ""
    passed = before in quantities.units and index > 1 and words[index - 2] in PASSED
    if before in quantities.currency or (before in quantities.labels and not passed):
        return True
    if index > 1 and words[index - 2] == "who" and before in {"is", "was"}:
        return True  # "who was 50"
    if _in_labelled_list(words, index, quantities):
        return True
    if before in {"-", "–"} and index > 1 and words[index - 2][-1:].isalnum():
        apart = tokens[index - 2].span.end < tokens[index - 1].span.start
        spaced = apart and tokens[index - 1].span.end < tokens[index].span.start
        return not spaced and not words[index - 2].isdigit()  # "JOS - Six men": a dash after a place
    # An age stands between commas after a name or a person: "A. Person, 47, was held".
    if before in SHARED and words[index - 2 : index - 1] == (",",) and after in {",", ")", "."}:
        return numeral.value < 120  # "Roe and Poe, both 27, were held"
    age = numeral.value < 120 and before in {",", "("} and after in {",", ")", ".", ";", "years", "-year-old"}
    return age and index > 1 and (tokens[index - 2].text[:1].isupper() or after == ",")


def _in_labelled_list(words: tuple[str, ...], index: int, quantities: Quantities) -> bool:
    """Say whether the number goes on a list under one label: "aged nine and 11"."""
    position = index - 1
    while position > 0 and words[position] in LIST_WORDS:
        position -= 1
        if words[position] == ",":
            position -= 1
        if read_numeral(words, position, quantities) is None:
            return False
        position -= 1
    return position < index - 1 and words[position] in quantities.list_labels


def _hedged(
    words: tuple[str, ...],
    tokens: Sequence[Token],
    free: Sequence[bool],
    found: _Found,
    reached: int,
    quantities: Quantities,
) -> Mention[Count] | None:
    """Read the hedges around a quantity and return it with its bounds."""
    kinds: list[str] = []
    first, last = found.first, found.last
    if words[last : last + 1] == ("(",) and words[last + 2 : last + 3] == (")",):
        again = read_numeral(words, last + 1, quantities)
        last += 3 if again and exactly(again.value) == found.count else 0
    while first > reached:
        if words[first - 1] == "," and words[first - 2 : first - 1] == ("least",):
            first -= 1
        for length in range(min(LONGEST_PHRASE, first - reached), 0, -1):
            kind = quantities.before.get(" ".join(words[first - length : first]))
            if kind and all(free[first - length : first]):
                kinds.append(kind)
                first -= length
                break
        else:
            break
    following = _match(words, last, quantities.after)
    if following:
        kind = quantities.after[following]
        # "12 others", "12 more": the words belong to the noun phrase, not to the number.
        if kind != "neutral":
            kinds.append(kind)
            last += len(following.split())
    if first and words[first - 1] in quantities.list_labels:
        return None  # "aged about 20"
    span = tokens[first].span.to(tokens[last - 1].span)
    return Mention(span=span, value=bounded(found.count, kinds))


def bounded(count: Count, kinds: Sequence[str]) -> Count:
    """Return a plain number with the bound of its strongest hedge; vague counts and ranges stay."""
    number = count.low
    if count.fraction is not None or count.approx or not number or number != count.high:
        return count
    if "at_least" in kinds:
        return Count(low=number)
    if "at_most" in kinds:
        return Count(high=number)
    if "below" in kinds:
        return Count(high=max(0, number - 1))
    return Count(low=number, high=number, approx=True) if "about" in kinds else count
