"""Look left and right of an expression of harm for the people it reaches."""

from __future__ import annotations

from cairn.claims.view import At, View
from cairn.records import Cue, Persons, PersonsKind, Role, Voice

OBJECT_REACH = 4  # tokens between a verb and the quantity of its object
SUBJECT_REACH = 30  # tokens between a subject and its verb, relative clauses and lists included
RELATIVES = frozenset({"who", "which", "that", "whom", "where"})
LIST_WORDS = frozenset({",", "and", "or", "&", "plus", ";"})
PART_WORDS = frozenset({"including", "include", "includes", "included", "among", "amongst"})
COUNTING = frozenset({PersonsKind.COUNTED, PersonsKind.ELLIPTIC})
OF_PHRASE = 10  # tokens of "of the country's largest party" between two items of a list
BE = frozenset({"is", "are", "was", "were", "be", "been", "being"})


def starting(view: View, low: int, high: int) -> At[Persons] | None:
    """Return the first phrase for people that starts at a token in ``[low, high)``."""
    return next((persons for persons in view.persons if low <= persons.first < high), None)


def objects(view: View, cue: At[Cue]) -> list[At[Persons]]:
    """Return the object right after a verb, with what is coordinated to it."""
    start = cue.last
    if len(cue.value.parts) > 1 and cue.last - cue.first == 1:
        end = view.index_of(cue.value.parts[1].start)
        inside = [persons for persons in view.persons if start <= persons.first < end]
        if inside:
            return listed_right(view, inside[0], cue)
    index = start
    while index < start + OBJECT_REACH:
        found = starting(view, index, index + 1)
        if found and view.pos(start) == "PRON" and has_own_cue(view, found, cue):
            return []  # "killed him and nine were wounded"
        if found:
            return listed_right(view, found, cue)
        other = next((c for c in view.cues if c.first == index), None)
        if other and view.word(index - 1) in {"and", "or"}:
            index = other.last
            start = max(start, index - 1)
            continue
        if view.pos(index) == "PRON" and view.word(index + 1) in LIST_WORDS:
            index += 2  # "killed him, his wife and a guard": no claim hangs on the pronoun
            continue
        joint = view.word(index) in {"and", "or"} and any(c.first == index + 1 for c in view.cues)
        skip = view.pos(index) in {"ADV", "ADJ", "DET"} or view.word(index) in {
            "to",
            "death",
            "dead",
            ":",
            "“",
            '"',
            "of",
        }
        if not (joint or skip):
            return []
        index += 1
    return []


def listed_right(view: View, first: At[Persons], cue: At[Cue]) -> list[At[Persons]]:
    """Return ``first`` and the phrases coordinated after it that have no verb of their own."""
    found = [first]
    while True:
        index = found[-1].last
        if view.pos(index) == "ADP":
            index = _over_phrase(view, index)
        aged = view.word(index) == "," and view.pos(index + 1) == "NUM" and view.word(index + 2) in LIST_WORDS
        if aged and found[-1].value.count.high == 1:
            index += 2  # the age in "Roe, 41, and the activist"
        start = index
        while view.word(index) in LIST_WORDS | {"also", "along", "with"} and index < start + 3:
            index += 1
        following = starting(view, index, index + 1) if index > start else None
        if index == found[-1].last or following is None:
            return found
        if has_own_cue(view, following, cue) and not _hangs_beside(view, found, following):
            return found
        found.append(following)


def _hangs_beside(view: View, found: list[At[Persons]], following: At[Persons]) -> bool:
    """Say whether the tree coordinates a phrase to those before it: "the arrest of Roe and his wife was"."""
    heads = {index for persons in found for index in range(persons.first, persons.last)}
    single = all(persons.value.count.high == 1 for persons in found)
    more = following.value.kind is PersonsKind.COUNTED and following.value.count.high != 1
    relations = {"conj", "appos"} if single and more else {"conj"}  # "Policeman, two robbers killed"
    return any(
        view.tokens[index].dep in relations and view.tokens[index].head in heads
        for index in range(following.first, following.last)
    )


def _over_phrase(view: View, index: int) -> int:
    """Return the first index after a phrase with "of" that a comma or "and" ends."""
    for position in range(index, index + OF_PHRASE):
        if view.word(position) in LIST_WORDS:
            return position
        if view.pos(position) in {"VERB", "AUX"}:
            return index
    return index


def has_own_cue(view: View, persons: At[Persons], cue: At[Cue]) -> bool:
    """Say whether a verb right after the phrase takes it for itself ("and nine were wounded")."""
    index = persons.last
    while view.pos(index) in {"AUX", "ADV"} or view.word(index) in {"critically", "seriously"}:
        index += 1
    other = next((c for c in view.cues if c.first == index and c is not cue), None)
    if other is None:
        return view.pos(persons.last) == "AUX"
    return other.value.voice in {Voice.PASSIVE, Voice.REDUCED} or other.value.role in {
        Role.PREDICATE,
        Role.SUBJECT,
    }


def subjects(view: View, cue: At[Cue], reach: int = SUBJECT_REACH) -> list[At[Persons]]:
    """Return the subject before a verb, with what is coordinated to it."""
    beside = next((p for p in view.persons if p.last == cue.first and p.value.kind in COUNTING), None)
    if beside is not None and cue.value.voice is Voice.REDUCED:
        if beside.value.kind is PersonsKind.ELLIPTIC:
            return [beside]  # "... and 20 injured": the number has the participle for its noun
        if view.word(cue.last) == "by":
            return _listed_left(view, beside)  # "six women and two boys killed by"
    in_tree = [persons for persons in _tree_subjects(view, cue) if not _is_part(view, persons)]
    if in_tree:
        listed = _listed_left(view, in_tree[-1])
        return listed if len(listed) >= len(in_tree) else in_tree
    if _other_subject(view, cue):
        return []
    for persons in reversed(view.persons):
        if persons.last > cue.first:
            continue
        if cue.first - persons.last > reach:
            break
        if _is_part(view, persons) or (
            view.word(persons.first - 1) in {"by", "with"} and persons.last < cue.first
        ):
            continue
        if _blocked(view, persons.last, cue.first, weak=persons.value.kind is PersonsKind.NAMED):
            break
        if _in_phrase(view, persons) and persons.last < cue.first - 6:
            continue
        before = view.word(persons.first - 1)
        inner = before == "of" and persons.value.kind not in COUNTING
        if (inner or before == "from") and _told_before(view, persons):
            continue  # "15 members of X were killed", "11 people from three families died"
        return _listed_left(view, persons)
    return []


def _tree_subjects(view: View, cue: At[Cue]) -> list[At[Persons]]:
    """Return the phrase whose head noun is the verb's subject in the tree, and what it coordinates."""
    found = None
    for persons in view.persons:
        if persons.last > cue.first:
            break
        for index in range(persons.first, persons.last):
            token = view.tokens[index]
            if token.head == cue.first and token.dep in {"nsubj", "nsubj:pass"}:
                found = persons
    if found is None:
        return []
    listed = [found]
    for persons in view.persons:
        if found.last <= persons.first and persons.last <= cue.first and _hangs_beside(view, listed, persons):
            listed.append(persons)
    return listed


def _other_subject(view: View, cue: At[Cue]) -> bool:
    """Say whether the parser hangs a noun on the verb as its subject that stands for no marked people."""
    for index in range(cue.first):
        token = view.tokens[index]
        if (
            token.head == cue.first
            and token.dep in {"nsubj", "nsubj:pass"}
            and token.pos in {"NOUN", "PROPN"}
        ):
            # A name may follow its noun: "its chairman, Roe, was detained".
            return not any(index <= persons.last and persons.first < cue.first for persons in view.persons)
    return False


def _told_before(view: View, persons: At[Persons]) -> bool:
    """Say whether others are told right before "of" or "from" and a phrase."""
    return any(other.last == persons.first - 1 for other in view.persons)


def _is_part(view: View, persons: At[Persons]) -> bool:
    """Say whether the phrase is told as part of another ("including three children")."""
    index = persons.first - 1
    while index >= 0 and persons.first - index < 12:
        word = view.word(index)
        if word in PART_WORDS:
            return True
        inside = any(other.first <= index < other.last for other in view.persons)
        if not (
            inside
            or word in LIST_WORDS
            or word in {"them", "whom", "at", "least", ":"}
            or view.pos(index) in {"ADJ", "NOUN"}
        ):
            return False
        index -= 1
    return False


def _in_phrase(view: View, persons: At[Persons]) -> bool:
    """Say whether the phrase hangs on a preposition and so is no subject itself."""
    return view.pos(persons.first - 1) == "ADP" and view.word(persons.first - 1) not in {"of", "including"}


def _blocked(view: View, start: int, end: int, *, weak: bool) -> bool:
    """Say whether the words between a subject and its verb hold another clause."""
    relative = False
    for index in range(start, end):
        word, pos = view.word(index), view.pos(index)
        if word in RELATIVES:
            relative = True
        if word in {";", "when", "while", "whilst", "as", "after", "because", "but"} and index > start:
            return True
        cue = next((c for c in view.cues if c.first <= index < c.last), None)
        if cue is not None:
            if (
                cue.value.role is Role.OBJECT
                and view.word(index + 1) not in {"and", "or", ","}
                and not relative
            ):
                return True
            continue
        gerund = word.endswith("ing")
        if pos == "VERB" and index == start and view.pos(index + 1) in {"ADP", "PART"}:
            continue  # "soldiers sent to the post were killed": a participle right after its noun
        if view.word(index - 1) == "to" and view.pos(index - 1) == "PART":
            continue  # an infinitive is no clause of its own
        if pos == "VERB" and view.word(index - 1) in BE:
            continue  # "were found dead": one predicate
        participle = word.endswith("ed") and view.pos(index + 1) not in {"DET", "PRON", "NUM"}
        if pos == "VERB" and not gerund and not relative and not participle:
            return True
        if weak and pos in {"NOUN", "PROPN"} and not relative and index - start > 8:
            return True
    return False


def _listed_left(view: View, last: At[Persons]) -> list[At[Persons]]:
    """Return ``last`` and the phrases coordinated before it."""
    found = [last]
    while True:
        index = found[0].first - 1
        while view.word(index) in LIST_WORDS and index > found[0].first - 3:
            index -= 1
        if view.pos(index) == "NUM" and view.word(index - 1) == ",":
            index -= 2  # the age in "Roe, 18, and the wife"
        before = next((persons for persons in view.persons if persons.last == index + 1), None)
        adjoining = before is not None and before.value.kind is found[0].value.kind is PersonsKind.COUNTED
        if index == found[0].first - 1 and not (adjoining and len(found) > 1):
            return found  # "102 men 17 women and 12 children": a list that lost its commas
        if before is None or _is_part(view, before):
            return found
        apart = before.value.kind is PersonsKind.NAMED and last.value.kind is not PersonsKind.NAMED
        if apart and not _hangs_beside(view, [before], found[0]):
            return found
        if _is_object(view, before):
            return found  # "killed four and nine were wounded"
        named = last.value.kind is PersonsKind.NAMED and before.value.kind is not PersonsKind.NAMED
        if named and view.word(before.last) == "," and before.value.count.low == len(found):
            return [before]  # "two teachers, A and B, were killed": one claim, on the counted phrase
        found.insert(0, before)


def _is_object(view: View, persons: At[Persons]) -> bool:
    """Say whether a verb of harm stands right before the phrase, which then suffers that one."""
    return any(
        cue.last == persons.first and cue.value.role is Role.OBJECT and cue.value.voice is not Voice.PASSIVE
        for cue in view.cues
    )


def after_passive(view: View, cue: At[Cue]) -> list[At[Persons]]:
    """Return a late subject: "those killed were three women", "among the dead is"."""
    index = cue.last
    late_verbs = (
        {"include", "included", "includes"} if view.word(cue.first - 1) in {"those", "the"} else set()
    )
    while index < cue.last + 3 and (
        view.pos(index) in {"AUX", "ADV"} or view.word(index) in late_verbs | {":"}
    ):
        index += 1
    # "among the dead were the Jordanian Roe": words before a name belong to it
    named = starting(view, index, index + 4) if view.pos(index) in {"DET", "ADJ", "NOUN", "PROPN"} else None
    late = starting(view, index, index + 1) or named if index > cue.last else None
    return listed_right(view, late, cue) if late else []
