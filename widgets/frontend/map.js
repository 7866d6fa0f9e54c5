// The live map: stops, vans, the station, one route's line, one rescue. It looks where the person looks.
import { circleMarker, control, latLngBounds, layerGroup, map as leafletMap, marker, polyline, divIcon, Control, DomEvent } from "leaflet";
import { colour, onThemeChange } from "./colours.js";
import { listen, node } from "./dom.js";
import { Ground } from "./ground.js";
import { Stops } from "./stops.js";
import { Vans } from "./vans.js";

const CLOSEST_FIRST_ZOOM = 16;

function wholeDayButton(onPress) {
  const Whole = Control.extend({
    options: { position: "topleft" },
    onAdd() {
      const holder = node("div", "leaflet-bar");
      const button = node("button", "map-whole", "⤢");
      button.type = "button";
      button.title = "Show everything";
      button.setAttribute("aria-label", "Show everything on the map");
      button.addEventListener("click", onPress);
      DomEvent.disableClickPropagation(holder);
      holder.append(button);
      return holder;
    },
  });
  return new Whole();
}

function render({ model, el }) {
  const root = node("div", "live-map");
  root.setAttribute("role", "region");
  root.setAttribute("aria-label", model.get("label"));
  el.append(root);
  const map = leafletMap(root, { preferCanvas: true, zoomSnap: 0.5 }).setView([0, 0], 2);
  map.attributionControl.setPrefix(false);
  control.scale({ imperial: true, metric: true }).addTo(map);
  const notes = node("div", "map-notes");
  const [groundNote, dayNote] = [node("p", "map-note"), node("p", "map-note")];
  notes.setAttribute("role", "status");
  notes.append(dayNote, groundNote);
  root.append(notes);
  const ground = new Ground(map, groundNote, model);

  const tell = (event, about) => model.send({ event, ...about });
  const stops = new Stops(map, (i) => tell("stop", { i }));
  const lines = layerGroup().addTo(map);
  const vans = new Vans(map, (id) => tell("van", { id }));
  // The first data decide where the map looks: the stops, and a moment later the vans. After that only the person does.
  let hasLooked = false;
  let hasSeenVans = false;

  function everything() {
    const station = model.get("station");
    return [...stops.places(), ...vans.places(), ...model.get("route_line"), ...(station.lat === undefined ? [] : [[station.lat, station.lng]])];
  }

  function lookAtEverything() {
    const places = everything();
    const { x, y } = map.getSize();
    if (places.length === 0 || x === 0 || y === 0) return;
    hasLooked = true;
    map.fitBounds(latLngBounds(places), { padding: [30, 30], maxZoom: CLOSEST_FIRST_ZOOM, animate: false });
  }

  function lookOnce() {
    if (!hasLooked && stops.places().length + vans.places().length > 0) lookAtEverything();
  }

  function drawLines() {
    lines.clearLayers();
    const ink = colour("--ink");
    const station = model.get("station");
    if (station.lat !== undefined) {
      const sign = node("span", "station-sign", station.label ?? "Station");
      marker([station.lat, station.lng], { icon: divIcon({ html: sign, className: "station", iconSize: [0, 0] }), interactive: false, keyboard: false }).addTo(lines);
    }
    const route = model.get("route_line");
    if (route.length > 1) polyline(route, { color: colour("--accent"), weight: 3, opacity: 0.7, interactive: false }).addTo(lines);
    const rescue = model.get("rescue");
    if (rescue.meet === undefined) return;
    for (const from of rescue.from) polyline([from, rescue.meet], { color: ink, weight: 2, dashArray: "6 5", interactive: false }).addTo(lines);
    circleMarker(rescue.meet, { radius: 9, color: ink, weight: 3, fill: false, interactive: false }).addTo(lines);
    if (rescue.label) {
      const words = node("span", "meet", rescue.label);
      marker(rescue.meet, { icon: divIcon({ html: words, className: "meeting", iconSize: [0, 0] }), interactive: false, keyboard: false, zIndexOffset: 2000 }).addTo(lines);
    }
  }

  function drawStops() {
    stops.show(model.get("stops"), model.get("palette"));
    lookOnce();
  }

  function drawNote() {
    dayNote.textContent = model.get("note");
    dayNote.hidden = model.get("note") === "";
  }

  function onMessage(message, buffers) {
    if (message.op === "streets") ground.addStreets(buffers[0]);
    if (message.op !== "all" && message.op !== "patch") return;
    const gone = message.op === "all" ? [...vans.known.keys()].filter((id) => !message.order.includes(id)) : message.gone;
    vans.patch(message.changed, gone);
    if (!hasSeenVans) hasLooked = false;
    hasSeenVans = true;
    lookOnce();
  }

  const choose = () => vans.choose(model.get("selected"));
  const redraw = () => { drawStops(); drawLines(); ground.dress(); };
  const layGround = () => ground.show();
  const sized = new ResizeObserver(() => { map.invalidateSize({ animate: false }); lookOnce(); });
  const endTheme = onThemeChange(redraw);
  const stopListening = listen(model, { "change:stops": drawStops, "change:palette": drawStops, "change:station": drawLines, "change:route_line": drawLines, "change:rescue": drawLines, "change:selected": choose, "change:note": drawNote, "change:basemap": layGround, "change:tile_url": layGround, "msg:custom": onMessage });
  wholeDayButton(lookAtEverything).addTo(map);
  sized.observe(root);
  choose();
  drawNote();
  redraw();
  tell("ready", {});
  return () => {
    stopListening();
    sized.disconnect();
    endTheme();
    map.remove();
  };
}

export default { render };
