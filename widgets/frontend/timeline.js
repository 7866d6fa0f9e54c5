// The day as a timeline: a lane a row, patched and never redrawn, so that focus, selection and scroll survive updates.
import { listen, node } from "./dom.js";
import { arrange, goneBy, rowByKey, tabStop } from "./rows.js";

/** Signs of what happens at a moment, and what each means. */
const EVENTS = { departure: ["▶", "departure"], return: ["◀", "return"], rescue: ["⇄", "rescue meeting"], alarm: ["▲", "alarm"], break: ["‖", "break"], file: ["⇩", "file imported"] };
const BARS = { plan: "planned", done: "done", late: "late", break: "break" };
const REM_A_LETTER = 0.55; // room for an hour's label, with a gap; a longer day scrolls
const NOW_FROM_LEFT = 0.6; // where the present stands at first: most of what is seen is what led to it
const SECONDS_AN_HOUR = 3600;

const barSwatch = (kind) => node("span", `timeline-bar t-${kind}`);
const eventSwatch = (kind) => node("span", `timeline-sign t-${kind}`, EVENTS[kind]?.[0] ?? "•");

function line(swatch, words) {
  const entry = node("li");
  swatch.setAttribute("aria-hidden", "true");
  entry.append(swatch, node("span", "", words));
  return entry;
}

/** Fill a list, where it does not hold the same already: it may be scrolled. */
function fillList(list, entries) {
  const isSame = list.children.length === entries.length && entries.every((entry, i) => entry.isEqualNode(list.children[i]));
  if (!isSame) list.replaceChildren(...entries);
  list.hidden = entries.length === 0;
}

function render({ model, el }) {
  const lanes = new Map(); // id -> {values, row, track, name}
  let order = [];
  let hasLooked = false; // the first lanes decide where the timeline looks; after that only the person does

  const root = node("div", "timeline");
  const scroll = node("div", "timeline-scroll");
  const sheet = node("div", "timeline-sheet");
  const head = node("div", "timeline-head");
  const hours = node("div", "timeline-track");
  const list = node("div", "timeline-lanes");
  const lines = node("div", "timeline-lines");
  const now = node("div", "timeline-now");
  const said = node("ul", "timeline-said");
  const legend = node("ul", "timeline-legend");
  const empty = node("p", "timeline-empty", model.get("when_empty"));
  head.setAttribute("aria-hidden", "true"); // each lane says its times itself
  lines.setAttribute("aria-hidden", "true");
  head.append(node("span", "timeline-name"), hours);
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", model.get("label"));
  said.setAttribute("aria-label", "What happened in the chosen lane");
  sheet.append(head, lines, list);
  scroll.append(sheet);
  root.append(scroll, empty, said, legend);
  el.append(root);

  /** Where an instant stands, in percent of what is shown. */
  function percent(at) {
    const { begin_s, end_s } = model.get("span");
    return Math.max(0, Math.min(100, (100 * (at - begin_s)) / (end_s - begin_s)));
  }

  const isShown = (from, to) => to >= model.get("span").begin_s && from <= model.get("span").end_s;

  function drawHours() {
    const { begin_s, end_s } = model.get("span");
    if (begin_s === undefined) return;
    const ticks = model.get("ticks").filter(({ at }) => isShown(at, at));
    const longest = Math.max(0, ...ticks.map(({ label }) => label.length));
    sheet.style.setProperty("--hours", `${(REM_A_LETTER * longest * (end_s - begin_s)) / SECONDS_AN_HOUR}rem`);
    hours.replaceChildren(...ticks.map(({ at, label }) => {
      const hour = node("span", "timeline-hour", label);
      hour.style.left = `${percent(at)}%`;
      return hour;
    }));
    lines.replaceChildren(...ticks.map(({ at }) => {
      const mark = node("span", "timeline-line");
      mark.style.left = `${percent(at)}%`;
      return mark;
    }), now);
    drawNow();
  }

  function drawNow() {
    const at = model.get("now_s");
    now.hidden = at === null || model.get("span").begin_s === undefined || !isShown(at, at);
    if (!now.hidden) now.style.left = `${percent(at)}%`;
  }

  function drawBar({ kind, from_s, to_s, title }) {
    const drawn = node("span", `timeline-bar t-${kind in BARS ? kind : "plan"}`);
    drawn.style.left = `${percent(from_s)}%`;
    drawn.style.width = `${percent(to_s) - percent(from_s)}%`;
    drawn.title = title;
    return drawn;
  }

  function drawEvent({ kind, at_s, title }) {
    const drawn = node("span", `timeline-event t-${kind in EVENTS ? kind : "other"}`, EVENTS[kind]?.[0] ?? "•");
    drawn.style.left = `${percent(at_s)}%`;
    drawn.title = title;
    return drawn;
  }

  function draw({ values, row, track, name }) {
    const { label, bars, events } = values;
    if (name.textContent !== label) name.textContent = label;
    name.title = label;
    track.replaceChildren(
      ...bars.filter(({ from_s, to_s }) => isShown(from_s, to_s)).map(drawBar),
      ...events.filter(({ at_s }) => isShown(at_s, at_s)).map(drawEvent),
    );
    row.setAttribute("aria-label", [label, ...bars.map((bar) => bar.title), ...events.map((event) => event.title)].join(". "));
  }

  /** What the chosen lane holds, in words: a finger cannot hover. */
  function say() {
    const values = lanes.get(model.get("selected"))?.values;
    fillList(said, values === undefined ? [] : [
      ...values.bars.map(({ kind, title }) => line(barSwatch(kind), title)),
      ...values.events.map(({ kind, title }) => line(eventSwatch(kind), title)),
    ]);
  }

  /** What the bars and signs that are there mean. */
  function explain() {
    const all = [...lanes.values()].map(({ values }) => values);
    const [bars, events] = [new Set(all.flatMap((lane) => lane.bars.map(({ kind }) => kind))), new Set(all.flatMap((lane) => lane.events.map(({ kind }) => kind)))];
    fillList(legend, [
      ...Object.entries(BARS).filter(([kind]) => bars.has(kind)).map(([kind, words]) => line(barSwatch(kind), words)),
      ...Object.entries(EVENTS).filter(([kind]) => events.has(kind)).map(([kind, [, words]]) => line(eventSwatch(kind), words)),
    ]);
  }

  function newLane(id) {
    const row = node("div", "timeline-lane");
    row.dataset.id = id;
    row.tabIndex = -1;
    row.setAttribute("role", "option");
    const [name, track] = [node("span", "timeline-name"), node("div", "timeline-track")];
    row.append(name, track);
    return { values: { label: "", bars: [], events: [] }, row, name, track };
  }

  function drop(id) {
    const { row } = lanes.get(id);
    if (row === document.activeElement) (row.nextElementSibling ?? row.previousElementSibling)?.focus();
    row.remove();
    lanes.delete(id);
  }

  function keepOneTabStop(at = null) {
    const stop = at ?? tabStop([...list.children], model.get("selected"));
    for (const row of list.children) row.tabIndex = row === stop ? 0 : -1;
  }

  function markSelected() {
    for (const [id, { row }] of lanes) row.setAttribute("aria-selected", String(id === model.get("selected")));
    say();
  }

  function select(row) {
    keepOneTabStop(row);
    model.set("selected", row.dataset.id); // whoever hears of the change shows it
    model.save_changes();
    model.send({ event: "select", id: row.dataset.id });
  }

  function lookAtNow() {
    const width = hours.clientWidth;
    if (hasLooked || lanes.size === 0 || width === 0) return;
    hasLooked = true;
    const at = model.get("now_s");
    if (at !== null) scroll.scrollLeft = (width * percent(at)) / 100 - scroll.clientWidth * NOW_FROM_LEFT;
  }

  function onMessage(message) {
    if (message.op !== "all" && message.op !== "patch") return;
    const [top, left] = [scroll.scrollTop, scroll.scrollLeft];
    goneBy(message, lanes.keys()).filter((id) => lanes.has(id)).forEach(drop);
    for (const [id, changed] of Object.entries(message.changed)) {
      if (!lanes.has(id)) lanes.set(id, newLane(id));
      const lane = lanes.get(id);
      Object.assign(lane.values, changed);
      draw(lane);
    }
    if (message.order !== null) order = message.order;
    const focused = list.contains(document.activeElement) ? document.activeElement : null;
    arrange(list, order.map((id) => lanes.get(id).row), focused);
    empty.hidden = lanes.size > 0;
    scroll.hidden = lanes.size === 0;
    keepOneTabStop();
    markSelected();
    explain();
    scroll.scrollTop = top;
    scroll.scrollLeft = left;
    lookAtNow();
  }

  function onSpan() {
    drawHours();
    for (const lane of lanes.values()) draw(lane);
  }

  list.addEventListener("keydown", (event) => {
    const row = event.target.closest(".timeline-lane");
    const target = rowByKey(event.key, [...list.children], row);
    if (target !== undefined) {
      event.preventDefault();
      keepOneTabStop(target);
      target.focus();
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      select(row);
    }
  });
  list.addEventListener("click", (event) => {
    const row = event.target.closest(".timeline-lane");
    if (row === null) return;
    row.focus({ preventScroll: true });
    select(row);
  });
  const sized = new ResizeObserver(lookAtNow);
  const stopListening = listen(model, { "msg:custom": onMessage, "change:span": onSpan, "change:ticks": drawHours, "change:now_s": drawNow, "change:selected": markSelected });
  sized.observe(scroll);
  scroll.hidden = true;
  drawHours();
  markSelected();
  explain();
  model.send({ event: "ready" });
  return () => {
    stopListening();
    sized.disconnect();
  };
}

export default { render };
