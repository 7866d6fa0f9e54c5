// Vans as plates with the route code. A van that moves is moved, never made again: a click or a focus is never lost.
import { divIcon, marker } from "leaflet";
import { SIGN, node, rungClass } from "./dom.js";
import { crowded, sizeOf } from "./plates.js";

/** What needs a person lies on top of what does not, and what was chosen on top of all. */
const HEIGHT = { act: 600, watch: 300 };
const HEIGHT_CHOSEN = 1000;
const HEIGHT_BRIEF = -100; // a sign never covers a code
const WEDGE_GAP_PX = 5; // from the plate's rim to the middle of the wedge
const WEDGE_GAP_CHOSEN_PX = 10;

/** Pixels from the middle of a plate to its rim in a direction, degrees clockwise from the top. */
function toRim({ width, height }, degrees) {
  const turn = (degrees * Math.PI) / 180;
  return Math.min(width / 2 / Math.abs(Math.sin(turn)), height / 2 / Math.abs(Math.cos(turn)));
}

export class Vans {
  constructor(map, onClick) {
    this.map = map;
    this.onClick = onClick;
    this.known = new Map(); // id -> {van, pin, plate, sign, code, wedge, tip, isBrief}
    this.selected = "";
    map.on("zoomend", () => this.makeRoom());
  }

  /** Take a patch: rows (or their changed values) by id, and the ids that are gone. */
  patch(changed, gone) {
    for (const id of gone) {
      this.known.get(id)?.pin.remove();
      this.known.delete(id);
    }
    for (const [id, values] of Object.entries(changed)) {
      const held = this.known.get(id) ?? this.make(id, values);
      Object.assign(held.van, values);
      held.pin.setLatLng([held.van.lat, held.van.lng]);
      this.dress(held);
    }
    this.makeRoom();
  }

  make(id, van) {
    const [whole, wedge, plate] = [node("span"), node("span", "heading"), node("span", "plate")];
    const [sign, code, tip] = [node("span"), node("span", "code"), node("span")];
    plate.append(sign, code);
    whole.append(wedge, plate);
    const pin = marker([van.lat, van.lng], { icon: divIcon({ html: whole, className: "van", iconSize: [0, 0] }), keyboard: true, riseOnHover: true })
      .on("click", () => this.onClick(id))
      .bindTooltip(tip, { className: "map-tip", direction: "auto", offset: [30, 0], opacity: 1 })
      .addTo(this.map);
    const held = { van: {}, pin, plate, sign, code, wedge, tip, isBrief: false };
    this.known.set(id, held);
    return held;
  }

  dress(held) {
    const { van, pin, plate, sign, code } = held;
    const chosen = van.id === this.selected;
    plate.className = `plate ${rungClass(van.rung)}${chosen ? " chosen" : ""}`;
    sign.textContent = SIGN[van.rung] ?? "";
    code.textContent = SIGN[van.rung] ? ` ${van.label}` : van.label;
    this.lift(held);
    const element = pin.getElement();
    element.classList.toggle("old", van.old === true);
    element.setAttribute("aria-label", van.title ? `${van.label}, ${van.title}` : van.label);
    element.setAttribute("aria-pressed", String(chosen));
    if (held.tip.textContent !== (van.title ?? van.label)) {
      held.tip.textContent = van.title ?? van.label;
      if (pin.isTooltipOpen()) pin.getTooltip().update(); // what is read goes on being read
    }
    this.point(held);
  }

  /** Lay the plate over those that matter less. */
  lift({ van, pin, isBrief }) {
    const rank = isBrief ? HEIGHT_BRIEF : (HEIGHT[van.rung] ?? 0);
    pin.setZIndexOffset(van.id === this.selected ? HEIGHT_CHOSEN : rank);
  }

  /** Turn the wedge to where the van goes; the words stay upright. */
  point({ van, plate, wedge, isBrief }) {
    const isKnown = typeof van.heading_deg === "number";
    wedge.hidden = !isKnown;
    if (!isKnown) return;
    const gap = van.id === this.selected ? WEDGE_GAP_CHOSEN_PX : WEDGE_GAP_PX;
    const reach = toRim(sizeOf(plate.textContent, isBrief), van.heading_deg) + gap;
    wedge.style.transform = `rotate(${van.heading_deg}deg) translateY(${-reach}px)`;
  }

  /** Where plates would cover each other, those of routes on pace show their sign only; hovering and zooming show all. */
  makeRoom() {
    const plates = [...this.known.values()].map(({ van, pin, plate, isBrief }) => ({
      id: van.id,
      ...this.map.latLngToLayerPoint(pin.getLatLng()),
      text: plate.textContent,
      rank: van.id === this.selected ? HEIGHT_CHOSEN : (HEIGHT[van.rung] ?? 0),
      isBrief,
    }));
    const brief = crowded(plates);
    for (const [id, held] of this.known) {
      if (held.isBrief === brief.has(id)) continue;
      held.isBrief = brief.has(id);
      held.pin.getElement().classList.toggle("brief", held.isBrief);
      this.lift(held);
      this.point(held);
    }
  }

  choose(id) {
    const changed = [this.selected, id];
    this.selected = id;
    for (const each of changed) if (this.known.has(each)) this.dress(this.known.get(each));
    this.makeRoom();
  }

  places() {
    return [...this.known.values()].map(({ pin }) => pin.getLatLng());
  }
}
