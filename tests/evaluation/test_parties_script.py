"""What becomes of the names of an annotated report."""

from __future__ import annotations

from eval_script import load_script

parties = load_script("parties")


def test_each_name_has_one_fate() -> None:
    report = {
        "published": "2021-03-04",
        "claims": [
            {"perpetrator": "gunmen|Boko Haram", "place": {"name": "Maiduguri", "country": "NG"}},
            {"perpetrator": "Masked men", "sources": ["the army", "Jo Roe"], "place": None},
        ],
        "events": [{"actor": "Damascus", "recipient": None}],
    }
    assert [(slot, fate) for slot, _, fate in parties.judge(report)] == [
        ("perpetrator", "one"),
        ("perpetrator", "common"),
        ("speaker", "one"),
        ("speaker", "proper"),
        ("actor", "several"),
    ]
