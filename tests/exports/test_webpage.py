import base64
import hashlib
import io
import re
from html.parser import HTMLParser
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.exports import page, write_page
from cairn.records import (
    Event,
    EventStatus,
    EventType,
    Evidence,
    Framing,
    FramingKind,
    Place,
    Span,
    Target,
    TargetKind,
    exactly,
)
from exports.factory import TEXT, claim, document, span, velmar_claims, victims

HOSTILE = "</style></script><script>alert(1)</script><img src=x onerror='a()'>\"'&amp;{{ 7*7 }}{% raw %}"


class Parsed(HTMLParser):
    """What a page holds: elements with attributes, the reports' texts, style and script."""

    def __init__(self, source):
        super().__init__(convert_charrefs=True)
        self.elements, self.texts, self.inline = [], [], {"style": [], "script": []}
        self._inside, self._depth = None, 0
        self.feed(source)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.elements.append((tag, attributes))
        if tag in self.inline:
            self._inside = tag
            self.inline[tag].append("")
        elif tag == "div" and attributes.get("class") == "text":
            self.texts.append("")
            self._depth = 1
        elif tag == "div" and self._depth:
            self._depth += 1

    def handle_endtag(self, tag):
        if tag == self._inside:
            self._inside = None
        elif tag == "div" and self._depth:
            self._depth -= 1

    def handle_data(self, data):
        if self._inside:
            self.inline[self._inside][-1] += data
        elif self._depth:
            self.texts[-1] += data

    def with_class(self, name):
        return [found for _, found in self.elements if name in (found.get("class") or "").split()]


@pytest.fixture(scope="module")
def velmar():
    return Parsed(page(document(), velmar_claims()))


def test_the_text_stands_on_the_page_unchanged(velmar):
    assert velmar.texts == [TEXT]


def test_each_claim_has_one_anchor_and_one_card_that_point_at_each_other(velmar):
    ids = {found["id"] for _, found in velmar.elements if "id" in found}
    cards, anchors = velmar.with_class("card"), velmar.with_class("anchor")
    assert len(cards) == len(anchors) == len(velmar_claims())
    assert {anchor["href"][1:] for anchor in anchors} == {card["id"] for card in cards}
    for link in (found["href"][1:] for _, found in velmar.elements if found.get("href", "").startswith("#")):
        assert link in ids
    for anchor in anchors:
        assert set(anchor["aria-describedby"].split()) <= ids


def test_ids_are_given_once():
    stream = io.StringIO()
    write_page(
        [(document(), velmar_claims(), (), ()), (document(id="again"), velmar_claims(), (), ())], stream
    )
    ids = [found["id"] for _, found in Parsed(stream.getvalue()).elements if "id" in found]
    assert len(ids) == len(set(ids))


def test_overlapping_spans_name_every_claim_and_slot():
    both = [
        claim(span("At least 49 civilians"), id="a"),
        claim(
            span("49 civilians, including 14"),
            id="b",
            evidence=(Evidence(slot="victims", spans=(span("civilians"),)),),
        ),
    ]
    parsed = Parsed(page(document(), both))
    (anchor,) = parsed.with_class("anchor")
    assert anchor["data-claims"] == "1-1 1-2"
    slots = [found["data-slots"] for _, found in parsed.elements if "data-slots" in found]
    assert slots == [
        "1-1:anchor",
        "1-1:anchor 1-2:anchor",
        "1-2:victims 1-1:anchor 1-2:anchor",
        "1-2:anchor",
    ]
    assert {found["id"] for _, found in parsed.elements if "id" in found} >= {"at-1-1", "at-1-2"}


def test_parts_keep_their_indentation(velmar):
    depths = [re.search(r"depth-(\d)", card["class"])[1] for card in velmar.with_class("card")]
    assert depths[:4] == ["0", "1", "2", "0"]


def test_values_that_show_no_words_get_no_tint():
    entry = claim(place=Place(name="Velmar"), evidence=(Evidence(slot="time", spans=(Span(0, 2),)),))
    tinted = [found for tag, found in Parsed(page(document(), [entry])).elements if tag == "div"]
    assert not [found for found in tinted if found.get("data-slot") == "place"]


def hashed(text):
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def test_style_and_script_are_allowed_by_their_hashes_alone(velmar):
    (policy,) = [e["content"] for _, e in velmar.elements if e.get("http-equiv") == "Content-Security-Policy"]
    (style,), (script,) = velmar.inline["style"], velmar.inline["script"]
    assert policy.split("; ") == [
        "default-src 'none'",
        f"style-src {hashed(style)}",
        f"script-src {hashed(script)}",
        "base-uri 'none'",
        "form-action 'none'",
    ]


def test_nothing_on_the_page_loads_or_runs_but_its_own_style_and_script(velmar):
    for tag, found in velmar.elements:
        assert tag not in ("link", "img", "iframe", "object", "embed", "base", "form")
        assert not {"style", "src", "srcset", "action"} & set(found)
        assert not [name for name in found if name.startswith("on")]
    assert "url(" not in velmar.inline["style"][0]
    assert "@import" not in velmar.inline["style"][0]


def test_hostile_words_stay_words():
    doc = document(
        id=HOSTILE, text=HOSTILE, title=HOSTILE, outlet=HOSTILE, url=f"javascript:{HOSTILE}", notes=(HOSTILE,)
    )
    entry = claim(
        id=HOSTILE,
        victims=victims(HOSTILE),
        speakers=(HOSTILE, HOSTILE),
        perpetrator=HOSTILE,
        place=Place(name=HOSTILE),
        target=Target(text=HOSTILE, kind=TargetKind.OTHER),
        evidence=(Evidence(slot=HOSTILE, spans=(Span(3, 20),), reason=HOSTILE),),
    )
    stream = io.StringIO()
    write_page([(doc, [entry], (), ()), (document(), [], (), ())], stream)
    source = stream.getvalue()
    parsed = Parsed(source)
    assert parsed.texts == [HOSTILE, TEXT]
    assert len(parsed.inline["script"]) == len(parsed.inline["style"]) == 1
    assert "<img" not in source
    assert not [
        e for tag, e in parsed.elements if "onerror" in e or e.get("href", "").startswith("javascript")
    ]


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=2, max_size=60))
def test_any_text_comes_through(text):
    assert Parsed(page(document(text=text), [claim(Span(0, 2))])).texts == [text]


def test_a_url_is_a_link_only_for_the_web():
    assert "as published" in page(document(), [])
    for url in ("javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "http://[broken", None):
        assert "as published" not in page(document(url=url), [])


def test_several_reports_get_contents_and_one_does_not():
    stream = io.StringIO()
    write_page([(document(), velmar_claims(), (), ()), (document(id="b", title=None), (), (), ())], stream)
    links = [found.get("href") for _, found in Parsed(stream.getvalue()).elements]
    assert "#report-1" in links
    assert "#report-2" in links
    assert "#report-1" not in [found.get("href") for _, found in Parsed(page(document(), ())).elements]


def test_a_title_that_opens_the_text_is_not_shown_twice():
    assert Parsed(page(document(title="Two dead", text="Two dead\nMore."), ())).with_class("headed")
    assert not Parsed(page(document(title="Two", text="Two dead\nMore."), ())).with_class("headed")


def test_a_withdrawn_figure_is_marked_in_words(velmar):
    source = page(document(), velmar_claims())
    assert len(velmar.with_class("withdrawn")) == 2
    assert '<span class="tag tag-superseded">superseded</span>' in source


def test_the_own_voice_and_the_chain_are_shown():
    source = page(document(), [claim(count=exactly(3))])
    assert '<bdi class="own">(the report)</bdi>' in source
    source = page(document(), [claim(speakers=("Ana", "Ben"))])
    assert re.search(r"<bdi>Ana</bdi>.*→.*relayed by.*<bdi>Ben</bdi>", source)


def luminance(colour):
    channels = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


CSS = (files("cairn.exports") / "page" / "page.css").read_text(encoding="utf-8")
MODES = [
    dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block))
    for block in re.findall(r":root \{(.*?)\}", CSS, re.S)
]
TINTS = ("harm", "victims", "perpetrator", "means", "target", "place", "time", "speakers", "other")
HARMS = ("killed", "injured", "casualties", "missing", "abducted", "detained", "displaced")


@pytest.mark.parametrize("mode", MODES[:2], ids=["light", "dark"])
def test_words_stand_out_from_what_is_behind_them(mode):
    pairs = [(ink, ground) for ink in ("ink", "soft", "link", *HARMS) for ground in ("paper", "raised")]
    pairs += [(f"{tint}-ink", ground) for tint in TINTS for ground in ("paper", tint)]
    pairs += [("ink", tint) for tint in TINTS] + [("anchor-ink", "anchor")]
    faint = {pair: contrast(mode[pair[0]], mode[pair[1]]) for pair in pairs}
    assert {pair: ratio for pair, ratio in faint.items() if ratio < 4.5} == {}  # WCAG 2.2, 1.4.3
    assert contrast(mode["underline"], mode["paper"]) >= 3  # WCAG 2.2, 1.4.11


def test_a_page_marks_what_is_doubtful_and_tells_how_sure_every_slot_is():
    sure = (("claim", 0.97), ("place", 0.31), ("time", 0.88), ("speakers", 0.9), ("perpetrator", 0.45))
    evidence = (Evidence(slot="place", spans=(span("Velmar"),), reason="beside the figure"),)
    shown = page(document(), [claim(place=Place(name="Velmar"), evidence=evidence, confidence=sure)])
    assert shown.count('class="doubt"') == 1
    assert '<span class="doubt" title="31% sure">' in shown
    assert "how it was read, 97% sure" in shown
    assert 'beside the figure <span class="sure">31% sure</span>' in shown
    assert 'the text does not say <span class="sure">45% sure</span>' in shown
    assert 'the report says it in its own voice <span class="sure">90% sure</span>' in shown


def test_loaded_wording_is_underlined_with_what_all_sides_could_say():
    loaded = Framing(span=span("harmed"), kind=FramingKind.LABEL, neutral="killed")
    parsed = Parsed(page(document(), velmar_claims(), [loaded]))
    assert parsed.texts == [TEXT]
    titles = [found["title"] for found in parsed.with_class("loaded") if "title" in found]
    assert titles == ["label; all sides could say “killed”"]
    assert all(found["data-slots"] for _, found in parsed.elements if "data-slots" in found)


def test_events_stand_under_the_text_and_what_they_say_is_text():
    planned = Event(
        id="e1",
        document_id="velmar-1",
        trigger=span("harmed"),
        type=EventType.CONSULT,
        actor="<b>envoy</b>",
        recipient="council",
        status=EventStatus.PLANNED,
        speakers=("Ana",),
        confidence=(("event", 0.9), ("recipient", 0.3)),
    )
    shown = page(document(), [], (), [planned])
    assert "<b>consult</b>" in shown
    assert "&lt;b&gt;envoy&lt;/b&gt;" in shown
    assert "<bdi>council ?</bdi>" in shown
    assert '<span class="tag tag-planned">planned</span>' in shown
    assert "<q>harmed</q> · <bdi>Ana</bdi> · 90% sure" in shown
    assert 'class="acts"' not in page(document(), [])
