// What lies under the stops: tiles, streets from a file, or nothing. It is a help, never a need: what is missing is said in
// a quiet note, and the ground stays plain.
import * as leaflet from "leaflet";
import { colour, isDark } from "./colours.js";
import { node } from "./dom.js";

const STREETS_PANE = "streets";
const STREETS_HEIGHT = 150; // below the tiles' pane, so below everything else too

/** The attribution as Leaflet wants it (HTML), made from text so that nothing in it can be markup. */
function attribution(text, url) {
  const holder = node("span");
  const isLink = /^https?:\/\//.test(url);
  const label = node(isLink ? "a" : "span", "", text);
  if (isLink) label.href = url;
  holder.append(label);
  return holder.innerHTML;
}

export class Ground {
  /** `note` is where to say what is missing. */
  constructor(map, note, model) {
    Object.assign(this, { map, note, model });
    this.layer = null;
    this.streets = null; // the open file, of the address `opened`
    this.opened = "";
    this.flavour = "";
    map.createPane(STREETS_PANE).style.zIndex = STREETS_HEIGHT;
    this.show();
  }

  /** Lay what Python asks for. A base map from a file asks no server for tiles, not even when the file is gone. */
  show() {
    this.clear();
    this.opened = this.model.get("basemap");
    if (this.opened !== "") this.model.send({ event: "streets" }); // the code for it: few maps need it
    else if (this.model.get("tile_url") !== "") this.addTiles();
  }

  clear() {
    this.layer?.remove();
    this.layer = this.streets = null;
    this.flavour = "";
    this.say("");
  }

  say(words) {
    this.note.textContent = words;
    this.note.hidden = words === "";
  }

  thanks() {
    return attribution(this.model.get("tile_attribution"), this.model.get("tile_attribution_url"));
  }

  addTiles() {
    this.layer = leaflet.tileLayer(this.model.get("tile_url"), { maxZoom: 19, attribution: this.thanks() })
      .on("tileerror", () => this.say("no map tiles: offline"))
      .on("tileload", () => this.say(""))
      .addTo(this.map);
  }

  /** The code that reads a file of streets has come, as bytes: open the file. */
  async addStreets(code) {
    const address = this.opened;
    const source = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
    const lost = () => this.say("no streets: the map file cannot be read");
    try {
      const { openStreets } = await import(source);
      const streets = await openStreets(leaflet, new URL(address, document.baseURI).href, lost);
      if (this.opened !== address) return; // another one is wanted by now
      this.streets = streets;
      this.dress();
    } catch (error) {
      console.warn("The file of streets could not be opened:", error);
      if (this.opened === address) lost();
    } finally {
      URL.revokeObjectURL(source);
    }
  }

  /** Draw the streets in the page's own colours; again when light turns to dark. */
  dress() {
    const flavour = isDark() ? "dark" : "light";
    if (this.streets === null || this.flavour === flavour) return;
    this.flavour = flavour;
    this.layer?.remove();
    const paper = { ground: colour("--sunken"), earth: colour("--ground") };
    this.layer = this.streets.layer(flavour, paper, { pane: STREETS_PANE, attribution: this.thanks() }).addTo(this.map);
  }
}
