"""Capture: what an address gave goes into the archive, with the article that was read in it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from cairn.documents.archive import Archive, body_name, capture_id, diff_versions
from cairn.documents.checks import failure_kind, require_usable
from cairn.documents.decoding import decode
from cairn.documents.describe import describe
from cairn.documents.pages import read_page
from cairn.documents.pdfs import read_pdf
from cairn.documents.revisits import may_pass
from cairn.documents.web import Fetched, Known, PutOff, is_feed
from cairn.errors import DocumentError, NoArticleError, WrongKindError
from cairn.lexicon import Lexicon
from cairn.records import Capture, DateBasis, Difference, Document, Failure, FailureKind, Kept, Outcome

_PAGES = {"", "text/html", "application/xhtml+xml", "application/octet-stream", "application/xml", "text/xml"}
"""Media types read as pages; those that say nothing are given the chance to be one."""

_EPOCH = dt.date(1970, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """An address that gave an article.

    Attributes:
        url: as it was asked for.
        outcome: new, changed or unchanged.
        document: the article as it stands now.
        number: of its version, from 1.
        difference: what parts it from the version before; ``None`` unless it changed.
    """

    url: str
    outcome: Outcome
    document: Document
    number: int
    difference: Difference | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What is known of an article beside what its page says.

    Attributes:
        outlet: who prints it, as the user's list names it.
        feed: what the feed that lists it calls itself.
        published: day of publication that the feed gives.
    """

    outlet: str | None = None
    feed: str | None = None
    published: dt.date | None = None


Looked = Captured | Failure | PutOff
"""What came of one address."""


def known_of(archive: Archive, url: str, failure: Failure | None) -> Known | None:
    """Return what the last answer of an address said, for asking whether anything changed since.

    Args:
        archive: that was recorded in.
        url: the address.
        failure: its last, when nothing was captured since. What could not be read is asked for in full: that
            it did not change would not tell what is wrong with it.
    """
    if failure is not None and not may_pass(failure):
        return None
    answer = archive.last_answer(url)
    if answer is None or not (answer.etag or answer.last_modified):
        return None
    capture = archive.capture(answer.capture)
    if any(name.lower() == "content-encoding" for name, _ in capture.response_headers):
        return None  # kept as sent, packed; rare enough to be sent again
    return Known(
        final_url=capture.final_url,
        etag=answer.etag or "",
        last_modified=answer.last_modified or "",
    )


def record(archive: Archive, result: Fetched | Failure | PutOff, given: Given, lexicon: Lexicon) -> Looked:
    """Record what came of fetching one address.

    Returns:
        The article, or why there is none. Both are in the archive when this returns; what was put off is not,
        as nothing was asked.

    Raises:
        ArchiveError: the archive cannot be written.
    """
    if isinstance(result, PutOff):
        return result
    if isinstance(result, Failure):
        archive.fail(result)
        return result
    if result.unchanged:
        return _confirm(archive, result)
    try:
        document = _read(result, given)
    except DocumentError as error:
        keep(archive, result, None)
        failure = _failure(result, error)
        archive.fail(failure)
        return failure
    before = list(archive.versions(result.url))
    kept = keep(archive, result, document)
    difference = None
    if kept.outcome is Outcome.CHANGED and before:
        difference = diff_versions(archive.document(before[-1]), document, lexicon)
    number = kept.version.number if kept.version else 1
    return Captured(
        url=result.url, outcome=kept.outcome, document=document, number=number, difference=difference
    )


def keep(archive: Archive, fetched: Fetched, document: Document | None) -> Kept:
    """Keep the bytes that an address gave, under all that was said with them."""
    name = body_name(fetched.body)
    capture = Capture(
        id=capture_id(fetched.url, fetched.at, name),
        url=fetched.url,
        final_url=fetched.final_url,
        captured_at=fetched.at,
        status=fetched.status,
        body=name,
        media_type=fetched.media_type,
        request_headers=fetched.request_headers,
        response_headers=fetched.response_headers,
    )
    return archive.keep(capture, fetched.body, document)


def _confirm(archive: Archive, fetched: Fetched) -> Looked:
    """Record that an address still gives what it gave last."""
    archive.confirm(fetched.url, fetched.at)
    versions = list(archive.versions(fetched.url))
    if not versions:
        reason = "still gives what it gave last, which held no article"
        return Failure(name=fetched.url, at=fetched.at, kind=FailureKind.NO_ARTICLE, reason=reason)
    return Captured(
        url=fetched.url,
        outcome=Outcome.UNCHANGED,
        document=archive.document(versions[-1]),
        number=versions[-1].number,
    )


def _read(fetched: Fetched, given: Given) -> Document:
    """Return the article in an answer.

    Raises:
        DocumentError: there is none; reason as a predicate.
    """
    if not fetched.content.strip():
        raise NoArticleError("is empty: the host sent no text; look at it in a browser")
    if is_feed(fetched):
        raise WrongKindError("is a feed; put its address into a list and give that to cairn watch")
    if fetched.media_type == "text/plain":
        document = _read_plain(fetched)
    elif fetched.media_type == "application/pdf":
        document = read_pdf(fetched.content, document_id=fetched.url)
    elif fetched.media_type in _PAGES:
        document = read_page(
            fetched.content,
            document_id=fetched.url,
            charset=fetched.charset or None,
            url=fetched.final_url,
            latest=fetched.at.date(),
        )
    else:
        kind = fetched.media_type[:60]
        raise WrongKindError(f"is of the kind {kind}, neither page nor text nor PDF; save its text as .txt")
    return _filled(document, given, fetched.at.date())


def _read_plain(fetched: Fetched) -> Document:
    """Return a report that is sent without markup."""
    text, notes = decode(fetched.content, declared=fetched.charset or None)
    require_usable(text)
    return describe(Document(id=fetched.url, text=text, url=fetched.final_url, notes=notes))


def _filled(document: Document, given: Given, latest: dt.date) -> Document:
    """Return the document with what the list and the feed know of it."""
    document = replace(document, outlet=given.outlet or document.outlet or given.feed)
    if given.published is None or document.basis not in (None, DateBasis.TEXT):
        return document
    if not _EPOCH < given.published <= latest:
        return document  # what is not known is often sent as the first of all days
    # A day that the outlet itself gives in its feed goes before one guessed from the words of the page.
    note = "publication date given by the feed"
    return replace(document, published=given.published, basis=DateBasis.GIVEN, notes=(*document.notes, note))


def _failure(fetched: Fetched, error: DocumentError) -> Failure:
    """Return why what an address gave is no article."""
    return Failure(
        name=fetched.url, at=fetched.at, kind=failure_kind(error), reason=str(error), status=fetched.status
    )
