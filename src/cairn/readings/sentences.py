"""Cut a text into sentences and tokens, without changing a character of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cairn.records import Sentence, Span, Token

MAX_SENTENCE_TOKENS = 400
"""Tokens after which a run of text is cut anyway: no sentence of the training reports is longer than 160,
and what runs on beyond that is a table or a lost full stop; bounded pieces keep all readers linear."""

TOKEN = re.compile(
    r"\d{1,2}:\d{2}(?:hrs)?"  # clock times
    r"|\d+(?:-[^\W\d_]+)+"  # 25-year-old
    r"|\d++(?:[.,]\d+)*+(?:st|nd|rd|th|[kmKM]|bn|mln)?(?![^\W\d_])"  # numbers and ordinals
    r"|[^\W\d_](?:\.[^\W\d_])+\.?"  # U.S., a.m.
    r"|[^\W_]+(?:['’](?![sS]\b)[^\W_]+|-[^\W_]+|['’](?=-))*"  # words with inner hyphens and apostrophes
    r"|['’][sS]\b"  # the possessive is a token of its own
    r"|\.{2,}|…|--+"
    r"|\S",
)
CLOSERS = "\"'”’)]»"
OPENERS = "\"'“‘([«"
WRAP_COLUMNS = 100  # characters; wider lines are paragraphs and not wrapped
FILLED_COLUMNS = 45  # characters; shorter lines are headings, lists or verse
GOES_ON = 0.3  # share of breaks before a lower-case letter; half of English words in running text stand lower
HEADER_REACH = 400  # characters; headlines, agencies and dates of scraped pages stand before this
HEADER_END = 500  # characters; no header's date ends beyond this
HEADER_DATE = re.compile(
    r"(?:^|[A-Za-z]{3,6}day\s|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\w*\s)"
    r"(?:\d{1,2}\s[A-Z][a-z]{2,8}|[A-Z][a-z]{2,8}\s\d{1,2}),?\s(?:19|20)\d\d(?:\s\d{1,2}:\d\d)?(?=\s+[A-Z“\"])"
)
"""A full date with its weekday, or at the start of a line, that a capital follows: a lost line break."""
STOP = re.compile(r"[.!?…]+[" + re.escape(CLOSERS) + r"]*(?=\s|$)|[.!?][”\"](?=[A-Z])")


def tokenize(text: str, start: int, end: int) -> tuple[Token, ...]:
    """Return the tokens of ``text[start:end]`` in reading order; only white space is left out."""
    return tuple(
        Token(Span(match.start(), match.end()), match.group()) for match in TOKEN.finditer(text, start, end)
    )


def split_sentences(text: str, abbreviations: frozenset[str] = frozenset()) -> tuple[Sentence, ...]:
    """Cut ``text`` at ends of lines and of sentences.

    Args:
        text: any text; it is not changed, and every span indexes it.
        abbreviations: words in lower case, without their full stop, that do not end a sentence ("dr").

    Returns:
        Sentences in reading order, none empty, none overlapping; together they hold every character that
        is not white space. A sentence has at most ``MAX_SENTENCE_TOKENS`` tokens.
    """
    sentences: list[Sentence] = []
    for paragraph, (start, end) in enumerate(_lines(text)):
        for piece_start, piece_end in _pieces(text, start, end, abbreviations):
            tokens = tokenize(text, piece_start, piece_end)
            for first in range(0, len(tokens), MAX_SENTENCE_TOKENS):
                part = tokens[first : first + MAX_SENTENCE_TOKENS]
                sentences.append(Sentence(part[0].span.to(part[-1].span), part, paragraph))
    return tuple(sentences)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each paragraph: a line, or the lines that a hard wrap has cut one into."""
    for block in re.finditer(r"\S(?:.|\r?\n(?=[ \t]*\S)|\r(?!\n))*", text):
        lines = [
            (block.start() + line.start(), block.start() + line.start() + len(line.group().rstrip()))
            for line in re.finditer(r"\S[^\n\r]*", block.group())
        ]
        if _is_wrapped(text, lines):
            yield lines[0][0], lines[-1][1]
        else:
            yield from lines


def _is_wrapped(text: str, lines: list[tuple[int, int]]) -> bool:
    """Say whether the breaks between lines are a hard wrap and end nothing.

    All lines fit a wrapped column, all but the last nearly fill it, and what follows a break goes on in
    lower case as often as running text does; of text in capitals, the widths must tell.
    """
    if len(lines) < 2:
        return False
    widths = [end - start for start, end in lines]
    if max(widths) > WRAP_COLUMNS or sorted(widths[:-1])[len(widths) // 2 - 1] < FILLED_COLUMNS:
        return False
    if text[lines[0][0] : lines[-1][1]].isupper():
        return True
    lower = sum(text[start].islower() for start, _ in lines[1:])
    return lower >= GOES_ON * (len(lines) - 1)


def _pieces(text: str, start: int, end: int, abbreviations: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Yield start and end of each sentence of one line."""
    begin = start
    for stop in STOP.finditer(text, start, end):
        if stop.end() >= end or not _ends_sentence(text, begin, stop, abbreviations):
            continue
        yield from _without_header(text, begin, stop.end())
        begin = stop.end() + len(text[stop.end() : end]) - len(text[stop.end() : end].lstrip())
    if begin < end:
        yield from _without_header(text, begin, end)


def _without_header(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a headline with its date off the sentence that scraping has joined to it."""
    while start < HEADER_REACH and (header := HEADER_DATE.search(text, start, min(end, HEADER_END))):
        yield start, header.end()
        start = header.end() + len(text[header.end() : end]) - len(text[header.end() : end].lstrip())
    yield start, end


def _ends_sentence(text: str, begin: int, stop: re.Match[str], abbreviations: frozenset[str]) -> bool:
    """Tell a full stop that ends a sentence from one that shortens a word."""
    after = text[stop.end() : stop.end() + 12].lstrip()
    following = after.lstrip(OPENERS + "-–— ")
    if following and following[0].islower():
        return False
    if not stop.group().startswith(".") or stop.group().startswith(".."):
        return True
    word = re.search(r"[^\s(\"“‘']*$", text[begin : stop.start()])
    bare = word.group().lower() if word else ""
    if bare in abbreviations and following[:1].isalnum():
        return False
    # A single capital is an initial ("J. Smith"), letters with stops inside are an abbreviation ("U.S.").
    return not (re.fullmatch(r"[a-z](\.[a-z])*", bare) and bare not in {"i"} and following[:1].isalpha())
