"""Loaded wording, what all sides could say instead, and where it counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cairn.errors import LexiconError
from cairn.lexicon.forms import plural_forms, verb_forms
from cairn.lexicon.toml import load_toml
from cairn.records import FramingKind

SHAPES = ("noun", "verb", "word")
ANY_NOUN = "noun"
"""What ``before`` may ask for besides a list of heads: any noun at all."""
PLURALS = {"person": ("people",)}


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedPhrase:
    """Loaded wording as it is written, in lower case.

    Attributes:
        neutral: what all sides could say instead; empty where the words are best left out.
        before: name of a list of heads, or ``ANY_NOUN``; one of them must follow.
        unless: name of a list of heads, none of which may stand near.
        lower: with a capital it is part of a name.
        alone: no noun or adjective may follow.
        verb: it counts only where it is used as a verb.
    """

    words: tuple[str, ...]
    kind: FramingKind
    neutral: str
    before: str | None = None
    unless: str | None = None
    lower: bool = False
    alone: bool = False
    verb: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FramingWords:
    """What is known of loaded wording.

    Attributes:
        phrases: first word -> the phrases that it opens, those to be tried first at the front.
        plain: first word -> phrases that look loaded and are not.
        heads: name -> words that a condition asks for.
        parts: part of a hyphenated word -> neutral part: "regime" in "regime-held".
        contested: words that are quoted only to keep off from them.
        naming: words before a quoted name, which is no scare quote: "dubbed", "known as".
        judging: words before a judgement that is quoted for its own sake: "called it", "described it as".
    """

    phrases: Mapping[str, tuple[LoadedPhrase, ...]]
    plain: Mapping[str, tuple[tuple[str, ...], ...]]
    heads: Mapping[str, frozenset[str]]
    parts: Mapping[str, str]
    contested: frozenset[str]
    naming: frozenset[str]
    judging: frozenset[str]


def load_framing(language: str, irregular: dict[str, tuple[str, str]]) -> FramingWords:
    """Load ``framing.toml``.

    Args:
        language: name of the folder.
        irregular: lemma -> past tense and past participle of verbs that do not take ``-ed``.

    Raises:
        LexiconError: when a table is missing, or a set of words has a kind, a form or a list of heads that is
            not known.
    """
    tables = load_toml(language, "framing")
    phrases: dict[str, list[LoadedPhrase]] = {}
    plain: dict[str, list[tuple[str, ...]]] = {}
    try:
        heads = {name: frozenset(words) for name, words in tables["heads"].items()}
        for entry in tables["loaded"]:
            for phrase in _phrases(entry, heads, irregular):
                phrases.setdefault(phrase.words[0], []).append(phrase)
        for each in tables["plain"]:
            plain.setdefault(each.split()[0], []).append(tuple(each.split()))
        quoted = {name: frozenset(words) for name, words in tables["quoted"].items()}
        return FramingWords(
            phrases={first: tuple(sorted(group, key=_order)) for first, group in phrases.items()},
            plain={first: tuple(group) for first, group in plain.items()},
            heads=heads,
            parts=tables["parts"],
            **{name: quoted[name] for name in ("contested", "naming", "judging")},
        )
    except (KeyError, ValueError) as error:
        raise LexiconError(f"lexicon file {language}/framing.toml: {error}") from error


def _order(phrase: LoadedPhrase) -> tuple[int, bool, bool]:
    """Put long phrases first, and what has conditions before what has none."""
    return -len(phrase.words), phrase.before in (None, ANY_NOUN), phrase.before is None


def _phrases(
    entry: Mapping[str, Any], heads: Mapping[str, frozenset[str]], irregular: dict[str, tuple[str, str]]
) -> Iterator[LoadedPhrase]:
    """Yield every form of one set of words."""
    kind, shape = FramingKind(entry["kind"]), entry["form"]
    before, unless = entry.get("before"), entry.get("unless")
    if shape not in SHAPES:
        raise ValueError(f"form {shape!r} is none of {', '.join(SHAPES)}")
    for name in (before, unless):
        if name is not None and name != ANY_NOUN and name not in heads:
            raise ValueError(f"no list of heads is called {name!r}")
    wordings = dict.fromkeys(entry.get("left_out", ()), "") | entry.get("words", {})
    for words, neutral in wordings.items():
        for written, instead in _forms(shape, words, neutral, irregular):
            yield LoadedPhrase(
                words=tuple(written.split()),
                kind=kind,
                neutral=instead,
                before=before,
                unless=unless,
                lower=entry.get("lower", False),
                alone=entry.get("alone", False) and written == words,
                verb=entry.get("verb", False),
            )


def _forms(
    shape: str, words: str, neutral: str, irregular: dict[str, tuple[str, str]]
) -> Iterator[tuple[str, str]]:
    """Yield each form of a wording with the same form of the neutral one."""
    if shape == "verb":
        verb, _, rest = words.partition(" ")
        plain, _, last = neutral.partition(" ")
        instead = verb_forms(plain, irregular)
        for written, forms in verb_forms(verb, irregular).items():
            same = next((word for word, own in instead.items() if own & forms), plain)
            yield f"{written} {rest}".strip(), f"{same} {last}".strip()
        return
    yield words, neutral
    if shape == "noun":
        several = " ".join(plural_forms(neutral, PLURALS))
        for plural in plural_forms(words, {}):
            yield plural, several
