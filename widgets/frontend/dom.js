// The few things that the widgets share. Text enters the page through textContent only.

/** Sign of each rung of the response ladder, and of what is old: colour is never the only signal. */
export const SIGN = { act: "▲", watch: "●", ok: "✓", old: "◷" };

/** An element with a class and, where given, a text. */
export function node(tag, className = "", text = null) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== null) made.textContent = text;
  return made;
}

/**
 * Call each handler on its model event; returns what ends it. Jupyter drops what a handler throws, which would leave a
 * page that looks well and no longer follows the day: here it reaches the console at least.
 */
export function listen(model, handlers) {
  const heard = Object.entries(handlers).map(([name, act]) => [name, (...args) => {
    try {
      act(...args);
    } catch (error) {
      console.error(`The page could not take in ${name}:`, error);
    }
  }]);
  for (const [name, act] of heard) model.on(name, act);
  return () => heard.forEach(([name, act]) => model.off(name, act));
}

/** A button that says `text`; it never submits a form that it happens to stand in. */
export function button(text, className = "") {
  const made = node("button", className, text);
  made.type = "button";
  return made;
}

/** An id that nothing else on the page has. (`crypto.randomUUID` is there on secure pages only.) */
export const ownId = (what) => `${what}-${Math.random().toString(36).slice(2)}`;

/** A sign for the eye only: what it means stands beside it in words. */
export function signOf(kind) {
  const sign = node("span", "", `${SIGN[kind] ?? ""}\u00a0`); // never on a line of its own
  sign.setAttribute("aria-hidden", "true");
  return sign;
}

/** Turn a button on or off. An off one keeps the focus and can still say why, so it is not `disabled`. */
export function turn(element, isOn) {
  if (isOn) element.removeAttribute("aria-disabled");
  else element.setAttribute("aria-disabled", "true");
}

export const isOff = (element) => element.getAttribute("aria-disabled") === "true";

/** A rung (ok, watch, act) or old; anything else is shown as plain, never as "ok". */
export function rungClass(kind) {
  return kind in SIGN ? `r-${kind}` : "r-plain";
}
