"""Find phrases that speak of a definite or counted number of people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cairn.lexicon import Form, Lexicon
from cairn.readings.counts import bounded
from cairn.readings.groups import AGE, head_groups, is_people_name
from cairn.readings.numerals import read_numeral
from cairn.readings.persons_harmed import is_harmed, suffering
from cairn.readings.persons_names import find_name, find_surnames, name_end
from cairn.readings.persons_phrase import MORE, Noun, read_noun
from cairn.readings.persons_roles import with_parts, with_roles, without_repeats
from cairn.records import Count, Group, Mention, Persons, PersonsKind, Role, Sentence, Span, Token, exactly

POSSESSIVES = frozenset({"his", "her", "their", "its", "my", "our", "your", "whose"})
DEFINITES = frozenset({"the", "this", "that"}) | POSSESSIVES
INDEFINITES = frozenset({"a", "an", "another"})
ARTICLES = DEFINITES | INDEFINITES
POSSESSED = frozenset({"'s", "'"})
THEM = frozenset({"them", "whom", "these", "those", "us"})
BEFORE_BARE = frozenset({"VERB", "SCONJ", "CCONJ", "ADP", "ADV"})
"""What may stand before somebody told without an article: "after hostage dies"."""
LEAVING = frozenset({"leave", "leaves", "left", "leaving"})
OLDEST_AGE = 120  # years


def find_persons(
    sentences: Sequence[Sentence],
    counts: Sequence[Mention[Count]],
    taken: Sequence[Span],
    lexicon: Lexicon,
) -> tuple[Mention[Persons], ...]:
    """Find every phrase for people that says how many: counted, single, definite or named.

    Args:
        sentences: tagged, of one document.
        counts: quantities in it.
        taken: spans of places, dates and bodies, which are no person's name.
        lexicon: nouns for people and things.

    Returns:
        Mentions in reading order, never overlapping. A mention's span is the shortest phrase that holds the
        quantity and the head noun.
    """
    by_start = {mention.span.start: mention for mention in counts}
    covered = {position for span in taken for position in range(span.start, span.end)}
    surnames = find_surnames(sentences, covered, lexicon)
    mentions: list[Mention[Persons]] = []
    for sentence in sentences:
        tokens = sentence.tokens
        here: list[Mention[Persons]] = []
        index = 0
        while index < len(tokens):
            counted = by_start.get(tokens[index].span.start)
            if counted and here and _is_age_of(here[-1], tokens, index, counted):
                index = _after(tokens, counted.span)
                continue
            found = (
                _counted(tokens, index, counted, lexicon)
                if counted
                else _single(tokens, index, covered, lexicon)
                or _name(tokens, index, covered, surnames, lexicon)
                or _bare(tokens, index, lexicon)
            )
            if found:
                here.append(found[0])
                index = max(found[1], index + 1)
            elif counted:
                index = _after(tokens, counted.span)
            else:
                index += 1
        mentions += with_parts(sentence, here, lexicon)
    return without_repeats(sentences, with_roles(sentences, mentions, lexicon))


def _is_age_of(named: Mention[Persons], tokens: Sequence[Token], index: int, counted: Mention[Count]) -> bool:
    """Say whether the number is the age after a name: "Jane Roe, 39 in March, was held"."""
    last = _after(tokens, counted.span)
    one_number = last == index + 1 and (counted.value.low or OLDEST_AGE) < OLDEST_AGE
    after_name = index > 0 and tokens[index - 1].text == "," and named.span.end == tokens[index - 2].span.end
    counts = last < len(tokens) and tokens[last].pos in {"NOUN", "ADJ", "PROPN", "VERB"}
    return named.value.kind is PersonsKind.NAMED and one_number and after_name and not counts


def _after(tokens: Sequence[Token], span: Span) -> int:
    """Return the index of the first token after ``span``."""
    return next((i for i, token in enumerate(tokens) if token.span.start >= span.end), len(tokens))


def _phrase(tokens: Sequence[Token], first: int, last: int) -> Span:
    return tokens[first].span.to(tokens[last - 1].span)


def _counted(
    tokens: Sequence[Token], index: int, counted: Mention[Count], lexicon: Lexicon
) -> tuple[Mention[Persons], int] | None:
    """Read the phrase after a quantity."""
    start = _after(tokens, counted.span)
    if index and tokens[index - 1].lower == "how":
        return None  # "did not say how many people had been killed"
    if start < len(tokens) and tokens[start].lower in lexicon.quantities.units:
        return None
    of = start < len(tokens) and tokens[start].lower == "of"
    noun_start = start + 1 if of else start
    of = of or tokens[start - 1].lower == "of"  # "a number of" is one quantity
    while noun_start < len(tokens) and tokens[noun_start].lower in DEFINITES and (of or noun_start > start):
        noun_start += 1
    if of and noun_start < len(tokens) and tokens[noun_start].lower in THEM:
        return _of_them(tokens, index, noun_start + 1, counted, lexicon)
    if index and tokens[index - 1].lower in LEAVING and start < len(tokens) and tokens[start].lower == "dead":
        return _elliptic(tokens, index, start, counted)  # "leaves 17 dead doctors say"
    noun = read_noun(tokens, noun_start, lexicon, None if of else start - 1)
    if of and (noun is None or noun.last == noun.first or not noun.certain):
        noun = _harmed(tokens, noun_start, lexicon) or noun
    if noun is None:
        # "49, including", "27 in the city": the noun is left out.
        return None if of and counted.value.fraction is None else _elliptic(tokens, index, start, counted)
    if noun.last == noun.first:
        return None
    headless = tokens[noun.last - 1].head is None or tokens[noun.last - 1].pos == "PROPN"
    if not noun.certain and tokens[noun.first].pos == "PROPN" and headless and counted.value.fraction is None:
        return _elliptic(tokens, index, start, counted)  # "kills 12 NGO AFP": no noun of the figure
    if (
        not noun.certain
        and counted.value.fraction is None
        and not noun.plural
        and counted.value != exactly(1)
    ):
        return None
    return _phrase_of(tokens, index, noun, counted.value, lexicon)


def _phrase_of(
    tokens: Sequence[Token], index: int, noun: Noun, count: Count, lexicon: Lexicon
) -> tuple[Mention[Persons], int]:
    """Return the counted phrase, with a hedge that follows its noun ("30 labourers or more")."""
    last = noun.last
    if tokens[last : last + 1] and tokens[last].lower == "or":
        hedge = " ".join(token.lower for token in tokens[last : last + 2])
        kind = lexicon.quantities.after.get(hedge)
        if kind:
            count = bounded(count, [kind])
            last += 2
    persons = Persons(
        count=count,
        kind=PersonsKind.COUNTED,
        noun=_phrase(tokens, noun.first, noun.last),
        groups=noun.groups,
        certain=noun.certain,
    )
    return Mention(span=_phrase(tokens, index, last), value=persons), last


def _of_them(
    tokens: Sequence[Token], index: int, start: int, counted: Mention[Count], lexicon: Lexicon
) -> tuple[Mention[Persons], int]:
    """Read "six of them officers", "one of them a woman", "many of them"."""
    if start < len(tokens) and tokens[start].pos == "VERB":
        return _elliptic(tokens, index, start, counted)  # "some of whom killed children"
    if start < len(tokens) and tokens[start].pos == "AUX":
        mention, last = _elliptic(tokens, index, start, counted)
        told = _told_to_be(tokens, start + 1, lexicon)
        return Mention(span=mention.span, value=replace(mention.value, groups=told)), last
    article = start < len(tokens) and tokens[start].lower in INDEFINITES
    among = read_noun(tokens, start + article, lexicon)
    if among is not None and among.certain and among.last > among.first:
        return _phrase_of(tokens, index, among, counted.value, lexicon)
    return _elliptic(tokens, index, start, counted)


def _told_to_be(tokens: Sequence[Token], start: int, lexicon: Lexicon) -> tuple[Group, ...]:
    """Return the groups that "three of whom were women" states after its verb."""
    if start < len(tokens) and tokens[start].lower in INDEFINITES:
        start += 1
    noun = read_noun(tokens, start, lexicon)
    return noun.groups if noun is not None and noun.certain else ()


def _harmed(tokens: Sequence[Token], start: int, lexicon: Lexicon) -> Noun | None:
    """Read "the wounded", "seriously injured": the harm itself stands for the people."""
    index = start + 1 if start < len(tokens) and tokens[start].pos == "ADV" else start
    if index >= len(tokens):
        return None
    phrases = lexicon.harms.phrases.get(tokens[index].lower, ())
    if not any(phrase.role is Role.HEAD and len(phrase.words) == 1 for phrase in phrases):
        return None
    return Noun(start, index + 1, (), certain=True, plural=True)


def _elliptic(
    tokens: Sequence[Token], index: int, last: int, counted: Mention[Count]
) -> tuple[Mention[Persons], int]:
    more = last < len(tokens) and tokens[last].lower in MORE
    end = last + 1 if more else last
    persons = Persons(count=counted.value, kind=PersonsKind.ELLIPTIC, noun=None, certain=False)
    return Mention(span=_phrase(tokens, index, end), value=persons), end


def _single(
    tokens: Sequence[Token], index: int, covered: set[int], lexicon: Lexicon
) -> tuple[Mention[Persons], int] | None:
    """Read "a man", "another soldier", "the pilot", "his wife", "a family of five"."""
    word = tokens[index].lower
    if word not in ARTICLES or index + 1 >= len(tokens):
        return None
    if word == "that" and tokens[index].pos in {"PRON", "SCONJ"}:
        return None  # "the raid that killed farmers"
    family = _family(tokens, index, lexicon)
    if family:
        return family
    noun = _one(tokens, index + 1, lexicon, index) or suffering(tokens, index, lexicon)
    if noun is None:
        return None
    last = noun.last
    kind = PersonsKind.SINGLE if word in INDEFINITES else PersonsKind.DEFINITE
    theirs = _possessed(tokens, last, lexicon)
    if theirs is not None:  # "the mayor's driver"
        noun, last = replace(theirs, first=noun.first), theirs.last
    name = name_end(tokens, last, covered, lexicon)
    persons = Persons(
        count=exactly(1), kind=kind, noun=_phrase(tokens, noun.first, name or last), groups=noun.groups
    )
    return Mention(span=_phrase(tokens, index, name or last), value=persons), _over_age(
        tokens, name or last, lexicon
    )


def _one(tokens: Sequence[Token], start: int, lexicon: Lexicon, quantity: int | None = None) -> Noun | None:
    """Read a noun phrase from ``start`` that means one person, without people coordinated to it."""
    noun = read_noun(tokens, start, lexicon, quantity)
    if noun is None or noun.last == noun.first:
        return None
    if not noun.certain and not _surely_one(tokens[noun.last - 1].lower, lexicon):
        return None
    if _is_one(tokens, noun.last, lexicon):
        return noun
    joint = next((i for i in range(noun.first + 1, noun.last) if tokens[i].lower == "and"), None)
    if joint is None or tokens[joint - 1].lower in lexicon.people.plural:
        return None
    alone = read_noun(tokens[:joint], start, lexicon)  # "his wife and comrades"
    sole = alone is not None and alone.certain and alone.last == joint and _is_one(tokens, joint, lexicon)
    return alone if sole else None


def _possessed(tokens: Sequence[Token], index: int, lexicon: Lexicon) -> Noun | None:
    """Read "'s driver" at ``index`` as one person who is told by another; "'s body" is the owner's own."""
    if index + 1 >= len(tokens) or tokens[index].lower not in POSSESSED:
        return None
    noun = _one(tokens, index + 1, lexicon)
    if noun is None:
        return None
    phrases = lexicon.harms.phrases.get(tokens[noun.last - 1].lower, ())
    return None if any(phrase.role in {Role.OF, Role.HEAD} for phrase in phrases) else noun


def _is_one(tokens: Sequence[Token], last: int, lexicon: Lexicon) -> bool:
    """Say whether the noun that ends before ``last`` means one person."""
    people = lexicon.people
    word = tokens[last - 1].lower
    two = " ".join(token.lower for token in tokens[max(0, last - 2) : last])
    if (word in people.plural and word not in people.singular) or word in people.many:
        return False
    hyphened = word.rpartition("-")[2] in people.singular
    age = AGE.fullmatch(word) is not None and not word.endswith("s")
    people_name = is_people_name(tokens[last - 1], lexicon) and not word.endswith("s")
    return hyphened or two in people.singular or age or people_name or _surely_one(word, lexicon)


def _surely_one(word: str, lexicon: Lexicon) -> bool:
    """Say whether the ending of a noun tells one person: "a herbalist"."""
    people = lexicon.people
    return word.endswith(people.sure_suffixes) and word not in people.things


def _over_age(tokens: Sequence[Token], index: int, lexicon: Lexicon) -> int:
    """Return the index after "of 12" that tells an age: "a boy of 12 was"."""
    if index + 1 >= len(tokens) or tokens[index].lower != "of":
        return index
    words = tuple(token.lower for token in tokens)
    age = read_numeral(words, index + 1, lexicon.quantities)
    if age is None or age.value > OLDEST_AGE:
        return index
    following = tokens[age.last] if age.last < len(tokens) else None
    counts = following is not None and following.pos in {"NOUN", "ADJ", "PROPN", "NUM"}
    return index if counts else age.last


def _bare(tokens: Sequence[Token], index: int, lexicon: Lexicon) -> tuple[Mention[Persons], int] | None:
    """Read one person told without an article, as headlines do: "Policeman shot dead", "kill priest"."""
    opens = all(token.pos in {"PUNCT", "NUM"} for token in tokens[:index]) or tokens[index - 1].text == ":"
    alone = index > 0 and (tokens[index - 1].pos in BEFORE_BARE or tokens[index - 1].text in {",", ";"})
    acts = _acts_in_headline(tokens, index - 1, lexicon)
    if not (opens or acts or alone):
        return None
    if tokens[index].pos not in {"NOUN", "PROPN", "ADJ"}:
        return None
    noun = read_noun(tokens, index, lexicon)
    if noun is None or not noun.certain or noun.last == noun.first or noun.plural:
        return None
    if tokens[noun.last - 1].lower in lexicon.harms.lives_nouns:
        return None  # "faces life in prison"
    if head_groups(tokens, noun.last - 1, lexicon) is None or not _is_one(tokens, noun.last, lexicon):
        return None
    harmed = is_harmed(tokens, noun.last - 1, lexicon)
    if not acts and not harmed and not (_suffers(tokens, noun.last, lexicon) and _is_bare(tokens, noun)):
        return None
    if alone and not opens and not _is_bare(tokens, noun):
        return None
    persons = Persons(
        count=exactly(1),
        kind=PersonsKind.SINGLE,
        noun=_phrase(tokens, noun.first, noun.last),
        groups=noun.groups,
    )
    return Mention(span=_phrase(tokens, index, noun.last), value=persons), noun.last


def _is_bare(tokens: Sequence[Token], noun: Noun) -> bool:
    """Say whether no determiner, number or owner hangs on a noun: one person told so stands in a headline."""
    head = noun.last - 1
    return tokens[head].head is None or not any(
        token.head == head and token.dep in {"det", "nummod", "nmod:poss", "case"} for token in tokens
    )


def _acts_in_headline(tokens: Sequence[Token], index: int, lexicon: Lexicon) -> bool:
    """Say whether a verb of harm in the present tense stands at ``index``."""
    if index < 1:
        return False
    phrases = lexicon.harms.phrases.get(tokens[index].lower, ())
    return tokens[index].pos == "VERB" and any(
        phrase.role is Role.OBJECT and phrase.forms & {Form.BASE, Form.THIRD} for phrase in phrases
    )


def _suffers(tokens: Sequence[Token], index: int, lexicon: Lexicon) -> bool:
    """Say whether a word of harm that needs no auxiliary in a headline stands at ``index``."""
    if index >= len(tokens):
        return False
    phrases = lexicon.harms.phrases.get(tokens[index].lower, ())
    return any(
        phrase.role is Role.PREDICATE
        or (phrase.role is Role.OBJECT and Form.PARTICIPLE in phrase.forms)
        or (phrase.role is Role.SUBJECT and phrase.forms & {Form.THIRD, Form.PAST})
        for phrase in phrases
    )


def _name(
    tokens: Sequence[Token], index: int, covered: set[int], surnames: frozenset[str], lexicon: Lexicon
) -> tuple[Mention[Persons], int] | None:
    """Read a name that stands without an article: "the Ahrar" is no person.

    "Jane Roe's driver" is not Roe but one person more.
    """
    if index > 0 and tokens[index - 1].lower in ARTICLES and tokens[index - 1].pos != "SCONJ":
        return None
    found = find_name(tokens, index, covered, surnames, lexicon)
    theirs = _possessed(tokens, found[1], lexicon) if found else None
    if theirs is None:
        return found
    last = name_end(tokens, theirs.last, covered, lexicon) or theirs.last
    phrase = _phrase(tokens, index, last)
    persons = Persons(count=exactly(1), kind=PersonsKind.DEFINITE, noun=phrase, groups=theirs.groups)
    return Mention(span=phrase, value=persons), last


def _family(tokens: Sequence[Token], index: int, lexicon: Lexicon) -> tuple[Mention[Persons], int] | None:
    """Read "a family of five" as five people."""
    words = [token.lower for token in tokens[index : index + 4]]
    if len(words) < 4 or words[1] not in lexicon.quantities.collective or words[2] != "of":
        return None
    number = lexicon.quantities.numbers.get(words[3]) or (int(words[3]) if words[3].isdigit() else None)
    if not number:
        return None
    persons = Persons(count=exactly(number), kind=PersonsKind.COUNTED, noun=tokens[index + 1].span, groups=())
    return Mention(span=_phrase(tokens, index, index + 4), value=persons), index + 4
