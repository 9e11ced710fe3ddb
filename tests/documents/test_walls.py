import pytest

from cairn.documents.pages import read_page
from cairn.errors import NoArticleError

MORE = (
    "<p>Rescuers worked through the night with their hands and with two borrowed excavators. The road to "
    "Ossel has been closed since the attack, and buses were turned back. Aid workers said that water had run "
    "short in four quarters of the town and that queues for bread began before dawn.</p>"
)
REPORT = (
    "<p>At least 12 people were killed on Monday when shells hit a market in Tarn, the owner of a shop said. "
    "The mayor told reporters that 30 others had been wounded, and that the search would go on.</p>"
)


def page(title, body):
    return (
        f"<html><head><title>{title}</title></head><body><div class=main>{body}</div></body></html>".encode()
    )


CONSENT = """<h1>We value your privacy</h1>
<p>We and our 812 partners store and access information on a device, such as cookies, and process data,
such as unique identifiers, for personalised advertising and content, measurement and audience research.</p>
<p>With your permission we and our partners may use precise geolocation data. You may click to consent to the
processing described above, or refuse to consent and change your preferences.</p>"""
CONSENT_GERMAN = """<h1>Ihre Zustimmung</h1>
<p>Wir und unsere bis zu 210 Partner verwenden Cookies und ähnliche Technologien, um Informationen auf Ihrem
Gerät zu speichern. Mit Ihrer Einwilligung verarbeiten wir Daten für personalisierte Werbung und Inhalte.</p>
<p>Sie können die Einwilligung jederzeit in den Einstellungen zum Datenschutz widerrufen oder ablehnen.</p>"""
MOVED = (
    "<p>The story that you wanted to read is not at this address. Try the search box or the front page.</p>"
)
CHECKED = (
    "<p>Checking if the site connection is secure. Enable JavaScript and cookies to continue, please.</p>"
)
TEASER = """<p>At least 12 people were killed on Monday when shells hit a market in Tarn, officials said.</p>
<div class=wall><h2>Subscribe to continue reading</h2><p>Already a subscriber? Log in here.</p></div>"""
HEADLINES = "".join(f"<h3><a href=/s{n}>Market in quarter {n} opens again</a></h3>" for n in range(12))


@pytest.mark.parametrize(
    ("title", "body", "found"),
    [
        ("Before you continue", CONSENT, "is a consent page in place of an article: "),
        ("Zustimmung", CONSENT_GERMAN, "is a consent page in place of an article: "),
        (
            "Page not found | The Tarn Post",
            MOVED,
            "is an error page in place of an article ('Page not found')",
        ),
        ("404", MOVED, "is an error page in place of an article ('404')"),
        ("The Tarn Post: Access denied", MOVED, "is an error page in place of an article ('Access denied')"),
        ("Just a moment...", CHECKED, "is an error page in place of an article ('Just a moment...')"),
        ("tarnpost.example", CHECKED, "is an error page in place of an article ('checking if the site"),
        ("Seite nicht gefunden", MOVED, "is an error page in place of an article ('Seite nicht gefunden')"),
        ("Market shelled", TEASER, "words and asks for a subscription or an account ('subscribe to"),
        ("Market shelled", "<div id=root></div>", "holds no article that could be found"),
        ("Market shelled", "<p>Tarn</p><p>Monday</p>", "holds no paragraph, only labels and headlines"),
        ("The Tarn Post", HEADLINES, "holds no "),
    ],
)
def test_a_page_without_an_article_is_told_as_what_it_is(title, body, found):
    with pytest.raises(NoArticleError) as told:
        read_page(page(title, body), document_id="a")
    assert found in str(told.value)


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Access denied: convoy turned back at Ossel | The Tarn Post", REPORT),
        ("Five hurt in fire at cookie factory", REPORT.replace("a shop", "a factory for cookies")),
        ("Blocked | Life behind the lines of Tarn | The Tarn Post", REPORT),
        ("Market shelled | The Tarn Post", f"{REPORT}<aside>{CONSENT}</aside>"),
        (
            "Market shelled | The Tarn Post",
            f"<div class=cmp-cookie-banner>{CONSENT}</div><article>{REPORT * 3}",
        ),
        ("Market shelled", f"{REPORT * 3}<p>Subscribe to our newsletter.</p>"),
        ("Parliament debates privacy law", REPORT + "<p>The law on privacy and consent was passed.</p>"),
    ],
)
def test_an_article_stays_one(title, body):
    assert "At least 12 people were killed" in read_page(page(title, body), document_id="a").text


def test_a_page_that_keeps_the_rest_back_is_kept_with_a_doubt():
    free = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script>'
    )
    body = f"{free}{REPORT}{MORE}<p>Subscribe to continue</p>"
    document = read_page(page("Market shelled", body), document_id="a")
    assert "the page may show only the start of the report: it asks for a subscription" in document.notes


def test_an_article_that_stands_in_structured_data_alone_is_read():
    data = f'{{"@type": "NewsArticle", "articleBody": "{REPORT[3:-4] * 2}"}}'
    body = f'<script type="application/ld+json">{data}</script><div id=root></div>'
    document = read_page(page("Market shelled", body), document_id="a")
    assert document.text.startswith("At least 12 people were killed")
