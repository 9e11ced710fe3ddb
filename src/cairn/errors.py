"""Every error that Cairn raises on purpose.

CairnError
├── InputError          the user's file, setting or text is wrong; the message says what to do
│   ├── DocumentError       unreadable, empty or too large
│   ├── LexiconError        a lexicon file breaks its own rules; file and key named
│   └── GazetteerError      the place index cannot be built or read
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


class LexiconError(InputError):
    """A lexicon file breaks its own rules."""


class GazetteerError(InputError):
    """The place index cannot be built or read."""


class RecordError(CairnError):
    """A record would break its own rule."""


class GroundingError(RecordError):
    """A value does not stand at the span it was said to be read from."""
