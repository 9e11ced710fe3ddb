import datetime as dt

import pytest

BODY = """
<nav><a href="/">Home</a> <a href="/world">World</a> <a href="/about">About this site</a></nav>
<article><h1>Market shelled in Tarn</h1>
<p>At least 12 people were killed on Monday when shells hit a market in Tarn, the caf\u00e9 owner said.</p>
<p>The mayor told reporters that 30 others had been wounded, and that the search for those who were still
missing would go on through the night.</p></article>
<footer>Copyright 2012 The Tarn Post, all rights reserved</footer>
"""
SITE = '<meta property="og:site_name" content="The Tarn Post">'
DATE = '<meta property="article:published_time" content="2019-03-05T10:00:00Z">'
IMAGE = '<meta property="og:image" content="https://example.org/2011/02/03/market.jpg">'
DAY, OTHER_DAY = dt.date(2019, 3, 5), dt.date(2021, 7, 8)
FROM_METADATA = "publication date read from the page's metadata or address"


def page(head="", body=BODY):
    title = "<title>Market shelled in Tarn</title>"
    return f"<!DOCTYPE html><html><head>{title}{head}</head><body>{body}</body></html>"


def test_the_article_is_taken_out_of_the_page(write, load_one):
    document = load_one(write("a.html", page(SITE + DATE)))
    assert "At least 12 people were killed on Monday" in document.text
    assert "Copyright" not in document.text
    assert "Home" not in document.text
    assert (document.id, document.title, document.outlet) == ("a", "Market shelled in Tarn", "The Tarn Post")
    assert (document.published, document.notes) == (DAY, (FROM_METADATA,))


def test_what_the_page_carries_goes_before_what_the_user_says(write, load_one):
    document = load_one(write("a.htm", page(SITE + DATE)), published=OTHER_DAY, outlet="Other")
    assert (document.published, document.outlet) == (DAY, "The Tarn Post")


def test_the_address_carries_a_date(write, load_one):
    link = '<link rel="canonical" href="https://example.org/2019/03/05/market">'
    document = load_one(write("a.html", page(link)))
    assert (document.published, document.url) == (DAY, "https://example.org/2019/03/05/market")


def test_structured_data_carries_a_date(write, load_one):
    data = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2019-03-05"}</script>'
    )
    assert load_one(write("a.html", page(body=BODY + data))).published == DAY


def test_dates_of_pictures_and_copyright_lines_are_no_date(write, load_one):
    document = load_one(write("a.html", page(IMAGE)), published=OTHER_DAY)
    assert document.published == OTHER_DAY
    assert document.notes == ()


def test_a_guess_is_noted_and_gives_way_to_the_user(write, load_one):
    body = BODY.replace("<p>At", '<time datetime="2019-03-05">5 March</time><p>At')
    file = write("a.html", page(body=body))
    guessed = load_one(file)
    assert guessed.published == DAY
    assert guessed.notes == ("publication date guessed from the words of the page, as its metadata has none",)
    assert load_one(file, published=OTHER_DAY).published == OTHER_DAY


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("iso-8859-1", "windows-1252"), ("iso-8859-15", "iso-8859-15"), ("no-such-charset", "windows-1252")],
)
def test_the_declared_encoding_is_followed(declared, encoding, write, load_one):
    raw = page(f'<meta charset="{declared}">').encode(encoding)
    document = load_one(write("a.html", raw))
    assert "the café owner said" in document.text
    assert document.notes[0] == f"decoded as {encoding}"


def test_an_xml_declaration_does_not_decode_twice(write, load_one):
    markup = '<?xml version="1.0" encoding="iso-8859-1"?>' + page()
    assert "the café owner said" in load_one(write("a.html", markup)).text


@pytest.mark.parametrize("markup", ["", "<html></html>", "<", "https://example.org/report", "<!-- 1 -->"])
def test_a_page_without_an_article_is_refused(markup, write, reason):
    assert "holds no article that could be found; save its text as .txt" in reason(write("a.html", markup))


def test_a_foreign_page_is_refused(write, reason):
    french = (
        "Le ministre a déclaré mardi que douze civils avaient été tués dans une frappe contre un marché. " * 5
    )
    assert "a.html is in French" in reason(write("a.html", page(body=f"<article><p>{french}</p></article>")))
