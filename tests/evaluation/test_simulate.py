"""The simulator: the same news for the same seed, what its settings imply, and what it holds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cairn.records import Status
from eval_script import load_script

texts = load_script("simulated_texts")
news = load_script("simulated_news")
simulate = load_script("simulate")
Settings = texts.Settings


def test_the_same_seed_gives_the_same_news_and_another_other_news() -> None:
    few = Settings(incidents=3)
    assert list(news.simulate(few)) == list(news.simulate(few))
    assert list(news.simulate(few)) != list(news.simulate(replace(few, seed=8)))


def test_claims_stand_at_their_words_and_know_their_voice() -> None:
    for incident in news.simulate(Settings(incidents=8, withdrawn=1.0, tallies=1.0)):
        for claim, report in (*incident.first, *incident.copied):
            assert str(claim.count.low) in claim.anchor.words(report.text) or claim.count.approx
            assert claim.id in incident.voice_of
        taken_back = {claim.count for claim, _ in incident.first if claim.status is Status.SUPERSEDED}
        assert taken_back


@pytest.mark.parametrize(
    ("voices", "exact", "under", "implied"),
    [
        ((1.0,), 0.4, 0.4, 0.4),  # one voice covers the truth when it is right
        ((0.0, 1.0), 0.0, 0.5, 0.5),  # two voices, never right: when they miss it on either side
        ((0.0, 1.0), 1.0, 0.0, 1.0),
    ],
)
def test_what_settings_imply(voices: tuple[float, ...], exact: float, under: float, implied: float) -> None:
    settings = Settings(voices=voices, exact=exact, under=under)
    assert news.imply_coverage(settings) == pytest.approx(implied)


def test_the_estimates_hold_on_a_small_world(capsys: pytest.CaptureFixture[str]) -> None:
    assert simulate.main(["--incidents", "25", "--seed", "3"]) == 0
    assert "origins as simulated      1.000" in capsys.readouterr().out


def test_each_fault_is_told() -> None:
    settings = Settings(incidents=40)
    bad = simulate.Outcome(
        number=0,
        covered=False,
        spanned=True,
        same_origins=False,
        changed=("range of the killed",),
        widened=True,
        told="",
    )
    assert len(simulate.find_faults([bad] * 40, settings)) == 5


def test_without_a_world_it_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        simulate.main(["--incidents", "0"])
    assert "at least one" in capsys.readouterr().err
