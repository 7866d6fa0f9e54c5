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

/** A rung (ok, watch, act); anything else is shown as plain, never as "ok". */
export function rungClass(kind) {
  return kind in SIGN ? `r-${kind}` : "r-plain";
}
