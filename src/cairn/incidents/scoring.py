"""Scoring: the bits that ``compare`` gives, for many pairs of accounts at once, without the words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cairn.incidents.columns import NEVER, Columns, Deeds, Figures, Places, Times
from cairn.incidents.compare import (
    APART_DAYS,
    EXACT_KM,
    FEW,
    LONG_DAYS,
    MANY,
    MOST,
    NEAR_DAYS,
    OTHER_LEAST,
    OTHER_TIMES,
    PROVINCE_KM,
    SLACK_KM,
    SOME,
    TOWN_KM,
    WIDE_KM,
    are_spelt_alike,
    load_weights,
)
from cairn.incidents.sets import Flags, Numbers, Reals, Sets
from cairn.records import EARTH_KM


@dataclass(frozen=True, slots=True)
class Scores:
    """What was found of pairs: bits for one attack, and whether some finding is decisive against it."""

    bits: Reals
    apart: Flags

    def __add__(self, other: Scores) -> Scores:
        return Scores(self.bits + other.bits, self.apart | other.apart)


def score(columns: Columns, here: Numbers, there: Numbers) -> Scores:
    """Return what ``compare`` finds of pairs of accounts, by their places in the columns.

    Distances differ from those of ``compare`` by less than a millimetre.
    """
    return (
        score_times(columns.times, columns.time[here], columns.time[there])
        + score_places(columns.places, columns.place[here], columns.place[there])
        + score_deeds(columns.deeds, columns.deed[here], columns.deed[there])
        + score_figures(columns.figures, columns.figure[here], columns.figure[there])
        + score_rest(columns, here, there, columns.words.shared(here, there)[0])
    )


def score_times(times: Times, here: Numbers, there: Numbers) -> Scores:
    """Return what the days of pairs of times say."""
    weights = load_weights()
    starts, ends = (times.start[here], times.start[there]), (times.end[here], times.end[there])
    told = starts[0] != NEVER, starts[1] != NEVER
    gap = np.maximum(starts[0] - ends[1], starts[1] - ends[0])
    days = ends[0] - starts[0] + 1, ends[1] - starts[1] + 1
    longer, shorter = np.maximum(*days), np.minimum(*days)
    printed = times.published[here], times.published[there]
    both = (printed[0] != NEVER) & (printed[1] != NEVER)
    untold = np.where(told[0], printed[1], printed[0])
    early = (told[0] ^ told[1]) & (untold != NEVER) & (untold < np.where(told[0], *starts))
    near = np.abs(printed[0] - printed[1]) <= NEAR_DAYS
    compared = told[0] & told[1]
    bits = np.select(
        [
            ~compared & early,
            ~compared & both & near,
            ~compared & both,
            ~compared,
            gap > APART_DAYS,
            gap > 1,
            gap == 1,
            longer == 1,
            (longer <= LONG_DAYS) & (shorter > 1),
            longer <= LONG_DAYS,
        ],
        [
            weights["apart-published"],
            weights["printed-near"],
            weights["printed-far"],
            0.0,
            weights["apart-time"],
            weights["time-days"],
            weights["time-next"],
            weights["time-same"],
            weights["time-overlap"],
            weights["time-within"],
        ],
        weights["time-long"],
    )
    return Scores(bits, np.where(compared, gap > APART_DAYS, early))


def score_places(places: Places, here: Numbers, there: Numbers) -> Scores:
    """Return what pairs of combinations of places say."""
    weights = load_weights()
    names = places.name[here], places.name[there]
    radii = places.radius[here], places.radius[there]
    countries = places.country[here], places.country[there]
    placed = (names[0] != NEVER) & (names[1] != NEVER)
    abroad = (countries[0] != NEVER) & (countries[1] != NEVER) & (countries[0] != countries[1])
    apart = _distance(places, here, there)
    same = names[0] == names[1]
    asked = placed & ~same & ~abroad & ~(apart > radii[0] + radii[1] + SLACK_KM)
    same[asked] = _spelt_alike(places, names[0][asked], names[1][asked])
    unknown = np.isnan(apart)
    vague = placed & ~same & ~abroad & unknown
    shown = np.zeros(len(here), np.bool_)
    shown[vague] = places.shown.shared(here[vague], there[vague])[0] > 0
    smaller, larger = np.minimum(*radii), np.maximum(*radii)
    bits = np.select(
        [
            ~placed,
            same & (smaller <= EXACT_KM),
            same & (smaller <= TOWN_KM),
            same,
            abroad,
            unknown & shown,
            unknown,
            (apart <= larger + SLACK_KM) & (larger > WIDE_KM),
            apart <= larger + SLACK_KM,
            apart <= larger + SLACK_KM + PROVINCE_KM,
        ],
        [
            0.0,
            weights["place-exact"],
            weights["place-town"],
            weights["place-region"],
            weights["apart-country"],
            weights["place-shared"],
            weights["place-unknown"],
            weights["place-wide"],
            weights["place-inside"],
            weights["place-far"],
        ],
        weights["apart-place"],
    )
    far = ~unknown & ~(apart <= larger + SLACK_KM + PROVINCE_KM)
    return Scores(bits, placed & ~same & (abroad | far))


def score_deeds(deeds: Deeds, here: Numbers, there: Numbers) -> Scores:
    """Return what the means, doers, groups of victims and kinds of harm of pairs say."""
    weights = load_weights()
    means = deeds.means[here], deeds.means[there]
    shared = means[0] & means[1] != 0
    told = (means[0] != 0) & (means[1] != 0)
    bits = np.select(
        [
            shared & (deeds.common[here] & deeds.common[there] == 0),
            shared,
            told & (deeds.kin[here] & deeds.kin[there] != 0),
            told,
        ],
        [weights["means-rare"], weights["means-same"], weights["means-kin"], weights["means-other"]],
        0.0,
    )
    bits += _doers(deeds.doers, here, there)
    bits += np.where(deeds.groups[here] & deeds.groups[there] != 0, weights["groups-same"], 0.0)
    other = deeds.lasting[here] != deeds.lasting[there]
    other &= deeds.all_lasting[here] | deeds.all_lasting[there]
    bits += np.where(other, weights["harm-other"], 0.0)
    return Scores(bits, np.zeros(len(here), np.bool_))


def score_figures(figures: Figures, here: Numbers, there: Numbers) -> Scores:
    """Return what pairs of combinations of figures say."""
    weights = load_weights()
    shared = figures.told.shared(here, there)[1]
    large = np.append(figures.large, False)[shared]  # -1, for none, is the last
    bits = np.select([shared < 0, large], [0.0, weights["figure-large"]], weights["figure-small"])
    for tops in (figures.killed, figures.injured):
        low, high = np.minimum(tops[here], tops[there]), np.maximum(tops[here], tops[there])
        other = (shared < 0) & (low > 0) & (high > OTHER_TIMES * low) & (high >= OTHER_LEAST)
        bits += np.where(other, weights["figure-other"], 0.0)
    return Scores(bits, np.zeros(len(here), np.bool_))


def score_rest(columns: Columns, here: Numbers, there: Numbers, shared: Numbers) -> Scores:
    """Return what only whole accounts tell, by pairs of these: the report, names of victims, words.

    Args:
        columns: of all accounts.
        here: places of accounts in them.
        there: places of those that they are compared with.
        shared: how many words each pair shares.
    """
    weights = load_weights()
    one = columns.document[here] == columns.document[there]
    bits = np.where(one, weights["told-apart"], _words(columns, here, there, shared))
    bits += weights["prior"]
    bits += np.where(columns.victims.shared(here, there)[0] > 0, weights["names-same"], 0.0)
    return Scores(bits, np.zeros(len(here), np.bool_))


def _doers(doers: Sets, here: Numbers, there: Numbers) -> Reals:
    weights = load_weights()
    told = (doers.sizes[here] > 0) & (doers.sizes[there] > 0)
    same = doers.shared(here, there)[0] > 0
    return np.where(told, np.where(same, weights["doer-same"], weights["doer-other"]), 0.0)


def _words(columns: Columns, here: Numbers, there: Numbers, shared: Numbers) -> Reals:
    weights = load_weights()
    fewer = np.minimum(columns.words.sizes[here], columns.words.sizes[there])
    share = shared / np.maximum(fewer, 1)
    return np.select(
        [fewer == 0, (share >= MOST) & (fewer >= FEW), share >= MANY, share >= SOME],
        [0.0, weights["words-most"], weights["words-many"], weights["words-some"]],
        weights["words-few"],
    )


def _distance(places: Places, here: Numbers, there: Numbers) -> Reals:
    """Return the distances of pairs over the ground, in km; not a number where one has no coordinates."""
    north, south = places.latitude[here], places.latitude[there]
    across = np.sin((places.longitude[there] - places.longitude[here]) / 2) ** 2
    half = np.sin((south - north) / 2) ** 2 + np.cos(north) * np.cos(south) * across
    return np.asarray(2 * EARTH_KM * np.arcsin(np.sqrt(half)))


def _spelt_alike(places: Places, one: Numbers, other: Numbers) -> Flags:
    pairs = np.minimum(one, other) * len(places.names) + np.maximum(one, other)
    once, which = np.unique(pairs, return_inverse=True)
    alike = [
        are_spelt_alike(*sorted(places.names[number] for number in divmod(pair, len(places.names))))
        for pair in once.tolist()
    ]
    return np.asarray(alike, np.bool_)[which]
