"""Tell whether the words around a date speak of what is to come or of what is over."""

from __future__ import annotations

import re

from cairn.lexicon.calendar import Calendar
from cairn.readings.times_words import Word, Words

REACH = 14
"""Words looked at on each side: a clause of news; beyond it another verb governs."""
STOPS = frozenset({";", ":", "—", "(", ")", '"', "“", "”", ".", "?", "!"})
REGULAR_PAST = re.compile(r"[a-z]{2,}(?:ed|ied)$")
NOT_PAST = frozenset(
    {"need", "indeed", "speed", "feed", "seed", "breed", "hundred", "sacred", "exceed", "proceed"}
)


def speaks_of_future(words: Words, start: int, end: int, calendar: Calendar) -> bool | None:
    """Say whether the phrase ``words[start:end]`` lies ahead, by the nearest verb before it, else after it.

    Returns:
        ``True`` for "will meet on Friday", ``False`` for "said on Friday that he will",
        ``None`` when no verb is near.
    """
    if _happened(words, start, end, calendar):
        return False
    for at in range(start - 1, max(start - REACH, -1), -1):
        if words[at].lower in STOPS:
            break
        verdict = _verdict(words, at, calendar)
        if verdict is not None:
            return verdict
    for at in range(end, end + REACH):
        if words[at].kind == "end" or words[at].lower in STOPS:
            break
        verdict = _verdict(words, at, calendar)
        if verdict is not None:
            return verdict
    return None


def _happened(words: Words, start: int, end: int, calendar: Calendar) -> bool:
    """Say whether the date belongs to a deed by name: "the attack on Friday", "Friday's attack"."""
    before = start - 1
    while words[before].lower in {"on", "in", "of", "the", "early", "late"}:
        before -= 1
    after = end + 1 if words[end].lower == "'s" else end
    happenings = calendar.cues.happenings
    return words[before].lower in happenings or words[after].lower in happenings


def _verdict(words: Words, at: int, calendar: Calendar) -> bool | None:
    """Return what one word says: future, past or nothing."""
    cues, word = calendar.cues, words[at].lower
    if words[at].kind != "word":
        return None
    if word in cues.future or word.endswith("'ll"):
        return None if word in cues.nouns_too and words[at - 1].lower in cues.owners else True
    if word in cues.would and not words[at].capital:
        return words[at + 1].lower != "have"
    if word in cues.due:
        return True if words[at - 1].lower in cues.to_be else None
    if word in cues.past_verbs:
        return word in {"was", "were"} and words[at + 1].lower in cues.future | cues.due
    if word.endswith("ing") and words[at - 1].lower in cues.after_which:
        return False
    return False if is_past_verb(words[at], calendar) else None


def is_past_verb(word: Word, calendar: Calendar) -> bool:
    """Say whether the word is a verb form that tells what is over, regular or listed."""
    regular = REGULAR_PAST.search(word.lower) and word.lower not in NOT_PAST
    return word.lower in calendar.cues.past_verbs or bool(regular)
