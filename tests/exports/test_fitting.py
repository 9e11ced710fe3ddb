"""How a dossier tells what fits together: rows of bounds, rivals named, every claim in its sentence."""

from __future__ import annotations

import json

from rich.console import Console, Group

from cairn.exports.fitting import LONGEST_SENTENCE, fit_json, fitting
from cairn.records import Bounds, Contradiction, Fit, Harm, Quantity, Rivals, Scope, exactly
from exports.factory import COMMITTEE, VELMAR, WEDNESDAY, claim, document, span

KILLED = Quantity(harm=Harm.KILLED)
CIVILIANS = claim(span("At least 49 civilians"), id="a", count=exactly(49), speakers=(COMMITTEE,))
EARLIER = claim(span("27 dead"), id="b", count=exactly(27), speakers=("Ministry\x1b[31m",))
TALLY = claim(span("About 150 people"), id="c", scope=Scope.TALLY, place=VELMAR, time=WEDNESDAY)
TOLD = {each.id: (each, document()) for each in (CIVILIANS, EARLIER, TALLY)}
LONG = "Shelling " + "went on and " * 60 + "ten people died, " + "and then " * 60 + "it ended."


def bounds(origin: str | None, low: int | None, high: int | None, **more: object) -> Bounds:
    return Bounds(**{"quantity": KILLED, "origin": origin, "low": low, "high": high} | more)  # type: ignore[arg-type]


def printed(fit: Fit) -> str:
    console = Console(width=140)
    with console.capture() as captured:
        console.print(Group(*fitting(fit, TOLD)))
    return captured.get()


def test_origins_that_come_to_the_same_share_a_row() -> None:
    told = (
        bounds(None, 27, 49),
        bounds("Committee", 49, 49),
        bounds("Monitor", 49, 49),
        bounds("Ministry", 27, 27),
    )
    rivals = (Rivals(quantity=KILLED, claims=("b", "a")),)
    lines = printed(Fit(bounds=told, rivals=rivals)).splitlines()
    assert any("Committee; Monitor" in line and line.count("49") == 2 for line in lines)
    assert any("all together" in line and "rival figures: 27 and 49" in line for line in lines)


def test_one_origin_alone_is_told_once() -> None:
    shown = printed(Fit(bounds=(bounds(None, 27, None), bounds("Committee", 27, None))))
    assert "all together" not in shown
    assert shown.count("27") == 1


def test_a_tally_is_named_by_its_place_and_days() -> None:
    tally = Quantity(harm=Harm.KILLED, tally="c")
    shown = printed(Fit(bounds=(bounds("Committee", 135, 165, quantity=tally),)))
    assert "killed in Velmar, ZZ, 27 Apr 2016 (tally)" in " ".join(shown.split())


def test_a_contradiction_shows_each_claim_in_its_sentence() -> None:
    found = Contradiction(
        claims=("b", "a"), origins=("Ministry", COMMITTEE), reason="at most 27, at least 49"
    )
    fit = Fit(
        bounds=(bounds(None, None, None, fits=False), bounds("Ministry", 27, 27)), contradictions=(found,)
    )
    shown = printed(fit)
    assert "1. at most 27, at least 49" in shown
    assert "\x1b" not in shown
    (told,) = json.loads(json.dumps(fit_json(fit, TOLD)))["contradictions"]
    assert [each["id"] for each in told["claims"]] == ["b", "a"]
    assert told["claims"][0]["sentence"] == (
        "An earlier statement by the committee had put the toll at 27 dead."
    )


def test_a_long_sentence_is_cut_around_the_figure() -> None:
    long = claim(span("ten people", text=LONG), id="d")
    fit = Fit(bounds=(), contradictions=(Contradiction(claims=("d",), origins=("x",), reason="y"),))
    (told,) = fit_json(fit, {"d": (long, document(text=LONG))})["contradictions"]  # type: ignore[misc]
    sentence = told["claims"][0]["sentence"]  # type: ignore[index]
    assert "ten people" in sentence
    assert len(sentence) <= LONGEST_SENTENCE
