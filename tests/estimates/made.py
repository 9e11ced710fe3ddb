"""Claims about one incident for tests."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from cairn.estimates import POLICIES, Heard, Stand, estimate, take_positions
from cairn.records import (
    Claim,
    Copy,
    CopyKind,
    Count,
    Credit,
    CreditKind,
    Document,
    Estimate,
    Group,
    Harm,
    Passage,
    Span,
    Victims,
    content_id,
)

Pair = tuple[Claim, Document]


def said(
    speaker: str | None,
    low: int | None,
    *,
    high: int | str | None = "same",
    day: int = 17,
    document: str | None = None,
    outlet: str = "Harbour Post",
    credit: str | None = None,
    relay: str | None = None,
    **slots: object,
) -> Pair:
    """Return one figure with its report; ``high`` is the same as ``low`` unless given."""
    name = document or content_id("r", [speaker, low, day, outlet])
    top = low if high == "same" else high
    report = Document(
        id=name,
        text=f"Report {name}.",
        published=dt.date(2023, 10, day),
        outlet=outlet,
        credits=(Credit(agency=credit, kind=CreditKind.CREDIT),) if credit else (),
    )
    speakers = tuple(each for each in (speaker, relay) if each)
    values: dict[str, object] = {
        "harm": Harm.KILLED,
        "count": Count(low=low, high=top),  # type: ignore[arg-type]
        "victims": Victims(text="people", groups=(Group.UNSPECIFIED,)),
        "speakers": speakers,
    } | slots
    claim = Claim(
        id=content_id("clm", [name, speaker, low, str(top), str(values["harm"])]),
        document_id=name,
        anchor=Span(0, 6),
        **values,  # type: ignore[arg-type]
    )
    return claim, report


def copied(first: Pair, day: int, outlet: str, share: float = 1.0, **changed: object) -> tuple[Pair, Copy]:
    """Return a report that repeats another one on some later day, its claim, and the copy of the two."""
    claim, report = first
    name = content_id("r", [report.id, day, outlet])
    credits = (
        (Credit(agency=str(changed.pop("credit")), kind=CreditKind.CREDIT),) if "credit" in changed else ()
    )
    again = replace(report, id=name, published=dt.date(2023, 10, day), outlet=outlet, credits=credits)
    told = replace(claim, id=content_id("clm", [name, claim.id]), document_id=name, **changed)  # type: ignore[arg-type]
    return (told, again), Copy(
        id=content_id("cpy", [name, report.id]),
        document_id=name,
        of=report.id,
        kind=CopyKind.WHOLE if share > 0.5 else CopyKind.PARTIAL,
        share=share,
        share_of=1.0,
        passages=(Passage(here=Span(0, 6), there=Span(0, 6)),),
        reason="the same words",
    )


def killed(*pairs: Pair, **more: object) -> Stand:
    """Return who says what of the dead."""
    stands = take_positions(Heard(claims=pairs, **more))  # type: ignore[arg-type]
    return next(stand for stand in stands if stand.harm is Harm.KILLED)


def under(policy: str, *pairs: Pair, **more: object) -> Estimate:
    return estimate(POLICIES[policy], killed(*pairs, **more))


def figures(made: Estimate) -> tuple[int | None, int | None, int | None]:
    return made.low, made.best, made.high
