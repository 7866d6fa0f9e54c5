// Choosing stops on the map: a press on one, or a rectangle or a line drawn around several. Shift, or a button, adds.
import { Control, DomEvent } from "leaflet";
import { button, node } from "./dom.js";

const SVG = "http://www.w3.org/2000/svg";
const STILL_PX = 5; // a drag shorter than this is a press
const REACH_PX = 14; // a press so near to a stop means that one: a finger is not more exact
const TOOLS = [
  ["rectangle", "▭", "Draw a rectangle around stops"],
  ["lasso", "◌", "Draw a line around stops"],
];

/** Whether a point lies within a drawn line that ends where it began (even-odd rule). */
function isWithin({ x, y }, corners) {
  let within = false;
  for (let i = 0, j = corners.length - 1; i < corners.length; j = i++) {
    const [a, b] = [corners[i], corners[j]];
    if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) within = !within;
  }
  return within;
}

function corners(tool, drawn) {
  if (tool === "lasso") return drawn;
  const [from, to] = [drawn[0], drawn.at(-1)];
  return [from, { x: to.x, y: from.y }, to, { x: from.x, y: to.y }];
}

export class Selecting {
  /** `choose(indices, isAdded)` is called with the stops that the person means. */
  constructor(map, root, stops, choose) {
    Object.assign(this, { map, root, stops, choose });
    this.tool = ""; // while one is on, a drag draws and does not move the map
    this.isAdding = false;
    this.drawn = [];
    this.sheet = node("div", "map-sheet");
    this.sheet.hidden = true;
    const paper = document.createElementNS(SVG, "svg");
    this.outline = document.createElementNS(SVG, "polygon");
    paper.append(this.outline);
    this.sheet.append(paper);
    root.append(this.sheet);
    DomEvent.disableClickPropagation(this.sheet);
    this.sheet.addEventListener("pointerdown", (event) => this.begin(event));
    this.sheet.addEventListener("pointermove", (event) => this.draw(event));
    this.sheet.addEventListener("pointerup", (event) => this.end(event));
    this.sheet.addEventListener("touchmove", (event) => event.stopPropagation(), { passive: true }); // it draws: no word on how to move the map
    this.sheet.addEventListener("pointercancel", () => this.forget());
    root.addEventListener("keydown", (event) => this.onKey(event));
    this.bar = this.makeBar();
  }

  makeBar() {
    const selecting = this;
    const Bar = Control.extend({
      options: { position: "topleft" },
      onAdd() {
        const holder = node("div", "leaflet-bar map-tools");
        selecting.buttons = new Map();
        const add = (name, sign, title, act) => {
          const made = button(sign, "map-look");
          made.title = title;
          made.setAttribute("aria-label", title);
          made.setAttribute("aria-pressed", "false");
          made.addEventListener("click", act);
          selecting.buttons.set(name, made);
          holder.append(made);
        };
        for (const [name, sign, title] of TOOLS) add(name, sign, title, () => selecting.take(selecting.tool === name ? "" : name));
        add("adding", "⊞", "Add to what is chosen", () => selecting.add(!selecting.isAdding));
        DomEvent.disableClickPropagation(holder);
        return holder;
      },
    });
    return new Bar();
  }

  /** Offer the tools, or take them away. */
  offer(isOn) {
    if (isOn) this.bar.addTo(this.map);
    else this.bar.remove();
    if (!isOn) this.take("");
  }

  take(tool) {
    this.tool = tool;
    this.sheet.hidden = tool === "";
    for (const [name] of TOOLS) this.buttons?.get(name).setAttribute("aria-pressed", String(name === tool));
    this.forget();
  }

  add(isAdding) {
    this.isAdding = isAdding;
    this.buttons.get("adding").setAttribute("aria-pressed", String(isAdding));
  }

  /** Whether a press means one more: by a button, or by the keys that mean it elsewhere. */
  adds(event) {
    return this.isAdding || event.shiftKey || event.ctrlKey || event.metaKey;
  }

  onKey(event) {
    if (event.key !== "Escape") return;
    if (this.tool !== "") this.take("");
    else this.choose([], false);
  }

  begin(event) {
    if (event.button !== 0) return;
    event.preventDefault();
    this.sheet.setPointerCapture(event.pointerId);
    this.drawn = [this.point(event)];
    this.show();
  }

  draw(event) {
    if (this.drawn.length === 0) return;
    this.drawn.push(this.point(event));
    this.show();
  }

  end(event) {
    if (this.drawn.length === 0) return;
    this.drawn.push(this.point(event));
    const [from, drawn] = [this.drawn[0], this.drawn];
    const isPress = drawn.every(({ x, y }) => Math.hypot(x - from.x, y - from.y) < STILL_PX);
    const found = isPress ? this.nearest(from) : this.within(corners(this.tool, drawn));
    this.forget();
    this.choose(found, this.adds(event));
  }

  forget() {
    this.drawn = [];
    this.show();
  }

  show() {
    const drawn = this.drawn.length < 2 ? [] : corners(this.tool, this.drawn);
    this.outline.setAttribute("points", drawn.map(({ x, y }) => `${x},${y}`).join(" "));
  }

  point(event) {
    const box = this.root.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  within(outline) {
    const found = [];
    for (const [i, point] of this.stops.drawn(this.map)) if (isWithin(point, outline)) found.push(i);
    return found;
  }

  nearest({ x, y }) {
    let [best, away] = [-1, REACH_PX];
    for (const [i, point] of this.stops.drawn(this.map)) {
      const distance = Math.hypot(point.x - x, point.y - y);
      if (distance < away) [best, away] = [i, distance];
    }
    return best < 0 ? [] : [best];
  }
}
