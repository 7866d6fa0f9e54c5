// The few things that map, board and heartbeat share. Text enters the page through textContent only.

/** Sign of each rung of the response ladder: colour is never the only signal. */
export const SIGN = { act: "▲", watch: "●", ok: "✓" };

/** An element with a class and, where given, a text. */
export function node(tag, className = "", text = null) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== null) made.textContent = text;
  return made;
}

/** A rung (ok, watch, act); anything else is shown as plain, never as "ok". */
export function rungClass(kind) {
  return kind in SIGN ? `r-${kind}` : "r-plain";
}
