import pytest

from cairn.errors import LexiconError
from cairn.lexicon import function_words
from cairn.lexicon.function_words import load_function_words


def test_english_loads():
    known = load_function_words("en")
    assert {"the", "of", "which"} <= known.words
    assert known.other_languages["fr"] == "French"
    assert "en" not in known.other_languages


@pytest.mark.parametrize(
    ("tables", "problem"),
    [
        ({"other_languages": {}}, "words must be a list"),
        ({"words": [], "other_languages": {}}, "words must be a list"),
        ({"words": ["The"], "other_languages": {}}, "lower case, not 'The'"),
        ({"words": ["of the"], "other_languages": {}}, "lower case, not 'of the'"),
        ({"words": ["the", "the"], "other_languages": {}}, "one word twice"),
        ({"words": ["the"]}, "other_languages must map"),
        ({"words": ["the"], "other_languages": {"fr": 1}}, "other_languages must map"),
    ],
)
def test_a_broken_file_is_named(tables, problem, monkeypatch):
    monkeypatch.setattr(function_words, "load_toml", lambda language, name: tables)
    with pytest.raises(LexiconError, match=f"en/function_words.toml: .*{problem}"):
        load_function_words("en")
