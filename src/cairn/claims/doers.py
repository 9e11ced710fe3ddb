"""Find the parties that a sentence makes doers of harm."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cairn.claims.acting import (
    INSIDE,
    LONGEST,
    NAMING,
    Kind,
    clipped,
    is_adjective,
    is_state,
    kind_of,
    span_of,
    subtree_phrase,
    with_members,
)
from cairn.claims.deeds import (
    DEEPEST,
    PASSIVE_SUBJECTS,
    SUBJECTS,
    Deed,
    agents,
    case_of,
    find_deeds,
    meant,
    owners,
)
from cairn.claims.tree import ancestors
from cairn.claims.view import View
from cairn.lexicon import Lexicon
from cairn.records import Span

CHARGE_REACH = 14  # tokens from a word of guilt to the harm it holds a person to
STRONG = frozenset({Kind.ARMED, Kind.POLICE, Kind.LONE, Kind.STATE, Kind.CRAFT})
"""Kinds that may do harm where no word of harm says so."""


@dataclass(frozen=True, slots=True)
class Party:
    """A party told as a doer, and what makes it one.

    Attributes:
        role: how the words make it a doer; ``"told"`` when it is only named.
        kind: what kind of actor its words name.
        act: what it is said to do: a word of harm, of attack, or a weapon.
    """

    span: Span
    role: str
    kind: Kind
    act: Span | None = None


def find_parties(view: View, lexicon: Lexicon) -> Iterator[Party]:
    """Yield the doers of a sentence, each with the deed it does.

    Subjects and agents of verbs of harm and attack, owners and agents of weapons and attacks, those a fight
    is fought with, those blamed, charged or sentenced for a harm; at last those who are only named.
    """
    seen: set[tuple[Span, str, Span | None]] = set()
    acting: set[int] = set()
    for party in (*_doers(view, lexicon), *_told(view, lexicon)):
        key = (party.span, party.role, party.act)
        if key in seen or (party.role == "told" and party.span.end in acting):
            continue
        seen.add(key)
        acting.add(party.span.end)
        yield party


def _doers(view: View, lexicon: Lexicon) -> Iterator[Party]:
    acts = list(find_deeds(view, lexicon))
    for act in acts:
        what = "harm" if act.of_harm else "attack"
        verbal = view.pos(act.at) in {"VERB", "AUX"}
        for head, role in agents(view, act.at) if verbal else owners(view, act, lexicon):
            if not (act.suffered and role != "agent"):
                yield from _parties(view, head, f"{role}-of-{what}", act, lexicon)
        if verbal and act.of_harm and not act.suffered and act.at > 0 and view.pos(act.at - 1) in NAMING:
            # Whatever the tree says, who stands right before a verb of harm may do it.
            for party in _parties(view, act.at - 1, "before-harm", act, lexicon):
                if party.kind in STRONG:
                    yield party
        if not verbal:
            yield from _modifiers(view, act, lexicon)
        yield from _opponents(view, act, lexicon)
    yield from _charged(view, acts, lexicon)
    yield from _others(view, acts, lexicon)


def _modifiers(view: View, act: Deed, lexicon: Lexicon) -> Iterator[Party]:
    """Yield the party named before a weapon or attack: "Syrian regime air raids", "US strikes"."""
    # "coalition strikes": the first word of what tells the means names the party.
    stop = act.first + (act.last - act.first > 1 and view.word(act.first) in lexicon.means.actors)
    first = stop
    while first > 0 and stop - first < LONGEST:
        word = view.word(first - 1)
        inside = view.pos(first - 1) in NAMING or word in INSIDE
        led = view.tokens[first - 1].dep == "amod" or (
            view.pos(first - 1) == "VERB" and view.word(first - 2) == "-"
        )
        joined = (
            word in {"and", "or"} and is_state(view, first, lexicon) and is_state(view, first - 2, lexicon)
        )
        if not (inside or led or joined):
            break
        first -= 1
    last = stop
    while last > first:
        word = view.word(last - 1)
        kind = kind_of(view, first, last, lexicon) if word not in INSIDE else None
        plain = view.pos(last - 1) == "ADJ" and word in {"military", "armed"}
        if (
            kind is not None
            and kind not in {Kind.PERSON, Kind.PRONOUN}
            and word not in lexicon.means.events
            and not plain
        ):
            if kind is Kind.STATE and not is_adjective(view, last - 1, lexicon):
                return  # "Syria air strikes" are strikes in Syria
            start = _trimmed(view, first, last, kind, lexicon)
            deed = span_of(view, act.first, act.last)
            yield Party(_cut(view, start, last, lexicon), "modifier", kind, deed)
            return
        # Words of the weapon itself stand between: "government barrel bomb attack".
        between = word in INSIDE or (word,) in lexicon.means.means or word in lexicon.means.events
        described = view.pos(last - 1) in {"ADJ", "NUM"} and view.tokens[last - 1].text.islower()
        plain = view.tokens[last - 1].text.islower() and view.pos(last - 1) == "NOUN"
        if not (between or described or plain):
            return
        last -= 1


def _trimmed(view: View, first: int, last: int, kind: Kind, lexicon: Lexicon) -> int:
    """Return where the party before a weapon begins: a state is its own word and those joined to it."""
    start = first
    if kind is Kind.STATE:
        start = last - 1
        joined = (
            start - 2 >= first
            and view.word(start - 1) in {"and", "or"}
            and is_state(view, start - 2, lexicon)
        )
        return start - 2 if joined else start
    start = last - 1
    while start > first and _belongs(view, start - 1, lexicon):
        start -= 1
    while start < last - 1 and view.word(start) in INSIDE:
        start += 1
    return start


def _belongs(view: View, index: int, lexicon: Lexicon) -> bool:
    """Say whether a word before a party's is part of its name, and does not describe the attack."""
    word = view.word(index)
    return (
        word in INSIDE
        or (view.tokens[index].text[:1].isupper() and index > 0)
        or word in lexicon.means.actors
        or word in lexicon.people.modifiers
        or word in lexicon.people.fighter_modifiers
        or word.startswith(("pro", "anti"))
        or view.pos(index) == "VERB"
        or word.endswith(("led", "backed", "linked", "affiliated"))
    )


def _opponents(view: View, act: Deed, lexicon: Lexicon) -> Iterator[Party]:
    """Yield those that a fight is fought with: "clashes with", "fighting between", "battling"."""
    if view.word(act.last - 1) not in lexicon.means.clashing:
        return
    for index in range(act.last, min(act.last + 4, len(view.tokens))):
        if view.word(index) in {"with", "between", "against"} or (
            index == act.last and view.word(index - 1) in {"fighting", "battling", "fought"}
        ):
            at = index + 1 if view.word(index) in {"with", "between", "against"} else index
            while at < len(view.tokens):
                last = at
                while (
                    last < len(view.tokens)
                    and last - at < LONGEST
                    and (view.pos(last) in NAMING | {"DET"} or view.word(last) in INSIDE)
                ):
                    last += 1
                if last == at:
                    return
                yield from _parties(view, last - 1, "opponent", act, lexicon)
                if view.word(last) not in {"and", "or"}:
                    return
                at = last + 1
            return


# --- those held to a harm -----------------------------------------------------------------------------


def _charged(view: View, acts: list[Deed], lexicon: Lexicon) -> Iterator[Party]:
    """Yield those blamed, charged, convicted or wanted for a harm told after the charge."""
    tokens = view.tokens
    for index, token in enumerate(tokens):
        verb = token.pos == "VERB" and token.lower in lexicon.means.charging
        trait = token.lower in lexicon.means.guilty
        if not (verb or trait):
            continue
        parsed = token.head is not None
        top = token.head if trait and token.dep == "case" else index
        act = next(
            (
                a
                for a in acts
                if a.crime
                and index < a.first <= index + CHARGE_REACH
                and (not parsed or trait or top in (a.at, *ancestors(tokens, a.at)))
            ),
            None,
        )
        if act is None and token.lower in lexicon.means.blaming:
            # "an attack that they blamed on the group"
            act = next((a for a in reversed(acts) if index - CHARGE_REACH <= a.first < index), None)
        if act is None:
            continue
        for head in _held(view, index, lexicon, verb=verb):
            yield from _parties(view, head, "charged", act, lexicon)


def _holds_subject(view: View, verb: int, lexicon: Lexicon) -> bool:
    """Say whether an active verb of guilt holds its subject to the harm: "confessed to", "charged with".

    In headlines the passive lacks its auxiliary; there the verb is a participle with nothing but "with",
    "over" and the like after it. "Tried to stop", "suspects that" hold nobody.
    """
    if view.word(verb) in lexicon.means.confessing:
        return True
    below = {token.dep for token in view.tokens if token.head == verb}
    return view.word(verb) in lexicon.means.held and not below & {"ccomp", "xcomp", "obj"}


def _held(view: View, index: int, lexicon: Lexicon, *, verb: bool) -> Iterator[int]:
    """Yield the tokens of those that a word of guilt holds to a harm."""
    tokens = view.tokens
    if tokens[index].head is None:
        if index and view.pos(index - 1) in NAMING:
            yield index - 1
        return
    over = tokens[index].head
    # "behind the attack": the preposition hangs on what its subject is said to be.
    top = over if not verb and tokens[index].dep == "case" and over is not None else index
    kin = [at for at, token in enumerate(tokens) if token.head == top]
    passive = any(tokens[at].dep in {"nsubj:pass", "aux:pass"} for at in kin)
    objects = [at for at in kin if tokens[at].dep == "obj"]
    subjects = [at for at in kin if tokens[at].dep in SUBJECTS | PASSIVE_SUBJECTS]
    if verb and objects and not passive and view.word(index) not in lexicon.means.confessing:
        yield from objects
    elif subjects and (passive or _holds_subject(view, index, lexicon) or not verb):
        yield from (meant(view, at, top) for at in subjects)
    if not objects and not subjects and tokens[index].dep in {"xcomp", "ccomp", "advcl"}:
        # "a jury found X guilty", "X was found guilty"
        kin = [at for at, token in enumerate(tokens) if token.head == over]
        yield from [at for at in kin if tokens[at].dep == "obj"] or [
            at for at in kin if tokens[at].dep in SUBJECTS | PASSIVE_SUBJECTS
        ]
    if tokens[index].dep in {"acl", "acl:relcl", "amod"} and over is not None and over >= 0:
        yield over
    yield from (at for at in kin if tokens[at].dep == "obl" and case_of(view, at) == "on")


# --- from a head to a party ---------------------------------------------------------------------------


def _parties(view: View, head: int, role: str, act: Deed, lexicon: Lexicon) -> Iterator[Party]:
    """Yield the party that the phrase around ``head`` names, those joined to it, and the owner of a craft."""
    deed = span_of(view, act.first, act.last)
    heads = [head] + [
        index
        for index, token in enumerate(view.tokens)
        if token.head == head and token.dep == "conj" and token.pos in {"NOUN", "PROPN"}
    ]
    for at in heads:
        party = _party(view, at, role, deed, lexicon)
        if party is None:
            continue
        yield party
        if party.kind is Kind.CRAFT:
            yield from _crews(view, at, role, deed, lexicon)


def _party(view: View, head: int, role: str, deed: Span | None, lexicon: Lexicon) -> Party | None:
    if view.pos(head) == "PRON":
        if view.word(head) in lexicon.speech.pronouns:
            return Party(view.tokens[head].span, role, Kind.PRONOUN, deed)
        return None
    first, last = subtree_phrase(view, head)
    while last > head + 1 and not view.word(last - 1)[:1].isalnum():
        last -= 1
    kind = kind_of(view, first, last, lexicon)
    if kind is None:
        return None
    if kind is Kind.STATE:
        first = head
    if (
        first > 0
        and view.word(first - 1) in {"its", "their", "his", "her"}
        and all(
            view.word(index) in lexicon.means.membership | lexicon.means.bodies | {"armed"}
            for index in range(first, last)
        )
    ):
        kind = Kind.GROUP  # "its fighters" are those of the party named before
    longer = with_members(view, last, head, lexicon)
    if longer > last and kind is Kind.GROUP:
        kind = Kind.ARMED
    return Party(_cut(view, first, longer, lexicon), role, kind, deed)


def _cut(view: View, first: int, last: int, lexicon: Lexicon) -> Span:
    """Return the span of a party, without the "s" that is left of an apostrophe."""
    span = span_of(view, first, last)
    if clipped(view.word(last - 1), lexicon) and view.pos(last) == "NOUN":
        return Span(span.start, span.end - 1)
    return span


def _crews(view: View, craft: int, role: str, deed: Span, lexicon: Lexicon) -> Iterator[Party]:
    """Yield whose a craft is: "helicopters of the army", "planes from a coalition", "belonging to"."""
    first = craft
    while (
        first > 0
        and craft - first < LONGEST
        and (view.pos(first - 1) in NAMING or view.word(first - 1) in INSIDE | {"and", "or"})
    ):
        first -= 1
    while first < craft and (view.word(first) in {"and", "or"} | INSIDE):
        first += 1
    weapon = (view.word(craft - 1), view.word(craft))
    for last in range(craft - 1 if weapon in lexicon.means.means else craft, first, -1):
        word = view.tokens[last - 1]
        kind = kind_of(view, first, last, lexicon)
        if kind not in {None, Kind.CRAFT, Kind.PERSON} and word.lower not in INSIDE:
            start = _trimmed(view, first, last, kind, lexicon)
            yield Party(_cut(view, start, last, lexicon), role, kind, deed)
            break
    for index in range(craft + 1, min(craft + 5, len(view.tokens))):
        if view.word(index) in {"of", "from", "to"}:
            last = index + 1
            while (
                view.pos(last) in NAMING | {"DET"}
                or view.word(last) in INSIDE
                or (view.pos(last) == "VERB" and view.word(last - 1) == "-")
            ):
                last += 1
            if last > index + 1 and (party := _party(view, last - 1, role, deed, lexicon)) is not None:
                yield party
            return


def _others(view: View, acts: list[Deed], lexicon: Lexicon) -> Iterator[Party]:
    """Yield forces and lone attackers that do something else: "cracked down", "taken away by gunmen"."""
    known = {act.at for act in acts}
    for index, token in enumerate(view.tokens):
        if token.pos != "VERB" or index in known or token.lower in lexicon.speech.verbs:
            continue
        act = Deed(index, index + 1, index, of_harm=False)
        for head, role in agents(view, index, DEEPEST):
            if role != "arg0":
                for party in _parties(view, head, f"{role}-of-other", act, lexicon):
                    if party.kind in STRONG:
                        yield party


def _told(view: View, lexicon: Lexicon) -> Iterator[Party]:
    """Yield the parties that are only named: forces, movements, gunmen."""
    for index, token in enumerate(view.tokens):
        if token.pos not in {"NOUN", "PROPN"} or view.tokens[index].dep in {"compound", "flat"}:
            continue
        party = _party(view, index, "told", None, lexicon)
        if party is not None and party.kind in STRONG:
            yield party
