"""Find who is said to say what in a sentence whose dependency tree is known."""

from __future__ import annotations

from collections.abc import Sequence

from cairn.lexicon import Form, Lexicon
from cairn.readings.voice_names import DETERMINERS, Heard, Named
from cairn.readings.voice_phrases import Tree, grow_tree, listener, named_run, phrase
from cairn.readings.voice_scopes import reported, untangled
from cairn.records import Token

MODALS = frozenset({"would", "could", "will", "may", "might", "should", "must"})
REFUSALS = frozenset({"not", "n't", "never", "no"})
RELATIVES = frozenset({"who", "which", "that", "whom"})
SHARED = frozenset({"conj", "advcl", "xcomp", "acl"})
"""Dependencies by which a verb without a subject of its own has that of what is above it."""
LEFTWARD = frozenset(
    {"det", "amod", "compound", "nummod", "nmod:poss", "nmod:desc", "case", "advmod", "punct"}
)
BY_AGENT = frozenset(
    {
        *("announce", "report", "confirm", "list", "document", "record", "verify", "publish", "state"),
        *("disclose", "reveal", "estimate", "register", "tally", "say", "tell", "post", "tweet", "claim"),
    }
)
"""Lemmas whose passive names the voice: "as reported by X"."""
TELLS = frozenset({"tell", "inform"})
CLAUSAL = frozenset({"claim", "believe", "suggest", "maintain"})
"""Weak lemmas that report speech only with a clause: "the blast claimed 12 lives"."""
CLOSE = 3  # tokens from a subject's end to its verb, auxiliaries between
TOLLS = frozenset({"toll", "tolls", "number", "numbers", "figure", "figures", "count", "total", "tally"})
FARTHEST = 3  # verbs climbed in search of a subject


def heard_in_tree(tokens: Sequence[Token], in_date: set[int], lexicon: Lexicon) -> list[Heard]:
    """Return the attributions of one parsed sentence in reading order, each with the words it answers for.

    Args:
        tokens: of one sentence, with heads.
        in_date: characters inside time phrases.
        lexicon: verbs and nouns of saying.
    """
    tree = grow_tree(tokens)
    found: list[tuple[int, Heard]] = []
    for index in range(len(tokens)):
        heard = (
            _frame(tree, index, in_date, lexicon)
            or _verb(tree, index, in_date, lexicon)
            or _closing(tree, index, lexicon)
        )
        if heard is not None:
            found.append((index, heard))
    return untangled(found, lexicon, tokens)


def _frame(tree: Tree, index: int, in_date: set[int], lexicon: Lexicon) -> Heard | None:
    """Read "according to X"."""
    frames = lexicon.speech.according.get(tree.tokens[index].lower, ())
    words = [token.lower for token in tree.tokens[index : index + 6]] if frames else []
    for frame in frames:
        if tuple(words[: len(frame)]) != frame or frame[0] in {"citing", "quoting"}:
            continue
        after = index + len(frame)
        if words[len(frame) : len(frame) + 1] == ["to"]:
            after += 1  # "according to to the ministry"
        if after >= len(tree.tokens):
            return None
        head = after
        while tree.tokens[head].dep in LEFTWARD and (above := tree.tokens[head].head) is not None:
            if above <= head or any(token.lower in {"and", ","} for token in tree.tokens[head:above]):
                break
            head = above
        speaker = phrase(tree, head, in_date, lexicon)
        if speaker is None:
            return None
        above = tree.tokens[head].head
        leading = not any(token.text[:1].isalnum() for token in tree.tokens[:index])
        leading = leading or (above is not None and above > speaker.last)
        high = max(speaker.last, after + 1)
        scope = (high, len(tree.tokens)) if leading else (0, index)
        return Heard(speaker, None, index, high, " ".join(frame), leading, scope)
    return None


def _verb(tree: Tree, index: int, in_date: set[int], lexicon: Lexicon) -> Heard | None:
    """Read the verb of saying at ``index``."""
    token = tree.tokens[index]
    known = lexicon.speech.verbs.get(token.lower)
    if known is None or token.pos != "VERB":
        return None
    lemma, forms = known
    above = token.head if token.head is not None else -1
    if (
        above >= 0
        and _lemma(tree, above, lexicon) in lexicon.speech.quote
        and token.dep in {"advcl", "acl", "xcomp", "ccomp"}
    ):
        return None  # "quoted X as saying" is read at "quoted"
    if lemma in lexicon.speech.quote:
        return _quote(tree, index, in_date, lexicon)
    if _unsaid(tree, index):
        return None
    agents = tree.children(index, "obl:agent")
    passive = bool(tree.children(index, "aux:pass", "nsubj:pass"))
    if agents and (passive or token.dep in {"acl", "advcl"}):
        speaker = phrase(tree, agents[0], in_date, lexicon) if lemma in BY_AGENT else None
        if speaker is None:
            return None
        clause = tree.subtree(above) if token.dep in {"advcl", "acl"} and above >= 0 else tree.subtree(index)
        return Heard(speaker, None, index, speaker.last, lemma, leading=False, scope=(min(clause), index))
    hanging = token.dep == "acl" and Form.GERUND not in forms  # "a man accused of": done to, not by him
    if passive or hanging or (Form.GERUND in forms and token.dep in {"amod", "compound", "nmod", "obj"}):
        return None
    if lemma in {"put", "place"} and not TOLLS & tree.words(tree.children(index, "obj")):
        return None
    subject, direct = _subject(tree, index, lexicon)
    speaker = phrase(tree, subject, in_date, lexicon) if subject is not None else None
    if speaker is None or subject is None:
        return None
    clausal = [c for c in tree.children(index, "ccomp", "parataxis") if not _speaks(tree, c, lexicon)]
    bare = lemma in CLAUSAL or not (speaker.voice and direct)
    if not clausal and ((lemma in lexicon.speech.weak and bare) or not direct):
        return None
    speaker, relay = _cited(tree, (subject, index), speaker, in_date, lexicon)
    relay = relay or listener(tree, index, lemma, in_date, lexicon)
    relay = relay or _outer(tree, index, in_date, lexicon)
    scope, leading = reported(tree, index, subject if direct else None)
    if relay is not None and scope is not None and leading and scope[0] <= relay.first < scope[1]:
        scope = (relay.last, scope[1]) if relay.last < scope[1] else None
    return _heard(speaker, relay, index, lemma, leading=leading, scope=scope, direct=direct)


def _outer(tree: Tree, index: int, in_date: set[int], lexicon: Lexicon) -> Named | None:
    """Return the body that reports what this voice says: "The agency says officials reported that ..."."""
    above = tree.tokens[index].head
    if (
        tree.tokens[index].dep != "ccomp"
        or above is None
        or _lemma(tree, above, lexicon) not in {"say", "report"}
    ):
        return None
    subject, _ = _subject(tree, above, lexicon)
    if subject is None or not tree.tokens[subject].name.endswith("ORG"):
        return None
    return phrase(tree, subject, in_date, lexicon)


def _closing(tree: Tree, index: int, lexicon: Lexicon) -> Heard | None:
    """Read "..., the Post reports." where the parser takes the verb for a noun of the outlet."""
    tokens = tree.tokens
    if index == 0 or tokens[index].lower != "reports" or tokens[index].pos == "VERB":
        return None
    if any(token.text[:1].isalnum() for token in tokens[index + 1 :]):
        return None
    run = named_run(tree, index - 1, "ORG")
    if run is None:
        return None
    before = run[0] - (1 if tokens[run[0] - 1].lower in DETERMINERS else 0)
    if before < 2 or tokens[before - 1].text not in {",", "”", '"', "’"}:
        return None
    speaker = Named(*run, proper=True, voice=True)
    return Heard(speaker, None, run[0], index + 1, "report", leading=False, scope=(0, before))


def _heard(
    speaker: Named,
    relay: Named | None,
    verb: int,
    lemma: str,
    *,
    leading: bool,
    scope: tuple[int, int] | None,
    direct: bool,
) -> Heard:
    """Return the attribution over the words from the speaker to the verb, or the verb when they are apart."""
    if not direct:
        return Heard(speaker, relay, verb, verb + 1, lemma, leading, scope)
    return Heard(speaker, relay, min(speaker.first, verb), max(speaker.last, verb + 1), lemma, leading, scope)


def _lemma(tree: Tree, index: int, lexicon: Lexicon) -> str | None:
    known = lexicon.speech.verbs.get(tree.tokens[index].lower)
    return known[0] if known else None


def _speaks(tree: Tree, index: int, lexicon: Lexicon) -> bool:
    """Say whether ``index`` hangs on what it reports: "..., X said"."""
    token = tree.tokens[index]
    return token.dep == "parataxis" and _lemma(tree, index, lexicon) is not None


def _unsaid(tree: Tree, index: int) -> bool:
    """Say whether the verb tells of nothing said: "did not say", "would say", "to say"."""
    helpers = tree.words(tree.children(index, "aux", "advmod", "mark"))
    return bool(helpers & (MODALS | REFUSALS)) or "to" in tree.words(tree.children(index, "mark"))


def _subject(tree: Tree, index: int, lexicon: Lexicon) -> tuple[int | None, bool]:
    """Return the head of the verb's subject, and whether it is the verb's own."""
    verb = index
    for step in range(FARTHEST):
        kinds = ("nsubj", "nsubj:outer") if step == 0 else ("nsubj", "nsubj:outer", "nsubj:pass")
        own = sorted(
            tree.children(verb, *kinds),
            key=lambda child: (
                not _can_speak(tree.tokens[child], lexicon)
                and not 0 < verb - max(tree.subtree(child)) <= CLOSE,
                abs(child - verb),
            ),
        )
        if _lemma(tree, verb, lexicon) in TELLS:
            own = [child for child in own if child < verb]  # what follows is told
        if own:
            relative = tree.tokens[own[0]].lower in RELATIVES and own[0] > 0
            return (_before_relative(tree, own[0], lexicon), False) if relative else (own[0], step == 0)
        above = tree.tokens[verb].head
        if above is None or above < 0 or tree.tokens[verb].dep not in SHARED:
            return None, False
        if tree.tokens[above].pos not in {"VERB", "AUX", "ADJ"}:
            # "a statement saying", "reports suggesting": the noun speaks
            return (above, False) if tree.tokens[verb].dep == "acl" else (None, False)
        outer = tree.tokens[above].head
        if tree.tokens[verb].dep == "advcl" and tree.tokens[above].dep == "ccomp" and outer is not None:
            above = outer if _lemma(tree, outer, lexicon) else above  # "X said four died, adding that ..."
        verb = above
    return None, False


def _can_speak(token: Token, lexicon: Lexicon) -> bool:
    """Say whether a word names or stands for someone who speaks; the parser may find several subjects."""
    speech = lexicon.speech
    known = (speech.persons, speech.bodies, speech.pronouns, RELATIVES)
    return token.name[2:] in {"PER", "ORG"} or any(token.lower in words for words in known)


def _before_relative(tree: Tree, pronoun: int, lexicon: Lexicon) -> int:
    """Return the head of the phrase that "who" or "which" stands right after."""
    head = pronoun - 1
    while head > 0 and tree.tokens[head].pos == "PUNCT":
        head -= 1
    run = named_run(tree, head, tree.tokens[head].name[2:]) if tree.tokens[head].name != "O" else None
    head = run[0] if run is not None and tree.tokens[head].dep == "flat" else head
    while tree.tokens[head].dep in LEFTWARD and (above := tree.tokens[head].head) is not None:
        if not head < above < pronoun:
            break
        head = above
    above = tree.tokens[head].head
    if tree.tokens[pronoun].lower == "who" and tree.tokens[head].dep == "nmod" and above is not None:
        # "Jane Roe of the union, who said": only the person is a who
        named = tree.tokens[above].name.endswith("PER") or tree.tokens[above].lower in lexicon.speech.persons
        head = above if named and above < head else head
    return head


def _quote(tree: Tree, index: int, in_date: set[int], lexicon: Lexicon) -> Heard | None:
    """Read "X quoted Y as saying", "Y was quoted as saying by X" and "citing Y"."""
    token = tree.tokens[index]
    lemma, forms = lexicon.speech.verbs[token.lower]
    saying = [
        c
        for c in tree.children(index, "advcl", "acl", "xcomp", "ccomp")
        if tree.tokens[c].lower in {"saying", "telling", "reporting"}
    ]
    passive = tree.children(index, "nsubj:pass")
    if passive or (tree.children(index, "aux:pass") and token.dep == "conj"):
        under = [child for verb in (index, *saying) for child in tree.below[verb]]
        agents = [child for child in under if "by" in tree.words(tree.children(child, "case"))]
        if not passive or not (agents or saying):
            return None
        speaker = phrase(tree, passive[0], in_date, lexicon)
        relay = phrase(tree, agents[0], in_date, lexicon) if agents else None
        if speaker is None:
            return None
        scope, leading = _said(tree, index, passive[0], saying)
        return _heard(speaker, relay, index, lemma, leading=leading, scope=scope, direct=True)
    objects = tree.children(index, "obj") or tree.children(index, "iobj")
    if not objects:
        return None
    quoted = phrase(tree, objects[0], in_date, lexicon)
    subject, direct = _subject(tree, index, lexicon)
    if quoted is None:
        return None
    if Form.GERUND in forms:
        above = token.head if token.head is not None else -1
        verb = (
            above
            if above >= 0 and tree.tokens[above].pos == "VERB"
            else tree.tokens[above].head
            if above >= 0
            else None
        )
        if (
            verb is not None
            and verb >= 0
            and _lemma(tree, verb, lexicon)
            and _subject(tree, verb, lexicon)[0] is not None
        ):
            return None  # "X reported, citing Y" is read at "reported"
        relay = phrase(tree, subject, in_date, lexicon) if subject is not None else None
        relay = relay if relay is not None and relay.voice and relay.proper else None
        leading = not any(other.text[:1].isalnum() for other in tree.tokens[:index])
        scope = (quoted.last, len(tree.tokens)) if leading else (0, index)
        return Heard(quoted, relay, index, quoted.last, lemma, leading, scope)
    relay = phrase(tree, subject, in_date, lexicon) if subject is not None else None
    if relay is None or subject is None or not (saying or tree.children(index, "ccomp", "parataxis")):
        return None
    scope, leading = _said(tree, index, subject, saying)
    return _heard(quoted, relay, index, lemma, leading=leading, scope=scope, direct=direct)


def _said(tree: Tree, index: int, subject: int, saying: Sequence[int]) -> tuple[tuple[int, int] | None, bool]:
    """Return what a quoted voice says: what hangs on "saying", or on the verb of quoting itself."""
    for verb in saying:
        if tree.children(verb, "ccomp", "parataxis", "obj"):
            return reported(tree, verb, None)
    scope, leading = reported(tree, index, subject)
    if scope is None and saying:
        return (saying[0] + 1, len(tree.tokens)), True
    return scope, leading


def _cited(
    tree: Tree, places: Sequence[int], speaker: Named, in_date: set[int], lexicon: Lexicon
) -> tuple[Named, Named | None]:
    """Take "X, citing Y, said" and "Y cited by X said" apart into who says it and who passes it on."""
    for place in places:
        for child in tree.children(place, "acl", "advcl", "acl:relcl", "dep", "parataxis"):
            if _lemma(tree, child, lexicon) not in lexicon.speech.quote:
                continue
            agents, objects = tree.children(child, "obl:agent"), tree.children(child, "obj")
            if agents and (named := phrase(tree, agents[0], in_date, lexicon)):
                return speaker, named
            gerund = tree.tokens[child].lower.endswith("ing")
            if gerund and objects and (named := phrase(tree, objects[0], in_date, lexicon)):
                return named, speaker if speaker.voice and not speaker.pronoun else None
    return speaker, None
