"""Cut a sentence's capitalised runs into names of places, peoples and the unknown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from cairn.lexicon.geography import Geography
from cairn.readings.places_known import BIG_SETTLEMENT, Known, LookUp, known_places
from cairn.readings.places_words import Gap, Word, is_ordinary
from cairn.records import PlaceKind

LONGEST_NAME_WORDS = 6
"""Words of the longest names worth asking for ("Democratic Republic of the Congo")."""
LOST_APOSTROPHE_PERSONS = 20_000
"""Smallest settlement whose name is looked for under a lost apostrophe ("Idlibs countryside")."""


class PieceKind(Enum):
    """What a piece of a sentence was recognised as."""

    PLACE = "place"
    PEOPLE = "people"
    NAME = "name"
    """Written as a name, and nothing more is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of words of one sentence.

    Attributes:
        first, last: numbers of its words, both included.
        start, end: characters of the name itself, which may end inside a word ("Idlib" of "Idlibs").
        known: what the name may mean; of a NAME, what its consonants may mean.
        code: country of a PEOPLE.
        possessive: an apostrophe, present or lost, follows.
        adjectival: a hyphen joins it to "based", "led" and the like.
    """

    kind: PieceKind
    first: int
    last: int
    start: int
    end: int
    known: tuple[Known, ...] = ()
    code: str | None = None
    possessive: bool = False
    adjectival: bool = False

    @property
    def big(self) -> bool:
        """Say whether the bare name is well known: a country, a region, an area or a large settlement."""
        return any(
            k.exact and not k.county and (k.kind in _WIDE or k.population >= BIG_SETTLEMENT)
            for k in self.known
        )

    @property
    def listed(self) -> bool:
        """Say whether a list that lost its commas may be cut at the name."""
        return any(k.exact and k.population >= LISTED_PERSONS for k in self.known)


LISTED_PERSONS = 15_000
"""Smallest settlement whose name is taken for one of its own inside unknown ones; hamlets bear any word."""
_WIDE = (PlaceKind.REGION, PlaceKind.COUNTRY, PlaceKind.AREA)


def cut_pieces(text: str, words: Sequence[Word], geography: Geography, look_up: LookUp) -> list[Piece]:
    """Return the pieces of one sentence in reading order, never overlapping."""
    pieces: list[Piece] = []
    place = 0
    while place < len(words):
        state = _us_state(words, place, pieces, geography, look_up)
        found = [state] if state else _recognise(text, words, place, geography, look_up)
        if found:
            pieces.extend(found)
            place = found[-1].last + 1
            continue
        bare = _is_bare_article(words, place) and _is_name_word(words, place + 1, geography)
        if bare or _is_name_word(words, place, geography):
            last = _name_end(text, words, place, geography, look_up)
            pieces.append(_piece(PieceKind.NAME, words, place, last))
            place = last
        place += 1
    return _merge_names(text, pieces, words, geography, look_up)


def _us_state(
    words: Sequence[Word], place: int, pieces: Sequence[Piece], geography: Geography, look_up: LookUp
) -> Piece | None:
    """Return the state of "Tucson, Ariz." when a place stands before its short form."""
    state = geography.us_states.get(words[place].text.replace(".", ""))
    if state is None or words[place].gap is not Gap.COMMA or not pieces or pieces[-1].last != place - 1:
        return None
    known = tuple(k for k in known_places(state, geography, look_up) if k.country == "US" and k.kind in _WIDE)
    return replace(_piece(PieceKind.PLACE, words, place, place), known=known) if known else None


def _piece(kind: PieceKind, words: Sequence[Word], first: int, last: int) -> Piece:
    return Piece(
        kind=kind, first=first, last=last, start=words[first].start, end=words[last].end,
        possessive=words[last].possessive,
    )  # fmt: skip


def _run_end(words: Sequence[Word], first: int, geography: Geography) -> int:
    """Return the last word of the run of capitals from ``first``, joined by spaces and small words."""
    last = place = first
    while place + 1 < len(words) and place + 1 - first < LONGEST_NAME_WORDS:
        word = words[place + 1]
        if words[place].possessive or word.gap is not Gap.SPACE or words[place].hyphened:
            break
        if not (
            word.capital
            or word.lower in geography.joining_known
            or word.lower in geography.joining
            or word.text.isdigit()
        ):
            break
        place += 1
        if word.capital or word.text.isdigit():
            last = place
    return last


def _recognise(
    text: str, words: Sequence[Word], first: int, geography: Geography, look_up: LookUp
) -> list[Piece] | None:
    """Return the longest known name that begins at ``first``; several pieces for "Hama-Homs"."""
    if not (words[first].capital or _is_bare_article(words, first)):
        return None
    for last in range(_run_end(words, first, geography), first - 1, -1):
        start, end = words[first].start, words[last].end
        name = text[start:end]
        if last > first and not _may_begin(words[first : last + 1], geography):
            continue
        if {name, name.removesuffix("s")} & geography.never and first == last:
            return None
        if name in geography.never or (not words[first].capital and words[first + 1].text in geography.never):
            return None
        if words[first].lower in geography.calendar and words[last].text.isdigit():
            continue  # "October 6" is a town
        if name.lower() in geography.peoples:
            piece = _piece(PieceKind.PEOPLE, words, first, last)
            return [replace(piece, code=geography.peoples[name.lower()])]
        if first == last and not _may_be_known(words[first], geography):
            return None
        known = _exact(known_places(name, geography, look_up))
        lost = 0
        if not known and name[-1] == "s" and len(name) > LONGEST_STEM and not words[last].possessive:
            if name[:-1] in geography.never:
                continue
            known = tuple(
                k
                for k in _exact(known_places(name[:-1], geography, look_up))
                if k.kind in _WIDE or k.population >= LOST_APOSTROPHE_PERSONS
            )
            lost = 1
        if known:
            piece = _piece(PieceKind.PLACE, words, first, last)
            return [
                replace(
                    piece, end=end - lost, known=known, possessive=piece.possessive or bool(lost),
                    adjectival=words[last].hyphened,
                )
            ]  # fmt: skip
    return _hyphened(words, first, geography, look_up)


LONGEST_STEM = 4
"""Characters up to which a final s belongs to the name ("Laos") rather than to a lost apostrophe."""


def _hyphened(words: Sequence[Word], first: int, geography: Geography, look_up: LookUp) -> list[Piece] | None:
    """Return the places of "Abuja-Kaduna", when each part is one."""
    word = words[first]
    parts = word.text.split("-")
    if len(parts) == 1 or word.article:
        return None
    pieces: list[Piece] = []
    start = word.start
    for part in parts:
        end = start + len(part)
        code = geography.peoples.get(part.lower()) if part[:1].isupper() else None
        known = _exact(known_places(part, geography, look_up)) if part[:1].isupper() and not code else ()
        if not known and not code:
            return None
        kind = PieceKind.PEOPLE if code else PieceKind.PLACE
        pieces.append(Piece(kind=kind, first=first, last=first, start=start, end=end, known=known, code=code))
        start = end + 1
    return pieces


def _is_bare_article(words: Sequence[Word], place: int) -> bool:
    """Say whether a word is an Arabic article in lower case that opens a name ("al Bab")."""
    following = words[place + 1] if place + 1 < len(words) else None
    return (
        words[place].text in BARE_ARTICLES
        and following is not None
        and following.capital
        and following.gap is Gap.SPACE
    )


BARE_ARTICLES = frozenset({"al", "el"})


def _exact(known: tuple[Known, ...]) -> tuple[Known, ...]:
    return tuple(k for k in known if k.exact)


def _is_name_word(words: Sequence[Word], place: int, geography: Geography) -> bool:
    """Say whether a word may be part of a name that nothing is known of."""
    word = words[place]
    if (
        not word.capital
        or (
            {word.text, word.text.removesuffix("s")} & geography.never
            and not _is_led(words, place, geography)
        )
        or word.lower in geography.titles - geography.leading
    ):
        return False
    if word.lower in geography.leading and word.text[0].isupper():
        after = words[place + 1] if place + 1 < len(words) else None
        return (
            after is not None
            and after.gap is Gap.SPACE
            and after.capital
            and not is_ordinary(after, geography)
        )
    return not is_ordinary(word, geography)


def _is_led(words: Sequence[Word], place: int, geography: Geography) -> bool:
    """Say whether a person's name stands in a village's: "Sheikh Mustafa", "Abu Hassan"."""
    if not place or words[place].gap is not Gap.SPACE or words[place].lower in geography.calendar:
        return False
    before = words[place - 1]
    return before.capital and before.lower in geography.leading


def _name_end(text: str, words: Sequence[Word], first: int, geography: Geography, look_up: LookUp) -> int:
    """Return the last word of an unknown name; a second Arabic article begins the next name."""
    last, articles = first, int(words[first].article or words[first].lower == "al")
    while last + 1 < len(words) and not words[last].possessive and words[last + 1].gap is Gap.SPACE:
        following = last + 1
        joined = words[following].lower in geography.joining and words[following].text.islower()
        if joined and following + 1 < len(words):
            following += 1
            if words[following].gap is not Gap.SPACE:
                break
        begins = words[following].article or joined or words[following].lower == "al"
        lower = words[following].lower
        complete = (
            last > first or words[first].article or ("," not in text and lower not in geography.joining)
        )
        restarts = complete and lower in geography.leading - {words[last].lower} and not joined
        restarts = restarts and _is_complete(words, first, last, geography)
        if begins and articles and "," not in text and last - first > 1 and not words[last].article:
            return last - 1  # "Habra al-Sharqiya Habra al-Gharbiya"
        if restarts or (begins and articles) or not _is_name_word(words, following, geography):
            break
        if not begins:
            known = _recognise(text, words, following, geography, look_up)
            if known and (known[0].kind is PieceKind.PEOPLE or known[0].big):
                break
            if known and known[0].listed and "," not in text and _is_complete(words, first, last, geography):
                break  # a text that lost its commas runs its lists together
        articles += int(begins)
        last = following
    return last


def _is_complete(words: Sequence[Word], first: int, last: int, geography: Geography) -> bool:
    """Say whether the words can be a whole name: not the first word of "Kafr Dinar"."""
    return words[last].lower not in geography.leading and (
        last > first or words[first].lower not in geography.leading
    )


def _may_be_known(word: Word, geography: Geography) -> bool:
    """Say whether a single word may be looked up: not a letter, not "East", not "Off" in a headline."""
    lower = word.lower
    small = lower in geography.locative or lower in geography.compass or lower in geography.function_words
    return (len(word.text) >= SHORTEST_NAME and not small) or word.text in geography.countries


def _may_begin(run: Sequence[Word], geography: Geography) -> bool:
    """Say whether several words may be one name: not "An Arizona", not "South East"."""
    return run[0].lower not in geography.no_beginning and not all(
        word.lower in geography.compass for word in run
    )


SHORTEST_NAME = 3
"""Characters of the shortest name of one word; "A" and "Of" are places, too, but never in the news."""


def _merge_names(
    text: str, pieces: list[Piece], words: Sequence[Word], geography: Geography, look_up: LookUp
) -> list[Piece]:
    """Give small places back to the unknown names that they stand in ("Khan" of "Khan Touman")."""
    merged: list[Piece] = []
    listed = "," not in text
    for piece in pieces:
        if merged and (
            _is_marked_as_one(merged[-1], piece, words, geography, listed=listed)
            or _belongs_to(merged[-1], piece, words, geography, listed=listed)
        ):
            merged[-1] = replace(
                merged[-1], kind=PieceKind.NAME, last=piece.last, end=words[piece.last].end, known=(),
                possessive=words[piece.last].possessive, adjectival=piece.adjectival,
            )  # fmt: skip
        else:
            merged.append(piece)
    return [
        replace(piece, known=known_places(text[piece.start : piece.end], geography, look_up))
        if piece.kind is PieceKind.NAME
        else piece
        for piece in merged
        if piece.kind is not PieceKind.NAME or piece.end - piece.start >= SHORTEST_NAME
    ]


def _is_marked_as_one(
    before: Piece, piece: Piece, words: Sequence[Word], geography: Geography, *, listed: bool
) -> bool:
    """Say whether the reading model marks two neighbouring pieces as one name: "Puerto Seco".

    In texts that lost their commas the model runs names together, too.
    """
    first, last = words[before.last], words[piece.first]
    if PieceKind.PEOPLE in (before.kind, piece.kind) or before.possessive or before.adjectival:
        return False
    if listed and (
        before.big or before.listed or piece.listed or last.article or last.lower in geography.leading
    ):
        return False
    beside = piece.first == before.last + 1 and last.gap is Gap.SPACE
    whole = all(word.tag == "I-LOC" for word in words[piece.first : piece.last + 1])
    return beside and whole and first.tag[2:] == "LOC"


def _belongs_to(
    before: Piece, piece: Piece, words: Sequence[Word], geography: Geography, *, listed: bool
) -> bool:
    """Say whether two neighbouring pieces are one name that nothing is known of."""
    if before.last + 1 != piece.first or words[piece.first].gap is not Gap.SPACE or before.possessive:
        return False
    if PieceKind.PEOPLE in (before.kind, piece.kind) or before.first != before.last:
        return False
    head = words[before.last]
    if head.lower in geography.leading and not head.article:
        return head.lower not in geography.kept_before or piece.kind is PieceKind.NAME
    if head.article or PieceKind.NAME not in (before.kind, piece.kind):
        return False
    if words[piece.first].article:
        return not before.big and head.lower not in geography.organisation_after
    if listed and (before.listed or piece.listed or words[piece.first].lower in geography.leading):
        return False
    return not (before.big or piece.big)
