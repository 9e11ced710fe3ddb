"""An invented report on an invented town, with the claims that a careful reader would take from it."""

from __future__ import annotations

import datetime as dt
from itertools import count

from cairn.records import (
    Claim,
    Count,
    Document,
    Evidence,
    Group,
    Harm,
    Means,
    Period,
    Place,
    Scope,
    Span,
    Status,
    Target,
    TargetKind,
    Victims,
    day,
    exactly,
)

TITLE = "Strike on Velmar market kills dozens, relief committee says"
TEXT = (
    "At least 49 civilians, including 14 patients and medical staff, were killed on Wednesday when "
    "warplanes struck the covered market and a clinic beside it in the hill town of Velmar, the Orsan "
    "Relief Committee said. Three of the 14 were children. An earlier statement by the committee had put "
    "the toll at 27 dead.\n\n"
    "About 150 people were wounded, a Health Ministry source told the Tavan News Agency. Up to 20 others "
    "were feared buried under the rubble, according to Ilan Dorvak, who leads the town’s rescue team. "
    "“We dug with our hands until the light went,” he said.\n\n"
    "The Northern Command said no civilians had been harmed in its operations. It denied that one of its "
    "drones had killed two paramedics on Tuesday near the Sered crossing.\n\n"
    "Half of the town’s residents have fled since Friday, the committee said. More than 400,000 people "
    "have been displaced across the Orsan valley since 2011. On Thursday morning, several shopkeepers "
    "were detained at a checkpoint on the road to the coast."
)
PUBLISHED = dt.date(2016, 4, 28)
WEDNESDAY = day(dt.date(2016, 4, 27))
VELMAR = Place(name="Velmar", country="ZZ", latitude=1.5, longitude=-2.25, radius_km=3.0)
COMMITTEE = "Orsan Relief Committee"

_numbers = count(1)


def span(words: str, nth: int = 0, text: str = TEXT) -> Span:
    """Return where ``words`` stands in ``text`` for the ``nth`` time, from 0."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Span(start, start + len(words))


def document(**changes: object) -> Document:
    settled: dict[str, object] = {
        "id": "velmar-1",
        "text": TEXT,
        "title": TITLE,
        "published": PUBLISHED,
        "outlet": "The Harbour Courier",
        "url": "https://courier.invalid/velmar",
    }
    return Document(**(settled | changes))  # type: ignore[arg-type]


def claim(anchor: Span | None = None, **changes: object) -> Claim:
    """Return a claim with sensible defaults: one person killed, at the start of the text."""
    settled: dict[str, object] = {
        "id": f"claim-{next(_numbers)}",
        "document_id": "velmar-1",
        "anchor": anchor or Span(0, 1),
        "harm": Harm.KILLED,
        "count": exactly(1),
        "victims": Victims(text="people", groups=(Group.UNSPECIFIED,)),
    }
    return Claim(**(settled | changes))  # type: ignore[arg-type]


def read(*entries: tuple[str, Span, str]) -> tuple[Evidence, ...]:
    return tuple(Evidence(slot=slot, spans=(where,), reason=reason) for slot, where, reason in entries)


def victims(text: str, *groups: Group) -> Victims:
    return Victims(text=text, groups=groups or (Group.UNSPECIFIED,))


def velmar_claims() -> tuple[Claim, ...]:
    """Return eleven claims on ``TEXT``: bounds of every kind, parts of parts, each status, a tally."""
    market = Target(text="covered market", kind=TargetKind.MARKET)
    strike = (
        ("harm", span("killed"), "head of the clause that holds the figure"),
        ("means", span("warplanes"), "'warplanes' is listed under airstrike"),
        ("place", span("Velmar"), "'in the hill town of Velmar', same sentence"),
        ("time", span("on Wednesday"), "Wednesday before 28 Apr 2016"),
    )
    return (
        claim(
            span("At least 49 civilians"),
            id="49",
            count=Count(low=49),
            victims=victims("civilians", Group.CIVILIAN),
            means=Means.AIRSTRIKE,
            target=market,
            place=VELMAR,
            time=WEDNESDAY,
            speakers=(COMMITTEE,),
            incident="market",
            evidence=read(
                ("count", span("At least 49"), "'at least' leaves the figure open above"),
                ("victims", span("civilians"), ""),
                ("target", span("covered market"), "object of 'struck'"),
                ("speakers", span("the Orsan Relief Committee"), "subject of 'said', same sentence"),
                *strike,
            ),
        ),
        claim(
            span("14 patients and medical staff"),
            id="14",
            count=exactly(14),
            victims=victims("patients and medical staff", Group.PATIENT, Group.MEDICAL),
            means=Means.AIRSTRIKE,
            target=Target(text="clinic", kind=TargetKind.HEALTH),
            place=VELMAR,
            time=WEDNESDAY,
            speakers=(COMMITTEE,),
            part_of="49",
            incident="market",
            evidence=read(
                ("count", span("14"), ""),
                ("victims", span("patients and medical staff"), ""),
                ("target", span("clinic"), "patients and staff are found in a clinic"),
                ("part_of", span("including"), "'including' after the larger figure"),
                ("speakers", span("the Orsan Relief Committee"), "subject of 'said', same sentence"),
                *strike,
            ),
        ),
        claim(
            span("Three of the 14"),
            id="3",
            count=exactly(3),
            victims=victims("children", Group.CHILD),
            means=Means.AIRSTRIKE,
            place=VELMAR,
            time=WEDNESDAY,
            speakers=(COMMITTEE,),
            part_of="14",
            incident="market",
            evidence=read(
                ("count", span("Three"), ""),
                ("victims", span("children"), "complement of 'were'"),
                ("part_of", span("of the 14"), "names the figure it is taken from"),
            ),
        ),
        claim(
            span("27 dead"),
            id="27",
            count=exactly(27),
            victims=victims(""),
            means=Means.AIRSTRIKE,
            place=VELMAR,
            time=WEDNESDAY,
            speakers=(COMMITTEE,),
            status=Status.SUPERSEDED,
            incident="market",
            evidence=read(
                ("count", span("27"), ""),
                ("harm", span("dead"), ""),
                ("speakers", span("committee", 0), "'statement by the committee'"),
                ("status", span("An earlier statement"), "an earlier figure, since replaced"),
            ),
        ),
        claim(
            span("About 150 people"),
            id="150",
            harm=Harm.INJURED,
            count=Count(low=150, high=150, approx=True),
            means=Means.AIRSTRIKE,
            place=VELMAR,
            time=WEDNESDAY,
            speakers=("Health Ministry source", "Tavan News Agency"),
            incident="market",
            evidence=(
                Evidence(slot="count", spans=(span("About 150"),), reason="'about' makes it approximate"),
                Evidence(slot="harm", spans=(span("wounded"),)),
                Evidence(
                    slot="speakers",
                    spans=(span("Health Ministry source"), span("Tavan News Agency")),
                    reason="'a source told an agency': the agency relays",
                ),
                Evidence(slot="place", spans=(span("Velmar"),), reason="place of the same attack, before"),
            ),
        ),
        claim(
            span("Up to 20 others"),
            id="20",
            harm=Harm.MISSING,
            count=Count(high=20),
            victims=victims("others"),
            place=VELMAR,
            time=WEDNESDAY,
            speakers=("Ilan Dorvak",),
            status=Status.FEARED,
            incident="market",
            evidence=read(
                ("count", span("Up to 20"), "'up to' leaves the figure open below"),
                ("harm", span("buried"), ""),
                ("status", span("feared"), ""),
                ("speakers", span("Ilan Dorvak"), "after 'according to'"),
            ),
        ),
        claim(
            span("no civilians"),
            id="0",
            harm=Harm.CASUALTIES,
            count=exactly(0),
            victims=victims("civilians", Group.CIVILIAN),
            perpetrator="Northern Command",
            speakers=("Northern Command",),
            evidence=read(
                ("count", span("no"), "nobody, stated"),
                ("harm", span("harmed"), ""),
                ("perpetrator", span("its operations"), "'its' is the Northern Command"),
                ("speakers", span("Northern Command"), "subject of 'said'"),
            ),
        ),
        claim(
            span("two paramedics"),
            id="2",
            count=exactly(2),
            victims=victims("paramedics", Group.MEDICAL),
            perpetrator="Northern Command",
            means=Means.DRONE,
            place=Place(name="Sered crossing", country="ZZ"),
            time=day(dt.date(2016, 4, 26)),
            speakers=("Northern Command",),
            status=Status.DENIED,
            evidence=read(
                ("harm", span("killed", 1), ""),
                ("means", span("drones"), ""),
                ("perpetrator", span("one of its drones"), "'its' is the Northern Command"),
                ("place", span("Sered crossing"), ""),
                ("time", span("on Tuesday"), "Tuesday before 28 Apr 2016"),
                ("status", span("denied"), ""),
            ),
        ),
        claim(
            span("Half of the town’s residents"),
            id="half",
            harm=Harm.DISPLACED,
            count=Count(fraction=0.5, approx=True),
            victims=victims("town’s residents", Group.CIVILIAN),
            place=VELMAR,
            time=Period(start=dt.date(2016, 4, 22), end=PUBLISHED),
            speakers=(COMMITTEE,),
            evidence=read(
                ("harm", span("fled"), ""),
                ("time", span("since Friday"), "Friday before, to the day of publication"),
                ("speakers", span("the committee said"), "the Orsan Relief Committee, named before"),
            ),
        ),
        claim(
            span("More than 400,000 people"),
            id="400000",
            harm=Harm.DISPLACED,
            count=Count(low=400_000),
            place=Place(name="Orsan valley", country="ZZ"),
            time=Period(start=dt.date(2011, 1, 1), end=PUBLISHED),
            scope=Scope.TALLY,
            evidence=read(
                ("harm", span("displaced"), ""),
                ("place", span("Orsan valley"), ""),
                ("time", span("since 2011"), "1 January of the year, to the day of publication"),
            ),
        ),
        claim(
            span("several shopkeepers"),
            id="several",
            harm=Harm.DETAINED,
            count=Count(low=2, approx=True),
            victims=victims("shopkeepers", Group.WORKER),
            time=day(PUBLISHED),
            evidence=read(
                ("count", span("several"), "two or more"),
                ("harm", span("detained"), ""),
                ("time", span("On Thursday morning"), "the day of publication"),
            ),
        ),
    )
