"""Pages without an article: consent walls, paywalls, error pages that answer 200, and pages with no text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from cairn.errors import NoArticleError

if TYPE_CHECKING:
    from cairn.lexicon.walls import WallWords

CONSENT_SHARE = 0.1
"""Share of words of consent from which a text is a consent page. Those of consent managers have 0.15 to 0.3;
reports on privacy law, the nearest real text, 0.03 to 0.06."""
_CONSENT_WORDS = 4
"""Different words of consent that there must be: a short report on a bakery may say "cookies" often."""

STUB_WORDS = 80
"""Words below which a page that asks for a subscription shows a teaser and no report."""

REFUSAL_WORDS = 150
"""Words below which a page with the title or the first words of an error page is one. The longest in use,
with advice and links, stay below; a report under the headline "Access denied" is longer."""
_FIRST_CHARS = 400
_NAME_WORDS = 4
"""Most words of a paper's name: what is longer beside the words of an error page is a headline."""

_PARAGRAPH_LETTERS = 40
_DENSE_PARAGRAPH_LETTERS = 20
"""Letters in the longest line below which a page has no paragraph, only labels; half of that in scripts that
are written without spaces, where a letter is a syllable or a word."""
_SPACED_SHARE = 0.05

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_PARTS = re.compile(r"\s+[|–—·•:»«-]{1,2}\s+|\s*\|\s*|:\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a page shows beside the text that was taken out of it.

    Attributes:
        title: its title element.
        words: all of its words, without navigation and lists of links.
        free: whether it says that anybody may read it; ``None`` when it does not say.
    """

    title: str = ""
    words: str = ""
    free: bool | None = None


def require_article(text: str, shown: Shown) -> tuple[str, ...]:
    """Return notes on what the page keeps back.

    Args:
        text: what was taken out of the page.
        shown: what it shows beside that.

    Raises:
        NoArticleError: the page holds no article; reason as a predicate.
    """
    known = _wall_words()
    empty = not any(character.isalpha() for character in text)
    seen = shown.words if empty else text
    words = _WORD.findall(seen.lower())
    if len(words) < REFUSAL_WORDS and (found := _refusal(seen, shown.title, known)):
        raise NoArticleError(
            f"is an error page in place of an article ({found!r}); try the address again later"
        )
    consenting = [word for word in words if word in known.consent]
    if len(consenting) >= CONSENT_SHARE * len(words) and len(set(consenting)) >= _CONSENT_WORDS:
        raise NoArticleError(
            f"is a consent page in place of an article: {len(consenting)} of its {len(words)} words are of "
            "cookies and consent; save the page from a browser once you have answered it"
        )
    if empty:
        raise NoArticleError("holds no article that could be found; save its text as .txt")
    doubtful = len(words) < STUB_WORDS or shown.free is False
    asks = _asks_for_subscription(shown, known) if doubtful else None
    if asks and len(words) < STUB_WORDS:
        raise NoArticleError(
            f"shows {len(words)} words and asks for a subscription or an account ({asks!r}); "
            "get the whole text"
        )
    if not _has_paragraph(text):
        raise NoArticleError("holds no paragraph, only labels and headlines; save its text as .txt")
    if asks:
        return ("the page may show only the start of the report: it asks for a subscription",)
    return ()


def _refusal(text: str, title: str, known: WallWords) -> str | None:
    """Return the words by which a page is an error page."""
    parts = [part.strip() for part in _PARTS.split(title)]
    for part in (title, *parts, text.strip().split("\n")[0].strip()):
        beside = [each for each in parts if each != part and part != title]
        if any(len(each.split()) > _NAME_WORDS for each in beside):
            continue  # there is a headline beside it: "Blocked: the convoy that never came"
        if part.lower() in known.refusal_titles or part.strip(" .!…").lower() in known.refusal_titles:
            return part
    start = " ".join(text[:_FIRST_CHARS].lower().replace("’", "'").split())
    return next((phrase for phrase in known.refusal_phrases if phrase in start), None)


def _asks_for_subscription(shown: Shown, known: WallWords) -> str | None:
    """Return the phrase by which a page asks for money or an account."""
    words = " ".join(shown.words.lower().split())
    return next((phrase for phrase in known.subscription if phrase in words), None)


def _has_paragraph(text: str) -> bool:
    longest = max(text.split("\n"), key=len)
    letters = sum(character.isalpha() for character in longest)
    spaced = longest.count(" ") >= _SPACED_SHARE * len(longest)
    return letters >= (_PARAGRAPH_LETTERS if spaced else _DENSE_PARAGRAPH_LETTERS)


@cache
def _wall_words() -> WallWords:
    """Load the words when the first page comes: importing this room stays cheap."""
    from cairn.lexicon.walls import load_wall_words

    return load_wall_words("en")
