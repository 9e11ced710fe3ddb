"""Every error that Cairn raises on purpose.

CairnError
├── InputError          the user's file, setting or text is wrong; the message says what to do
│   ├── DocumentError       unreadable or damaged
│   │   ├── NoArticleError      a page, a mail or a PDF without a report in it
│   │   ├── TooLargeError       more than one report may have
│   │   └── WrongKindError      of a kind that is not read
│   ├── ArchiveError        the archive's folder cannot be used, or what lies in it is damaged
│   ├── LedgerError         the ledger cannot be used: none, locked, full, of a newer version, damaged
│   ├── LexiconError        a lexicon file breaks its own rules; file and key named
│   └── GazetteerError      the place index cannot be built or read
├── FetchError          of documents.web: one address gave nothing; becomes a Failure before it leaves
└── RecordError         a record would break its own rule: our bug, not the user's
    └── GroundingError      a value does not stand at the span it claims
"""

from __future__ import annotations


class CairnError(Exception):
    """Base of all errors raised on purpose."""


class InputError(CairnError):
    """The user gave something that cannot be used; the message says what was found and what to do."""


class DocumentError(InputError):
    """One document cannot be read."""


class NoArticleError(DocumentError):
    """A page, a mail or a PDF holds no report: a cookie wall, an empty body, pictures of text."""


class TooLargeError(DocumentError):
    """A file or what it unpacks to is more than one report may have."""


class WrongKindError(DocumentError):
    """A file is of a kind that is not read, whatever its name says."""


class ArchiveError(InputError):
    """The archive's folder cannot be used, or what lies in it is damaged."""


class LedgerError(InputError):
    """The ledger cannot be opened, read or written; nothing that it holds is lost."""


class LexiconError(InputError):
    """A lexicon file breaks its own rules."""


class GazetteerError(InputError):
    """The place index cannot be built or read."""


class RecordError(CairnError):
    """A record would break its own rule."""


class GroundingError(RecordError):
    """A value does not stand at the span it was said to be read from."""
