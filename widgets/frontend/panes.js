// Canvases over and under the stops. They let every press through, or stops and vans below them could not be picked.
import { canvas } from "leaflet";

/** Heights among Leaflet's own panes: ground up to 200, stops at 400, vans at 600. */
const HEIGHT = { areas: 350, ways: 380, rescues: 450 };

/** What draws on a canvas of its own at the height of that name. */
export function quietCanvas(map, name) {
  const pane = map.createPane(name);
  pane.style.zIndex = HEIGHT[name];
  pane.style.pointerEvents = "none";
  return canvas({ pane: name, padding: 0.5 });
}
