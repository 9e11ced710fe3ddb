"""``cairn import`` as a recorder meets it: what it prints, what it keeps, how it ends."""

import sys

import pytest

import cairn.cli
from documents.layouts.make import make_page
from documents.made_files import mail, mbox, pdf, record, warc

TEXT = "At least 12 people were killed on Monday when shells hit a market in {}, the owner of a shop said."
FRENCH = (
    "Le ministre a déclaré mardi que douze civils avaient été tués dans une frappe contre un marché. " * 2
)


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    """Run a command; return its exit code, what it printed, and what it told beside."""
    monkeypatch.chdir(tmp_path)

    def run_command(*words):
        monkeypatch.setattr(sys, "argv", ["cairn", *map(str, words)])
        code = 0
        try:
            cairn.cli.main()
        except SystemExit as ended:
            code = int(ended.code or 0)
        printed = capsys.readouterr()
        return code, printed.out, " ".join(printed.err.split())

    return run_command


def test_a_run_tells_what_it_kept_and_what_failed(run, write):
    page = make_page("amp", 3)
    write("in/story.html", page.raw)
    write("in/french.txt", FRENCH)
    write("in/scan.pdf", pdf())
    write("alerts.mbox", mbox(mail(TEXT.format("Oudra") + "\n(AFP)"), mail(TEXT.format("Dohn"), number=2)))
    write("events.tsv", "".join(f"{n}\t2024\thttps://news.example/{n}\n" for n in range(3)))
    code, out, err = run("import", "in", "alerts.mbox", "events.tsv", "nowhere.html")
    assert code == 0
    rows = {line.split()[0]: line.split()[1:] for line in out.splitlines() if line.strip()}
    assert rows["from"] == ["new", "changed", "unchanged", "known", "failed", "to", "fetch"]
    assert rows["in"] == ["2", "·", "·", "·", "1", "·"]
    assert rows["alerts.mbox"] == ["2", "·", "·", "·", "·", "·"]
    assert rows["events.tsv"] == ["·", "·", "·", "·", "·", "3"]
    assert "failed: in/scan.pdf is a PDF with no text layer: 1 page of pictures" in err
    assert "failed: nowhere.html does not exist" in err
    assert "languages: English 3, French 1" in err
    assert "days: given 2, json-ld 1, none 1" in err
    assert "credits: AFP 1" in err
    assert "3 addresses to fetch, 3 of them new: cairn fetch --from cairn-archive/addresses.txt" in err
    assert err.endswith("4 new, 0 changed, 0 unchanged, 0 known, 2 failed; kept in cairn-archive")
    code, out, _ = run("documents", "--format", "json")
    assert (code, out.count("\n")) == (0, 4)
    code, out, _ = run("documents", "--failed", "--format", "json")
    assert "file:in/scan.pdf" in out
    assert "nowhere" not in out


def test_a_second_run_finds_all_known(run, write):
    write("note.txt", TEXT.format("Tarn"))
    run("import", "note.txt")
    code, _, err = run("import", "note.txt")
    assert code == 0
    assert err.endswith("0 new, 0 changed, 0 unchanged, 1 known, 0 failed; kept in cairn-archive")


def test_a_run_that_brings_nothing_ends_with_the_code_of_bad_input(run, write):
    write("cut.warc.gz", b"").write_bytes(warc(record("https://t.example/1", b"<p>Twelve"))[:-20])
    code, _, err = run("import", "cut.warc.gz")
    assert code == 2
    assert "failed: cut.warc.gz " in err
    assert "get it again (what came before was kept)" in err


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("--columns", "body"), "cairn: --columns 'body': expected FIELD=COLUMN, such as text=body"),
        (
            ("--date-format", "%H:%M"),
            "cairn: --date-format '%H:%M' names no day; write it with %d, %m and %Y",
        ),
        (("--published", "May"), "cairn: --published 'May' is no date; write it as 2016-04-28"),
        (("--archive", "note.txt"), "cairn: note.txt is a file; an archive is a folder"),
    ],
)
def test_bad_options_are_one_line(words, found, run, write):
    write("note.txt", TEXT.format("Tarn"))
    code, _, err = run("import", "note.txt", *words)
    assert code == 2
    assert err.startswith(found)


def test_tables_are_read_as_the_user_says(run, write):
    write("a.csv", f'Tag;Words\n05/03/2024;"{TEXT.format("Tarn")}"\n')
    options = ("--columns", "text=Words,published=Tag", "--date-format", "%d/%m/%Y", "--outlet", "Tarn Post")
    assert run("import", "a.csv", *options)[0] == 0
    out = run("documents", "--format", "json")[1]
    assert '"2024-03-05"' in out
    assert "Tarn Post" in out
