// The base map. It is a help, never a need: without a network the ground stays plain and a quiet note says so.
import { tileLayer } from "leaflet";
import { node } from "./dom.js";

/** The attribution as Leaflet wants it (HTML), made from text so that nothing in it can be markup. */
function attribution(text, url) {
  const holder = node("span");
  const isLink = /^https?:\/\//.test(url);
  const label = node(isLink ? "a" : "span", "", text);
  if (isLink) label.href = url;
  holder.append(label);
  return holder.innerHTML;
}

export function addTiles(map, el, model) {
  const url = model.get("tile_url");
  if (url === "") return;
  const note = node("p", "map-note", "no map tiles: offline");
  note.setAttribute("role", "status");
  note.hidden = true;
  el.append(note);
  tileLayer(url, { maxZoom: 19, attribution: attribution(model.get("tile_attribution"), model.get("tile_attribution_url")) })
    .on("tileerror", () => { note.hidden = false; })
    .on("tileload", () => { note.hidden = true; })
    .addTo(map);
}
