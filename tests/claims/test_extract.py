"""Claims of whole short reports, slot by slot."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from cairn.records import Claim, Group, Harm, Means, Scope, Status, TargetKind
from tables import Row, rows

ReadClaims = Callable[..., tuple[Claim, ...]]


def only(claims: tuple[Claim, ...]) -> Claim:
    [claim] = claims
    return claim


@pytest.mark.parametrize(
    ("words", "means"),
    [
        ("in an air strike", Means.AIRSTRIKE),
        ("when a barrel bomb fell", Means.AIRSTRIKE),
        ("by a drone", Means.DRONE),
        ("when rockets fell", Means.ROCKET),
        ("by a ballistic missile", Means.MISSILE),
        ("in shelling", Means.SHELLING),
        ("by mortar fire", Means.SHELLING),
        ("by gunfire", Means.SMALL_ARMS),
        ("by a sniper", Means.SMALL_ARMS),
        ("by a roadside bomb", Means.IED),
        ("by a grenade", Means.IED),
        ("by a car bomb", Means.CAR_BOMB),
        ("by a suicide bomber", Means.SUICIDE_BOMB),
        ("by a suicide car bomb", Means.SUICIDE_BOMB),
        ("in an explosion", Means.EXPLOSION),
        ("by a landmine", Means.LANDMINE),
        ("in a chlorine attack", Means.CHEMICAL),
        ("with machetes", Means.MELEE),
        ("in an arson attack", Means.ARSON),
        ("in clashes", Means.CLASHES),
        ("in an attack", Means.ATTACK),
        ("in an ambush", Means.ATTACK),
        ("in a train crash", Means.ACCIDENT),
        ("in an earthquake", Means.DISASTER),
        ("on Monday", None),
    ],
)
def test_means(words: str, means: Means | None, claims_of: ReadClaims) -> None:
    assert only(claims_of(f"Two porters were killed {words}.")).means is means


@pytest.mark.parametrize(
    ("words", "target", "kind"),
    [
        ("a hospital", "hospital", TargetKind.HEALTH),
        ("a school", "school", TargetKind.EDUCATION),
        ("a mosque", "mosque", TargetKind.WORSHIP),
        ("a market", "market", TargetKind.MARKET),
        ("a house", "house", TargetKind.HOME),
        ("a refugee camp", "refugee camp", TargetKind.CAMP),
        ("an aid convoy", "aid convoy", TargetKind.AID),
        ("a bus", "bus", TargetKind.TRANSPORT),
        ("a power plant", "power plant", TargetKind.INFRASTRUCTURE),
        ("a checkpoint", "checkpoint", TargetKind.MILITARY),
        ("a funeral", "funeral", TargetKind.GATHERING),
        ("a radio station", "radio station", TargetKind.MEDIA),
        ("the parliament", "parliament", TargetKind.GOVERNMENT),
    ],
)
def test_target(words: str, target: str, kind: TargetKind, claims_of: ReadClaims) -> None:
    found = only(claims_of(f"Two porters were killed when shells hit {words}.")).target
    assert found is not None
    assert (found.text, found.kind) == (target, kind)


@pytest.mark.parametrize(
    ("text", "perpetrator"),
    [
        ("Gunmen killed two porters.", "Gunmen"),
        ("Two porters were killed by gunmen.", "gunmen"),
        ("Al-Shabaab killed two porters in Afgoye.", "Al-Shabaab"),
        ("An army raid killed two porters.", "army"),
        ("Two porters were killed in clashes with the rebels.", "rebels"),
        ("Foreign-backed militants killed two porters.", "Foreign-backed militants"),
        ("Russian jets bombed a depot, killing two porters.", "Russian jets|Russian"),
        ("Police arrested two porters.", "Police"),
        ("A suicide bomber killed two porters.", "suicide bomber"),
        ("Two porters were killed in an explosion.", None),
        ("A flood killed two porters.", None),
        ("Two porters were killed on the road, police said.", None),
    ],
)
def test_perpetrator(text: str, perpetrator: str | None, claims_of: ReadClaims) -> None:
    found = only(claims_of(text)).perpetrator
    assert found in (perpetrator.split("|") if perpetrator else (None,))


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Two porters were killed.", Status.ASSERTED),
        ("Two porters are feared dead.", Status.FEARED),
        ("Two porters are believed to have been killed.", Status.FEARED),
        ("Two porters may have been killed.", Status.FEARED),
        ("Perhaps more than 200 porters were killed.", Status.FEARED),
        ("The army denied that two porters had been killed.", Status.DENIED),
    ],
)
def test_status(text: str, status: Status, claims_of: ReadClaims) -> None:
    assert only(claims_of(text)).status is status


def test_an_earlier_toll_is_superseded(claims_of: ReadClaims) -> None:
    text = "The death toll has risen to 27, up from 20, the governor said."
    found = {claim.count.low: claim.status for claim in claims_of(text)}
    assert found == {27: Status.ASSERTED, 20: Status.SUPERSEDED}


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("A bomb killed two porters on Monday.", Scope.INCIDENT),
        ("The war has killed 90,000 people.", Scope.TALLY),
        ("More than 400 people have been killed since January.", Scope.TALLY),
        ("Attacks killed 269 people in April.", Scope.TALLY),
        ("Some 30 people have been abducted in the past six weeks.", Scope.TALLY),
        ("Two strikes killed 14 people on Monday.", Scope.INCIDENT),
    ],
)
def test_scope(text: str, scope: Scope, claims_of: ReadClaims) -> None:
    assert only(claims_of(text)).scope is scope


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Two porters were killed in Kano on Monday.", "2021-07-12", "2021-07-12"),
        ("Two porters were killed in Kano on Wednesday.", "2021-07-14", "2021-07-14"),
        ("Some 400 porters have been killed in Kano since 2011.", "2011-01-01", "2021-07-14"),
        ("Some 400 porters have been abducted in Kano since the start of June.", "2021-06-01", "2021-07-14"),
        ("Two porters have been held hostage in Kano since 3 March.", "2021-03-03", "2021-03-03"),
        ("Some 400 porters were killed in Kano in May.", "2021-05-01", "2021-05-31"),
    ],
)
def test_time(text: str, start: str, end: str, claims_of: ReadClaims) -> None:
    period = only(claims_of(text)).time
    assert period is not None
    assert (str(period.start), str(period.end)) == (start, end)


def test_without_a_publication_date_a_weekday_gives_no_time(claims_of: ReadClaims) -> None:
    assert only(claims_of("Two porters were killed in Kano on Monday.", None)).time is None


def test_no_time_told_is_no_time(claims_of: ReadClaims) -> None:
    assert only(claims_of("Two porters were killed in Kano.", dt.date(2021, 7, 14))).time is None


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Two porters were killed in Kano on Monday.", "Kano", "NG"),
        ("Two porters were killed in the town of Chibok in Nigeria.", "Chibok", "NG"),
        ("Two porters were killed in Sukkari, a district of Aleppo in Syria.", "Sukkari", "SY"),
        ("Two porters were killed in Syria.", "Syria", "SY"),
        ("Two porters were killed near Zurmenga village in Zamfara state, Nigeria.", "Zurmenga", "NG"),
    ],
)
def test_place(text: str, name: str, country: str, claims_of: ReadClaims) -> None:
    place = only(claims_of(text)).place
    assert place is not None
    assert (place.name, place.country) == (name, country)


def test_the_place_comes_from_the_sentence_before(claims_of: ReadClaims) -> None:
    place = only(claims_of("A bomb went off in Kano on Monday. Two porters were killed.")).place
    assert place is not None
    assert place.name == "Kano"


def test_parts_point_to_the_whole(claims_of: ReadClaims) -> None:
    text = "Eight people, including two girls and a cook, were killed in Ghazni."
    whole, girls, cook = claims_of(text)
    assert (whole.count.low, whole.part_of) == (8, None)
    assert girls.part_of == cook.part_of == whole.id
    assert girls.harm is cook.harm is Harm.KILLED


def test_a_part_told_in_the_next_sentence(claims_of: ReadClaims) -> None:
    text = "Eight people were killed in Ghazni on Monday. At least three of them were children."
    whole, part = claims_of(text)
    assert part.part_of == whole.id


@pytest.mark.parametrize("row", rows("parts"), ids=lambda row: row["note"])
def test_a_part_is_part_of_the_figure_that_holds_it(row: Row, claims_of: ReadClaims) -> None:
    claims = {claim.id: claim for claim in claims_of(row["text"])}
    parts = {
        f"{claim.count.low}<{claims[claim.part_of].count.low}"
        for claim in claims.values()
        if claim.part_of is not None
    }
    assert parts == set(row["parts"].split())


def test_a_breakdown_is_part_of_its_total(claims_of: ReadClaims) -> None:
    text = "Twenty-one people were killed on Monday: 15 died in Kano and six in Chibok."
    whole, *parts = claims_of(text)
    assert whole.count.low == 21
    assert [(part.count.low, part.part_of) for part in parts] == [(15, whole.id), (6, whole.id)]


def test_the_injured_are_no_part_of_the_dead(claims_of: ReadClaims) -> None:
    killed, injured = claims_of("A bomb killed four rangers and wounded four others.")
    assert killed.part_of is injured.part_of is None


def test_an_elliptic_figure_takes_the_group_of_what_it_continues(claims_of: ReadClaims) -> None:
    killed, injured = claims_of("A bomb killed four nurses and wounded four others.")
    assert killed.victims.groups == injured.victims.groups == (Group.MEDICAL,)


def test_claims_on_one_attack_share_an_incident(claims_of: ReadClaims) -> None:
    text = "A bomb killed four rangers and wounded nine in Kano on Monday."
    killed, injured = claims_of(text)
    assert killed.incident is not None
    assert killed.incident == injured.incident


def test_attacks_on_two_days_in_two_towns_are_two_incidents(claims_of: ReadClaims) -> None:
    text = "A bomb killed four rangers in Kano on Monday. Gunmen killed two cooks in Chibok on Sunday."
    one, other = claims_of(text)
    assert one.incident != other.incident


def test_one_person_told_with_two_places_is_one_incident(claims_of: ReadClaims) -> None:
    text = (
        "Police arrested the lawyer Wanjiru Otieno in Eldoret on Monday. Her colleagues met in Kisumu. "
        "Otieno was arrested in Kenya before a hearing, they said."
    )
    claims = [claim for claim in claims_of(text) if claim.harm is Harm.DETAINED]
    assert len(claims) == 2
    assert len({claim.incident for claim in claims}) == 1


def test_an_attack_after_a_turn_is_another_incident(claims_of: ReadClaims) -> None:
    text = (
        "A bomb killed four rangers at a market in Kano on Monday. Meanwhile, gunmen shot dead two cooks in "
        "a village near Chibok."
    )
    one, other = claims_of(text)
    assert one.incident != other.incident


def test_a_long_list_of_attacks_is_told_apart_in_time(claims_of: ReadClaims) -> None:
    """Every claim is compared with some of each incident, never with all that came before."""
    towns = ("Kano", "Jos", "Lagos", "Abuja", "Enugu")
    text = " ".join(
        f"On {day} May 20{year} gunmen killed {day + 2} people in {towns[(day + year) % 5]}."
        for year in range(10, 20)
        for day in range(1, 21)
    )
    claims = claims_of(text)
    assert len(claims) == 200
    assert len({claim.incident for claim in claims}) > 100


def test_a_tally_has_no_incident(claims_of: ReadClaims) -> None:
    assert only(claims_of("More than 400 people have been killed since January.")).incident is None


def test_a_figure_told_twice_is_a_claim_each_time(claims_of: ReadClaims) -> None:
    text = "Bomb kills nine in Kano\nNine people were killed in Kano on Monday, police said."
    assert [claim.count.low for claim in claims_of(text)] == [9, 9]


def test_a_text_without_harm_has_no_claims(claims_of: ReadClaims) -> None:
    assert claims_of("Ministers met in Lomé on Monday and spoke of fishing rights.") == ()


def test_claims_come_in_reading_order(claims_of: ReadClaims) -> None:
    text = "Two died in Kano. Three were wounded. A cook was abducted. Some 40 fled."
    starts = [claim.anchor.start for claim in claims_of(text)]
    assert len(starts) == 4
    assert starts == sorted(starts)
