"""What is taken out of a page before its article is looked for, and what must stay."""

import pytest

from cairn.documents.page_furniture import drop_furniture
from cairn.documents.page_markup import MOST_MARKUP_CHARS, parse_page
from cairn.documents.pages import read_page
from cairn.errors import TooLargeError

REPORT = "".join(
    f"<p>{line}</p>"
    for line in (
        "At least 12 people were killed on Monday when shells hit a market in Tarn, a shopkeeper said.",
        "The mayor told reporters that 30 others had been wounded, and that the search would go on.",
        "Rescuers worked through the night with their hands and with two borrowed excavators.",
    )
)
OWN = "https://tarn.example/live/market"


def left(body, urls=(OWN,)):
    tree = parse_page(f"<html><head><title>x</title></head><body>{body}</body></html>")
    drop_furniture(tree, urls)
    return " ".join(tree.find(".//body").text_content().split())


def items(form, count=5):
    return "".join(form.format(n=n) for n in range(count))


@pytest.mark.parametrize(
    "furniture",
    [
        "<nav>GONE</nav>", "<footer>GONE</footer>", "<aside>GONE</aside>", "<script>GONE</script>",
        "<style>GONE</style>", "<noscript>GONE</noscript>", "<form><button>GONE</button></form>",
        "<svg><text>GONE</text></svg>",
        "<ul>" + items("<li><a href=/s{n}>GONE {n} opens again</a></li>") + "</ul>",
        "<ul>" + items("<li><a href=/s{n}>GONE {n} opens again</a> <time>1 May</time></li>") + "</ul>",
        "<ol>" + items("<li><a href=/s{n}><img src=x>GONE {n}</a><p>A teaser of words.</p></li>") + "</ol>",
        items("<div class=card><h3><a href=/s{n}>GONE {n}</a></h3><p>GONE: a teaser.</p></div>"),
        items("<div><a href=https://tarn.example/s{n}><h4>GONE {n}</h4></a><span>GONE</span></div>"),
        "<p>Read also: <a href=/s1>GONE, the market opens again</a></p>",
    ],
)  # fmt: skip
def test_furniture_goes(furniture):
    assert "GONE" not in left(REPORT + furniture + REPORT)
    assert left(furniture + REPORT).endswith("two borrowed excavators.")


@pytest.mark.parametrize(
    "content",
    [
        "<ul>"
        + items("<li>STAYS: {n} people were killed in quarter {n} of the town on Monday.</li>")
        + "</ul>",
        "<ul>"
        + items("<li><a href=/o{n}>STAYS {n}</a>: the relief office counted {n} dead by noon.</li>")
        + "</ul>",
        "<ul><li><a href=/s1>STAYS</a></li><li><a href=/s2>Ossel</a></li></ul>",
        items(
            f"<div><h3><a href={OWN}?post={{n}}>STAYS {{n}}</a></h3><p>Shells hit quarter {{n}}.</p></div>"
        ),
        items("<div><h3><a href=#p{n}>STAYS {n}</a></h3><p>Shells hit quarter {n}.</p></div>"),
        "<h2><a href=/topic>STAYS</a></h2><p>The town lies on the river.</p>",
        "<p>STAYS: <a href=/s1>the office of the mayor</a> counted twelve dead.</p>",
        "<p><a href=/s1>STAYS, the office of the mayor said on Monday evening.</a></p>",
    ],
)
def test_what_belongs_to_a_report_stays(content):
    assert "STAYS" in left(REPORT + content)


def test_words_behind_what_goes_stay():
    assert left("Before<script>x</script>between<nav>x</nav>after") == "Beforebetweenafter"


def test_structured_data_stays():
    tree = parse_page(
        '<html><head><script type="application/ld+json">{"a": 1}</script></head><body>x</body></html>'
    )
    drop_furniture(tree)
    assert tree.findtext(".//script") == '{"a": 1}'


def test_a_table_that_lays_out_the_page_is_unfolded():
    body = f"<table><tr><td><a href=/1>Home</a></td><td>{REPORT}</td></tr></table>"
    text = read_page(f"<html><body>{body}</body></html>".encode(), document_id="a").text
    assert text.split("\n")[0].startswith("At least 12 people")
    assert "|" not in text


def test_a_table_of_figures_stays_one():
    table = "<table>" + items("<tr><td>Quarter {n}</td><td>{n} killed</td></tr>") + "</table>"
    text = read_page(
        f"<html><body><article>{REPORT}{table}</article></body></html>".encode(), document_id="a"
    ).text
    assert "Quarter 3 | 3 killed" in text


def test_scripts_do_not_make_a_page_too_large():
    script = "<script>" + "x" * MOST_MARKUP_CHARS + "</script>"
    page = f"<html><head>{script}<style>{'y' * 99}</style></head><body><article>{REPORT}{script}"
    assert "At least 12 people" in read_page(page.encode(), document_id="a").text
    with pytest.raises(
        TooLargeError, match="has more than 2,000,000 characters of markup beside its scripts"
    ):
        read_page(f"<html><body>{'<b>war ' * 400_000}".encode(), document_id="a")
    with pytest.raises(TooLargeError):
        read_page(f"<html><body>{'<b>war ' * 400_000}<script>never closed".encode(), document_id="a")
