"""Know a person by what is done to them: whatever "was arrested" or "was murdered" is one."""

from __future__ import annotations

from collections.abc import Sequence

from cairn.lexicon import Form, HarmPhrase, Lexicon
from cairn.readings.groups import phrase_groups
from cairn.readings.persons_phrase import Noun
from cairn.records import Role, Token

UNDERGOING = {
    Role.OBJECT: frozenset({"obj", "nsubj:pass"}),
    Role.SUBJECT: frozenset({"nsubj"}),
    Role.OF: frozenset({"nmod", "nmod:poss"}),
    Role.PREDICATE: frozenset({"nsubj"}),
}
"""How one who suffers hangs on a word of harm, by the word's role."""
LONGEST = 8  # tokens from the article to its noun
INSIDE = frozenset({"ADJ", "NOUN", "PROPN", "NUM", "ADV", "VERB"})


def suffering(tokens: Sequence[Token], article: int, lexicon: Lexicon) -> Noun | None:
    """Read the noun of an article as one person because of the harm that it suffers: "the king was arrested".

    Args:
        tokens: of one sentence.
        article: index of "a", "the", "his".
        lexicon: words of harm that nothing but people suffers, and nouns for things.

    Returns:
        The noun phrase after the article; ``None`` where a tree does not show that the noun suffers.
    """
    head = tokens[article].head
    if (
        head is None
        or not article < head < article + LONGEST
        or tokens[article].dep not in {"det", "nmod:poss"}
    ):
        return None
    word = tokens[head]
    people = lexicon.people
    several = people.many | people.plural.keys() | lexicon.quantities.collective
    thing = word.lower in people.things | several or word.name[2:] in {"ORG", "LOC", "GPE"}
    plural = word.lower.endswith("s") and not word.lower.endswith("ss")
    if (
        head + 1 < len(tokens)
        and tokens[head + 1].pos in {"NOUN", "PROPN"}
        and tokens[head + 1].name[2:] != "PER"
    ):
        return None  # "shot down a regime warplane"
    inside = all(token.pos in INSIDE or token.text == "-" for token in tokens[article + 1 : head])
    if word.pos != "NOUN" or thing or plural or not inside or not suffers(tokens, head, lexicon):
        return None
    first, last = article + 1, head + 1
    return Noun(first, last, phrase_groups(tokens, first, last, lexicon), certain=True, plural=False)


def suffers(tokens: Sequence[Token], noun: int, lexicon: Lexicon) -> bool:
    """Say whether a noun hangs, as one who suffers does, on a word of harm that only people suffer."""
    harm, relation = tokens[noun].head, tokens[noun].dep
    if harm is None or harm < 0:
        return False
    return any(
        relation in UNDERGOING.get(phrase.role, ())
        and phrase.lemma in lexicon.harms.persons
        and _stands(tokens, harm, phrase)
        for phrase in lexicon.harms.phrases.get(tokens[harm].lower, ())
    )


def is_harmed(tokens: Sequence[Token], noun: int, lexicon: Lexicon) -> bool:
    """Say whether a noun suffers such a harm, or its participle hangs on it: "Blogger killed by bomb"."""
    return suffers(tokens, noun, lexicon) or any(
        token.head == noun
        and token.dep == "acl"
        and any(
            phrase.role is Role.OBJECT
            and Form.PARTICIPLE in phrase.forms
            and phrase.lemma in lexicon.harms.persons
            and _stands(tokens, at, phrase)
            for phrase in lexicon.harms.phrases.get(token.lower, ())
        )
        for at, token in enumerate(tokens)
    )


def _stands(tokens: Sequence[Token], first: int, phrase: HarmPhrase) -> bool:
    """Say whether the other words of an expression follow its first."""
    words = [token.lower for token in tokens[first + 1 :]]
    return all(word in words for word in phrase.words[1:])
