"""Tell which words a verb of saying reports, and settle words that stand under several voices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cairn.lexicon import Lexicon
from cairn.readings.voice_names import Heard
from cairn.readings.voice_phrases import Tree
from cairn.records import Token

ASIDE = frozenset({"conj", "cc", "punct", "discourse", "mark", "aux", "advmod"})
"""Dependencies of a verb of saying that are no part of what is said."""
TOLD_OF = frozenset({"ccomp", "xcomp", "obj", "parataxis", "csubj"})


def reported(tree: Tree, index: int, subject: int | None) -> tuple[tuple[int, int] | None, bool]:
    """Return the tokens ``[low, high)`` that the verb at ``index`` reports, and whether they follow it."""
    outside = {index} | (tree.subtree(subject) if subject is not None else set())
    start, end = min(outside), max(outside) + 1
    if subject is not None and subject > index:
        start = index
    clauses = [c for c in tree.children(index, *TOLD_OF) if c not in outside]
    complements = [c for c in clauses if tree.tokens[c].dep == "ccomp"]
    chosen = complements or clauses
    dep, above = tree.tokens[index].dep, tree.tokens[index].head
    apart = start > 0 and tree.tokens[start - 1].text in {";", "-", "–", "—"}
    marked = any("that" in tree.words(tree.children(c, "mark")) for c in complements)
    aside = dep == "parataxis" or (dep == "acl:relcl" and not complements)
    if aside and above is not None and above >= 0 and not (apart or marked):
        said = tree.subtree(above) - tree.subtree(index)
        if said:
            low, high = min(said), max(said) + 1
            return ((low, start), False) if above < start else ((max(low, end), high), True)
    if not chosen:
        return None, True
    leading = all(c > index for c in chosen)
    said = set().union(*(tree.subtree(child) for child in chosen)) - outside
    for child in tree.below[index]:
        if child not in outside and tree.tokens[child].dep not in ASIDE and child not in chosen:
            same_side = (child > index) == leading
            if same_side and not tree.children(child, "nsubj"):
                said |= tree.subtree(child) - outside
    said = {at for at in said if at >= end} if leading else said
    if not leading and all(c < index for c in chosen):
        said = {at for at in said if at < start}
    return ((min(said), max(said) + 1) if said else None), leading


def untangled(found: Sequence[tuple[int, Heard]], lexicon: Lexicon, tokens: Sequence[Token]) -> list[Heard]:
    """Give the words under several voices to the innermost; an outlet around another voice passes it on."""
    heard = [one for _, one in found]
    for outer in range(len(heard)):
        for inner in range(len(heard)):
            around, within = heard[outer], heard[inner]
            if outer == inner or around.scope is None:
                continue
            low, high = around.scope
            if not low <= found[inner][0] < high:
                continue
            if (
                within.scope is not None
                and within.scope[0] <= found[outer][0] < within.scope[1]
                and inner > outer
            ):
                continue  # each lies in the other: the first is the inner one
            edge = min(within.first, within.scope[0]) if within.scope else within.first
            past = max(within.last, within.scope[1]) if within.scope else within.last
            before, after = max(0, edge - low), max(0, high - past)
            if max(before, after) > 2:
                kept = (low, edge) if before >= after else (past, high)
            else:
                kept = (within.first, within.last)
                name = " ".join(token.lower for token in tokens[around.speaker.first : around.speaker.last])
                if within.relay is None and (name in lexicon.speech.relays or around.verb == "report"):
                    heard[inner] = replace(within, relay=around.speaker if around.speaker.proper else None)
            heard[outer] = replace(around, scope=kept)
    return heard
