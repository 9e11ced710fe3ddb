"""Find who is said to say what: verbs of saying, "according to", "quoted ... as saying"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from cairn.lexicon import Form, Lexicon
from cairn.readings.voice_names import DETERMINERS, Heard, name_after, name_before
from cairn.readings.voice_tree import heard_in_tree
from cairn.records import Attribution, Mention, Sentence, Span, Token

JOINING = frozenset({"but", "while", "whereas", "although", "though"})
"""Words after which a new voice opens its own clause."""
RELAY_VERBS = frozenset({"tell", "inform"})
NEGATIONS = frozenset({"not", "n't", "never"})
CITING = frozenset({"citing", "quoting"})
SAYING_FRAMES = frozenset({"saying", "telling", "reporting"})


def find_attributions(
    sentences: Sequence[Sentence], dated: Sequence[Span], lexicon: Lexicon
) -> tuple[Mention[Attribution], ...]:
    """Find every attribution with the words that it answers for.

    Args:
        sentences: tagged, of one document.
        dated: spans of time phrases, which may stand between a speaker and the verb.
        lexicon: verbs and nouns of saying.

    Returns:
        Mentions in reading order; a mention's span runs from the speaker to the verb. The scope of a leading
        attribution ("X said ...") runs to the next attribution or the end of the sentence, that of a trailing
        one ("..., X said") from the attribution before it or the start of the sentence.
    """
    in_date = {position for span in dated for position in range(span.start, span.end)}
    mentions: list[Mention[Attribution]] = []
    for sentence in sentences:
        heard = _joined(sentence.tokens, _heard_in(sentence.tokens, in_date, lexicon))
        mentions.extend(_scoped(sentence, heard))
    return tuple(mentions)


def _heard_in(tokens: Sequence[Token], in_date: set[int], lexicon: Lexicon) -> Iterator[Heard]:
    """Yield the attributions of one sentence: by its tree where it has one, else by neighbours."""
    if any(token.head is not None for token in tokens):
        heard = heard_in_tree(tokens, in_date, lexicon)
        yield from heard
        taken = {at for found in heard for at in range(found.first, found.last)}
        for found in _heard(tokens, in_date, lexicon):
            sure = found.verb not in lexicon.speech.weak or found.verb in {"report", "confirm"}
            if sure and not taken & set(range(found.first, found.last)):
                yield found
    else:
        yield from _heard(tokens, in_date, lexicon)


def _heard(tokens: Sequence[Token], in_date: set[int], lexicon: Lexicon) -> Iterator[Heard]:
    """Yield the attributions of one sentence, without scopes."""
    index = 0
    while index < len(tokens):
        found = _frame(tokens, index, in_date, lexicon) or _verb(tokens, index, in_date, lexicon)
        if found:
            yield found
            index = found.last
        else:
            index += 1


def _joined(tokens: Sequence[Token], heard: Iterable[Heard]) -> list[Heard]:
    """Make one attribution of "X reported, citing Y": Y says what X passes on."""
    kept: list[Heard] = []
    for found in sorted(heard, key=lambda one: one.first):
        last = kept[-1] if kept else None
        citing = tokens[found.first].lower in CITING
        if last is None or not citing or found.first - last.last > 1 or last.relay is not None:
            kept.append(found)
            continue
        comma = found.last < len(tokens) and tokens[found.last].text == ","
        end = found.last + comma
        scope = last.scope
        if scope is not None and scope[0] < end < scope[1]:
            scope = (end, scope[1])
        relay = last.speaker if last.speaker.voice and not last.speaker.pronoun else None
        kept[-1] = replace(last, speaker=found.speaker, relay=relay, last=end, scope=scope)
    return kept


def _frame(tokens: Sequence[Token], index: int, in_date: set[int], lexicon: Lexicon) -> Heard | None:
    """Read "according to X", "citing X"."""
    for frame in lexicon.speech.according.get(tokens[index].lower, ()):
        if tuple(token.lower for token in tokens[index : index + len(frame)]) != frame:
            continue
        speaker = name_after(tokens, index + len(frame), in_date, lexicon)
        if speaker is None:
            return None
        leading = index == 0 or (index == 1 and not tokens[0].text.isalnum())
        relay = None
        if frame[0] in {"citing", "quoting"}:
            relay = name_before(tokens, index, in_date, lexicon)
        return Heard(speaker, relay, index, speaker.last, " ".join(frame), leading)
    return None


def _verb(tokens: Sequence[Token], index: int, in_date: set[int], lexicon: Lexicon) -> Heard | None:
    """Read "X said", "said X", "X told Y", "X quoted Y as saying"."""
    known = lexicon.speech.verbs.get(tokens[index].lower)
    if known is None or tokens[index].pos not in {"VERB", "X"}:
        return None
    lemma, forms = known
    if forms <= {Form.GERUND} or (Form.BASE in forms and Form.PAST not in forms and lemma != "say"):
        return None
    if {token.lower for token in tokens[max(0, index - 2) : index]} & NEGATIONS:
        return None  # "did not say"
    last = index + 1
    if lemma in lexicon.speech.quote and Form.PAST in forms:
        quoted = name_after(tokens, last, in_date, lexicon)
        relay = name_before(tokens, index, in_date, lexicon)
        said = {token.lower for token in tokens[quoted.last : quoted.last + 3]} if quoted else set()
        if quoted and relay and "as" in said:
            return Heard(quoted, relay, relay.first, min(quoted.last + 2, len(tokens)), lemma, leading=True)
    passive = index > 0 and tokens[index - 1].lower in {"was", "were", "is", "are", "been", "being", "be"}
    if passive and lemma in lexicon.speech.quote:
        return _quoted_by(tokens, index, lemma, in_date, lexicon)
    if passive or (index > 0 and tokens[index - 1].lower == "to"):
        return None
    speaker = name_before(tokens, index, in_date, lexicon)
    relay = name_after(tokens, last, in_date, lexicon) if lemma in RELAY_VERBS else None
    if relay is not None:
        last = relay.last
        relay = relay if relay.proper else None
    if speaker is None:
        inverted = name_after(tokens, last, in_date, lexicon)
        opening = index == 0 or tokens[index - 1].text in {",", "”", '"', "“", "'", "’"}
        if inverted is None or not (opening or (inverted.proper and lemma == "say")):
            return None
        if lemma in lexicon.speech.weak and not opening:
            return None
        return Heard(inverted, relay, index, inverted.last, lemma, leading=False)
    that = last < len(tokens) and tokens[last].lower in {"that", ":", "“", '"'}
    if lemma in lexicon.speech.weak and not (that or speaker.voice):
        return None
    return Heard(speaker, relay, speaker.first, last, lemma, leading=_leads(tokens, speaker.first, last))


def _quoted_by(
    tokens: Sequence[Token], index: int, lemma: str, in_date: set[int], lexicon: Lexicon
) -> Heard | None:
    """Read "X was quoted by Y as saying", "X was quoted as saying by Y": X speaks and Y passes it on."""
    quoted = name_before(tokens, index - 1, in_date, lexicon)
    if quoted is None:
        return None
    last, relay, saying = index + 1, None, False
    while last < len(tokens):
        if tokens[last].lower == "by" and relay is None:
            relay = name_after(tokens, last + 1, in_date, lexicon)
            if relay is None:
                break
            last = relay.last
        elif (
            tokens[last].lower == "as" and last + 1 < len(tokens) and tokens[last + 1].lower in SAYING_FRAMES
        ):
            last, saying = last + 2, True
        else:
            break
    if not (relay or saying):
        return None
    return Heard(quoted, relay, quoted.first, last, lemma, leading=_leads(tokens, quoted.first, last))


def _leads(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Tell "X said four died" from "four died, X said": what stands before and after decides."""
    before = [token for token in tokens[:first] if token.text.isalnum()]
    after = [token for token in tokens[last:] if token.text.isalnum()]
    if not before:
        return True
    determined = tokens[first - 1].lower in DETERMINERS
    joint = tokens[first - 2 if determined and first > 1 else first - 1]
    if joint.lower in JOINING:
        return bool(after)
    if joint.text in {",", "”", '"'} and len(before) > 3:
        # A comma or a closed quotation before the speaker: the words before it were said.
        return last < len(tokens) and tokens[last].lower == "that"
    return len(after) > 4 or (len(after) >= len(before))


def _scoped(sentence: Sentence, heard: Sequence[Heard]) -> Iterator[Mention[Attribution]]:
    """Give each attribution the words it answers for."""
    tokens = sentence.tokens
    for number, found in enumerate(heard):
        before = heard[number - 1].last if number else 0
        after = heard[number + 1].first if number + 1 < len(heard) else len(tokens)
        low, high = (found.last, after) if found.leading else (before, found.first)
        if found.leading and number == 0 and found.first > 0:
            low = found.last
        if low >= high:
            low, high = (found.last, after) if not found.leading else (before, found.first)
        if found.scope is not None and found.scope[0] < found.scope[1]:
            low, high = found.scope
        scope = tokens[low].span.to(tokens[high - 1].span) if low < high else sentence.span
        attribution = Attribution(
            speaker=found.speaker.span(tokens),
            relay=found.relay.span(tokens) if found.relay else None,
            scope=scope,
            pronoun=found.speaker.pronoun,
            verb=found.verb,
        )
        edge = max(found.last, found.first + 1)
        yield Mention(
            span=tokens[found.first].span.to(tokens[min(edge, len(tokens)) - 1].span), value=attribution
        )
