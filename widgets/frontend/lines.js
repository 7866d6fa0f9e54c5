// The station, and the way that the selected route still goes: the next legs strong, the rest thin; and one that is foreseen.
import { divIcon, layerGroup, marker, polyline } from "leaflet";
import { colour } from "./colours.js";
import { node } from "./dom.js";
import { quietCanvas } from "./panes.js";

/** Words that stay at a place and answer nothing. */
export function wordsAt(place, words, className, options = {}) {
  const icon = divIcon({ html: words, className, iconSize: [0, 0] });
  return marker(place, { icon, interactive: false, keyboard: false, ...options });
}

export class Lines {
  constructor(map) {
    this.layer = layerGroup().addTo(map);
    this.sign = node("span", "station-sign");
    this.station = null;
    const renderer = quietCanvas(map, "ways");
    [this.near, this.far, this.foreseen] = [0, 1, 2].map(() => polyline([], { renderer, interactive: false }).addTo(this.layer));
  }

  /** Moves what is there; nothing is made anew. */
  show(station, way, nearLegs) {
    this.sign.textContent = station.label ?? "Station";
    if (station.lat === undefined) {
      this.station?.remove();
      this.station = null;
    } else {
      this.station ??= wordsAt([station.lat, station.lng], this.sign, "station").addTo(this.layer);
      this.station.setLatLng([station.lat, station.lng]);
    }
    const turn = nearLegs > 0 ? nearLegs : way.length;
    this.near.setLatLngs(way.slice(0, turn + 1)).setStyle({ color: colour("--accent"), weight: 3, opacity: 0.8 });
    this.far.setLatLngs(way.slice(turn)).setStyle({ color: colour("--accent"), weight: 1.5, opacity: 0.5 });
  }

  /** The way that another route would go if a change were kept, dashed in its colour. */
  foresee(way, ink) {
    this.foreseen.setLatLngs(way).setStyle({ color: colour(ink), weight: 2, opacity: 0.9, dashArray: "6 5" });
  }
}
