// The live map: stops, vans, the station, one route's way, rescues, areas; stops are chosen on it. It looks where the person looks.
import { control, latLngBounds, map as leafletMap, Control, DomEvent } from "leaflet";
import { Areas } from "./areas.js";
import { onThemeChange } from "./colours.js";
import { button, listen, node } from "./dom.js";
import { isTouched, sayHow } from "./fingers.js";
import { Ground } from "./ground.js";
import { Lines } from "./lines.js";
import { Rescues } from "./rescues.js";
import { Selecting } from "./selecting.js";
import { Stops } from "./stops.js";
import { Vans } from "./vans.js";

const CLOSEST_FIRST_ZOOM = 16;
const RIM_SHARE = 0.06; // nearer to the rim than that a plate is cut off

/** Two buttons that turn the map on purpose: to everything, and to the selected route while there is one. */
function lookButtons(onWhole, onRoute) {
  const Look = Control.extend({
    options: { position: "topleft" },
    onAdd() {
      const holder = node("div", "leaflet-bar");
      for (const [sign, title, onPress] of [["⤢", "Show everything on the map", onWhole], ["◎", "Show the selected route on the map", onRoute]]) {
        const look = button(sign, "map-look");
        look.title = title;
        look.setAttribute("aria-label", title);
        look.addEventListener("click", onPress);
        holder.append(look);
      }
      DomEvent.disableClickPropagation(holder);
      return holder;
    },
    offerRoute(isThere) {
      this.getContainer().lastChild.hidden = !isThere;
    },
  });
  return new Look();
}

function render({ model, el }) {
  const root = node("div", "live-map");
  root.setAttribute("role", "region");
  root.setAttribute("aria-label", model.get("label"));
  el.append(root);
  const map = leafletMap(root, { preferCanvas: true, zoomSnap: 0.5, dragging: !isTouched }).setView([0, 0], 2);
  map.attributionControl.setPrefix(false);
  control.scale({ imperial: true, metric: true }).addTo(map);
  const notes = node("div", "map-notes");
  const [groundNote, dayNote, fingersNote] = [0, 1, 2].map(() => node("p", "map-note"));
  notes.setAttribute("role", "status");
  notes.append(dayNote, groundNote, fingersNote);
  root.append(notes);
  const ground = new Ground(map, groundNote, model);

  const tell = (event, about) => model.send({ event, ...about });
  const stops = new Stops(map, pressed);
  const selecting = new Selecting(map, root, stops, (chosen, add) => { if (model.get("selecting")) tell("stops", { i: chosen, add }); });
  const areas = new Areas(map);
  const lines = new Lines(map);
  const rescues = new Rescues(map);
  const vans = new Vans(map, (id) => tell("van", { id }));
  // The first data decide where the map looks: the stops, and a moment later the vans. After that only the person does.
  let hasLooked = false;
  let hasSeenVans = false;
  let asLooked = null; // where everything was last in view; once the person has turned the map it looks elsewhere

  /** A stop is one that is chosen, or, where nothing can be chosen, one that is asked about. */
  function pressed(i, event) {
    if (model.get("selecting")) selecting.choose([i], selecting.adds(event));
    else tell("stop", { i });
  }

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
    asLooked = { center: map.getCenter(), zoom: map.getZoom() };
  }

  /** Smaller, as when a route's figures come up below it, the map goes on showing all it showed; a turned one stays. */
  function fitAnew() {
    const isOurs = asLooked !== null && map.getZoom() === asLooked.zoom && map.getCenter().equals(asLooked.center);
    map.invalidateSize({ animate: false });
    if (isOurs && !map.getBounds().pad(-RIM_SHARE).contains(latLngBounds(everything()))) lookAtEverything();
    lookOnce();
  }

  function lookOnce() {
    if (!hasLooked && stops.places().length + vans.places().length > 0) lookAtEverything();
  }

  const looks = lookButtons(lookAtEverything, () => lookAt(model.get("route_line"))).addTo(map);
  const drawAreas = () => areas.show(model.get("areas"));
  const drawRescues = () => rescues.show(model.get("rescues"), model.get("rescue"));

  function drawLines() {
    const way = model.get("route_line");
    lines.show(model.get("station"), way, model.get("near_legs"));
    lines.foresee(model.get("foreseen_line"), model.get("foreseen_colour"));
    looks.offerRoute(way.length > 0);
  }

  function drawStops() {
    stops.show(model.get("stops"), model.get("palette"));
    lookOnce();
  }

  function say(note, words) {
    note.textContent = words;
    note.hidden = words === "";
  }

  function lookAt(places) {
    map.fitBounds(latLngBounds(places), { paddingTopLeft: [60, 70], paddingBottomRight: [30, 40], maxZoom: CLOSEST_FIRST_ZOOM });
  }

  function onMessage(message, buffers) {
    if (message.op === "streets") ground.addStreets(buffers[0]);
    if (message.op === "look") lookAt(message.places);
    if (message.op !== "all" && message.op !== "patch") return;
    const gone = message.op === "all" ? [...vans.known.keys()].filter((id) => !message.order.includes(id)) : message.gone;
    vans.patch(message.changed, gone);
    if (!hasSeenVans) hasLooked = false;
    hasSeenVans = true;
    lookOnce();
  }

  const choose = () => vans.choose(model.get("selected"));
  const drawNote = () => say(dayNote, model.get("note"));
  const paintStops = () => stops.repaint(model.get("stops"), model.get("palette"));
  const redraw = () => { paintStops(); drawAreas(); drawLines(); drawRescues(); ground.dress(); };
  const offerTools = () => selecting.offer(model.get("selecting"));
  const layGround = () => ground.show();
  const sized = new ResizeObserver(fitAnew);
  const endTheme = onThemeChange(redraw);
  const stopSaying = isTouched ? sayHow(root, (words) => say(fingersNote, words)) : () => {};
  const stopListening = listen(model, {
    "change:stops": drawStops, "change:palette": paintStops, "change:areas": drawAreas, "change:station": drawLines, "change:route_line": drawLines,
    "change:near_legs": drawLines, "change:foreseen_line": drawLines, "change:foreseen_colour": drawLines, "change:selecting": offerTools, "change:rescue": drawRescues, "change:rescues": drawRescues, "change:selected": choose, "change:note": drawNote,
    "change:basemap": layGround, "change:tile_url": layGround, "msg:custom": onMessage,
  });
  sized.observe(root);
  choose();
  offerTools();
  drawNote();
  say(fingersNote, "");
  redraw();
  lookOnce();
  tell("ready", {});
  return () => {
    stopListening();
    stopSaying();
    sized.disconnect();
    endTheme();
    map.remove();
  };
}

export default { render };
