// Keeps the person's place: the focus when its button is off, hidden or gone, the part of a phone's page that matters, and
// in the address what was chosen.
import { listen } from "./dom.js";

const NARROW = window.matchMedia("(max-width: 900px)");

const isUsable = (element) => element.isConnected && !element.disabled && element.getClientRects().length > 0;
const hasNoFocus = () => document.activeElement === null || document.activeElement === document.body;

function render({ model, el }) {
  el.style.display = "none"; // or the page would leave a gap for it
  let kept = null; // what the person gave the focus to
  let around = []; // the panels around it, nearest first: one of them stands in when it is gone
  let standIn = null;

  function onFocus(event) {
    if (event.target === standIn) return;
    kept = event.target;
    around = [];
    for (let up = kept.closest(model.get("panels")); up; up = up.parentElement?.closest(model.get("panels"))) around.push(up);
  }

  /** A press beside everything, or a step out of the page, lets go of the focus on purpose. */
  function onBlur(event) {
    const left = event.target;
    const isWanted = () => left === kept && isUsable(left);
    if (event.relatedTarget !== null || !document.hasFocus() || !isWanted()) return;
    queueMicrotask(() => { if (isWanted()) kept = null; }); // what is taken out of the page loses the focus just before
  }

  /** The same button drawn anew, as when its list got another order; only where there is no doubt which one it is. */
  function drawnAnew() {
    if (kept.isConnected || !kept.title) return null;
    const isSame = (other) => other.title === kept.title && other.textContent === kept.textContent && isUsable(other);
    const same = [...document.querySelectorAll("button")].filter(isSame);
    return same.length === 1 ? same[0] : null;
  }

  function keep() {
    if (kept === null || !(hasNoFocus() || document.activeElement === standIn)) return;
    kept = drawnAnew() ?? kept;
    if (isUsable(kept)) {
      standIn = null;
      kept.focus({ preventScroll: true });
      return;
    }
    if (!hasNoFocus()) return;
    standIn = around.find(isUsable) ?? null;
    standIn?.setAttribute("tabindex", "-1");
    standIn?.focus({ preventScroll: true });
  }

  function goTo(selector) {
    if (NARROW.matches) requestAnimationFrame(() => document.querySelector(selector)?.scrollIntoView({ block: "start" }));
  }

  /** Give the focus to a part of the page; one that is no control is brought into view from its top, so that it can be read. */
  function giveFocus(selector) {
    requestAnimationFrame(() => { // what was just asked for is drawn by then
      const part = document.querySelector(selector);
      if (part === null || part.tabIndex >= 0) return part?.focus();
      part.setAttribute("tabindex", "-1");
      part.focus({ preventScroll: true });
      return part.scrollIntoView({ block: "start" });
    });
  }

  /** Write what was chosen into the address, so that a reload finds it; an address is passed on, the token never. */
  function remember(query) {
    const address = new URL(window.location.href);
    for (const [key, value] of Object.entries(query)) {
      if (value === null || value === "") address.searchParams.delete(key);
      else address.searchParams.set(key, value);
    }
    address.searchParams.delete("token");
    if (address.href !== window.location.href) window.history.replaceState(window.history.state, "", address);
  }

  function onMessage(message) {
    if (message.op === "go") goTo(message.to);
    if (message.op === "focus") giveFocus(message.to);
    if (message.op === "remember") remember(message.query);
  }

  const stopListening = listen(model, { "msg:custom": onMessage });
  const changes = new MutationObserver(() => requestAnimationFrame(keep)); // the browser takes the focus away before that
  changes.observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ["disabled", "hidden", "style", "class"] });
  document.addEventListener("focusin", onFocus);
  document.addEventListener("focusout", onBlur);
  model.send({ event: "ready" });
  return () => {
    stopListening();
    changes.disconnect();
    document.removeEventListener("focusin", onFocus);
    document.removeEventListener("focusout", onBlur);
  };
}

export default { render };
