// Thousands of stops on one canvas. Ten bytes each: latitude f4, longitude f4, colour index u1, marks u1 (little endian).
import { canvas, layerGroup, CircleMarker } from "leaflet";
import { colour } from "./colours.js";

const BYTES_A_STOP = 10;
const [DONE, WINDOW, NEXT, ABSENT, CHOSEN, LOCKED, GOES] = [1, 2, 4, 8, 16, 32, 64]; // bits of the marks, as in packed_stops.py
const BELOW_FROM = 4; // colours from here on lie below, as colour 0 does; as in packed_stops.py
const bytesOf = (value) => (value instanceof DataView ? value : new DataView(value.buffer ?? value));

/** A stop, round or square. */
const StopMarker = CircleMarker.extend({
  _updatePath() {
    if (this.options.square !== true) return this._renderer._updateCircle(this);
    if (!this._renderer._drawing || this._empty()) return undefined;
    const [ink, { x, y }, reach] = [this._renderer._ctx, this._point, this._radius - 0.5];
    ink.beginPath();
    ink.rect(x - reach, y - reach, 2 * reach, 2 * reach);
    return this._renderer._fillStroke(ink, this);
  },
});

function ringOf(marks) {
  if (marks & GOES) return { color: colour("--ink"), weight: 2, dashArray: "3 2" };
  if (marks & CHOSEN) return { color: colour("--ink"), weight: 2.5, dashArray: null };
  const isPlain = !(marks & (WINDOW | NEXT | LOCKED));
  return { color: colour(isPlain ? "--raised" : "--ink"), weight: isPlain ? 1 : 2, dashArray: null };
}

/**
 * What a stop looks like: hollow and small where done, ringed where a window applies, big where it is the next one,
 * square where it is locked, with a strong ring where it is chosen and a dashed one where it would go elsewhere.
 */
function styleOf(ink, marks) {
  const square = Boolean(marks & LOCKED);
  if (marks & DONE) return { radius: 2.5, color: ink, weight: 1, opacity: 0.55, fillOpacity: 0, dashArray: null, square };
  const radius = marks & NEXT ? 8 : marks & (CHOSEN | GOES) ? 6 : 4.5;
  return { radius, opacity: 1, fillColor: ink, fillOpacity: marks & (CHOSEN | GOES) ? 1 : 0.85, square, ...ringOf(marks) };
}

export class Stops {
  constructor(map, onClick) {
    this.onClick = onClick;
    this.renderer = canvas({ padding: 0.5, tolerance: 6 });
    this.layer = layerGroup().addTo(map);
    this.markers = [];
    this.looks = []; // colour and marks of each stop as it is drawn, so that only the changed ones are drawn again
    this.dresses = new Map();
  }

  place(i) {
    return [this.bytes.getFloat32(i * BYTES_A_STOP, true), this.bytes.getFloat32(i * BYTES_A_STOP + 4, true)];
  }

  /** A style for each colour and state, worked out once and not for each stop. */
  dress(index, marks) {
    const code = 256 * index + marks;
    if (!this.dresses.has(code)) this.dresses.set(code, styleOf(colour(this.palette[index] ?? "--ink-3"), marks));
    return this.dresses.get(code);
  }

  /** Show these stops: moved ones move, changed ones change, the others are not touched. */
  show(bytes, palette) {
    this.bytes = bytesOf(bytes);
    this.palette = palette;
    const count = Math.floor(this.bytes.byteLength / BYTES_A_STOP);
    while (this.markers.length > count) {
      this.layer.removeLayer(this.markers.pop());
      this.looks.pop();
    }
    const chosen = [];
    for (let i = 0; i < count; i++) {
      if (this.isRaised(i)) chosen.push(i);
      else this.draw(i);
    }
    for (const i of chosen) this.draw(i); // last, so that it lies on the rest
  }

  /** Whether a stop lies on the others: by its colour, or because it is chosen. */
  isRaised(i) {
    const [index, marks] = [this.bytes.getUint8(i * BYTES_A_STOP + 8), this.bytes.getUint8(i * BYTES_A_STOP + 9)];
    return (index > 0 && index < BELOW_FROM) || (marks & (CHOSEN | GOES)) > 0;
  }

  /** Draw everything again, in the colours as they are now. */
  repaint(bytes, palette) {
    this.dresses.clear();
    this.looks.fill(undefined);
    this.show(bytes, palette);
  }

  draw(i) {
    const [index, marks] = [this.bytes.getUint8(i * BYTES_A_STOP + 8), this.bytes.getUint8(i * BYTES_A_STOP + 9)];
    const place = this.place(i);
    const look = 256 * index + marks;
    const marker = (this.markers[i] ??= this.make(i, place));
    if (!marker.getLatLng().equals(place)) marker.setLatLng(place);
    if (this.looks[i] === look) return;
    this.looks[i] = look;
    if (marks & ABSENT) {
      this.layer.removeLayer(marker);
      return;
    }
    const style = this.dress(index, marks);
    marker.setStyle(style).setRadius(style.radius);
    if (!this.layer.hasLayer(marker)) this.layer.addLayer(marker);
    if (this.isRaised(i)) marker.bringToFront();
  }

  make(i, place) {
    return new StopMarker(place, { renderer: this.renderer }).on("click", ({ originalEvent }) => this.onClick(i, originalEvent));
  }

  /** The stops that are drawn, as `[index, point in the map's box]`. */
  *drawn(map) {
    for (const [i, marker] of this.markers.entries()) {
      if (this.layer.hasLayer(marker)) yield [i, map.latLngToContainerPoint(marker.getLatLng())];
    }
  }

  places() {
    return this.markers.map((marker) => marker.getLatLng());
  }
}
