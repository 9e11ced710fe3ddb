import pytest

from cairn.documents import read_addresses
from cairn.documents.address_lines import add_addresses, is_address_list
from cairn.errors import DocumentError

STORIES = [f"https://news{n}.example/story/{n}" for n in range(1, 31)]


def rows(*columns, count=30, separator="\t"):
    return "".join(separator.join(column(n) for column in columns) + "\n" for n in range(count))


def number(n):
    return str(n)


def story(n):
    return STORIES[n]


EVENTS = rows(number, *[lambda n: "x"] * 58, lambda n: "20240305", story)
MENTIONS = rows(number, *[number] * 4, story, *[number] * 8)
GKG = rows(
    number, number, number, lambda n: "news.example", story, *[lambda n: ""] * 13,
    lambda n: f"https://img.example/{n}.jpg",
    lambda n: f"https://img.example/{n};https://img.example/{n}b",
    lambda n: f"https://video.example/{n}",
)  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [
        "\n".join(STORIES),
        "# to fetch\n\n" + "\r\n".join(STORIES),
        "\n".join([*STORIES, *STORIES]),
        "id,url,title\n" + rows(number, story, lambda n: '"Blast, fire"', separator=","),
        "id;link\n" + rows(number, story, separator=";"),
        rows(lambda n: "https://feed.example/rss", story),
        EVENTS,
        MENTIONS,
        GKG,
    ],
    ids=["lines", "comments", "twice", "csv", "semicolons", "feed first", "GDELT events", "mentions", "GKG"],
)
def test_addresses_are_found_once_and_in_order(content, write):
    assert list(read_addresses(write("list.txt", content))) == STORIES


def test_broken_lines_cost_themselves(write):
    content = GKG + "torn\tline\n" + "\0\0\n" + "x" * 2_000_000 + "\n"
    assert list(read_addresses(write("gkg.csv", content))) == STORIES


def test_addresses_of_a_kind_that_is_not_fetched_are_passed_over(write):
    content = "\n".join([STORIES[0], "ftp://files.example/1", "javascript:alert(1)", "/story/2"])
    assert list(read_addresses(write("list.txt", content))) == STORIES[:1]


@pytest.mark.parametrize("content", ["", "Twelve people were killed.\n", "a,b\n1,2\n", "https://\n"])
def test_a_list_without_addresses_is_told(content, write):
    with pytest.raises(DocumentError, match="holds no address such as"):
        list(read_addresses(write("list.txt", content)))


def test_a_text_of_addresses_is_told_from_a_report(write, report):
    assert is_address_list(write("a.txt", "# list\n" + "\n".join(STORIES)))
    assert not is_address_list(write("b.txt", f"{report}\n{STORIES[0]}\n"))
    assert not is_address_list(write("c.txt", ""))


def test_addresses_are_kept_once(tmp_path):
    listed = tmp_path / "archive" / "addresses.txt"
    assert add_addresses(iter(STORIES[:20]), listed) == (20, 0)
    assert add_addresses(iter(STORIES), listed) == (10, 20)
    assert listed.read_text("utf-8").split() == STORIES
