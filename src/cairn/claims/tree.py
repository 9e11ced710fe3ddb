"""Questions about a sentence's dependency tree and roles."""

from __future__ import annotations

from collections.abc import Sequence

from cairn.records import Sentence, Token


def ancestors(tokens: Sequence[Token], index: int) -> list[int]:
    """Return the tokens that ``index`` hangs on, nearest first; empty in an unparsed sentence."""
    chain: list[int] = []
    head = tokens[index].head if 0 <= index < len(tokens) else None
    while head is not None and head >= 0 and head not in chain:
        chain.append(head)
        head = tokens[head].head
    return chain


def tree_distance(tokens: Sequence[Token], one: int, other: int) -> int | None:
    """Return the number of dependencies between two tokens; ``None`` in an unparsed sentence."""
    if tokens[one].head is None or tokens[other].head is None:
        return None
    up = [one, *ancestors(tokens, one)]
    down = [other, *ancestors(tokens, other)]
    for steps, token in enumerate(up):
        if token in down:
            return steps + down.index(token)
    return None


def roles_of(sentence: Sentence, predicates: set[int], index: int) -> set[str]:
    """Return the roles that the token, or what it hangs on, has to any of ``predicates``."""
    if not sentence.roles:
        return set()
    above = {index, *ancestors(sentence.tokens, index)}
    return {role for predicate, head, role in sentence.roles if predicate in predicates and head in above}
