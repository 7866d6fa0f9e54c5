// How a value becomes a cell, a sort key and a text to filter by: one entry a kind of column.
import { node, rungClass, signOf } from "./dom.js";
import { sparkline } from "./sparkline.js";

const NOTHING = "–";
const percent = (part, total) => `${Math.max(0, Math.min(100, (100 * part) / Math.max(1, total)))}%`;
const shown = (value) => String((value !== null && typeof value === "object" ? value.text : value) ?? NOTHING);
const sortKey = (value) => (value !== null && typeof value === "object" ? value.sort : value);
const RUNG_ORDER = { act: 0, watch: 1, old: 2, ok: 3 };
const RUNG_UNKNOWN = 4;

function tick(className, at, total) {
  const mark = node("span", className);
  mark.style.left = percent(at, total);
  return mark;
}

function bar({ done, expected, required, total }) {
  const words = [`${done} of ${total} done`];
  if (expected != null) words.push(`${expected} expected by now`);
  if (required != null) words.push(`${required} required by now`);
  const drawn = node("div", "bar");
  drawn.setAttribute("role", "img");
  drawn.setAttribute("aria-label", words.join(", "));
  drawn.title = words.join(", ");
  const fill = node("span", "bar-done");
  fill.style.width = percent(done, total);
  drawn.append(fill);
  if (expected != null) drawn.append(tick("bar-expected", expected, total));
  if (required != null) drawn.append(tick("bar-required", required, total));
  return drawn;
}

function rung({ kind, text, title }) {
  const pill = node("span", `rung ${rungClass(kind)}`);
  if (title) pill.title = title;
  pill.append(signOf(kind), document.createTextNode(text));
  return pill;
}

function age(minutes, column) {
  if (minutes === null || minutes === undefined) return node("span", "", "–");
  const isOld = column.old_after_min !== null && minutes >= column.old_after_min;
  if (!isOld) return document.createTextNode(`${minutes} min`);
  const old = node("span", "old", `${minutes} min`);
  old.append(node("span", "old-word", " old")); // a narrow board says it by its shape, and to those who hear it
  return old;
}

function text(value) {
  const words = node("span", "text", shown(value));
  words.title = value?.title ?? words.textContent; // a long one is cut short on the board
  return words;
}

function number(value) {
  if (!value?.title) return document.createTextNode(shown(value));
  const figure = node("span", "", shown(value));
  figure.title = value.title;
  return figure;
}

const WINDOW_SHOWN_MIN = 60; // on either side of the window's end
const WINDOW_LEAST_MIN = 8; // what lies beyond is still seen at the edge
const fromEnd = (minutes) => percent(WINDOW_SHOWN_MIN + minutes, 2 * WINDOW_SHOWN_MIN);

/** A stretch of time around the end of a window: what lies after that end is late. */
function stretch(value) {
  const drawn = node("span", "window", shown(value));
  drawn.title = value.title;
  const strip = node("span", "window-strip");
  strip.setAttribute("role", "img");
  strip.setAttribute("aria-label", value.title);
  for (const [className, from, to] of [
    ["window-early", Math.min(value.from_min, 0), Math.min(value.to_min, 0)],
    ["window-late", Math.max(value.from_min, 0), Math.max(value.to_min, 0)],
  ]) {
    if (from === 0 && to === 0) continue;
    const part = node("span", className);
    part.style.left = fromEnd(Math.min(from, WINDOW_SHOWN_MIN - WINDOW_LEAST_MIN));
    part.style.right = `${100 - parseFloat(fromEnd(Math.max(to, WINDOW_LEAST_MIN - WINDOW_SHOWN_MIN)))}%`;
    strip.append(part);
  }
  strip.append(node("span", "window-end"));
  drawn.append(strip);
  return drawn;
}

const pill = { draw: rung, key: (value) => value && (RUNG_ORDER[value.kind] ?? RUNG_UNKNOWN), words: (value) => value?.text ?? "" };

/** Kinds of columns. Buttons (`acts`) are drawn by acts.js; here they only have no order and no words to filter by. */
export const KINDS = {
  text: { draw: text, key: sortKey, words: shown },
  number: { draw: number, key: sortKey, words: shown },
  window: { draw: stretch, key: sortKey, words: shown },
  sparkline: { draw: sparkline, key: sortKey, words: () => "" },
  bar: { draw: bar, key: (value) => value && value.done / Math.max(1, value.total), words: (value) => (value ? `${value.done}` : "") },
  rung: pill,
  sign: pill,
  age: { draw: age, key: (value) => value, words: () => "" },
  acts: { key: () => null, words: () => "" },
};

const DRAWS_NOTHING_TOO = new Set(["text", "number", "age"]);

/** Put a value into its cell. */
export function fill(cell, column, value) {
  const drawable = (value !== null && value !== undefined) || DRAWS_NOTHING_TOO.has(column.kind);
  cell.replaceChildren(drawable ? KINDS[column.kind].draw(value ?? null, column) : document.createTextNode(NOTHING));
}

/** Order of two values of a column; nothing sorts last in both directions. */
export function compare(column, a, b, direction) {
  const [left, right] = [KINDS[column.kind].key(a ?? null), KINDS[column.kind].key(b ?? null)];
  const [noLeft, noRight] = [left === null || left === undefined, right === null || right === undefined];
  if (noLeft || noRight) return noLeft - noRight;
  const order = typeof left === "number" && typeof right === "number"
    ? left - right
    : String(left).localeCompare(String(right), undefined, { numeric: true });
  return direction * order;
}
