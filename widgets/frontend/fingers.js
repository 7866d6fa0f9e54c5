// On a phone one finger scrolls the page past the map, and two move the map: or nobody would get below it.

const SAID_FOR_MS = 1500;

export const isTouched = window.matchMedia("(pointer: coarse)").matches;

/** Say how the map is moved while somebody tries it with one finger; returns what ends it. */
export function sayHow(root, say) {
  let timer = null;
  function onMove(event) {
    if (event.touches.length !== 1) return;
    say("Two fingers move the map.");
    clearTimeout(timer);
    timer = setTimeout(() => say(""), SAID_FOR_MS);
  }
  root.addEventListener("touchmove", onMove, { passive: true });
  return () => {
    clearTimeout(timer);
    root.removeEventListener("touchmove", onMove);
  };
}
