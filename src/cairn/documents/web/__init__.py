"""The web: addresses in, answers out; politely, and nowhere but the public internet. All fetching is here.

The public interface:

    open_visitor(manners, outside) -> Visitor      made once for a run; threads may share it
    fetch(visitor, address, known) -> Fetched | Failure | PutOff
    fetch_many(visitor, wanted) -> (place, the same), as they come; several hosts at once
    read_feed(fetched) -> Feed | Failure
    read_list(path) -> tuple[Listed, ...]          OPML, or one address a line
"""

from cairn.documents.web.feeds import Entry, Feed, is_feed, read_feed
from cairn.documents.web.fetch import Fetched, Known, PutOff, fetch
from cairn.documents.web.lists import Listed, read_list
from cairn.documents.web.manners import Manners, Outside, is_own_request, user_agent
from cairn.documents.web.many import Result, Wanted, fetch_many
from cairn.documents.web.visitor import Visitor, open_visitor

__all__ = [
    "Entry",
    "Feed",
    "Fetched",
    "Known",
    "Listed",
    "Manners",
    "Outside",
    "PutOff",
    "Result",
    "Visitor",
    "Wanted",
    "fetch",
    "fetch_many",
    "is_feed",
    "is_own_request",
    "open_visitor",
    "read_feed",
    "read_list",
    "user_agent",
]
