// Areas where today goes wrong, as soft outlines below the stops, with what is wrong in words.
import { layerGroup, polygon } from "leaflet";
import { colour } from "./colours.js";
import { node } from "./dom.js";
import { wordsAt } from "./lines.js";
import { quietCanvas } from "./panes.js";

const UNDER_VANS = -1000;
const ROOM_PX = 90; // a smaller one says its name only, or the words would cover what lies around it

/** The middle of a shape's upper side. */
function above(shape) {
  const bounds = shape.getBounds();
  return [bounds.getNorth(), bounds.getCenter().lng];
}

export class Areas {
  constructor(map) {
    this.renderer = quietCanvas(map, "areas");
    this.layer = layerGroup().addTo(map);
    this.map = map;
    this.known = new Map(); // id -> {area, shape, words, sign}
    map.on("zoomend", () => this.known.forEach((held) => this.name(held)));
  }

  /** `areas` are {id, outline, name, label, past}; those that stand are changed, never made anew. */
  show(areas) {
    const wanted = new Set(areas.map((area) => area.id));
    for (const [id, held] of this.known) {
      if (wanted.has(id)) continue;
      held.shape.remove();
      held.sign.remove();
      this.known.delete(id);
    }
    for (const area of areas) this.draw(area);
  }

  draw(area) {
    const held = this.known.get(area.id) ?? this.make(area);
    held.area = area;
    const ink = colour(area.past ? "--ink-3" : "--watch");
    held.shape.setLatLngs(area.outline);
    held.shape.setStyle({ color: ink, weight: 2, opacity: 0.8, dashArray: area.past ? "2 5" : null, fillColor: ink, fillOpacity: area.past ? 0.04 : 0.16 });
    held.words.classList.toggle("past", area.past);
    held.sign.setLatLng(above(held.shape));
    this.name(held);
  }

  name({ area, shape, words }) {
    const bounds = shape.getBounds();
    const [east, west] = [bounds.getNorthEast(), bounds.getSouthWest()].map((corner) => this.map.latLngToLayerPoint(corner).x);
    words.textContent = east - west < ROOM_PX ? area.name : area.label;
  }

  make({ id, outline }) {
    const words = node("span", "area-words");
    const shape = polygon(outline, { renderer: this.renderer, interactive: false }).addTo(this.layer);
    const sign = wordsAt(above(shape), words, "area", { zIndexOffset: UNDER_VANS }).addTo(this.layer);
    const held = { shape, words, sign };
    this.known.set(id, held);
    return held;
  }
}
