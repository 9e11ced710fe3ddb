"""The archive: what addresses and files gave, exactly as it was, and every wording of it.

A folder::

    log.jsonl       one line of JSON a capture, failure or check, in the order of recording; only added to
    bodies/ab/….gz  raw bytes under their SHA-256
    texts/ab/….gz   what was read in them, under the SHA-256 of its UTF-8
    index.sqlite    what stands where; made again from the log when it is lost, old or behind
    set-aside/      the end of a line that was cut off
    lock            held by the one process that writes

Why so. The log is the truth and the index is derived, as everything is that can be: a log of plain lines and
files named by their content can be read, checked and copied in decades with ``grep``, ``zcat`` and
``sha256sum``, and damage costs the lines that it hits; a database as the truth can be read by itself alone,
and is lost as a whole. SQLite is the index because a million captures must not be read to find one, and
because its WAL mode lets readers see the last commit while a writer writes. Bodies are files and no packs, so
that a copy of the folder is a backup, and a backup that is made again copies what is new.

A commit writes bodies and texts to ``incoming``, waits for the disk, moves them to their names; then adds the
lines to the log and waits again; then commits the index. Whatever moment a process is killed at, or the power
goes, each line of the log has its files, and a line that is half written has no end and is set aside. Not on
a network drive: SQLite's WAL mode needs shared memory.

Versions are a view: captures of one address in order of their moments, a new version wherever the words are
others than in the capture before. An old capture that is imported late takes its place among them.

The public interface, as `cairn.documents` hands it on:

    open_archive(folder, *, read_only=False, group=1, progress=None) -> Archive
        Makes the folder where there is none (not when read_only). Refuses with one line (ArchiveError).
        One writer at a time; readers are never blocked. Close it, or use it in a `with` statement.
        group: records per commit. 1 makes each record durable before the call returns; imports take 64 or
        more and lose at most the last group to a kill, which the rerun takes again. Leaving the `with`
        block commits, after an error too.
    archive.knows(capture_id) -> bool              this very capture is recorded: skip the work on a rerun
    archive.keep(capture, body, document) -> Kept  outcome: new | changed | unchanged | known; its version
        `body` are the bytes that `capture.body` names (`body_name(body)`); `document` is None for what holds
        no article: the bytes are kept all the same. Then, not before, say why with `fail`.
    archive.confirm(url, at)                       304, or the like: it was asked at this moment, and
                                                   still gives what it gave last
    archive.fail(failure)
    archive.commit()                               makes what was recorded durable now
    archive.last_answer(url) -> Answer | None      etag, last_modified, captured_at, status, body of the
                                                   last capture, for conditional requests
    archive.captures(url=None) -> Iterator[Capture]     one address: by moment; all: as they were recorded
    archive.versions(url=None) -> Iterator[Version]     in order, numbered from 1
    archive.latest(limit=None, *, prefix=None) -> Iterator[Version]
                                                   the latest version of each address, newest first;
                                                   prefix: of addresses that begin with it
    archive.failures(*, standing=False, prefix=None) -> Iterator[Failure]
                                                   standing: the last of each name that has not been captured
                                                   since, newest first
    archive.version_of(capture) -> Version | None
    archive.capture(capture_id) -> Capture
    archive.document(version | capture) -> Document     as it was kept, text and all
    archive.body(sha256) -> bytes                  checked against its name
    archive.notices -> tuple[str, ...]             what opening set aside or repaired, one line each
    body_name(body: bytes) -> str                  SHA-256 in hexadecimal
    capture_id(url, captured_at, body_name) -> str the id that a Capture of this address and moment has
    diff_versions(old, new, lexicon) -> Difference what changed between two documents, figures apart
    export_archive(archive, out, *, url=None, created=None) -> Exported     .warc.gz or .wacz

Bodies are the bytes of the answer with the transfer coding (chunks) undone. A content coding (gzip) may be
left or undone: exports look at the bytes and name the header accordingly.
"""

from cairn.documents.archive.archive import Archive
from cairn.documents.archive.differences import diff_versions
from cairn.documents.archive.export import Exported, export_archive
from cairn.documents.archive.lines import capture_id
from cairn.documents.archive.opening import open_archive
from cairn.documents.archive.store import body_name

__all__ = [
    "Archive",
    "Exported",
    "body_name",
    "capture_id",
    "diff_versions",
    "export_archive",
    "open_archive",
]
