// Streets from a local PMTiles file. A bundle of its own, fetched only by a map that has such a file: most have none.
import { namedFlavor } from "@protomaps/basemaps";
import { PMTiles } from "pmtiles";
import { labelRules, leafletLayer, paintRules } from "protomaps-leaflet";
import { shareLeaflet } from "./shared_leaflet.js";

const NAMES_IN = "en"; // where a street has names in several languages

/** An archive that says so when a tile cannot be had: a file may be taken away while the page is open. */
class Archive extends PMTiles {
  constructor(url, onFault) {
    super(url);
    this.onFault = onFault;
  }

  async getZxy(...tile) {
    try {
      return await super.getZxy(...tile);
    } catch (error) {
      if (error.name !== "AbortError") this.onFault();
      throw error;
    }
  }
}

/** Open the file at `url`; `onFault` is called when a part of it cannot be read later on. Rejects when there is no such file. */
export async function openStreets(leaflet, url, onFault) {
  shareLeaflet(leaflet);
  const archive = new Archive(url, onFault);
  const { maxZoom } = await archive.getHeader();
  return {
    /** A layer in the flavour "light" or "dark", on the page's own ground. */
    layer(flavour, { ground, earth }, options) {
      const look = { ...namedFlavor(flavour), background: ground, earth };
      return leafletLayer({
        ...options,
        url: archive,
        maxDataZoom: maxZoom,
        backgroundColor: ground,
        paintRules: paintRules(look),
        labelRules: labelRules(look, NAMES_IN),
        lang: NAMES_IN,
      });
    },
  };
}
