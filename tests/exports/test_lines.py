import io
import json
from pathlib import Path

import jsonschema
import pytest

from cairn.exports import report_json, write_objects
from cairn.records import Evidence, Framing, FramingKind, Span
from exports.factory import TEXT, claim, document, velmar_claims

ROOT = Path(__file__).parents[2]
SCHEMA = ROOT / "docs" / "report.schema.json"
SHARED = ROOT.parent / "shared" / "contract" / "report.schema.json"


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


def check(report):
    jsonschema.Draft202012Validator(
        load(SCHEMA), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    ).validate(report)


def test_a_full_report_is_valid():
    check(report_json(document(), velmar_claims()))


def test_a_bare_report_is_valid():
    bare = document(title=None, url=None, outlet=None, published=None, set=None)
    report = report_json(bare, [claim()])
    check(report)
    assert list(report) == ["id", "set", "outlet", "published", "text", "claims"]


@pytest.mark.skipif(not SHARED.exists(), reason="the shared contract is not here")
def test_the_schema_is_the_shared_one_with_what_is_told_beside_it():
    ours, shared = load(SCHEMA), load(SHARED)
    events = ours["properties"]["events"]["items"]["properties"]
    assert {name: events.pop(name) for name in ("participants", "reasons", "confidence")}
    assert ours == shared


def test_keys_come_in_the_documented_order():
    report = report_json(document(), velmar_claims())
    assert list(report) == ["id", "set", "outlet", "published", "title", "url", "text", "claims"]
    documented = (report_json.__doc__ or "").split("each claim ``")[1].split("``")[0].split()
    assert [list(entry) for entry in report["claims"]] == [documented] * len(velmar_claims())


def test_the_chain_is_published_as_sources_and_its_words_with_it():
    entry = report_json(document(), velmar_claims())["claims"][4]
    assert entry["sources"] == ["Health Ministry source", "Tavan News Agency"]
    shown = [TEXT[start:end] for start, end in entry["evidence"]["sources"]]
    assert shown == ["Health Ministry source", "Tavan News Agency"]
    assert "speakers" not in entry["evidence"] | entry["reasons"]


def test_a_slot_without_a_reason_tells_none():
    entry = report_json(document(), velmar_claims())["claims"][0]
    assert "victims" in entry["evidence"]
    assert "victims" not in entry["reasons"]


def test_two_entries_for_one_slot_are_both_kept():
    evidence = tuple(Evidence(slot="place", spans=(Span(n, n + 1),), reason=f"r{n}") for n in (0, 4))
    entry = report_json(document(), [claim(evidence=evidence)])["claims"][0]
    assert entry["evidence"] == {"place": [[0, 1], [4, 5]]}
    assert entry["reasons"] == {"place": "r0; r4"}


def test_lines_come_back_as_they_were_and_letters_stay_letters():
    stream = io.StringIO()
    pairs = [(document(), velmar_claims()), (document(id="b", text="Zoë\u2028wrote.\n"), ())]
    write_objects((report_json(*pair) for pair in pairs), stream)
    lines = stream.getvalue().split("\n")
    assert lines.pop() == ""
    assert [json.loads(line) for line in lines] == [report_json(*pair) for pair in pairs]
    assert "Zoë" in lines[1]


def test_confidence_is_published_under_the_published_names():
    sure = claim(confidence=(("claim", 0.91), ("speakers", 0.4), ("place", 0.75)))
    report = report_json(document(), [sure, claim()])
    check(report)
    assert report["claims"][0]["confidence"] == {"claim": 0.91, "sources": 0.4, "place": 0.75}
    assert report["claims"][1]["confidence"] == {}


def test_loaded_wording_is_published_where_it_was_looked_for():
    loaded = Framing(span=Span(3, 9), kind=FramingKind.LABEL, neutral="government", speaker="Ana")
    report = report_json(document(), [claim()], framing=[loaded])
    check(report)
    assert report["framing"] == [{"span": [3, 9], "kind": "label", "neutral": "government"}]
    assert report_json(document(), [claim()], framing=[])["framing"] == []
