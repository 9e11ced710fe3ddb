"""Find the names of persons, with the title, trade or role told before them."""

from __future__ import annotations

from collections.abc import Sequence

from cairn.lexicon import Lexicon
from cairn.readings.groups import AGE, head_groups, is_people_name, phrase_groups
from cairn.readings.persons_harmed import suffers
from cairn.readings.persons_phrase import read_noun
from cairn.records import Group, Mention, Persons, PersonsKind, Sentence, Token, exactly

PARTICLES = frozenset(
    [
        "al",
        "el",
        "bin",
        "ibn",
        "bint",
        "de",
        "da",
        "del",
        "della",
        "di",
        "dos",
        "du",
        "la",
        "le",
        "van",
        "von",
        "der",
        "den",
        "abu",
        "ul",
        "ur",
    ]
)
APPOSING = frozenset({"a", "an", "the", "his", "her"})
LED = frozenset({"in", "at", "near", "the", "-"})
MODIFYING = frozenset({"compound", "amod", "det", "nummod", "case:loc"})
"""What hangs before a name that is the name of no person."""
LONGEST_AGE = 2  # digits
LONGEST_ROLE = 5  # words before a name that tell who it is: "former opposition party leader"


def find_name(
    tokens: Sequence[Token], index: int, covered: set[int], surnames: frozenset[str], lexicon: Lexicon
) -> tuple[Mention[Persons], int] | None:
    """Read a person's name at ``index``, with the title or role before it ("journalist Jane Roe").

    Args:
        tokens: of one sentence.
        index: where the phrase may start.
        covered: characters of places, dates and bodies.
        surnames: words that name a person when they stand alone, see ``find_surnames``.
        lexicon: titles and nouns for people.

    Returns:
        The mention and the token after it.
    """
    start = index
    titled = tokens[index].lower in lexicon.grammar.titles
    if (harmed := _harmed_end(tokens, index, covered, lexicon)) is not None:
        span = tokens[index].span.to(tokens[harmed - 1].span)
        value = Persons(count=exactly(1), kind=PersonsKind.NAMED, noun=span, groups=(), certain=False)
        return Mention(span=span, value=value), harmed
    name = _after_role(tokens, index, covered, lexicon)
    if name is None and titled:
        name = index + 1
        if name < len(tokens) and tokens[name].text == ".":
            name += 1
    trade = name is not None
    index = name if name is not None else index
    last = name_end(tokens, index, covered, lexicon)
    if last is None or (index == start and start > 0 and tokens[start - 1].text == "-"):
        return None
    if tuple(token.lower for token in tokens[index:last]) in lexicon.people.movements:
        return None  # a movement with a man's name
    known = trade or last - index > 1 or tokens[index].text in surnames
    if not (known or _is_told_apart(tokens, index, last, lexicon) or _is_harmed(tokens, index, lexicon)):
        return None
    told = phrase_groups(tokens, start, index, lexicon) if trade else ()
    if titled:
        told = _titled(tokens[start].lower, told, lexicon)
    persons = Persons(
        count=exactly(1),
        kind=PersonsKind.NAMED,
        noun=tokens[start if titled else index].span.to(tokens[last - 1].span),
        groups=told,
        certain=trade,
    )
    return Mention(span=tokens[start].span.to(tokens[last - 1].span), value=persons), last


def _is_told_apart(tokens: Sequence[Token], index: int, last: int, lexicon: Lexicon) -> bool:
    """Say whether what follows a lone word shows that it is a person: ", the bishop of Jos,", ", 47,"."""
    if not _is_parsed(tokens[index]) or last + 2 >= len(tokens) or tokens[last].text != ",":
        return False
    after = tokens[last + 1]
    if after.text.isdecimal():
        return len(after.text) <= LONGEST_AGE and tokens[last + 2].text == ","
    if after.lower not in APPOSING:
        return False
    noun = read_noun(tokens, last + 2, lexicon)
    return noun is not None and noun.certain and tokens[noun.last - 1].lower in lexicon.people.singular


def _is_harmed(tokens: Sequence[Token], index: int, lexicon: Lexicon) -> bool:
    """Say whether the lone word is what the reading model names a person, and suffers what only people do."""
    return _is_person(tokens[index]) and suffers(tokens, index, lexicon)


def _harmed_end(tokens: Sequence[Token], index: int, covered: set[int], lexicon: Lexicon) -> int | None:
    """Return the end of a name that the model takes for a place, of whom a harm is told that people suffer.

    "The arrest of Roe" names a person even where a village is called Roe.
    """
    token = tokens[index]
    if not _is_parsed(token) or token.pos != "PROPN" or token.name[2:] != "LOC":
        return None
    if not token.text.istitle() or token.span.start in covered or not suffers(tokens, index, lexicon):
        return None
    before = tokens[index - 1] if index else None
    if before is not None and (before.lower in LED or (before.dep in MODIFYING and before.head == index)):
        return None
    last = index + 1
    while last < len(tokens) and tokens[last].dep == "flat" and tokens[last].head == index:
        last += 1
    following = tokens[last] if last < len(tokens) else None
    if following is not None and following.text == "-":
        return None
    return None if any(t.head == index and t.dep in MODIFYING for t in tokens[:index]) else last


def find_surnames(sentences: Sequence[Sentence], covered: set[int], lexicon: Lexicon) -> frozenset[str]:
    """Return the parts of full or titled names: only these name a person when they stand alone."""
    found: set[str] = set()
    for sentence in sentences:
        tokens = sentence.tokens
        index = 0
        while index < len(tokens):
            last = name_end(tokens, index, covered, lexicon)
            stop = index - 1 if index and tokens[index - 1].text == "." else index
            titled = stop > 0 and tokens[stop - 1].lower in lexicon.grammar.titles
            if last is not None and (2 <= last - index <= 5 or titled):
                parts = tokens[index:last]
                shortest = 2 if _is_parsed(tokens[index]) else 3  # a tagger tells "Xu" from an initial
                found |= {part.text for part in parts if len(part.text) >= shortest}
            index = max(last or 0, index + 1)
    return frozenset(found)


def name_end(tokens: Sequence[Token], index: int, covered: set[int], lexicon: Lexicon) -> int | None:
    """Return the index after the personal name that starts at ``index``, or ``None``.

    In a parsed sentence a name is what the reading model names a person; elsewhere it is a run of words
    with a capital that no list knows better.
    """
    if index >= len(tokens):
        return None
    if _is_parsed(tokens[index]):
        return _tagged_end(tokens, index, lexicon)
    return _capital_end(tokens, index, covered, lexicon)


def _is_parsed(token: Token) -> bool:
    return token.head is not None


def _is_person(token: Token) -> bool:
    return token.name.endswith("-PER")


def _tagged_end(tokens: Sequence[Token], index: int, lexicon: Lexicon) -> int | None:
    """Return the end of the run of tokens that the model names one person; a title opens no name."""
    if not _is_person(tokens[index]) or tokens[index].lower in lexicon.grammar.titles:
        return None
    before = index - 1
    while before >= 0 and tokens[before].text == ".":
        before -= 1
    inside = before >= 0 and tokens[index].name == "I-PER" and _is_person(tokens[before])
    if inside and tokens[before].lower not in lexicon.grammar.titles:
        return None
    last = index + 1
    while last < len(tokens):
        bridged = (
            tokens[last].text in {".", "-"} and last + 1 < len(tokens) and tokens[last + 1].name == "I-PER"
        )
        if not (tokens[last].name == "I-PER" or bridged):
            break
        last += 1
    return last if tokens[index].text[:1].isupper() or last > index + 1 else None


def _capital_end(tokens: Sequence[Token], index: int, covered: set[int], lexicon: Lexicon) -> int | None:
    """Return the end of a run of words with a capital."""
    last = index
    while last < len(tokens):
        token = tokens[last]
        particle = token.lower in PARTICLES and last > index and last + 1 < len(tokens)
        initial = token.text == "." and last > index and len(tokens[last - 1].text) == 1
        shouted = token.text.isupper() and len(token.text) > 3
        named = (
            token.text[:1].isupper()
            and token.pos == "PROPN"
            and not shouted
            and token.span.start not in covered
        )
        if named and (token.lower in lexicon.speech.bodies or token.lower in lexicon.speech.relays):
            return None
        if not (named or particle or initial or (token.lower.startswith(("al-", "el-")) and last > index)):
            break
        last += 1
    while last > index and tokens[last - 1].lower in PARTICLES:
        last -= 1
    return last if last > index else None


def _after_role(tokens: Sequence[Token], index: int, covered: set[int], lexicon: Lexicon) -> int | None:
    """Return where the name starts after a role that starts at ``index``: "opposition leader Jane Roe"."""
    for position in range(index, min(len(tokens) - 1, index + LONGEST_ROLE)):
        token = tokens[position]
        if _is_person(token) or token.span.start in covered:
            return None
        single = token.lower.rpartition("-")[2] in lexicon.people.singular
        role = single and head_groups(tokens, position, lexicon) is not None
        if role or AGE.fullmatch(token.lower):
            name = position + 1
            if name_end(tokens, name, covered, lexicon) is not None:
                return name if _hang_together(tokens, index, position, name) else None
        elif not (token.pos == "ADJ" or (token.pos in {"NOUN", "PROPN"} and _may_modify(token, lexicon))):
            return None
    return None


def _may_modify(token: Token, lexicon: Lexicon) -> bool:
    """Say whether a noun can stand before a role; unparsed, a capital opens a name of its own."""
    return _is_parsed(token) or token.text[:1].islower() or is_people_name(token, lexicon)


def _hang_together(tokens: Sequence[Token], first: int, role: int, name: int) -> bool:
    """Say whether every word of the role hangs on another word of the phrase, as far as a tree tells."""
    return all(
        (head := tokens[position].head) is None or first <= head <= name + 2
        for position in range(first, role)
    )


def _titled(title: str, told: tuple[Group, ...], lexicon: Lexicon) -> tuple[Group, ...]:
    """Return what a title states beside the words before the name."""
    group = lexicon.people.titles.get(title)
    return told if group is None or told else (group,)
