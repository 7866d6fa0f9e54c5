// Thousands of stops on one canvas. Ten bytes each: latitude f4, longitude f4, colour index u1, done u1 (little endian).
import { canvas, circleMarker, layerGroup } from "leaflet";
import { colour } from "./colours.js";

const BYTES_A_STOP = 10;
const bytesOf = (value) => (value instanceof DataView ? value : new DataView(value.buffer ?? value));

export class Stops {
  constructor(map, onClick) {
    this.onClick = onClick;
    this.renderer = canvas({ padding: 0.5, tolerance: 6 });
    this.layer = layerGroup().addTo(map);
    this.markers = [];
    this.looks = []; // what each stop looks like now, so that only the changed ones are drawn again
  }

  place(i) {
    return [this.bytes.getFloat32(i * BYTES_A_STOP, true), this.bytes.getFloat32(i * BYTES_A_STOP + 4, true)];
  }

  /** Style of stop i and a text to compare it by; worked out once for each colour and state, not for each stop. */
  dress(i) {
    const [index, done] = [this.bytes.getUint8(i * BYTES_A_STOP + 8), this.bytes.getUint8(i * BYTES_A_STOP + 9) === 1];
    const code = 2 * index + done;
    if (!this.dresses.has(code)) {
      const ink = colour(this.palette[index] ?? "--ink-3");
      const style = done
        ? { radius: 2.5, color: ink, weight: 1, opacity: 0.55, fillOpacity: 0 } // hollow and small: done, in any colour
        : { radius: 4.5, color: colour("--raised"), weight: 1, opacity: 1, fillColor: ink, fillOpacity: 0.85 };
      this.dresses.set(code, { style, look: JSON.stringify(style) });
    }
    return this.dresses.get(code);
  }

  /** Show these stops: moved ones move, changed ones change, the others are not touched. */
  show(bytes, palette) {
    this.bytes = bytesOf(bytes);
    this.palette = palette;
    this.dresses = new Map();
    const count = Math.floor(this.bytes.byteLength / BYTES_A_STOP);
    while (this.markers.length > count) {
      this.layer.removeLayer(this.markers.pop());
      this.looks.pop();
    }
    for (let i = 0; i < count; i++) this.draw(i);
  }

  draw(i) {
    const { style, look } = this.dress(i);
    const marker = this.markers[i];
    if (marker === undefined) {
      this.markers[i] = circleMarker(this.place(i), { ...style, renderer: this.renderer })
        .on("click", () => this.onClick(i))
        .addTo(this.layer);
    } else {
      const place = this.place(i);
      if (!marker.getLatLng().equals(place)) marker.setLatLng(place);
      if (this.looks[i] !== look) marker.setStyle(style).setRadius(style.radius);
    }
    this.looks[i] = look;
  }

  places() {
    return this.markers.map((marker) => marker.getLatLng());
  }
}
