"""Find the expressions of harm and tell how each reaches its victims."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from cairn.lexicon import Form, HarmPhrase, Lexicon
from cairn.readings.persons_phrase import MORE
from cairn.records import Cue, Mention, Role, Sentence, Token, Voice

PASSIVE_AUXILIARIES = frozenset(
    {"is", "are", "was", "were", "be", "been", "being", "get", "got", "gets", "getting"}
)
LOOK_BACK = 6  # tokens between an auxiliary and its participle: adverbs, "not", a coordinated participle
POSSESSIVES = frozenset({"his", "her", "its", "their", "our", "my", "the"})
GAP = 9  # tokens of a noun phrase between the halves of "took ... hostage"
WOUNDS = 4  # tokens of "suffered serious gunshot wounds" between the verb and its noun
SELVES = frozenset({"himself", "herself", "itself", "themselves"})
HELD = frozenset({"custody", "detention", "captivity"})
PRISONS = frozenset({"prison", "jail"})
STAYING = frozenset({"is", "are", "was", "were", "been", "remain", "remains", "remained", "still"})
PEOPLE = "people"  # in an expression: any people, told in so many tokens ("Kurdish civilians") at most
PEOPLE_REACH = 3
KEEPERS = 4  # tokens of "in the rebel group's captivity" between the preposition and its noun
NAMING = frozenset({"ADJ", "NOUN", "PROPN", "PRON", "DET", "PART"})
NOUN_BEFORE = frozenset({"DET", "ADJ", "NUM"})


def find_cues(sentences: Sequence[Sentence], lexicon: Lexicon) -> tuple[Mention[Cue], ...]:
    """Find every expression of harm.

    Args:
        sentences: tagged, of one document.
        lexicon: expressions of harm.

    Returns:
        Mentions in reading order, never overlapping; the span covers the words of the expression. A word
        that can be verb or noun is one or the other by what stands before it.
    """
    mentions: list[Mention[Cue]] = []
    for sentence in sentences:
        index = 0
        while index < len(sentence.tokens):
            found = _cue(sentence.tokens, index, lexicon)
            if found:
                mentions.append(found[0])
                index = found[1]
            else:
                index += 1
    return tuple(mentions)


def _cue(tokens: Sequence[Token], index: int, lexicon: Lexicon) -> tuple[Mention[Cue], int] | None:
    """Read the best expression that starts at ``index``."""
    for phrase in lexicon.harms.phrases.get(tokens[index].lower, ()):
        matched = _matched(tokens, index, phrase, lexicon)
        if matched is None or not _fits(tokens, index, phrase):
            continue
        if phrase.lemma in lexicon.harms.told and not _names_taker(tokens, lexicon):
            continue
        voice = _voice(tokens, index, phrase) if phrase.role is Role.OBJECT else None
        by = "by" in (phrase.words[-1], _word(tokens, matched[-1] + 1))
        if phrase.passive and voice is not Voice.PASSIVE and not (voice is Voice.REDUCED and by):
            continue
        first, *rest = matched
        cue = Cue(
            harm=phrase.harm,
            role=phrase.role,
            lemma=phrase.lemma,
            voice=voice,
            parts=tuple(tokens[position].span for position in matched),
        )
        whole = phrase.role is Role.PREDICATE
        together = whole or all(b == a + 1 for a, b in zip(matched, rest, strict=False))
        last = matched[-1] if together else first
        return Mention(span=tokens[first].span.to(tokens[last].span), value=cue), last + 1
    return None


def _names_taker(tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """Say whether a sentence speaks of an officer or an outlaw, who may take somebody away."""
    officers, outlaws = lexicon.harms.officers, lexicon.harms.outlaws
    return any(token.lower in officers or token.lower in outlaws for token in tokens)


def _matched(tokens: Sequence[Token], index: int, phrase: HarmPhrase, lexicon: Lexicon) -> list[int] | None:
    """Return the positions of the phrase's words, with room for the harmed after the first.

    "People" stands for any people: "the number of Kurdish civilians killed".
    """
    positions = [index]
    for number, word in enumerate(phrase.words[1:]):
        reach = 1
        if phrase.gap and number == 0:
            reach = GAP if phrase.role is Role.OBJECT else WOUNDS
        held = phrase.role is Role.PREDICATE and (
            word in HELD or (word in PRISONS and index > 0 and tokens[index - 1].lower in STAYING)
        )
        reach = KEEPERS if held else reach
        words: Collection[str] = (word,)
        if word == PEOPLE and number > 0:
            reach, words = PEOPLE_REACH, lexicon.people.plural
        start = positions[-1] + 1
        if start < len(tokens) and tokens[start].lower in POSSESSIVES:
            start += 1  # "fled their homes"
        at = next(
            (
                position
                for position in range(start, min(start + reach, len(tokens)))
                if tokens[position].lower in words
            ),
            None,
        )
        if at is None or any(_breaks_off(tokens, position) for position in range(start, at)):
            return None
        if held and any(tokens[position].pos not in NAMING for position in range(start, at)):
            return None
        positions.append(at)
    return positions


def _word(tokens: Sequence[Token], index: int) -> str:
    """Return the lower-case word at ``index``, empty outside the sentence."""
    return tokens[index].lower if 0 <= index < len(tokens) else ""


def _breaks_off(tokens: Sequence[Token], index: int) -> bool:
    """Say whether the phrase for the harmed cannot hold the word; "an estimated 900" is no verb."""
    estimated = tokens[index].pos == "VERB" and tokens[index + 1].pos == "NUM"
    return tokens[index].pos in {"VERB", "AUX", "PUNCT"} and not estimated


def _fits(tokens: Sequence[Token], index: int, phrase: HarmPhrase) -> bool:
    """Say whether the word's neighbours allow the phrase's role."""
    before = tokens[index - 1] if index else None
    after = tokens[index + len(phrase.words)] if index + len(phrase.words) < len(tokens) else None
    noun_place = before is not None and (before.pos in NOUN_BEFORE or before.lower == "'s")
    if phrase.role in (Role.OBJECT, Role.SUBJECT):
        if Form.GERUND in phrase.forms:
            return not (after is not None and after.lower == "of")
        plain = phrase.forms & {Form.BASE, Form.THIRD} and Form.PARTICIPLE not in phrase.forms
        if plain:
            return tokens[index].pos in {"VERB", "X"} or not noun_place
        # "the wounded" is no verb, nor is "20 injured people"; "the wounded man" tells his harm all the same.
        if before is not None and before.lower in {"the", "a", "an"} and Form.PARTICIPLE in phrase.forms:
            return after is not None and after.pos in {"NOUN", "PROPN"}
        return not (before is not None and before.lower in {"the", "a", "an", "of", "some"})
    if phrase.role is Role.HEAD:
        return noun_place or (before is not None and before.lower in {"of", "'s", "causing", "caused"})
    if phrase.role is Role.OF:
        owned = before is not None and (before.lower == "'s" or before.pos in {"ADJ", "CCONJ", "NOUN"})
        joined = after is not None and after.lower in {"of", "and", "or", "to"}
        more = index > 1 and _word(tokens, index - 1) in MORE
        number = tokens[index - 2] if more else before
        counted = number is not None and number.pos == "NUM" and (after is None or after.lower != "of")
        return (joined or owned) and not counted
    if phrase.role is Role.PREDICATE:
        return not (before is not None and before.lower in {"the", "of"})
    return True


def _voice(tokens: Sequence[Token], index: int, phrase: HarmPhrase) -> Voice:
    """Tell active, passive and undecided participles apart."""
    if Form.PARTICIPLE not in phrase.forms:
        return Voice.ACTIVE
    position = index - 1
    while position >= max(0, index - LOOK_BACK):
        token = tokens[position]
        if token.lower in PASSIVE_AUXILIARIES:
            return Voice.PASSIVE
        if token.lower in {"have", "has", "had", "having"}:
            return Voice.ACTIVE
        if token.pos not in {"ADV", "PART", "CCONJ", "VERB", "AUX"} and token.lower not in SELVES:
            break
        position -= 1
    return Voice.REDUCED
