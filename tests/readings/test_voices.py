"""Who is said to say it: the chain of voices of every figure in the table, and attributions by themselves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.evaluation import same_name
from cairn.lexicon import Lexicon
from cairn.readings.sentences import split_sentences
from cairn.readings.tags import tag_sentences
from cairn.readings.voices import find_attributions
from cairn.records import Attribution, Claim, Mention, Reading, Sentence
from tables import Row, rows

Mark = Callable[[str], Reading]


@pytest.mark.parametrize("row", rows("speakers"), ids=lambda row: f"{row['note']}: {row['text'][:50]}")
def test_the_figure_has_this_chain(row: Row, claims_of: Callable[[str], tuple[Claim, ...]]) -> None:
    start = row["text"].index(row["figure"])
    end = start + len(row["figure"])
    found = [
        claim for claim in claims_of(row["text"]) if claim.anchor.start < end and start < claim.anchor.end
    ]
    assert len(found) == 1
    wanted = row["chain"].split(" > ") if row["chain"] else []
    assert len(found[0].speakers) == len(wanted), found[0].speakers
    for link, name in zip(found[0].speakers, wanted, strict=True):
        assert same_name(name, link), found[0].speakers


def only(reading: Reading) -> Mention[Attribution]:
    [mention] = reading.attributions
    return mention


@pytest.mark.parametrize(
    ("text", "speaker", "relay"),
    [
        ("Police said that two men died.", "Police", None),
        ("Two men died, police said.", "police", None),
        ("According to residents, two men died.", "residents", None),
        ("A doctor told Reuters that two men died.", "doctor", "Reuters"),
        ("Interfax quoted a pilot as saying that two men died.", "pilot", "Interfax"),
    ],
)
def test_an_attribution_names_speaker_and_relay(
    text: str, speaker: str, relay: str | None, reading_of: Mark
) -> None:
    value = only(reading_of(text)).value
    assert value.speaker.words(text) == speaker
    assert (value.relay and value.relay.words(text)) == relay
    assert value.scope.words(text).strip(" ,").endswith(("died", "died."))


def test_a_pronoun_is_marked_as_one(reading_of: Mark) -> None:
    assert only(reading_of("She said that two men died.")).value.pronoun


def test_two_voices_of_one_sentence_answer_for_their_own_words(reading_of: Mark) -> None:
    text = "The army said four rebels died while residents said nine farmers died."
    scopes = [m.value.scope.words(text) for m in reading_of(text).attributions]
    assert "four rebels" in scopes[0]
    assert "nine farmers" not in scopes[0]
    assert "nine farmers" in scopes[1]


@pytest.mark.parametrize(
    "text", ["Two men died near the border.", "The said bridge fell.", "Officials met on Monday in Lomé."]
)
def test_where_nobody_speaks_there_is_no_attribution(text: str, reading_of: Mark) -> None:
    assert reading_of(text).attributions == ()


def test_attributions_stand_in_reading_order(reading_of: Mark) -> None:
    text = "Police said two men died. Three fell, residents said. According to AFP, one was held."
    spans = [mention.span for mention in reading_of(text).attributions]
    assert len(spans) == 3
    assert all(one.end <= two.start for one, two in pairwise(spans))


def untold(text: str, lexicon: Lexicon) -> tuple[Mention[Attribution], ...]:
    """Read attributions with no tree, as where the reading model is absent."""
    return find_attributions(tag_sentences(split_sentences(text), lexicon), [], lexicon)


@pytest.mark.parametrize(
    ("text", "speaker", "relay"),
    [
        ("Two men died, a pilot was quoted as saying by Interfax.", "pilot", "Interfax"),
        ("A pilot was cited by Interfax as saying two men died.", "pilot", "Interfax"),
        ("Xinhua reported, citing local police, that two men died.", "local police", "Xinhua"),
        ("Two men died, Xinhua reported, citing local police.", "local police", "Xinhua"),
        ("According to a new report by the Red Cross two men died.", "Red Cross", None),
        ("According to figures released by the Red Cross two men died.", "Red Cross", None),
    ],
)
def test_who_passes_it_on_is_told_apart_with_and_without_a_tree(
    text: str, speaker: str, relay: str | None, lexicon: Lexicon, reading_of: Mark
) -> None:
    for found in (untold(text, lexicon), reading_of(text).attributions):
        [mention] = found
        assert mention.value.speaker.words(text) == speaker
        assert (mention.value.relay and mention.value.relay.words(text)) == relay


def test_a_second_voice_after_but_opens_its_own_clause_without_a_tree(lexicon: Lexicon) -> None:
    text = "Police said two men were killed, but residents said the dead were nine."
    police, residents = untold(text, lexicon)
    assert "two men" in police.value.scope.words(text)
    assert residents.value.scope.words(text).startswith("the dead")


def test_data_without_an_owner_are_no_voice(lexicon: Lexicon, reading_of: Mark) -> None:
    text = "According to preliminary data two men died."
    assert untold(text, lexicon) == reading_of(text).attributions == ()


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The police spokesman, SP Ilse Marran, disclosed that two men died.", "Ilse Marran"),
        ("Ilse Marran, who runs the clinic in Taiz, said that two men died.", "Ilse Marran"),
        ("The Haydan Clinic, an aid group in the hills, said two men died.", "Haydan Clinic"),
        ("Two men died, according to an aid group, Hands of Haydan.", "Hands of Haydan"),
        ("A statement by the ministry of justice said two men died.", "ministry of justice"),
        ("The mayor visited the camp on Monday, saying that two men died.", "mayor"),
        ("Two men died, said the observatory, which has a network of sources.", "observatory"),
    ],
)
def test_the_tree_tells_a_name_from_what_is_said_of_it(text: str, speaker: str, reading_of: Mark) -> None:
    assert only(reading_of(text)).value.speaker.words(text) == speaker


def test_a_voice_inside_a_voice_answers_for_its_own_words(reading_of: Mark) -> None:
    text = "The Red Cross said that health officials reported that two men died."
    outer, inner = reading_of(text).attributions
    assert "two men" not in outer.value.scope.words(text)
    assert "two men" in inner.value.scope.words(text)
    assert inner.value.relay == outer.value.speaker


@pytest.mark.parametrize(
    "text", ["Police did not say that two men died.", "The blast claimed the lives of two men."]
)
def test_what_is_not_said_has_no_voice(text: str, reading_of: Mark) -> None:
    assert reading_of(text).attributions == ()


WORDS = [
    "Police",
    "said",
    "that",
    "two",
    "men",
    "died",
    ",",
    "according",
    "to",
    "citing",
    "X",
    "who",
    "quoted",
]
KINDS = [
    "nsubj",
    "ccomp",
    "acl",
    "acl:relcl",
    "advcl",
    "obj",
    "obl",
    "obl:agent",
    "conj",
    "appos",
    "case",
    "det",
]


@given(st.data())
def test_no_tree_breaks_the_reading(lexicon: Lexicon, data: st.DataObject) -> None:
    words = data.draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=14))
    [sentence, *_] = tag_sentences(split_sentences(" ".join(words)), lexicon)
    heads = st.integers(-1, len(sentence.tokens) - 1)
    classes = st.sampled_from(["VERB", "NOUN", "PROPN", "PUNCT"])
    names = st.sampled_from(["O", "B-PER", "I-PER", "B-ORG"])
    tokens = tuple(
        replace(
            token,
            pos=data.draw(classes),
            head=data.draw(heads),
            dep=data.draw(st.sampled_from(KINDS)),
            name=data.draw(names),
        )
        for token in sentence.tokens
    )
    found = find_attributions([Sentence(sentence.span, tokens)], [], lexicon)
    for mention in found:
        assert sentence.span.contains(mention.span)
        assert sentence.span.contains(mention.value.scope)
        assert sentence.span.contains(mention.value.speaker)
