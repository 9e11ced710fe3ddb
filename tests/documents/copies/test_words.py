import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.documents.copies.words import MAX_CHARS, WORD, both, fold, free_text, read_words, without

TEXTS = st.text(alphabet="ab \n\"'“”‘’«».,!?©İß9", max_size=80) | st.text(max_size=60)


def free_words(text):
    words = read_words(text)
    return [word for word, free in zip(words.folded, words.free, strict=True) if free]


@pytest.mark.parametrize(
    ("text", "free"),
    [
        ('He said "we saw it" and left', "he said and left"),
        ("He said “we saw it” and left", "he said and left"),
        ("He said ‘we saw it’ and left", "he said and left"),
        ("He said 'we saw it' and left", "he said and left"),
        ("He said «we saw it» and left", "he said and left"),
        ("Tarn's mayor and the drivers' union met", "tarn s mayor and the drivers union met"),
        ("The rebels' base and the army's camp", "the rebels base and the army s camp"),
        ("“We saw it.\n“We ran,” he said", "he said"),  # a quotation of two paragraphs
        ('A 12" pipe and a 6" pipe', "a 12 pipe and a 6 pipe"),  # inches
        ('It was " never closed and goes on', "it was never closed and goes on"),
        ("", ""),
    ],
)
def test_quotations_are_not_free(text, free):
    assert free_words(text) == free.split()


@pytest.mark.parametrize(
    "line",
    [
        "Subscribe to our newsletter today.",
        "This site uses cookies to measure your visit.",
        "© 2024 Tarn Post. All rights reserved.",
        "Reporting by Ada Brook in Tarn; editing by Cal Dunn.",
        "SIGN UP FOR our briefing!",
    ],
)
def test_page_furniture_is_not_a_texts_own(line):
    words = read_words(f"Shells hit the market. Two men died.\n{line}\nThe search goes on.")
    own = [word for word, mine in zip(words.folded, words.own, strict=True) if mine]
    assert own[:7] == ["shells", "hit", "the", "market", "two", "men", "died"]
    assert own[-4:] == ["the", "search", "goes", "on"]
    assert {"subscribe", "cookies", "editing", "briefing", "reserved"} & set(own) == set()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Market shelled in Tarn\nTwo men died.", 4),
        ("Two men died.\nA search goes on.", 0),
        ("Two men died", 0),
        ("\n  Market shelled\r\nTwo men died.", 2),
    ],
)
def test_a_first_line_that_is_no_sentence_is_a_headline(text, words):
    assert read_words(text).headline == words


@given(TEXTS)
def test_words_stand_where_they_are_said_to(text):
    words = read_words(text)
    found = [text[start:end] for start, end in zip(words.starts, words.ends, strict=True)]
    assert [word.casefold() for word in found] == list(words.folded)
    assert found == WORD.findall(text)
    assert read_words(text, fold(text)) == words
    assert len(words.own) == len(words.free) == len(found)
    assert all(mine or not free for mine, free in zip(words.own, words.free, strict=True))


@given(TEXTS)
def test_free_text_makes_up_no_word(text):
    assert set(WORD.findall(free_text(text))) <= set(WORD.findall(text)) | {"_"}


@given(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=40))
def test_masks_are_joined_word_by_word(pairs):
    one, other = (bytes(column) for column in zip(*pairs, strict=True)) if pairs else (b"", b"")
    assert both(one, other) == bytes(a and b for a, b in pairs)
    assert without(one, other) == bytes(a and not b for a, b in pairs)


def test_a_text_is_read_as_far_as_a_book_goes():
    words = read_words("word " * (MAX_CHARS // 5 + 100))
    assert len(words.folded) == MAX_CHARS // 5
