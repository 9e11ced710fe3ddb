import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.documents.credits import UNNAMED, find_credits
from cairn.lexicon.agencies import load_agencies
from tables import rows


def written(credits):
    return "|".join(f"{credit.kind}:{credit.agency}" for credit in credits)


@pytest.mark.parametrize("row", rows("credits"), ids=lambda row: row["note"])
def test_credits_are_told_from_mentions(row):
    found = find_credits(row["text"], row["byline"] or None)
    assert written(found) == row["agencies"]
    for credit in found:
        assert (credit.span is None) == bool(row["byline"])
        if credit.span and credit.agency != UNNAMED:
            assert credit.span.words(row["text"]) == credit.agency


NAMES = sorted(load_agencies("en").names)


@given(place=st.sampled_from(["TARN", "PORT AMERY", "Ossel, Tarnland", ""]), agency=st.sampled_from(NAMES))
def test_every_agency_is_known_in_a_dateline(place, agency):
    [credit] = find_credits(f"{place} ({agency}) - Twelve people were killed.")
    assert (credit.agency, credit.kind) == (agency, "dateline")


@given(agency=st.sampled_from(NAMES))
def test_every_agency_is_known_at_the_end(agency):
    text = f"Twelve people were killed on Monday.\nThe mayor denied it.\n— {agency}\n"
    [credit] = find_credits(text)
    assert (credit.agency, credit.kind) == (agency, "credit")
    assert credit.span.words(text) == agency


@given(
    st.lists(
        st.sampled_from(
            ["AFP", "(", ")", " ", "\n", "—", "/", "TARN", "by", "Reporting by ", "; Editing by", ".", "©"]
        ),
        max_size=30,
    ).map("".join)
)
def test_spans_hold_their_agency_in_any_text(text):
    for credit in find_credits(text, text):
        if credit.span:
            assert credit.agency in (UNNAMED, credit.span.words(text))
