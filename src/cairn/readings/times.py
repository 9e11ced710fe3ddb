"""Find the words that say when, and the days they mean."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from cairn.lexicon.calendar import Calendar
from cairn.readings.times_days import FAR_DAYS, Reference
from cairn.readings.times_expressions import (
    Date,
    Expression,
    Numeric,
    Overnight,
    Range,
    Shift,
    Since,
    is_deictic,
)
from cairn.readings.times_phrases import phrase_starters, read_phrase
from cairn.readings.times_resolve import resolve
from cairn.readings.times_tense import is_past_verb, speaks_of_future
from cairn.readings.times_words import Words
from cairn.records import Mention, Moment, MomentKind, Period, Sentence, Span

DATELINE_REACH = 200
"""Characters from the start of a report in which its own date stands: a headline and a city long."""
HEADER_DAYS = 7
"""A date further than this from a known publication date is no dateline but part of the story."""
DATELINE_DAYS = 3
"""A dateline this close to the publication date is the day on which the report was written."""
WAR_REACH = 14
"""Words from the name of a war to the year in which it began: "conflict ... erupted in March 2011"."""
STORY_SENTENCES = 4
"""Sentences without a written year after which a news report is taken to be back in its own time."""
LONGEST_LEAP_YEARS = 15
"""A year in passing that is further than this from where a story has got to is an aside ("declassified in
2005")."""
HEADER_WORDS = 4
"""Words before a date at the very start of a report that still make a header ("Last updated at")."""


@dataclass(frozen=True, slots=True)
class _Phrase:
    """One time phrase before it is resolved."""

    words: Words
    start: int
    end: int
    at: int
    """Index of the word where the bare phrase starts; ``start`` may lie further left ("shortly before")."""
    expression: Expression
    future: bool | None
    dateline: bool
    sentence: int

    @property
    def span(self) -> Span:
        return self.words.span(self.start, self.end)


def find_moments(
    text: str, sentences: tuple[Sentence, ...], published: dt.date | None, calendar: Calendar
) -> tuple[Mention[Moment], ...]:
    """Find every phrase that says when, and resolve it as news means it.

    A weekday is the latest one up to publication unless the sentence looks ahead; a date without a year
    likewise. "The same day" and "two days later" are counted from the time told before; dates in a story that
    lies more than a year back are dated by the story's own last full date. The report's own date is marked
    too, its reason starting with "dateline"; when ``published`` is ``None`` it stands in for it. Ages,
    durations, clock times alone, prices and scores are left alone.

    Args:
        text: the document's text, which all spans index.
        sentences: its sentences, in reading order.
        published: day of publication, or ``None`` when nobody said.
        calendar: the language's words for times.

    Returns:
        Mentions in reading order, never overlapping, each inside one sentence; empty when no time is told.
        Periods are calendar days, both ends included; a moment without a period says why in its reason.
    """
    starters = phrase_starters(calendar)
    phrases = [
        phrase
        for number, sentence in enumerate(sentences)
        for phrase in _phrases(text, sentence.span, number, calendar, starters)
    ]
    return tuple(_resolved(phrases, published, calendar))


def _phrases(
    text: str, span: Span, sentence: int, calendar: Calendar, starters: frozenset[str]
) -> list[_Phrase]:
    """Read the phrases of one sentence from left to right, the longest first."""
    words = Words(text, span)
    phrases: list[_Phrase] = []
    at, free = 0, 0
    while at < len(words):
        word = words[at]
        may_start = word.lower in starters or word.kind not in {"word", "mark"}
        found = read_phrase(words, at, calendar) if may_start else None
        if found is None:
            at += 1
            continue
        expression, end = found
        start = at
        if _takes_hours(expression):
            start = _hours_before(words, at, free, calendar)
            end = _hours_after(words, end, calendar)
        if _tells_of_war(words, at, end, expression, calendar):
            expression = Since(of=expression)
        dateline = span.start < DATELINE_REACH and _is_dateline(words, start, end, expression, calendar)
        future = speaks_of_future(words, start, end, calendar)
        phrases.append(_Phrase(words, start, end, at, expression, future, dateline, sentence))
        at = free = end
    return phrases


def _tells_of_war(words: Words, at: int, end: int, expression: Expression, calendar: Calendar) -> bool:
    """Say whether a year is when a war began that goes on: "the war, which began in 2011, has killed"."""
    if not isinstance(expression, Date) or expression.year is None or expression.weekday is not None:
        return False
    before = words.lowers(at - WAR_REACH, at)
    if not (calendar.cues.wars.intersection(before) and calendar.cues.begins.intersection(before)):
        return False
    return bool({"has", "have"}.intersection(words.lowers(end, end + 6)))


def _takes_hours(expression: Expression) -> bool:
    """Say whether a clock time or part of day beside the phrase belongs to it."""
    if isinstance(expression, Date):
        return expression.day is not None or expression.weekday is not None
    return isinstance(expression, Numeric | Overnight) or (
        isinstance(expression, Shift) and expression.unit == "day"
    )


def _hours_before(words: Words, at: int, free: int, calendar: Calendar) -> int:
    """Return where "shortly before midnight on", "at 8.30pm on", "late" before the phrase starts."""
    cues = calendar.cues
    start = at
    while start > free and (
        words[start - 1].kind == "clock" or words[start - 1].lower in cues.dayparts | cues.before_dayparts
    ):
        start -= 1
    hours = [
        k for k in range(start, at) if words[k].kind == "clock" or words[k].lower in cues.dayparts | {"hours"}
    ]
    if not hours:
        return at - 1 if at > free and words[at - 1].lower in calendar.parts else at
    while words[start].lower in cues.leads and words[start].kind != "clock":
        early = words[start].lower in calendar.parts and words[start + 1].lower in {"hours", *cues.dayparts}
        if early or words[start].lower == "hours":
            break
        start += 1
    return min(start, at)


def _hours_after(words: Words, end: int, calendar: Calendar) -> int:
    """Return the end of "night", "at dawn", ", 18:05 local time" after the phrase."""
    cues = calendar.cues
    while True:
        place = end
        while words[place].lower in {
            ",",
            "at",
            "around",
            "about",
            "in",
            "the",
            "-",
            "before",
            "after",
            "early",
            "late",
        }:
            place += 1
        if words[place].kind != "clock" and words[place].lower not in cues.dayparts:
            return end
        end = place + 1
        while words[end].lower in cues.clock_tails:
            end += 1


def _is_dateline(words: Words, start: int, end: int, expression: Expression, calendar: Calendar) -> bool:
    """Say whether a full date near the start of the report is the report's own, not one it tells of."""
    cues = calendar.cues
    first = words.span(start, end).start
    if first >= DATELINE_REACH:
        return False
    full = isinstance(expression, Numeric) or (isinstance(expression, Date) and expression.day is not None)
    if not full:
        return False
    after = words[end]
    wire = after.lower == "(" and (words[end + 1].lower in cues.wires or words[end + 1].text.isupper())
    dash = after.lower in {"-", "–", "—"} and words[end].start > words[end - 1].end
    if wire or dash:
        return (
            words[start - 1].lower in {",", ".", "-", "–", "—", "", ")", ":"}
            or words[start - 1].text.isupper()
        )
    dated = isinstance(expression, Numeric) or (isinstance(expression, Date) and expression.year is not None)
    if not dated:
        return False
    if first == 0 or (start <= HEADER_WORDS and _is_header(words, start, calendar)):
        return True
    before = words[start - 1]
    return (
        before.kind == "word" and before.lower not in cues.prepositions and not is_past_verb(before, calendar)
    )


def _is_header(words: Words, start: int, calendar: Calendar) -> bool:
    """Say whether all words before ``start`` announce a date ("Date of publication")."""
    return start == 0 or all(lower in calendar.cues.headers | {":", ","} for lower in words.lowers(0, start))


def _resolved(phrases: list[_Phrase], published: dt.date | None, calendar: Calendar) -> list[Mention[Moment]]:
    """Resolve phrases in reading order, each with what was told before it."""
    phrases = [_unless_far(phrase, published) for phrase in phrases]
    reference = _first_reference(phrases, published, calendar)
    is_story = _is_story(phrases)
    story: Period | None = None
    written = 0
    mentions: list[Mention[Moment]] = []
    for phrase in phrases:
        if not is_story and phrase.sentence - written > STORY_SENTENCES:
            story = None
        moment = resolve(phrase.expression, replace(reference, future=phrase.future, story=story))
        if phrase.dateline:
            moment = replace(moment, reason=f"dateline: {moment.reason}")
        mentions.append(Mention(span=phrase.span, value=moment))
        if moment.period is None:
            continue
        written = phrase.sentence if _year_of(phrase.expression) is not None else written
        story = _next_story(story, phrase, moment.period, reference.published, is_story)
        reference = _after(reference, phrase, moment)
    return mentions


def _unless_far(phrase: _Phrase, published: dt.date | None) -> _Phrase:
    """Return the phrase, no longer taken for a dateline when it lies far from a known publication date."""
    if not phrase.dateline or published is None:
        return phrase
    period = resolve(phrase.expression, Reference(published=published, spoken=published)).period
    near = period is not None and abs((published - period.start).days) <= HEADER_DAYS
    return phrase if near else replace(phrase, dateline=False)


def _after(reference: Reference, phrase: _Phrase, moment: Moment) -> Reference:
    """Return the reference for what follows ``moment``."""
    period = moment.period
    if period is None or isinstance(phrase.expression, Since) or moment.kind is MomentKind.VAGUE:
        return reference
    single = period.days <= 2
    if phrase.dateline and reference.told is not None:
        return reference
    return replace(reference, told=period, told_day=period if single else reference.told_day)


def _first_reference(phrases: list[_Phrase], published: dt.date | None, calendar: Calendar) -> Reference:
    """Return where the report's phrases are counted from: publication, its dateline, its war's beginning."""
    bare = Reference(published=published, spoken=published)
    own = next((p for p in phrases if p.dateline), None)
    if own is not None:
        period = resolve(own.expression, bare).period
        if published is None and period is not None:
            bare = Reference(published=period.start, spoken=period.start)
        elif (
            published is not None
            and period is not None
            and 0 <= (published - period.start).days <= DATELINE_DAYS
        ):
            bare = replace(bare, spoken=period.start)
    return replace(bare, war=_war_start(phrases, bare, calendar))


def _war_start(phrases: list[_Phrase], reference: Reference, calendar: Calendar) -> Period | None:
    """Return when the report says that its war began: "the conflict, which began in March 2011"."""
    cues = calendar.cues
    for phrase in phrases:
        inner = phrase.expression.of if isinstance(phrase.expression, Since) else phrase.expression
        if not isinstance(inner, Date) or inner.year is None:
            continue
        if isinstance(phrase.expression, Since):
            near = phrase.words.lowers(phrase.start, phrase.end)
        else:
            near = phrase.words.lowers(phrase.at - WAR_REACH, phrase.at)
        if cues.wars.intersection(near) and cues.begins.intersection(near):
            return resolve(inner, reference).period
    return None


def _is_story(phrases: list[_Phrase]) -> bool:
    """Say whether the report tells history: written-out years, and hardly a word counted from today."""
    counted = sum(is_deictic(phrase.expression) for phrase in phrases)
    written = sum(_year_of(phrase.expression) is not None for phrase in phrases)
    return written >= 3 and counted * 4 <= written


def _year_of(expression: Expression) -> int | None:
    """Return the year that a date or the end of a range writes out."""
    if isinstance(expression, Range):
        return _year_of(expression.last) or _year_of(expression.first)
    return expression.year if isinstance(expression, Date) else None


def _next_story(
    story: Period | None, phrase: _Phrase, period: Period, published: dt.date | None, is_story: bool
) -> Period | None:
    """Return where a narrative has got to, or ``None`` once the report is back in its own week.

    In news only a full date, or a year that opens its sentence, starts a narrative: "the war that began in
    March 2011" in passing does not make "on 10 May" a day of 2011.
    """
    expression = phrase.expression
    if phrase.dateline:
        return None
    if isinstance(expression, Since):
        return None if expression.of and is_deictic(expression.of) and not is_story else story
    if _year_of(expression) is not None:
        full = isinstance(expression, Date) and expression.day is not None
        leaps = story is not None and abs(period.start.year - story.start.year) > LONGEST_LEAP_YEARS
        if not (full or phrase.at <= 2 or (is_story and not leaps)):
            return story
        far = published is None or (published - period.end).days > FAR_DAYS
        return period if far else None
    if is_deictic(expression):
        return story if is_story else None
    return period if story is not None else None
