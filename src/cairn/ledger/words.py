"""Words: full-text search over titles and texts, each engine's own way."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Connection

from cairn.ledger.tables import LARGEST, documents

JOINERS = "-‐‑–—/_.’"
"""Signs inside words at which PostgreSQL would keep whole words beside parts; SQLite parts words there."""


def word_statements(dialect: str) -> Iterator[str]:
    """Yield the SQL that makes the index."""
    if dialect == "sqlite":
        yield (
            "CREATE VIRTUAL TABLE document_words USING fts5(title, text, content='documents', "
            "content_rowid='number', tokenize='unicode61 remove_diacritics 2')"
        )
    else:
        yield "CREATE TABLE document_words (document bigint PRIMARY KEY, words tsvector NOT NULL)"
        yield "CREATE INDEX document_words_words ON document_words USING gin (words)"


def index_words(connection: Connection, after: int, to: int | None = None) -> None:
    """Take the documents with higher numbers than ``after``, up to ``to``, into the index."""
    sqlite = connection.dialect.name == "sqlite"
    plain = f"translate(coalesce(title, '') || ' ' || text, '{JOINERS}', '{' ' * len(JOINERS)}')"
    words = "title, text" if sqlite else f"to_tsvector('simple', {plain})"
    columns = "rowid, title, text" if sqlite else "document, words"
    mark = "?" if sqlite else "%s"
    connection.exec_driver_sql(
        f"INSERT INTO document_words ({columns}) SELECT number, {words} FROM documents "
        f"WHERE number > {mark} AND number <= {mark}",
        (after, LARGEST if to is None else to),
    )


def last_indexed(connection: Connection) -> int:
    """Return the highest number of a document in the index; 0 when it is empty."""
    sqlite = connection.dialect.name == "sqlite"
    # The index has no rows of its own; this table beside it has one for each text that was taken in.
    query = (
        "SELECT max(id) FROM document_words_docsize" if sqlite else "SELECT max(document) FROM document_words"
    )
    return connection.exec_driver_sql(query).scalar() or 0


def forget_words(connection: Connection, number: int) -> None:
    """Take one document out of the index, before its text is changed."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(
            "INSERT INTO document_words (document_words, rowid, title, text) "
            "SELECT 'delete', number, title, text FROM documents WHERE number = ?",
            (number,),
        )
    else:
        connection.exec_driver_sql("DELETE FROM document_words WHERE document = %s", (number,))


def merge_words(connection: Connection) -> None:
    """Write the index anew, so that no part of it keeps words that were taken out."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("INSERT INTO document_words (document_words) VALUES ('optimize')")


def empty_words(connection: Connection) -> None:
    """Empty the index."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("INSERT INTO document_words (document_words) VALUES ('delete-all')")
    else:
        connection.exec_driver_sql("DELETE FROM document_words")


def holding_words(dialect: str, asked: str) -> ColumnElement[bool]:
    """Return the condition that a document holds all the words asked for; “quoted ones” in their order."""
    phrases = _phrases(asked)
    if dialect == "sqlite":
        match = " ".join('"' + phrase.replace('"', '""') + '"' for phrase in phrases)
        found = sa.text("SELECT rowid FROM document_words WHERE document_words MATCH :match")
        return documents.c.number.in_(found.bindparams(match=match))
    queries = " && ".join(f"phraseto_tsquery('simple', :phrase{place})" for place in range(len(phrases)))
    query = sa.text(f"SELECT document FROM document_words WHERE words @@ ({queries})")
    bound = query.bindparams(**{f"phrase{place}": phrase for place, phrase in enumerate(phrases)})
    return documents.c.number.in_(bound)


def _phrases(asked: str) -> list[str]:
    """Return the words, and the runs of words between quotation marks."""
    parts = asked.replace("“", '"').replace("”", '"').split('"')
    found: list[str] = []
    for place, part in enumerate(parts):
        found.extend([part] if place % 2 else part.split())
    plain = (each.translate(dict.fromkeys(map(ord, JOINERS), " ")).strip() for each in found)
    return [each for each in plain if each] or [""]
