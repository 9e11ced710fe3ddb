// Keys and selections. Everything here can be done without it: it only presses what is on the page.
(() => {
  "use strict";
  const typing = (element) => element.matches?.("input:not([type=checkbox]):not([type=submit]), textarea, select");

  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape") {
      if (typing(event.target)) event.target.blur();
      else document.querySelector("[data-escape]")?.click();
      return;
    }
    if (typing(event.target)) return;
    const found = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!found || event.repeat || document.body.hasAttribute("aria-busy")) return;
    event.preventDefault();
    if (found.matches("input, textarea, select")) found.focus();
    else found.click();
  });

  // How many characters (code points, as the ledger counts) of the report stand before a place in the page.
  function offset(text, node, within) {
    const range = document.createRange();
    range.setStart(text, 0);
    range.setEnd(node, within);
    return [...range.toString()].length;
  }

  // A link that opens a slot takes along the words that are selected.
  addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-pick]");
    const text = document.querySelector("[data-text]");
    const selection = getSelection();
    if (!link || !text || selection.isCollapsed || !selection.rangeCount) return;
    const range = selection.getRangeAt(0);
    if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return;
    const address = new URL(link.href);
    address.searchParams.set("start", offset(text, range.startContainer, range.startOffset));
    address.searchParams.set("end", offset(text, range.endContainer, range.endOffset));
    event.preventDefault();
    event.stopPropagation();
    if (globalThis.htmx) htmx.ajax("GET", address.pathname + address.search, { target: "body", swap: "innerHTML" });
    else location.assign(address);
  }, true);

  // Who wants quotes blurred asks for those of one page at a time.
  addEventListener("click", (event) => {
    if (event.target.closest?.("[data-unblur]")) document.body.classList.toggle("asked");
  });
  addEventListener("htmx:beforeSwap", (event) => { if (event.detail.target === document.body) document.body.classList.remove("asked"); });

  function settle() {
    for (const element of document.querySelectorAll("[data-module]")) {
      import(element.dataset.module).then((module) => module.default(element));
      element.removeAttribute("data-module");
    }
    document.querySelector("[data-focus]")?.focus({ preventScroll: true });
    const chosen = document.getElementById("chosen");
    const place = chosen?.getBoundingClientRect();
    const floor = matchMedia("(min-width: 60rem)").matches ? innerHeight : innerHeight * 0.4;
    if (place && (place.top < 60 || place.bottom > floor)) chosen.scrollIntoView({ block: place && floor < innerHeight ? "start" : "center" });
  }
  addEventListener("htmx:afterSettle", settle);
  settle();

  // One form at a time: a key that is pressed twice decides once.
  addEventListener("htmx:beforeRequest", () => document.body.setAttribute("aria-busy", "true"));
  addEventListener("htmx:afterRequest", () => document.body.removeAttribute("aria-busy"));
  addEventListener("submit", (event) => {
    if (document.body.hasAttribute("aria-busy")) { event.preventDefault(); event.stopPropagation(); }
  }, true);
})();
