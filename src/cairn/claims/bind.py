"""Bind people to the harm they are said to have suffered, sentence by sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cairn.claims.company import with_company
from cairn.claims.patients import patients
from cairn.claims.reach import (
    COUNTING,
    OBJECT_REACH,
    after_passive,
    has_own_cue,
    listed_right,
    objects,
    starting,
    subjects,
)
from cairn.claims.takers import are_bodies, taken_as, takes_nobody
from cairn.claims.tree import ancestors
from cairn.claims.view import At, View
from cairn.lexicon import Lexicon
from cairn.records import Cue, Harm, Mention, Persons, PersonsKind, Role, Voice

TOLL_REACH = 14  # tokens between "toll" and its figure
UNDIVIDED = frozenset({"injure", "wound", "hurt", "maim", "wounded", "injured", "injury"})
"""Harms that a count may share with death; "beaten and killed" is death."""
BONDS = {
    Role.OBJECT: "object of “{}”",
    Role.SUBJECT: "subject of “{}”",
    Role.PREDICATE: "said to be “{}”",
    Role.OF: "those whose “{}” is told",
    Role.HEAD: "the phrase itself tells of “{}”",
    Role.TOLL: "the figure of “{}”",
}
"""How those who suffer stand to an expression of harm, told to a person."""
INCLUDE = frozenset({"include", "includes", "included"})
ORDERED = frozenset({"order", "orders", "ordered", "ordering"})
MODALS = frozenset({"would", "will", "could", "should", "can", "must", "shall", "may", "might", "cannot"})

RISING = frozenset(
    {"up", "down", "raised", "revised", "rose", "risen", "rising", "rises", "lowered", "increased", "climbed"}
)
"""Words of a figure that replaces another."""
NO_COUNT = frozenset({"various", "more"})
"""Words by which a noun of harm counts nobody: "various injuries", "no more deaths"."""
CAME_TO_PASS = frozenset({"forced", "had", "have", "managed", "compelled", "made", "used", "helped"})
"""Words before an infinitive that tells what happened: "a warrant used to arrest six"."""


@dataclass(frozen=True, slots=True)
class Binding:
    """People, the expression that harms them, and how the two were joined.

    Attributes:
        whole: the binding whose people include these, when the words say so.
        replaced: the text gives the figure as one that another has replaced.
        reason: one line for a person who checks it.
    """

    view: View
    persons: At[Persons]
    cue: At[Cue]
    harm: Harm
    reason: str
    whole: Binding | None = None
    replaced: bool = False

    @property
    def key(self) -> tuple[int, int, Harm]:
        """Return what tells this figure from the others of its report, however its whole is read."""
        return self.view.number, self.persons.first, self.harm


def bind_sentence(view: View, lexicon: Lexicon) -> list[Binding]:
    """Return the bindings that the sentence's own words make, in reading order.

    A phrase may be bound twice, by two harms of two kinds ("abducted and killed"); killed and injured over
    one phrase are one binding of harm ``casualties``.
    """
    bound: list[Binding] = []
    for cue in view.cues:
        inside = next((p for p in view.persons if p.first < cue.first and cue.last <= p.last), None)
        if inside is not None and cue.value.role in {Role.OBJECT, Role.PREDICATE} and cue.last < inside.last:
            if any(view.word(index) == "'s" for index in range(cue.last, inside.last)):
                continue  # "the wounded man's father"
            # "27 recently kidnapped students": the harm stands inside the phrase.
            bound.append(Binding(view, inside, cue, cue.value.harm, f"“{cue.value.lemma}” in the phrase"))
            continue
        if _hypothetical(view, cue, lexicon):
            continue
        if sufferers := with_company(view, _sufferers(view, cue, lexicon), cue):
            harm, bond = taken_as(view, cue, lexicon), _bond(cue.value)
            bound += [Binding(view, persons, cue, harm, bond) for persons in sufferers]
    bound += _lives(view, lexicon)
    return sorted(_settled(bound), key=lambda binding: binding.persons.first)


def _bond(cue: Cue) -> str:
    """Return how those who suffer stand to an expression of harm, for a person."""
    passive = " in the passive" if cue.role is Role.OBJECT and cue.voice is Voice.PASSIVE else ""
    return ("subject of “{}”" if passive else BONDS[cue.role]).format(cue.lemma) + passive


def _sufferers(view: View, cue: At[Cue], lexicon: Lexicon) -> list[At[Persons]]:
    """Return who suffers a harm: by the words beside its expression, else by the tree."""
    if cue.value.role is Role.PREDICATE and _harmed_while_kept(view, cue):
        return []
    if takes_nobody(view, cue, lexicon):
        return []
    if cue.value.lemma in lexicon.harms.bodily and not _is_bodily(view, cue):
        return []
    if cue.value.lemma in lexicon.harms.by_tree and view.tokens[cue.first].head is not None:
        # "held", "lost" of meetings and ground too: only the tree can tell, and a noun that is of people
        moved = cue.value.lemma in lexicon.harms.taking
        found = [p for p in patients(view, cue) if _of_people(view, p, lexicon)]
        return [p for p in found if not (moved and are_bodies(view, p))]
    found = BINDERS[cue.value.role](view, cue, lexicon)
    if found and cue.value.role is Role.OBJECT and view.pos(cue.last) == "PRON":
        return [*patients(view, cue), *found]  # "killed him and two guards"
    return found or patients(view, cue)


def _is_bodily(view: View, cue: At[Cue]) -> bool:
    """Say whether a part of the body or a weapon is told: "hit in the leg", "struck by shrapnel"."""
    return any(
        token.head == cue.first
        and (token.dep or "").startswith("obl")
        and token.pos == "NOUN"
        and any(t.head == at and t.lower in {"in", "on", "by", "with"} for t in view.tokens)
        for at, token in enumerate(view.tokens)
    )


def _of_people(view: View, persons: At[Persons], lexicon: Lexicon) -> bool:
    """Say whether a phrase is known to mean people, or counts them without a noun."""
    known = persons.value.certain or persons.value.kind is not PersonsKind.COUNTED
    return known and view.word(persons.last - 1) not in lexicon.harms.lives_nouns


def _settled(bound: list[Binding]) -> Iterator[Binding]:
    """Join killed and injured over one phrase; drop what a stronger reading of the phrase replaces."""
    for first in sorted({binding.persons.first for binding in bound}):
        same = [binding for binding in bound if binding.persons.first == first]
        verbal = [binding for binding in same if binding.cue.value.role is not Role.HEAD]
        same = verbal or same
        harms = {binding.harm for binding in same}
        if {Harm.KILLED, Harm.INJURED} <= harms and _joined(same):
            yield Binding(
                same[0].view, same[0].persons, same[0].cue, Harm.CASUALTIES, "killed and injured, undivided"
            )
            harms -= {Harm.KILLED, Harm.INJURED, Harm.CASUALTIES}
        elif {Harm.KILLED, Harm.INJURED} <= harms and _beside(same):
            harms -= {Harm.INJURED}  # "tortured and killed", "shot and killed" tell one death
        for harm in Harm:
            if harm in harms:
                yield next(binding for binding in same if binding.harm is harm)


def _joined(same: list[Binding]) -> bool:
    """Say whether the two verbs stand side by side over the phrase ("killed and wounded 20")."""
    injured = next(binding.cue for binding in same if binding.harm is Harm.INJURED)
    killed = next(binding.cue for binding in same if binding.harm is Harm.KILLED)
    if injured.last == killed.first and killed.value.role is Role.SUBJECT:
        return False  # "eight wounded died"
    return _beside(same) and injured.value.lemma.split()[-1] in UNDIVIDED


def _beside(same: list[Binding]) -> bool:
    """Say whether a verb of killing and one of injuring stand side by side."""
    killed = next(binding.cue for binding in same if binding.harm is Harm.KILLED)
    injured = next(binding.cue for binding in same if binding.harm is Harm.INJURED)
    return min(abs(injured.first - killed.last), abs(killed.first - injured.last)) <= 2


# --- one binder for each role -------------------------------------------------------------------------


def _object(view: View, cue: At[Cue], lexicon: Lexicon) -> list[At[Persons]]:
    """Bind the object of an active verb or the subject of a passive one."""
    if cue.value.voice is Voice.PASSIVE:
        return subjects(view, cue) or after_passive(view, cue)
    after = objects(view, cue)
    if cue.value.voice is Voice.ACTIVE:
        return after
    if view.word(cue.first - 1) == "those" and (late := after_passive(view, cue)):
        return late  # "those killed were two nurses and three men"
    before = subjects(view, cue)
    beside = bool(before) and before[-1].last == cue.first and before[-1].value.kind in COUNTING
    if after and beside and after[0].value.kind is PersonsKind.NAMED:
        return before  # "another 30 injured Jane Roe told": the name has a verb of its own
    return after if after and not has_own_cue(view, after[-1], cue) else before


def _subject(view: View, cue: At[Cue], lexicon: Lexicon) -> list[At[Persons]]:
    """Bind the subject of "die", "flee"."""
    return subjects(view, cue)


def _predicate(view: View, cue: At[Cue], lexicon: Lexicon) -> list[At[Persons]]:
    """Bind what is said to be dead or missing."""
    if view.word(cue.first - 1) == "those" and (late := after_passive(view, cue)):
        return late
    return subjects(view, cue, reach=10)


def _harmed_while_kept(view: View, cue: At[Cue]) -> bool:
    """Say whether the words only tell where somebody was harmed: "49 died in police custody"."""
    noun = view.tokens[cue.last - 1]
    over = noun.head if noun.dep == "obl" else None
    return any(c.first == over and c.value.harm in {Harm.KILLED, Harm.INJURED} for c in view.cues)


def _of(view: View, cue: At[Cue], lexicon: Lexicon) -> list[At[Persons]]:
    """Bind "the death of X" and "X's death"."""
    after = cue.last
    while view.word(after) in {"and", "or"} or any(other.first == after for other in view.cues):
        after += 1  # "the murder and abduction of", "the abduction and presumed murder of"
        if view.word(after - 1) in {"and", "or"} and any(other.first == after + 1 for other in view.cues):
            after += 1
    if view.word(after) in {"of", "to"} and (first := starting(view, after + 1, after + 4)):
        return listed_right(view, first, cue)
    counted = [p for p in view.persons if p.first < cue.first and p.last == cue.last]
    words = {view.word(at) for p in counted for at in range(p.first, p.last)}
    if counted and counted[-1].value.kind is PersonsKind.COUNTED and not words & NO_COUNT:
        return counted  # "19 civilian deaths"
    index = cue.first - 1
    while (
        index > 0
        and view.pos(index) in {"ADJ", "NOUN", "CCONJ"}
        and view.word(index) != "'s"
        and cue.first - index < 4
    ):
        index -= 1
    if view.word(index) in {"'s", "'"}:
        return [persons for persons in view.persons if persons.last == index][-1:]
    return []


def _head(view: View, cue: At[Cue], lexicon: Lexicon) -> list[At[Persons]]:
    """Bind a phrase whose own noun carries the harm: "12 deaths", "no casualties"."""
    if view.word(cue.first - 1) in {"the", "those"} and (late := _told_after(view, cue)):
        return late
    counted = {PersonsKind.COUNTED, PersonsKind.ELLIPTIC}
    return [
        persons
        for persons in view.persons
        if persons.value.kind in counted
        and (persons.first <= cue.first < persons.last or persons.last == cue.first)
    ][-1:]


def _told_after(view: View, cue: At[Cue]) -> list[At[Persons]]:
    """Return whom "among the dead is" or "the dead include" names, and "the dead numbered 60"."""
    if view.word(cue.first - 2) in {"among", "amongst"}:
        return after_passive(view, cue)
    if view.word(cue.last) in INCLUDE:
        first = starting(view, cue.last + 1, cue.last + 3)
        return listed_right(view, first, cue) if first is not None else []
    figure = starting(view, cue.last + 1, cue.last + 2)
    counting = figure is not None and figure.value.kind in COUNTING
    told = view.word(cue.last) in {"at", "numbered"}
    return [figure] if figure is not None and counting and told else []


def _toll(view: View, cue: At[Cue], lexicon: Lexicon) -> list[At[Persons]]:
    """Bind the figure of a toll: "the death toll rose to at least 86"."""
    for persons in view.persons:
        if persons.first < cue.last or persons.value.kind not in COUNTING:
            continue
        near = {view.word(persons.first - 1), view.word(persons.first - 2)}
        if "from" in near or not near & lexicon.harms.tolling:
            continue
        risen = view.word(persons.first - 1) == "to" and view.word(persons.first - 2) in RISING
        if persons.first <= cue.last + TOLL_REACH or risen or _share_verb(view, cue, persons):
            return [persons]
    return []


def _share_verb(view: View, cue: At[Cue], persons: At[Persons]) -> bool:
    """Say whether a noun and a figure hang on one verb: "the toll of Friday's blast in ... rose to 86"."""
    verbs = [
        next((above for above in ancestors(view.tokens, index) if view.pos(above) == "VERB"), None)
        for index in (cue.last - 1, persons.last - 1)
    ]
    return verbs[0] is not None and verbs[0] == verbs[1]


BINDERS: dict[Role, Callable[[View, At[Cue], Lexicon], list[At[Persons]]]] = {
    Role.OBJECT: _object,
    Role.SUBJECT: _subject,
    Role.PREDICATE: _predicate,
    Role.OF: _of,
    Role.HEAD: _head,
    Role.TOLL: _toll,
}


def _lives(view: View, lexicon: Lexicon) -> Iterator[Binding]:
    """Bind "claimed 12 lives" and "claimed the lives of 12 people"."""
    for index in range(len(view.tokens)):
        if view.word(index) not in lexicon.harms.lives_verbs:
            continue
        for persons in view.persons:
            noun = persons.value.noun
            close = index < persons.first <= index + OBJECT_REACH + 2
            nouns, last = lexicon.harms.lives_nouns, view.word(persons.last - 1)
            of_them = view.word(persons.first - 1) == "of" and view.word(persons.first - 2) in nouns
            itself = last in nouns - {"lives"}
            if close and (of_them or (last == "lives" and noun is not None)) and not itself:
                token = view.tokens[index]
                cue = Cue(harm=Harm.KILLED, role=Role.OBJECT, lemma="claim lives", parts=(token.span,))
                yield Binding(
                    view,
                    persons,
                    At(index, index + 1, Mention(span=token.span, value=cue)),
                    Harm.KILLED,
                    "lives taken",
                )
                break


def _hypothetical(view: View, cue: At[Cue], lexicon: Lexicon) -> bool:
    """Say whether the harm has not happened: wanted, threatened, possible, denied by the grammar."""
    if cue.value.role not in {Role.OBJECT, Role.SUBJECT, Role.PREDICATE, Role.OF}:
        return False
    if cue.value.role is Role.OF and _unreal(view, cue, lexicon):
        return True
    index = cue.first - 1
    while index >= 0 and cue.first - index < 5:
        word, pos = view.word(index), view.pos(index)
        if word == "to" and pos == "PART":
            if view.word(index + 1) == "have":
                return False  # "believed to have been killed"
            return view.word(index - 1) not in CAME_TO_PASS
        if word in MODALS and pos != "PROPN" and not view.word(index - 1).isdigit():
            return view.word(index + 1) != "have"
        if word in lexicon.harms.negation and pos in {"PART", "ADV", "ADP"}:
            return True
        if pos not in {"ADV", "AUX", "PART", "DET"}:
            break
        index -= 1
    opening = view.word(0) if view.word(0).isalpha() else view.word(1)
    conditional = any(
        view.word(position) in {"if", "unless", "whether"} and view.word(position + 1) != "not"
        for position in range(max(0, cue.first - 9), cue.first)
    )
    return conditional or opening in {"if", "unless"}


def _unreal(view: View, cue: At[Cue], lexicon: Lexicon) -> bool:
    """Say whether a noun of harm is only wanted, planned or held back: "halt the execution of"."""
    noun = cue.last - 1
    over = view.tokens[noun].head
    words = {view.word(at) for at in range(len(view.tokens)) if view.tokens[at].head == noun and at < noun}
    if over is not None and over >= 0 and view.tokens[noun].dep in {"obj", "nmod"}:
        words.add(view.word(over))
    ordered = cue.value.harm is Harm.DETAINED and words & ORDERED  # who orders a murder had it done
    return bool(ordered or words & lexicon.harms.unreal)
