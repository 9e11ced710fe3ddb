"""Take every attribution of a report back to the fullest names of who says it and who passes it on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cairn.claims.names import Names, antecedent, fullest
from cairn.lexicon import Lexicon
from cairn.records import Attribution, Mention, Reading, Span


@dataclass(frozen=True, slots=True)
class Voice:
    """A chain of voices: the spans of their fullest names, who says it first, and of the words used."""

    chain: tuple[Span, ...]
    words: tuple[Span, ...]
    denies: bool = False


def hear_voices(reading: Reading, names: Names, lexicon: Lexicon) -> Mapping[Mention[Attribution], Voice]:
    """Return the voice of every attribution; none for a pronoun that stands for nobody who was named.

    Who passed on a speaker once passes on what the same speaker says later: "the source added" is still
    what the agency was told.
    """
    text = reading.document.text
    voices: dict[Mention[Attribution], Voice] = {}
    relays: dict[str, tuple[int, Span]] = {}
    for number, mention in enumerate(reading.attributions):
        attribution = mention.value
        speaker: Span | None = attribution.speaker
        if attribution.pronoun:
            before = [o for o in reading.attributions[:number] if o.span.start < mention.span.start]
            speaker = antecedent(mention, before, reading, lexicon)
        if speaker is None:
            continue
        first = fullest(speaker, names, lexicon)
        name = first.words(text)
        chain, words = [first], [attribution.speaker]
        since, known = relays.get(name, (mention.span.start, None))
        passed_on = attribution.relay or (known if since < mention.span.start else None)
        if passed_on is not None:
            relay = fullest(passed_on, names, lexicon)
            if relay.words(text) != name:
                chain.append(relay)
                words.append(passed_on)
        if attribution.relay is not None and not attribution.pronoun:
            relays.setdefault(name, (mention.span.start, attribution.relay))
        voices[mention] = Voice(tuple(chain), tuple(words), attribution.verb in lexicon.harms.denied)
    return voices
