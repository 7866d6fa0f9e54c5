// A board of rows that is patched, never redrawn: focus, selection, sort and scroll survive every update.
import { Acts } from "./acts.js";
import { compare, fill, KINDS } from "./cells.js";
import { button, listen, node } from "./dom.js";
import { Marks } from "./marks.js";
import { asItStands, Pointed } from "./pointed.js";
import { arrange, goneBy, rowByKey, tabStop } from "./rows.js";

const CONTROLS = "button, input";
const WAITS = "waits while you point at a row";
const [MORE, FEWER] = ["More columns", "Fewer columns"];

/** The button that shows the columns for which the board is too narrow; a wide one shows them anyhow, and hides it. */
function moreColumns(root) {
  const toggle = button(MORE, "board-more");
  toggle.addEventListener("click", () => {
    const all = root.classList.toggle("all-columns");
    toggle.textContent = all ? FEWER : MORE;
  });
  return toggle;
}

/** Say beside a row's name how old its figures are, where they are too old to be taken for live. */
function sayAsOf(row, name, time) {
  row.classList.toggle("is-old", time !== null);
  name.querySelector(".as-of")?.remove();
  if (time !== null) name.append(node("span", "as-of", `as of ${time}`));
}

function render({ model, el }) {
  const columns = model.get("columns");
  const orderName = model.get("order_name"); // "by need": the order in which Python gives the rows
  const values = new Map(); // id -> values by column key, as Python last said
  const rows = new Map(); // id -> its <tr>
  let need = []; // ids in the order that Python gave: what needs a person first
  let sort = null; // {column, direction}, or null for the order by need
  const acts = new Acts((row, act) => model.send({ event: "act", row, act }));
  const marks = model.get("selectable") === "many" ? new Marks(model, () => shownRows().map((row) => row.dataset.id)) : null;

  const root = node("div", "board");
  const bar = node("div", "board-bar");
  const note = node("span", "board-note");
  const orderText = node("span");
  const back = button(`Back to order ${orderName}`, "board-back");
  back.hidden = true;
  orderText.setAttribute("aria-live", "polite");
  const waits = node("span", "board-waits", WAITS);
  waits.hidden = true;
  note.append(orderText, waits, back);
  const count = node("span", "board-count");
  bar.append(note, count);
  let filter = null;
  if (model.get("filterable")) {
    filter = node("input", "board-filter");
    filter.type = "search";
    filter.placeholder = "Filter";
    filter.setAttribute("aria-label", `Filter ${model.get("label")}`);
    bar.append(filter);
  }
  const scroll = node("div", "board-scroll");
  const table = node("table");
  table.setAttribute("aria-label", model.get("label"));
  const head = node("tr");
  const body = node("tbody");
  const thead = node("thead");
  thead.append(head);
  table.append(thead, body);
  const empty = node("p", "board-empty", model.get("when_empty"));
  scroll.append(table, empty);
  root.append(bar, scroll);
  el.append(root);

  if (columns.some((column) => column.wide_only)) bar.append(moreColumns(root));
  const pointed = new Pointed(body, () => show());

  const cellClass = (column) =>
    [column.numeric ? "n" : "", column.hide_on_phone ? "hide-s" : "", column.wide_only ? "wide" : ""].join(" ").trim();

  if (marks !== null) head.append(marks.head());
  for (const column of columns) {
    const th = node("th", cellClass(column));
    th.scope = "col";
    if (column.kind === "acts") {
      th.append(node("span", "", column.label));
    } else {
      const heading = button(column.label);
      heading.addEventListener("click", () => sortBy(column));
      th.append(heading);
    }
    th.dataset.key = column.key;
    head.append(th);
  }

  function sortBy(column) {
    const first = column.numeric ? -1 : 1; // of figures people want the largest first
    const again = sort !== null && sort.column === column;
    sort = { column, direction: again ? -sort.direction : first };
    show();
  }

  function sayOrder() {
    for (const th of head.children) {
      const sorted = sort !== null && sort.column.key === th.dataset.key;
      if (sorted) th.setAttribute("aria-sort", sort.direction > 0 ? "ascending" : "descending");
      else th.removeAttribute("aria-sort");
    }
    const how = sort === null ? orderName : `${sort.column.label}, ${sort.direction > 0 ? "ascending" : "descending"}`;
    const text = `order: ${how}`;
    if (orderText.textContent !== text) orderText.textContent = text;
    back.hidden = sort === null;
  }

  function wanted() {
    if (sort === null) return need;
    const { column, direction } = sort;
    return [...need].sort((a, b) => compare(column, values.get(a)[column.key], values.get(b)[column.key], direction));
  }

  const wordsOf = (id, column) => KINDS[column.kind].words(values.get(id)[column.key] ?? null);

  function sayCount() {
    const visible = shownRows().length;
    const text = visible === rows.size ? `${rows.size} rows` : `${visible} of ${rows.size} rows`;
    count.textContent = text + (marks?.words() ?? "");
  }

  /** Order, filter and tab stop of the rows that are there. Leaves the scroll where the reader had it. */
  function show() {
    const [top, left] = [scroll.scrollTop, scroll.scrollLeft];
    const focused = body.contains(document.activeElement) ? document.activeElement.closest("tr") : null;
    const order = wanted();
    const shown = pointed.over ? asItStands(body, order) : order;
    waits.hidden = shown.every((id, i) => id === order[i]);
    arrange(body, shown.map((id) => rows.get(id)), focused);
    const words = (filter?.value ?? "").trim().toLowerCase();
    for (const [id, row] of rows) {
      const text = columns.map((column) => wordsOf(id, column)).join(" ");
      // a row that the person works in stays until they leave it, or the focus would be lost with it
      row.hidden = row !== focused && words !== "" && !text.toLowerCase().includes(words);
    }
    marks?.show();
    sayCount();
    empty.hidden = rows.size > 0;
    sayOrder();
    keepOneTabStop();
    scroll.scrollTop = top;
    scroll.scrollLeft = left;
  }

  const shownRows = () => [...body.children].filter((row) => !row.hidden);

  function keepOneTabStop(at = null) {
    const stop = at ?? tabStop(shownRows(), model.get("selected"));
    for (const row of body.children) {
      row.tabIndex = row === stop ? 0 : -1;
      for (const control of row.querySelectorAll(CONTROLS)) control.tabIndex = row.tabIndex;
    }
  }

  function markSelected() {
    for (const [id, row] of rows) row.setAttribute("aria-selected", String(id === model.get("selected")));
  }

  function onMarked() {
    marks?.show();
    sayCount();
  }

  function select(id) {
    model.set("selected", id);
    model.save_changes();
    markSelected();
    model.send({ event: "select", id });
  }

  function newRow(id) {
    const row = node("tr");
    row.dataset.id = id;
    row.tabIndex = -1;
    row.setAttribute("aria-selected", String(id === model.get("selected")));
    if (marks !== null) row.append(marks.cell(id));
    columns.forEach((column, i) => {
      const cell = node(i === 0 ? "th" : "td", cellClass(column));
      if (i === 0) cell.scope = "row";
      row.append(cell);
    });
    return row;
  }

  function put(id, changed) {
    if (!rows.has(id)) {
      rows.set(id, newRow(id));
      values.set(id, {});
    }
    const [row, known] = [rows.get(id), values.get(id)];
    Object.assign(known, changed);
    const cells = [...row.cells].slice(row.cells.length - columns.length); // the mark stands before them
    columns.forEach((column, i) => {
      const isNew = cells[i].childNodes.length === 0;
      if (!isNew && !(column.key in changed)) return;
      if (column.kind === "acts") acts.fill(cells[i], id, known[column.key] ?? []);
      else fill(cells[i], column, known[column.key]);
    });
    sayAsOf(row, cells[0], known.as_of ?? null);
    marks?.name(id, wordsOf(id, columns[0]));
  }

  function drop(id) {
    const row = rows.get(id);
    if (row.contains(document.activeElement)) (row.nextElementSibling ?? row.previousElementSibling)?.focus();
    row.remove();
    rows.delete(id);
    values.delete(id);
    marks?.drop(id);
  }

  function onMessage(message) {
    if (message.op === "acted") acts.answered(message.row, message.act, rows.get(message.row));
    if (message.op !== "all" && message.op !== "patch") return;
    goneBy(message, rows.keys()).filter((id) => rows.has(id)).forEach(drop);
    for (const [id, changed] of Object.entries(message.changed)) put(id, changed);
    if (message.order !== null) need = message.order;
    show();
  }

  /** Where an arrow leads within a row: from the row into its buttons and back. */
  function controlByKey(key, row, from) {
    const stops = [row, ...row.querySelectorAll(CONTROLS)];
    const to = stops.indexOf(from) + { ArrowRight: 1, ArrowLeft: -1 }[key];
    return stops[Math.max(0, Math.min(stops.length - 1, to))];
  }

  function onRowKey(event) {
    const row = event.target.closest("tr");
    if (row === null) return;
    const target = rowByKey(event.key, shownRows(), row);
    if (target !== undefined) {
      event.preventDefault();
      keepOneTabStop(target);
      target.focus();
    } else if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
      const control = controlByKey(event.key, row, event.target);
      if (control === event.target) return; // let the board scroll
      event.preventDefault();
      control.focus();
    } else if (event.target === row && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      if (event.key === " " && marks !== null) marks.toggle(row.dataset.id, event.shiftKey);
      else select(row.dataset.id);
    }
  }

  body.addEventListener("keydown", onRowKey);
  body.addEventListener("click", (event) => {
    const row = event.target.closest("tr");
    if (row === null) return;
    keepOneTabStop(row);
    if (event.target.closest(`${CONTROLS}, .board-marks`) !== null) return; // what stands in the row answers for itself
    row.focus({ preventScroll: true });
    select(row.dataset.id);
  });
  back.addEventListener("click", () => {
    sort = null;
    show();
    head.querySelector("button")?.focus(); // the button that was pressed is hidden now
  });
  filter?.addEventListener("input", show);
  const stopListening = listen(model, { "msg:custom": onMessage, "change:selected": markSelected, "change:marked": onMarked });
  show();
  model.send({ event: "ready" });
  return () => {
    pointed.leave();
    stopListening();
  };
}

export default { render };
