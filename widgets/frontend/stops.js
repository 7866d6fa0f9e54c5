// Thousands of stops on one canvas. Ten bytes each: latitude f4, longitude f4, colour index u1, marks u1 (little endian).
import { canvas, circleMarker, layerGroup } from "leaflet";
import { colour } from "./colours.js";

const BYTES_A_STOP = 10;
const [DONE, WINDOW, NEXT, ABSENT] = [1, 2, 4, 8]; // bits of the marks, as in packed_stops.py
const bytesOf = (value) => (value instanceof DataView ? value : new DataView(value.buffer ?? value));

/** What a stop looks like: hollow and small where done, ringed where a window applies, big where it is the next one. */
function styleOf(ink, marks) {
  if (marks & DONE) return { radius: 2.5, color: ink, weight: 1, opacity: 0.55, fillOpacity: 0 };
  const ring = marks & (WINDOW | NEXT) ? { color: colour("--ink"), weight: 2 } : { color: colour("--raised"), weight: 1 };
  return { radius: marks & NEXT ? 8 : 4.5, opacity: 1, fillColor: ink, fillOpacity: 0.85, ...ring };
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
      if (this.bytes.getUint8(i * BYTES_A_STOP + 8) > 0) chosen.push(i);
      else this.draw(i);
    }
    for (const i of chosen) this.draw(i); // last, so that it lies on the rest
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
    if (index > 0) marker.bringToFront();
  }

  make(i, place) {
    return circleMarker(place, { renderer: this.renderer }).on("click", () => this.onClick(i));
  }

  places() {
    return this.markers.map((marker) => marker.getLatLng());
  }
}
