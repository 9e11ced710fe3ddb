"""Policies: named rules by which recorders make a range of rival figures, side by side and never mixed.

None is right: each is one organisation's declared way, as published, with where it can be read. A new
rule is a new version, so that an old table can still be explained.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cairn.estimates.positions import Stand
from cairn.estimates.rules import (
    Rule,
    Settings,
    make_acled,
    make_airwars,
    make_gtd,
    make_hierarchy,
    make_ledger,
    make_majority,
    make_only,
    make_range,
    make_ucdp,
    order_by_day,
)
from cairn.records import Estimate

DISAGREEMENT = "Every Casualty Counts, How do casualty recorders deal with disagreement between sources"


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """One named rule.

    Attributes:
        title: in the words of those who use it.
        rule: in prose, for a method page.
        published_in: where the rule can be read.
    """

    name: str
    version: str
    title: str
    rule: str
    published_in: str
    make: Rule


def estimate(policy: Policy, stand: Stand, settings: Settings | None = None) -> Estimate:
    """Return what one policy makes of one harm."""
    chosen = settings or Settings()
    made = policy.make(stand.positions, stand, chosen)
    used = made.used or (stand.positions if made.low is not None or made.high is not None else ())
    origins = len({position.origin for position in used})
    return Estimate(
        policy=policy.name,
        version=policy.version,
        harm=stand.harm,
        low=made.low,
        best=made.best,
        high=made.high,
        claims=tuple(
            claim
            for position in sorted(used, key=order_by_day)
            for claim in (position.current.claim, *position.current.added)
        ),
        left_out=stand.left_out,
        origins=origins,
        documents=len({document for position in used for document in position.documents}),
        provisional=len({position.origin for position in stand.positions}) < 2,
        grade=made.grade,
        reason=made.reason,
    )


def estimate_all(stand: Stand, settings: Settings | None = None) -> dict[str, Estimate]:
    """Return what every policy makes of one harm, by name: to be shown beside each other."""
    return {name: estimate(policy, stand, settings) for name, policy in POLICIES.items()}


def _policy(name: str, title: str, rule: str, published_in: str, make: Rule, version: str = "1") -> Policy:
    return Policy(name=name, version=version, title=title, rule=rule, published_in=published_in, make=make)


POLICIES: Mapping[str, Policy] = {
    policy.name: policy
    for policy in (
        _policy(
            "range",
            "Range",
            "The lowest and the highest current figure of independent origins; provisional below two. Where "
            "only upper bounds are told there is no lowest.",
            "Iraq Body Count, Methods 1 and 3",
            make_range,
            version="2",
        ),
        _policy(
            "airwars",
            "Airwars range and grade",
            "The same range with a grade: confirmed, contested, fair, weak; discounted where all figures "
            "count fighters, are rejected, or are denied by who is trusted more.",
            "Airwars, Methodology",
            make_airwars,
            version="2",
        ),
        _policy(
            "ucdp",
            "UCDP low, best and high",
            "Lowest, most likely and highest; most likely is what most origins say, else the latest, of one "
            "day's the largest.",
            "UCDP GED, codebook",
            make_ucdp,
            version="2",
        ),
        _policy(
            "acled",
            "ACLED most conservative",
            "The lowest figure reported, vague words by ACLED's table; none reported is 0. An upper bound is "
            "no figure.",
            "ACLED, codebook and fatality methodology",
            make_acled,
            version="2",
        ),
        _policy(
            "gtd",
            "GTD cascade",
            "The most recent figure but the doer's own; of several the majority's, else the lowest.",
            "GTD, codebook, total number of fatalities",
            make_gtd,
            version="2",
        ),
        _policy(
            "majority",
            "Majority",
            'The figure of most independent origins, "about" within a tolerance; without one the range.',
            DISAGREEMENT,
            make_majority,
            version="2",
        ),
        _policy(
            "hierarchy",
            "Order of speakers",
            "The latest figure of the first kind of speaker, in an order that each deployment sets.",
            DISAGREEMENT,
            make_hierarchy,
            version="2",
        ),
        _policy(
            "verified",
            "Verified only",
            "Only claims that a person confirmed.",
            "OHCHR, Guidance on Casualty Recording",
            make_only("confirmed", lambda stand: stand.confirmed),
        ),
        _policy(
            "recommended",
            "Recommended figure",
            "The figure that a person marked as the one to use.",
            "IDMC, Helix, recommended figures",
            make_only("recommended", lambda stand: stand.recommended),
        ),
        _policy(
            "ledger",
            "Ledger only",
            "No figure: every position, side by side.",
            DISAGREEMENT,
            make_ledger,
        ),
    )
}
"""Every policy, by name."""
