// Rescues: where helper and driver meet. One under way is drawn strong, one that is only looked at hollow.
import { circleMarker, layerGroup, polyline } from "leaflet";
import { colour } from "./colours.js";
import { node } from "./dom.js";
import { wordsAt } from "./lines.js";
import { quietCanvas } from "./panes.js";

const HEIGHT = 500; // over vans that are watched, under those that need help: they are seen first
const PROPOSED = "proposed";

export class Rescues {
  constructor(map) {
    this.renderer = quietCanvas(map, "rescues");
    this.layer = layerGroup().addTo(map);
    this.known = new Map(); // id -> {ways, ring, words, sign, tip}
  }

  /** `underWay` as Python sends them; `proposal` is {meet, from, label}, or empty. */
  show(underWay, proposal) {
    const wanted = new Map(underWay.map((rescue) => [rescue.id, rescue]));
    if (proposal.meet !== undefined) wanted.set(PROPOSED, { ...proposal, title: "" });
    for (const [id, held] of this.known) {
      if (wanted.has(id)) continue;
      for (const part of [...held.ways, held.ring, held.sign]) part.remove();
      this.known.delete(id);
    }
    for (const [id, rescue] of wanted) this.draw(id, rescue);
  }

  draw(id, rescue) {
    const isProposed = id === PROPOSED;
    const held = this.known.get(id) ?? this.make(id, rescue, isProposed);
    const ink = colour("--ink");
    held.ways.forEach((way, i) => {
      way.setLatLngs(i < rescue.from.length ? [rescue.from[i], rescue.meet] : []);
      way.setStyle(isProposed ? { color: ink, weight: 2, dashArray: "3 6" } : { color: ink, weight: 3, dashArray: "10 6" });
    });
    held.ring.setLatLng(rescue.meet).setStyle({ color: ink, weight: 3, fill: !isProposed, fillColor: ink, fillOpacity: 0.35 });
    held.words.textContent = rescue.label;
    held.words.hidden = !rescue.label;
    held.sign.setLatLng(rescue.meet);
    held.tip.textContent = rescue.title;
    if (!isProposed) held.sign.getElement().setAttribute("aria-label", rescue.title);
  }

  make(id, rescue, isProposed) {
    const [words, tip] = [node("span", isProposed ? "meet" : "meet under-way"), node("span")];
    const ways = [0, 1].map(() => polyline([], { renderer: this.renderer, interactive: false }).addTo(this.layer));
    const ring = circleMarker(rescue.meet, { radius: 9, renderer: this.renderer, interactive: false }).addTo(this.layer);
    const sign = wordsAt(rescue.meet, words, "meeting", { zIndexOffset: HEIGHT, interactive: !isProposed, keyboard: !isProposed }).addTo(this.layer);
    if (!isProposed) sign.bindTooltip(tip, { className: "map-tip", direction: "auto", offset: [30, 0], opacity: 1 });
    const held = { ways, ring, words, sign, tip };
    this.known.set(id, held);
    return held;
  }
}
