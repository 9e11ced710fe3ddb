"""Read the noun phrase that names a voice off the dependency tree of its sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cairn.lexicon import Lexicon
from cairn.readings.voice_names import DETERMINERS, LINKS, Named
from cairn.records import Group, Token

OBJECT_PRONOUNS = frozenset({"him", "her", "them"})
BEFORE = frozenset({"amod", "compound", "flat", "nmod", "nmod:poss", "nmod:desc", "nummod"})
AFTER = frozenset({"flat", "compound", "nmod", "fixed"})
APART = frozenset({"acl", "acl:relcl", "advcl", "appos", "parataxis", "obl", "nmod:unmarked", "obl:unmarked"})
"""Dependencies that end a name: clauses, appositions and dates are no part of it."""
OWNED_BY = frozenset({"by", "from", "of", "to"})
NAMING = frozenset({"known", "called", "named"})
SPEAKING = frozenset({"speaking", "talking"})
DEEPEST = 4  # "a statement by a spokesman for ..., Name": owners and appositions followed


@dataclass(frozen=True, slots=True)
class Tree:
    """The tokens of a parsed sentence and, for each, the tokens that hang on it."""

    tokens: Sequence[Token]
    below: tuple[tuple[int, ...], ...]

    def children(self, index: int, *kinds: str) -> list[int]:
        """Return the tokens that hang on ``index`` by one of ``kinds``, in reading order."""
        return [child for child in self.below[index] if self.tokens[child].dep in kinds]

    def subtree(self, index: int, without: frozenset[str] = frozenset()) -> set[int]:
        """Return ``index`` and all below it, leaving out what hangs on by a kind in ``without``."""
        found, waiting = {index}, [index]
        while waiting:
            for child in self.below[waiting.pop()]:
                if child not in found and self.tokens[child].dep not in without:
                    found.add(child)
                    waiting.append(child)
        return found

    def words(self, indexes: Sequence[int]) -> set[str]:
        """Return the lower-case words at ``indexes``."""
        return {self.tokens[index].lower for index in indexes}


def grow_tree(tokens: Sequence[Token]) -> Tree:
    """Return the tree of parsed tokens."""
    below: list[list[int]] = [[] for _ in tokens]
    for index, token in enumerate(tokens):
        if token.head is not None and 0 <= token.head < len(tokens) and token.head != index:
            below[token.head].append(index)
    return Tree(tokens, tuple(tuple(children) for children in below))


def phrase(tree: Tree, head: int, in_date: set[int], lexicon: Lexicon, depth: int = 0) -> Named | None:
    """Return the voice that the noun phrase around ``head`` names; ``None`` for what cannot speak.

    A person's name stands for the whole phrase around it, a name in apposition for the noun before it, and
    the owner for a statement or report.
    """
    token, speech = tree.tokens[head], lexicon.speech
    if token.lower in speech.pronouns or token.lower in OBJECT_PRONOUNS:
        return Named(head, head + 1, proper=False, voice=True, pronoun=True)
    if token.span.start in in_date or depth > DEEPEST or token.pos in {"PUNCT", "NUM", "SYM", "ADP"}:
        return None
    person = named_run(tree, head, "PER")
    if person is not None:
        return Named(*person, proper=True, voice=True)
    common = token.pos == "NOUN" and token.name == "O"
    if token.lower in speech.vehicles:
        owner = _owner(tree, head)
        owned = phrase(tree, owner, in_date, lexicon, depth + 1) if owner is not None else None
        if owned is not None and not owned.pronoun:
            return owned
        if token.lower in speech.wordless and _says_nothing(tree, head, lexicon):
            return None
    for other in _other_names(tree, head):
        named = phrase(tree, other, in_date, lexicon, depth + 1)
        if named is not None and named.proper and (common or named_run(tree, other, "PER")):
            return named
    return _spanned(tree, head, in_date, lexicon)


def named_run(tree: Tree, index: int, kind: str) -> tuple[int, int] | None:
    """Return the tokens ``[first, last)`` of the name of that kind that holds ``index``."""
    if not tree.tokens[index].name.endswith(kind):
        return None
    first, last = index, index + 1
    while first > 0 and tree.tokens[first].name == f"I-{kind}" and tree.tokens[first - 1].name.endswith(kind):
        first -= 1
    while last < len(tree.tokens) and (tree.tokens[last].name == f"I-{kind}" or _initial(tree, last, kind)):
        last += 1
    return first, last


def _initial(tree: Tree, index: int, kind: str) -> bool:
    """Say whether a full stop or a name at ``index`` goes on after an initial: "Jane R. Roe"."""
    tokens = tree.tokens
    if tokens[index].text == "." and index + 1 < len(tokens):
        return len(tokens[index - 1].text) == 1 and tokens[index + 1].text[:1].isupper()
    after = index > 1 and tokens[index - 1].text == "." and len(tokens[index - 2].text) == 1
    return after and kind == "PER" and tokens[index].pos == "PROPN"


def _owner(tree: Tree, head: int) -> int | None:
    """Return whose statement it is: "by the ministry", "the ministry's", "issued by the ministry"."""
    for child in tree.children(head, "nmod", "nmod:poss"):
        cases = tree.words(tree.children(child, "case"))
        if cases & OWNED_BY and "to" not in cases:
            return child
        if "'s" in cases or "'" in cases:
            return child if tree.tokens[child].name != "O" or tree.tokens[child].pos == "NOUN" else None
    for child in tree.children(head, "acl"):
        agents = tree.children(child, "obl:agent")
        if agents:
            return agents[0]
    return None


def _says_nothing(tree: Tree, head: int, lexicon: Lexicon) -> bool:
    """Say whether nothing before the noun tells whose data they are."""
    before = [c for c in tree.children(head, "amod", "compound", "nmod:poss") if c < head]
    return all(tree.tokens[child].lower in lexicon.speech.unowned for child in before)


def _other_names(tree: Tree, head: int) -> list[int]:
    """Return the heads of phrases that name the same: appositions, "known as ..."."""
    others = [child for child in tree.children(head, "appos", "flat") if child > head]
    for child in tree.children(head, "acl"):
        if tree.tokens[child].lower in NAMING:
            others += tree.children(child, "obl", "xcomp", "obj", "obl:agent")
    return others


def _spanned(tree: Tree, head: int, in_date: set[int], lexicon: Lexicon) -> Named | None:
    """Return the phrase itself, from its first modifier to the last part of its name."""
    tokens, speech = tree.tokens, lexicon.speech
    keep = {head}
    for child in tree.below[head]:
        kind = tokens[child].dep
        bare = kind in BEFORE and not tree.children(child, "case")
        if child < head and (bare or kind == "nmod:poss"):
            keep |= tree.subtree(child, APART)
        elif child > head and (kind in AFTER and _belongs(tree, head, child)):
            keep |= tree.subtree(child, APART | {"conj", "cc"})
    organisation = named_run(tree, head, "ORG")
    if organisation is not None:
        keep |= set(range(*organisation))
    first, last = head, head + 1
    while first > 0 and first - 1 in keep and tokens[first - 1].span.start not in in_date:
        first -= 1
    while last < len(tokens) and last in keep and tokens[last].span.start not in in_date:
        last += 1
    run = named_run(tree, first - 1, "ORG") if first > 0 and tokens[head].pos == "NOUN" else None
    first = run[0] if run is not None else first  # "the Observatory for Human Rights | monitoring group"
    beside = _name_beside(tree, head, last, lexicon)
    if beside is not None:
        return Named(*beside, proper=True, voice=True)
    while first < head and (tokens[first].lower in DETERMINERS or not tokens[first].text[:1].isalnum()):
        first += 1
    words = [token.lower for token in tokens[first:last]]
    proper = any(token.name != "O" or token.pos == "PROPN" for token in tokens[first:last])
    nouns = (speech.persons, speech.bodies, speech.vehicles, lexicon.people.plural, lexicon.people.singular)
    voice = any(tokens[head].lower in kind for kind in nouns) or " ".join(words) in speech.relays
    return Named(first, last, proper=proper, voice=voice or tokens[head].name[2:] in {"PER", "ORG", "LOC"})


def _name_beside(tree: Tree, head: int, last: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """Return the name right after a common noun or a title: "news agency X", "Commissioner of Police, X"."""
    tokens = tree.tokens
    titled = tokens[head].lower in lexicon.speech.persons or tokens[head].pos == "PROPN"
    at = last + 1 if titled and last + 1 < len(tokens) and tokens[last].text == "," else last
    if at >= len(tokens) or not tokens[at].name.startswith("B-") or tokens[head].name != "O":
        return None
    return named_run(tree, at, "PER") or (named_run(tree, at, "ORG") if at == last else None)


def _belongs(tree: Tree, head: int, child: int) -> bool:
    """Say whether what follows the noun is part of the name: "of Helmand", "for human rights"."""
    if tree.tokens[child].dep != "nmod":
        return True
    cases = tree.children(child, "case")
    links = {"of", "for"} if named_run(tree, head, "ORG") else LINKS
    return bool(cases) and cases[0] > head and bool(tree.words(cases) & links)


def listener(tree: Tree, verb: int, lemma: str, in_date: set[int], lexicon: Lexicon) -> Named | None:
    """Return the body that is told, which passes it on: "told Reuters", "in an interview with Dawn"."""
    tells = lemma in {"tell", "inform"}
    if tells and (outlet := _outlet_at(tree, verb + 1, lexicon)):
        return outlet
    heads = [c for c in tree.children(verb, "obj", "iobj", "nsubj") if c > verb] if tells else []
    speaking = [c for c in tree.children(verb, "advcl") if tree.tokens[c].lower in SPEAKING]
    for child in [c for at in (verb, *speaking) for c in tree.children(at, "obl")]:
        cases = tree.words(tree.children(child, "case"))
        if "to" in cases:
            heads.append(child)
        elif tree.tokens[child].lower in lexicon.speech.vehicles:
            heads += [
                inner
                for inner in tree.children(child, "nmod")
                if tree.words(tree.children(inner, "case")) & {"to", "with"}
            ]
    for child in heads:
        named = phrase(tree, child, in_date, lexicon)
        if named is None or named.pronoun or named_run(tree, child, "PER"):
            continue
        words = " ".join(token.lower for token in tree.tokens[named.first : named.last])
        inside = {token.name[2:] for token in tree.tokens[named.first : named.last]}
        if words in lexicon.speech.relays or "ORG" in inside:
            return named
    return None


def _outlet_at(tree: Tree, start: int, lexicon: Lexicon) -> Named | None:
    """Return the run of proper nouns at ``start`` when it is told to be an outlet: "Radio X", "X reporter".

    Any name before a word for journalists is an outlet's, whether a list knows it or not.
    """
    tokens = tree.tokens
    first = start + (start < len(tokens) and tokens[start].lower in DETERMINERS)
    last = first
    while last < len(tokens) and tokens[last].pos == "PROPN":
        last += 1
    words = [token.lower for token in tokens[first:last]]
    told = last < len(tokens) and Group.JOURNALIST in lexicon.people.singular.get(tokens[last].lower, ())
    known = " ".join(words) in lexicon.speech.relays or any(word in lexicon.speech.bodies for word in words)
    if first < last and (told or known):
        return Named(first, last, proper=True, voice=True)
    return None
