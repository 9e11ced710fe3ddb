"""Find the deeds that a sentence tells, and the tokens that do them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cairn.claims.acting import INSIDE, LONGEST, NAMING
from cairn.claims.tree import ancestors
from cairn.claims.view import View
from cairn.claims.weapons import find_weapons
from cairn.lexicon import Lexicon
from cairn.records import Harm, Role

SUBJECTS = frozenset({"nsubj", "nsubj:outer"})
PASSIVE_SUBJECTS = frozenset({"nsubj:pass"})
SHARED = frozenset({"conj", "advcl", "xcomp", "parataxis"})
"""Clauses that take the subject of the clause they hang on: "fired rockets, killing three"."""
CRIMES = frozenset({Harm.KILLED, Harm.INJURED, Harm.CASUALTIES, Harm.ABDUCTED})
"""Harms that somebody is charged with."""
DEEPEST = 3  # clauses up to the one that has a subject
BY_REACH = 8  # tokens from a noun for an attack to "by"


@dataclass(frozen=True, slots=True)
class Deed:
    """A deed over the tokens ``[first, last)``; ``at`` is its verb or noun.

    Attributes:
        of_harm: its words tell a harm; otherwise an attack or a weapon.
        suffered: its subject is the harmed: "died".
        crime: somebody can be charged with it.
    """

    first: int
    last: int
    at: int
    of_harm: bool
    suffered: bool = False
    crime: bool = True


def find_deeds(view: View, lexicon: Lexicon) -> Iterator[Deed]:
    """Yield the deeds of a sentence: harms, weapons with the verbs they are wielded by, attacks."""
    taken: set[int] = set()
    for cue in view.cues:
        taken.update(range(cue.first, cue.last))
        if cue.value.role in {Role.OBJECT, Role.OF, Role.HEAD, Role.SUBJECT}:
            yield Deed(
                cue.first,
                cue.last,
                cue.first,
                of_harm=True,
                suffered=cue.value.role is Role.SUBJECT,
                crime=cue.value.harm in CRIMES,
            )
    for weapon in find_weapons(view, lexicon):
        first = view.index_of(weapon.span.start)
        last = view.index_of(weapon.span.end - 1) + 1
        if not taken & set(range(first, last)):
            taken.update(range(first, last))
            at = first if view.pos(first) == "VERB" else last - 1
            yield Deed(first, last, at, of_harm=False)
            for verb in _wielding(view, last - 1, lexicon):
                yield Deed(first, last, verb, of_harm=False)
    for index, token in enumerate(view.tokens):
        if index in taken:
            continue
        verb = token.pos == "VERB" and token.lower in lexicon.means.doing
        event = token.pos in {"NOUN", "PROPN"} and token.lower in lexicon.means.events
        if verb or event:
            yield Deed(index, index + 1, index, of_harm=False)


def _wielding(view: View, weapon: int, lexicon: Lexicon) -> Iterator[int]:
    """Yield the verb that a weapon or attack is the object of: "rained bombs on", "using rockets"."""
    tokens = view.tokens
    at = weapon
    for _ in range(DEEPEST):
        head = tokens[at].head
        if head is None or head < 0:
            return
        dep = tokens[at].dep
        if tokens[head].pos == "VERB" and dep in {"obj", "nsubj:pass", "obl"}:
            by_means = dep != "obl" or any(
                tokens[index].head == at and tokens[index].lower in {"with", "in"}
                for index in range(head, at)
            )
            word = tokens[head].lower
            if by_means and word not in lexicon.means.doing and word not in lexicon.speech.verbs:
                yield head
            return
        if dep not in {"compound", "nmod", "conj", "amod"}:
            return
        at = head


# --- doers of a verb ----------------------------------------------------------------------------------


def agents(view: View, verb: int, depth: int = 0) -> Iterator[tuple[int, str]]:
    """Yield the tokens that do a verb: its agent after "by", its subject, the subject it shares."""
    tokens = view.tokens
    if tokens[verb].head is None:
        yield from _agents_by_order(view, verb)
        return
    found = False
    passive = False
    for index, token in enumerate(tokens):
        if token.head != verb:
            continue
        if token.dep in PASSIVE_SUBJECTS or token.dep == "aux:pass":
            passive = True
        if token.dep == "obl:agent" or (token.dep == "obl" and case_of(view, index) == "by"):
            yield index, "agent"
            found = True
    if not found and not passive:
        for index, token in enumerate(tokens):
            if token.head == verb and token.dep in SUBJECTS:
                found = True
                yield meant(view, index, verb), "subject"
    for predicate, head, role in view.sentence.roles:
        if predicate == verb and role == "ARG0":
            found = True
            yield head, "arg0"
    if passive and not found:
        yield from ((index, "agent") for index in _agents_below(view, verb))
    if found or passive or depth >= DEEPEST:
        return
    over, dep = tokens[verb].head, tokens[verb].dep
    if over is not None and over >= 0 and dep in SHARED and tokens[over].pos == "VERB":
        yield from ((index, "shared") for index, _ in agents(view, over, depth + 1))


def _agents_below(view: View, verb: int) -> Iterator[int]:
    """Yield who stands after a "by" that the tree hangs below a passive: "killed near the gate by gunmen"."""
    tokens = view.tokens
    for index in range(verb + 1, len(tokens)):
        if tokens[index].pos == "VERB" and tokens[index].dep not in {"amod", "compound"}:
            return  # that verb may have an agent of its own
        if tokens[index].dep.startswith(("nmod", "obl")) and case_of(view, index) == "by":
            over = ancestors(tokens, index)
            if verb in over and not any(tokens[at].pos == "VERB" for at in over[: over.index(verb)]):
                yield index
                return


def _agents_by_order(view: View, verb: int) -> Iterator[tuple[int, str]]:
    """Yield the doer of a verb in an unparsed sentence: the noun after "by", else the noun before."""
    for index in range(verb + 1, min(verb + 4, len(view.tokens))):
        if view.word(index) == "by":
            last = index + 1
            while view.pos(last) in NAMING | {"DET"} or view.word(last) in INSIDE:
                last += 1
            if last > index + 1:
                yield last - 1, "agent"
            return
    index = verb - 1
    while index >= 0 and view.pos(index) in {"AUX", "ADV", "PART"}:
        if view.word(index) in {"was", "were", "been", "be", "being"}:
            return
        index -= 1
    if index >= 0 and view.pos(index) in NAMING:
        yield index, "subject"


def meant(view: View, subject: int, verb: int) -> int:
    """Return what a relative pronoun stands for, else the subject itself."""
    if view.word(subject) in {"who", "which", "that"} and view.tokens[verb].dep == "acl:relcl":
        head = view.tokens[verb].head
        return head if head is not None and head >= 0 else subject
    return subject


def case_of(view: View, noun: int) -> str:
    """Return the preposition of a noun."""
    for index in range(max(0, noun - LONGEST), noun):
        if view.tokens[index].head == noun and view.tokens[index].dep == "case":
            return view.word(index)
    return ""


# --- doers of a noun ----------------------------------------------------------------------------------


def owners(view: View, act: Deed, lexicon: Lexicon) -> Iterator[tuple[int, str]]:
    """Yield the tokens that do a deed told by a noun: "the rebels' attack", "raids by", "custody of"."""
    for index, token in enumerate(view.tokens):
        if (
            token.head is not None
            and act.first <= token.head < act.last
            and not act.first <= index < act.last
        ):
            case = case_of(view, index)
            if token.dep == "nmod:poss":
                # What belongs to the harmed is no doer: "her arrest".
                if not act.of_harm:
                    yield index, "owner"
            elif token.dep in {"nmod", "obl"} and case in {"by", "from"}:
                yield index, "agent"
            elif token.dep in {"nmod", "obl"} and case == "of" and not act.of_harm:
                yield index, "of"
    for predicate, head, role in view.sentence.roles:
        if act.first <= predicate < act.last and role == "ARG0":
            yield head, "arg0"
    for index in range(act.last, min(act.last + BY_REACH, len(view.tokens))):
        if view.pos(index) == "VERB" and view.word(index) not in lexicon.means.doing:
            break  # "the area that is held by": they hold it, and did not attack
        if view.word(index) == "by" and view.pos(index + 1) in NAMING | {"DET", "PRON"}:
            last = index + 1
            while view.pos(last) in NAMING | {"DET", "PRON"} or view.word(last) in INSIDE:
                last += 1
            yield last - 1, "agent"
            break
