// A line the size of a word: how a figure was over the day. Python says where it runs; here it is drawn.
import { node } from "./dom.js";

const SVG = "http://www.w3.org/2000/svg";
const [WIDTH, HEIGHT] = [120, 40]; // units of the drawing, as in widgets/on_road/behind_line.py

function shape(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

/** The line with its zero and its last point, and a few words beside it; `title` says all of it in words. */
export function sparkline({ line, zero, last, text, title }) {
  const cell = node("span", "spark");
  cell.title = title;
  const svg = shape("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": title });
  svg.append(shape("path", { class: "zero", d: `M0 ${zero}H${WIDTH}` }), shape("path", { class: "course", d: line }));
  if (last !== null) svg.append(shape("circle", { cx: last[0], cy: last[1], r: 5 }));
  const words = node("span", "spark-text", text);
  words.setAttribute("aria-hidden", "true"); // an arrow; the title has it in words
  cell.append(svg, words);
  return cell;
}
