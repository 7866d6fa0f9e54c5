// protomaps-leaflet takes Leaflet from a global `L`. The build puts this one in its place, so that nothing is global and
// Leaflet is not bundled twice: the map hands its own over.
export let L = null;

export function shareLeaflet(leaflet) {
  L = leaflet;
}
