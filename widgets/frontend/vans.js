// Vans as plates with the route code. A van that moves is moved, never made again: a click or a focus is never lost.
import { divIcon, marker } from "leaflet";
import { SIGN, node, rungClass } from "./dom.js";

/** What needs a person lies on top of what does not, and what was chosen on top of all. */
const HEIGHT = { act: 600, watch: 300 };
const HEIGHT_CHOSEN = 1000;

export class Vans {
  constructor(map, onClick) {
    this.map = map;
    this.onClick = onClick;
    this.known = new Map(); // id -> {van, pin, plate}
    this.selected = "";
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
  }

  make(id, van) {
    const plate = node("span", "plate");
    const pin = marker([van.lat, van.lng], { icon: divIcon({ html: plate, className: "van", iconSize: [0, 0] }), keyboard: true, riseOnHover: true })
      .on("click", () => this.onClick(id))
      .addTo(this.map);
    const held = { van: {}, pin, plate };
    this.known.set(id, held);
    return held;
  }

  dress({ van, pin, plate }) {
    const chosen = van.id === this.selected;
    plate.className = `plate ${rungClass(van.rung)}${chosen ? " chosen" : ""}`;
    const sign = SIGN[van.rung];
    plate.textContent = sign ? `${sign} ${van.label}` : van.label;
    pin.setZIndexOffset(chosen ? HEIGHT_CHOSEN : (HEIGHT[van.rung] ?? 0));
    const element = pin.getElement();
    element.title = van.title ?? "";
    element.setAttribute("aria-label", van.title ? `${van.label}, ${van.title}` : van.label);
    element.setAttribute("aria-pressed", String(chosen));
  }

  choose(id) {
    const changed = [this.selected, id];
    this.selected = id;
    for (const each of changed) if (this.known.has(each)) this.dress(this.known.get(each));
  }

  places() {
    return [...this.known.values()].map(({ pin }) => pin.getLatLng());
  }
}
