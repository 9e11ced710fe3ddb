"use strict";
(() => {
  const wide = matchMedia("(min-width: 60rem)");
  const bar = document.querySelector(".bar");
  const LABELS = {
    count: "FIGURE", victims: "WHOM", harm: "HARM", speakers: "SAYS", place: "WHERE", time: "WHEN", perpetrator: "BY", means: "WITH", target: "HIT",
    status: "STANDING", scope: "REACH", part_of: "INSIDE",
  };
  const WITHIN_ANCHOR = new Set(["count", "victims"]); // the anchor's own tint says enough
  const words = new Map(); // claim -> [[element, slot], ...] in reading order
  for (const element of document.querySelectorAll("[data-slots]")) {
    for (const pair of element.dataset.slots.split(" ")) {
      const [claim, slot] = pair.split(":");
      if (!words.has(claim)) words.set(claim, []);
      words.get(claim).push([element, slot]);
    }
  }
  const cards = new Map();
  for (const card of document.querySelectorAll(".card")) cards.set(card.dataset.claim, card);
  const anchors = new Map();
  for (const anchor of document.querySelectorAll(".anchor")) {
    for (const claim of anchor.dataset.claims.split(" ")) if (!anchors.has(claim)) anchors.set(claim, anchor);
  }
  const cardOrder = [...cards.keys()];
  const textOrder = [...anchors.keys()];
  let chosen = null;
  let pointed = null;
  let shown = null;

  function paint() {
    const claim = pointed ?? chosen;
    if (claim === shown) return;
    for (const [element] of words.get(shown) ?? []) {
      delete element.dataset.lit;
      delete element.dataset.label;
    }
    cards.get(shown)?.classList.remove("lit");
    const labelled = new Set();
    for (const [element, slot] of words.get(claim) ?? []) {
      element.dataset.lit = element.dataset.lit ? `${element.dataset.lit} ${slot}` : slot;
      const said = WITHIN_ANCHOR.has(slot) && element.dataset.slots.split(" ").includes(`${claim}:anchor`);
      if (LABELS[slot] && !said && !labelled.has(slot)) {
        labelled.add(slot);
        element.dataset.label = element.dataset.label ? `${element.dataset.label} · ${LABELS[slot]}` : LABELS[slot];
      }
    }
    cards.get(claim)?.classList.add("lit");
    shown = claim;
  }

  // Scrolls the cards beside the text without moving the page under the reader.
  function bringCard(claim) {
    const card = cards.get(claim);
    const panel = card?.closest(".claims");
    if (!panel || panel.scrollHeight <= panel.clientHeight) return;
    const place = card.getBoundingClientRect();
    const frame = panel.getBoundingClientRect();
    const above = place.top - Math.max(frame.top, 0) - 16; // negative: hidden above the panel's edge
    const below = place.bottom - Math.min(frame.bottom, innerHeight) + 16; // positive: hidden below it
    if (above < 0) panel.scrollBy({ top: above });
    else if (below > 0) panel.scrollBy({ top: Math.min(below, above) });
  }

  function bringWords(claim) {
    const anchor = anchors.get(claim);
    const place = anchor?.getBoundingClientRect();
    const floor = wide.matches ? innerHeight - 40 : innerHeight * 0.4;
    if (place && (place.top < 40 || place.bottom > floor)) {
      anchor.scrollIntoView({ block: wide.matches ? "center" : "start" });
    }
  }

  function closeSheet() {
    document.querySelector(".card.sheet")?.classList.remove("sheet");
    document.documentElement.classList.remove("sheet-open");
    bar.hidden = true;
  }

  function openSheet(claim) {
    closeSheet();
    if (wide.matches || !cards.has(claim)) return;
    cards.get(claim).classList.add("sheet");
    cards.get(claim).scrollTop = 0;
    document.documentElement.classList.add("sheet-open");
    const [, number] = claim.split("-");
    bar.querySelector("output").textContent = `${number} of ${cards.get(claim).parentElement.children.length}`;
    bar.hidden = false;
  }

  function choose(claim) {
    chosen = claim;
    pointed = null;
    paint();
  }

  function show(claim) {
    choose(claim);
    openSheet(claim);
    bringCard(claim);
    bringWords(claim);
  }

  function letGo() {
    choose(null);
    closeSheet();
  }

  // The claim that an element stands for: a card's own, or the innermost anchor under the pointer.
  function claimOf(target) {
    const card = target.closest?.(".card");
    if (card) return card.dataset.claim;
    const anchor = target.closest?.(".anchor");
    if (!anchor) return null;
    const under = target.closest("[data-slots]")?.dataset.slots.split(" ").find((pair) => pair.endsWith(":anchor"));
    return under ? under.split(":")[0] : anchor.dataset.claims.split(" ")[0];
  }

  function focusClaim(claim, inCards) {
    chosen = claim;
    const goal = inCards ? cards.get(claim).querySelector(".figure") : anchors.get(claim);
    goal.focus({ preventScroll: true });
    choose(claim);
    if (inCards && !wide.matches) cards.get(claim).scrollIntoView({ block: "nearest" });
    bringCard(claim);
    if (!inCards || wide.matches) bringWords(claim);
  }

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse") return;
    pointed = claimOf(event.target);
    paint();
    if (pointed && event.target.closest(".anchor")) bringCard(pointed);
  });
  document.documentElement.addEventListener("pointerleave", () => { pointed = null; paint(); });

  document.addEventListener("focusin", (event) => {
    const anchor = event.target.closest?.(".anchor");
    const claim = claimOf(event.target);
    if (!claim || (anchor && anchor.dataset.claims.split(" ").includes(chosen))) return;
    choose(claim);
    if (anchor) bringCard(claim);
  });

  document.addEventListener("click", (event) => {
    const step = event.target.closest?.("[data-step]");
    if (step) {
      const next = textOrder[textOrder.indexOf(chosen) + Number(step.dataset.step)];
      if (next) show(next);
      return;
    }
    if (event.target.closest?.("[data-close]")) {
      const anchor = anchors.get(chosen);
      letGo();
      anchor?.focus({ preventScroll: true });
      return;
    }
    const claim = claimOf(event.target);
    if (!claim) {
      if (!event.target.closest?.(".bar")) letGo();
      return;
    }
    if (event.target.closest("summary, .reasons")) return;
    if (event.target.closest("dd a")) { // "inside": go to the whole
      event.preventDefault();
      focusClaim(event.target.closest("dd a").hash.slice("#card-".length), true);
      return;
    }
    if (event.target.closest("a")) event.preventDefault();
    if (event.detail === 0) focusClaim(claim, Boolean(event.target.closest(".anchor"))); // Enter, not a pointer
    else if (String(getSelection()) === "") show(claim);
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      const anchor = event.target.closest?.(".card, .bar") && anchors.get(chosen);
      letGo();
      anchor?.focus({ preventScroll: true });
      return;
    }
    const step = { ArrowRight: 1, j: 1, ArrowLeft: -1, k: -1 }[event.key];
    const inCards = Boolean(event.target.closest?.(".card"));
    if (!step || !(inCards || event.target.closest?.(".anchor"))) return;
    const order = inCards ? cardOrder : textOrder;
    const next = order[order.indexOf(chosen ?? claimOf(event.target)) + step];
    if (!next) return;
    event.preventDefault();
    focusClaim(next, inCards);
  });

  function follow() {
    const claim = location.hash.replace(/^#(card|at)-/, "");
    if (cards.has(claim)) show(claim);
  }
  addEventListener("hashchange", follow);
  wide.addEventListener("change", closeSheet);
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open])")];
    for (const fold of folded) fold.open = true;
  });
  addEventListener("afterprint", () => { for (const fold of folded) fold.open = false; });
  follow();
})();
