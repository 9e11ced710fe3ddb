"""An act before its surroundings are settled: its words, who takes part, how it stands to what happened."""

from __future__ import annotations

from dataclasses import dataclass

from cairn.claims.discourse import Setting
from cairn.claims.events.stance import Stance
from cairn.claims.events.triggers import Trigger
from cairn.lexicon import Lexicon
from cairn.records import EventType

WORDS_ONLY = frozenset(
    {
        *(EventType.AGREE, EventType.SUPPORT, EventType.CONCEDE, EventType.REQUEST, EventType.ACCUSE),
        *(EventType.REJECT, EventType.THREATEN),
    }
)
"""Types that are said or written, and so need somebody who says them."""
YIELDING = frozenset(
    {
        *(EventType.AGREE, EventType.CONSULT, EventType.SUPPORT, EventType.CONCEDE, EventType.COOPERATE),
        *(EventType.AID, EventType.RETREAT),
    }
)
"""Types of good turns: one that is said not to be done is refused."""
DEFINITE = frozenset({"the", "this", "that", "these", "those", "such"})


@dataclass(frozen=True, slots=True)
class Draft:
    """An act in its sentence.

    Attributes:
        actor: head of the phrase for who does it, ``recipient`` towards whom; ``None`` when not named there.
        figures: the harms that the act did, as they were settled.
        accuser: the accusation in whose content it stands.
    """

    trigger: Trigger
    actor: int | None
    recipient: int | None
    stance: Stance
    figures: tuple[Setting, ...] = ()
    accuser: Trigger | None = None

    def only_harm(self, lexicon: Lexicon) -> bool:
        """Say whether the words tell a harm and no attack that did it."""
        return self.trigger.act.type is EventType.ASSAULT and is_harm(self.trigger, lexicon)


def is_harm(trigger: Trigger, lexicon: Lexicon) -> bool:
    """Say whether a trigger tells a harm and no way in which it was done: "killed", "wounded"."""
    return trigger.of_harm or any(
        cue.first in trigger.words
        and trigger.act.mode is None
        and cue.value.lemma not in lexicon.harms.bodily  # "hit" is an attack first
        for cue in trigger.view.cues
    )
