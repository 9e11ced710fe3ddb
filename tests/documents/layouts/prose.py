"""Invented reports for invented papers: the same seed gives the same; towns and people are made up."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from pathlib import Path

TOWNS = (
    "Tarn", "Ossel", "Korvan", "Medrin", "Ashvale", "Luwero Bridge", "Qasrat", "Dohn", "Belisk", "Port Amery",
    "Sarrat", "Vellamo", "Hadrin", "Kestrel Point", "Marwick", "Zelen", "Oudra", "Tamarind Bay",
)  # fmt: skip
PEOPLE = (
    "Ilse Varga", "Tomas Rendell", "Amina Kolo", "Jarek Thorne", "Sabine Ost", "Yusra Dalim", "Pieter Hagg",
    "Noor Eskell", "Daria Molin", "Felix Oramo", "Halim Sarro", "Greta Lund", "Owen Tace", "Mirela Stan",
)  # fmt: skip
OFFICES = (
    "the district governor", "a spokesman for the provincial police", "the head of the town's only hospital",
    "the mayor", "a colonel in the border guard", "a volunteer with the civil rescue service",
    "the deputy minister of health", "a teacher who lives nearby", "a nurse at the clinic", "a shopkeeper",
)  # fmt: skip
OPENINGS = (
    "At least {n} people were killed when {blow} hit {where} in {town} on {day}, officials said.",
    "{N} people died in {town} on {day} after {blow} struck {where}, according to the regional police.",
    "{blow_cap} tore through {where} in {town} early on {day}, killing {n} people, the authorities said.",
)
BLOWS = ("a mortar shell", "a roadside bomb", "an artillery barrage", "a drone", "a car bomb", "a rocket")
WHERES = (
    "a crowded market", "a bus station", "a row of bakeries", "a school used as a shelter",
    "a fishing harbour", "a petrol station", "the courthouse", "a wedding hall", "a grain store",
    "a camp for displaced families",
)  # fmt: skip
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SENTENCES = tuple((Path(__file__).parent / "sentences.txt").read_text(encoding="utf-8").splitlines())
TITLES = (
    "{N} killed as {bare} hits {place} in {town}", "{town} buries its dead after {bare} attack",
    "Toll rises to {n} after blast in {town}", "“There were no stretchers left”: {town} after the {bare}",
    "Dozens hurt as {bare} strikes {town}", "Rescuers search {town} for survivors of {bare}",
)  # fmt: skip
NUMBERS = ("Four", "Seven", "Nine", "Eleven", "Twelve", "Fifteen", "Eighteen", "Twenty-one")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One invented report.

    Attributes:
        paragraphs: the body, as it should be taken out of a page.
        slug: last part of its address.
    """

    title: str
    byline: str
    published: dt.date
    paragraphs: tuple[str, ...]
    slug: str


def make_report(seed: int, *, paragraphs: int = 9) -> Report:
    """Return the report of a seed, published in the ten years from 2014."""
    chance = random.Random(seed)  # noqa: S311
    town, other, place = chance.sample(TOWNS, 3)
    blow, where, day = chance.choice(BLOWS), chance.choice(WHERES), chance.choice(DAYS)
    words = {
        "town": town, "other": other, "place": place, "blow": blow, "where": where, "day": day,
        "blow_cap": blow[0].upper() + blow[1:], "N": chance.choice(NUMBERS), "bare": blow.split(" ", 1)[1],
        "n": chance.randint(3, 29), "m": chance.randint(30, 90), "k": chance.randint(2, 9),
    }  # fmt: skip

    def say(template: str) -> str:
        fresh = {**words, "who": chance.choice(PEOPLE), "office": chance.choice(OFFICES)}
        fresh |= {"n": chance.randint(3, 29), "m": chance.randint(30, 90), "k": chance.randint(2, 9)}
        line = template.format(**fresh)
        return line[0].upper() + line[1:]

    sentences = [say(each) for each in chance.sample(SENTENCES, len(SENTENCES))]
    body = [say(chance.choice(OPENINGS)) + " " + sentences.pop()]
    while len(body) < paragraphs and sentences:  # no sentence stands twice in a report
        body.append(
            " ".join(sentences.pop() for _ in range(min(len(sentences), chance.choice((1, 2, 2, 3)))))
        )
    title = chance.choice(TITLES).format(**words)
    return Report(
        title=title,
        byline=chance.choice(PEOPLE),
        published=dt.date(2014, 1, 1) + dt.timedelta(days=chance.randrange(3650)),
        paragraphs=tuple(body),
        slug="-".join("".join(c if c.isalnum() else " " for c in title.lower()).split()),
    )
