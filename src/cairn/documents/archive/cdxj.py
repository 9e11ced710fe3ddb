"""Lines of a CDXJ index (https://specs.webrecorder.net/cdxj/0.1.0/): where in a WARC an address stands."""

from __future__ import annotations

import json
import re
from urllib.parse import urlsplit

from cairn.documents.archive.warc import Member
from cairn.records import Capture

_WWW = re.compile(r"www\d*\.")
_PORTS = {"http": 80, "https": 443}


def cdxj_line(capture: Capture, member: Member, filename: str, offset: int) -> bytes:
    """Return the index line of a record, with its end.

    Args:
        capture: what the record holds.
        member: the record, packed.
        filename: of the WARC.
        offset: byte of the WARC at which the record begins.
    """
    url = member.url or ""
    told = {
        "url": url,
        "digest": f"sha-256:{member.digest}",
        "mime": member.media_type,
        "offset": offset,
        "length": len(member.packed),
        "status": member.status or 200,
        "filename": filename,
    }
    moment = capture.captured_at.strftime("%Y%m%d%H%M%S")
    return f"{search_key(url)} {moment} {json.dumps(told, separators=(',', ':'))}\n".encode()


def search_key(url: str) -> str:
    """Return an address so that those of one site sort together: ``org,example)/page?a=1&b=2``.

    The host is turned round, and what makes no other page is left out: case, ``www.``, the port that goes
    without saying, a last slash, the order of a query's parts. The CDXJ text leaves ``www.`` in place; the
    tools that read such indexes look without it (surt, pywb).
    """
    parts = urlsplit(url.lower())
    if parts.scheme not in _PORTS or not parts.hostname:
        return url.lower().replace(" ", "%20")
    host = ",".join(reversed(_WWW.sub("", parts.hostname, count=1).split(".")))
    try:
        port = parts.port
    except ValueError:
        port = None
    if port and port != _PORTS[parts.scheme]:
        host += f":{port}"
    path = parts.path.rstrip("/") or "/"
    query = "&".join(sorted(parts.query.split("&"))) if parts.query else ""
    return f"{host}){path}{'?' + query if query else ''}"
