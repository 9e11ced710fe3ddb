import datetime as dt
import json

import pytest

from cairn.documents.pages import read_page
from cairn.errors import NoArticleError
from cairn.records import CreditKind, DateBasis

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
FROM_METADATA = "publication date read from the page's metadata"


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
    [
        ("iso-8859-1", "windows-1252"),
        ("iso-8859-15", "iso-8859-15"),
        ("no-such-charset", "windows-1252"),
        ("punycode", "windows-1252"),
        ("utf-7", "windows-1252"),
        ("rot13", "windows-1252"),
    ],
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


def json_ld(**content):
    content = {"@context": "https://schema.org", "@type": "NewsArticle", **content}
    return f'<script type="application/ld+json">{json.dumps(content)}</script>'


def read(head="", body=BODY, **options):
    return read_page(page(head, body).encode(), document_id="a", **options)


CANONICAL = '<link rel="canonical" href="https://example.org/2019/03/05/market">'
ADDRESS = "https://example.org/2019/03/05/market"
SHOWN = BODY.replace("<p>At", '<time datetime="2019-03-05">5 March</time><p>At')


@pytest.mark.parametrize(
    ("head", "body", "options", "basis"),
    [
        (json_ld(datePublished="2019-03-05T22:00:00Z"), BODY, {}, DateBasis.JSON_LD),
        (json_ld(datePublished="5 March 2019"), BODY, {}, DateBasis.JSON_LD),
        (json_ld(datePublished="2019-03-05") + IMAGE, BODY, {}, DateBasis.JSON_LD),
        (json_ld(datePublished="2019-03-05").replace("}", ",}"), BODY, {}, DateBasis.JSON_LD),
        (DATE, BODY, {}, DateBasis.META),
        ('<meta name="DC.date.issued" content="2019-03-05">', BODY, {}, DateBasis.META),
        ('<meta name="pubdate" content="20190305">', BODY, {}, DateBasis.META),
        ("", BODY.replace("<p>At", '<time itemprop="datePublished" datetime="2019-03-05"></time><p>At'), {},
         DateBasis.META),
        (CANONICAL, BODY, {}, DateBasis.URL),
        ("", BODY, {"url": ADDRESS}, DateBasis.URL),
        ("", SHOWN, {}, DateBasis.TEXT),
        ("", BODY.replace("<p>At", "<p>Posted: 5 March 2019</p><p>At"), {}, DateBasis.TEXT),
    ],
)  # fmt: skip
def test_the_basis_of_the_day_is_kept(head, body, options, basis):
    document = read(head, body, **options)
    assert (document.published, document.basis) == (DAY, basis)


def test_the_surest_basis_goes_first():
    head = DATE + CANONICAL
    assert read(json_ld(datePublished="2019-03-05") + head, SHOWN).basis is DateBasis.JSON_LD
    assert read(head, SHOWN).basis is DateBasis.META
    assert read(CANONICAL, SHOWN).basis is DateBasis.URL


def test_days_that_disagree_are_told():
    document = read(json_ld(datePublished="2019-03-04T23:30:00Z") + DATE, url=ADDRESS)
    assert (document.published, document.basis) == (dt.date(2019, 3, 4), DateBasis.JSON_LD)
    doubt = "publication date in doubt: the page's {} says 2019-03-05, structured data 2019-03-04"
    assert doubt.format("metadata") in document.notes
    assert doubt.format("address") in document.notes


@pytest.mark.parametrize(
    "head",
    [
        json_ld(dateModified="2019-03-08"),
        '<meta property="article:modified_time" content="2019-03-08">',
        '<meta property="og:updated_time" content="2019-03-08">',
        '<meta name="last-modified" content="2019-03-08">',
        '<meta http-equiv="last-modified" content="Fri, 08 Mar 2019 10:00:00 GMT">',
        '<meta itemprop="dateModified" content="2019-03-08">',
    ],
)
def test_a_day_of_change_is_no_day_of_publication(head):
    assert read(head).published is None
    assert read(head + DATE).published == DAY
    assert read(DATE + head).notes == (FROM_METADATA,)


def test_a_day_after_the_capture_is_not_believed():
    assert read(DATE, latest=dt.date(2019, 3, 5)).published == DAY
    assert read(DATE, latest=dt.date(2019, 3, 4)).published == DAY  # the clock may be ahead there
    assert read(DATE, latest=dt.date(2019, 3, 3)).published is None
    assert read(json_ld(datePublished="2019-03-05") + CANONICAL, latest=dt.date(2019, 3, 1)).published is None


def test_the_first_article_of_the_structured_data_counts():
    more = [{"@type": "NewsArticle", "datePublished": "2011-01-01"}]
    graph = {"@graph": [{"@type": "WebPage", "datePublished": "2012-02-02"},
                        {"@type": ["Thing", "ReportageNewsArticle"], "datePublished": "2019-03-05"},
                        {"@type": "ItemList", "itemListElement": more}]}  # fmt: skip
    assert read(f'<script type="application/ld+json">{json.dumps(graph)}</script>').published == DAY


@pytest.mark.parametrize(
    ("head", "body", "byline"),
    [
        (json_ld(author={"@type": "Person", "name": "Ilse Varga"}), BODY, "Ilse Varga"),
        (json_ld(author=[{"name": "Ilse Varga"}, {"name": ["Owen Tace"]}]), BODY, "Ilse Varga, Owen Tace"),
        (json_ld(author={"@type": "Organization", "name": "AFP"}), BODY, "AFP"),
        (json_ld(author="https://example.org/by/1"), BODY, None),
        ('<meta name="author" content="By Ilse Varga and agencies">', BODY, "Ilse Varga and agencies"),
        (SITE + '<meta name="author" content="The Tarn Post">', BODY, None),
        (
            "",
            BODY.replace("<p>At", '<div class="byline">By Ilse Varga in Tarn</div><p>At'),
            "Ilse Varga in Tarn",
        ),
        ("", BODY.replace("<p>At", "<p>By Ilse Varga</p><p>At"), "Ilse Varga"),
        ("", BODY + '<div class="comments"><p class="comment-author">A Reader</p></div>', None),
    ],
)
def test_who_wrote_it_is_read(head, body, byline):
    assert read(head, body).byline == byline


def test_an_agency_that_wrote_it_is_credited():
    document = read(json_ld(author={"@type": "Organization", "name": "AFP"}))
    assert [(credit.agency, credit.kind) for credit in document.credits] == [("AFP", CreditKind.BYLINE)]
    dateline = read(body=BODY.replace("<p>At least", "<p>TARN (Reuters) - At least")).credits
    assert [(credit.agency, credit.kind) for credit in dateline] == [("Reuters", CreditKind.DATELINE)]


RUSSIAN = (
    "Министр заявил во вторник, что двенадцать мирных жителей погибли при ударе по рынку в городе Тарн. "
    "Глава города сообщил журналистам, что ещё тридцать человек были ранены."
)


@pytest.mark.parametrize(
    ("encoding", "head", "charset"),
    [
        ("utf-8", "", None),
        ("utf-8", '<meta charset="windows-1251">', "iso-8859-1"),
        ("windows-1251", '<meta charset="windows-1251">', None),
        ("windows-1251", "", "windows-1251"),
        ("windows-1251", '<meta charset="windows-1251">', "ISO-8859-1"),
        ("windows-1251", '<meta charset="utf-8">', "windows-1251"),
        ("koi8-r", '<meta charset="windows-1251">', "koi8-r"),
        ("windows-1251", "", None),
        ("windows-1251", '<meta charset="iso-8859-1">', "iso-8859-1"),
        ("utf-16", "", None),
    ],
)
def test_a_page_is_decoded_whatever_it_is_called(encoding, head, charset):
    markup = page(head, f"<article><p>{RUSSIAN}</p></article>").encode(encoding)
    document = read_page(markup, document_id="a", charset=charset)
    assert document.text == RUSSIAN
    assert document.language == "ru"


def test_a_foreign_page_is_read_and_its_language_told():
    arabic = (
        "قال مسؤولون إن اثني عشر شخصا على الأقل قتلوا يوم الاثنين عندما سقطت قذائف على سوق في البلدة. " * 3
    )
    assert read(body=f"<article><p>{arabic}</p></article>").language == "ar"


def test_an_empty_answer_is_no_article():
    with pytest.raises(NoArticleError):
        read_page(b"", document_id="a")


@pytest.mark.parametrize(
    "line",
    [
        "By noon Tarn was quiet.", "By Monday, 12 people were dead", "From rubble to hope",
        "12 killed on 3 May 2016", "Toll rises to 12", "By the river of Tarn three houses burnt down",
    ],
)  # fmt: skip
def test_a_first_line_that_tells_something_stays(line):
    assert read(body=BODY.replace("<p>At", f"<p>{line}</p><p>At")).text.startswith(line)


@pytest.mark.parametrize(
    "line",
    [
        "By Ilse Varga", "By Ilse Varga in Tarn and Owen Tace in Ossel", "By AFP", "BY ILSE VARGA",
        "5 March 2019",
        "Published: 5 March 2019", "Last updated on Tuesday, March 5th, 2019 at 10:00 pm GMT",
        "Market shelled in Tarn", "MARKET SHELLED IN TARN",
    ],
)  # fmt: skip
def test_a_first_line_that_only_labels_the_report_goes(line):
    body = BODY.replace("<p>At", f"<p>{line}</p><p>At")
    assert read(body=body).text.startswith("At least 12 people")


@pytest.mark.parametrize(
    "line", ["© 2012 The Tarn Post", "Copyright The Tarn Post", "Printed from tarn.example"]
)
def test_a_colophon_goes(line):
    assert read(body=BODY.replace("</article>", f"<p>{line}</p></article>")).text.endswith(
        "through the night."
    )


@pytest.mark.parametrize(
    ("head", "url", "title", "outlet"),
    [
        (json_ld(headline="Tarn&#8217;s market &amp; more"), None, "Tarn’s market & more", None),
        (SITE, None, "Market shelled in Tarn", "The Tarn Post"),
        (json_ld(publisher={"@type": "Organization", "name": "The Tarn Post"}), None, None, "The Tarn Post"),
        (json_ld(author={"@type": "Organization", "name": "AFP"}), None, None, None),
        ("", "https://www.tarnpost.example/a", None, "tarnpost.example"),
        ('<meta property="og:title" content="Shells hit market">', None, "Shells hit market", None),
        ('<link rel="canonical" href="//tarnpost.example/a">', None, None, "tarnpost.example"),
        ('<link rel="canonical" href="/a">', "https://other.example/a", None, "other.example"),
        ('<meta property="og:url" content="javascript:alert(1)">', None, None, None),
    ],
)
def test_headline_and_outlet_come_from_the_surest_place(head, url, title, outlet):
    document = read(head, url=url)
    assert (document.title, document.outlet) == (title or "Market shelled in Tarn", outlet)


def test_the_address_of_a_page_is_its_own_word_or_where_it_came_from():
    assert read(CANONICAL, url="https://example.org/?id=5").url == ADDRESS
    assert read(url="https://example.org/?id=5").url == "https://example.org/?id=5"
    assert read('<link rel="canonical" href="' + "x" * 5_000 + '">').url is None
