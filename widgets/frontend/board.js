// A board of rows that is patched, never redrawn: focus, selection, sort and scroll survive every update.
import { compare, fill, KINDS } from "./cells.js";
import { listen, node } from "./dom.js";

const BY_NEED = "by need";

/** Put rows into `order` without moving `pinned` (the row with the focus: moving it would lose the focus). */
function arrange(body, order, pinned) {
  let next = null;
  for (let i = order.length - 1; i >= 0; i--) {
    const row = order[i];
    if (row !== pinned && (row.parentNode !== body || row.nextSibling !== next)) body.insertBefore(row, next);
    next = row;
  }
}

function render({ model, el }) {
  const columns = model.get("columns");
  const values = new Map(); // id -> values by column key, as Python last said
  const rows = new Map(); // id -> its <tr>
  let need = []; // ids in the order that Python gave: what needs a person first
  let sort = null; // {column, direction}, or null for the order by need

  const root = node("div", "board");
  const bar = node("div", "board-bar");
  const note = node("span", "board-note");
  const orderText = node("span");
  const back = node("button", "board-back", "Back to order by need");
  back.type = "button";
  back.hidden = true;
  orderText.setAttribute("aria-live", "polite");
  note.append(orderText, back);
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

  const cellClass = (column) => [column.numeric ? "n" : "", column.hide_on_phone ? "hide-s" : ""].join(" ").trim();

  for (const column of columns) {
    const th = node("th", cellClass(column));
    th.scope = "col";
    const button = node("button", "", column.label);
    button.type = "button";
    button.addEventListener("click", () => sortBy(column));
    th.append(button);
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
    const how = sort === null ? BY_NEED : `${sort.column.label}, ${sort.direction > 0 ? "ascending" : "descending"}`;
    const text = `order: ${how}`;
    if (orderText.textContent !== text) orderText.textContent = text;
    back.hidden = sort === null;
  }

  function wanted() {
    if (sort === null) return need;
    const { column, direction } = sort;
    return [...need].sort((a, b) => compare(column, values.get(a)[column.key], values.get(b)[column.key], direction));
  }

  /** Order, filter and tab stop of the rows that are there. Leaves the scroll where the reader had it. */
  function show() {
    const [top, left] = [scroll.scrollTop, scroll.scrollLeft];
    const focused = body.contains(document.activeElement) ? document.activeElement.closest("tr") : null;
    arrange(body, wanted().map((id) => rows.get(id)), focused);
    const words = (filter?.value ?? "").trim().toLowerCase();
    let visible = 0;
    for (const [id, row] of rows) {
      const text = columns.map((column) => KINDS[column.kind].words(values.get(id)[column.key] ?? null)).join(" ");
      row.hidden = words !== "" && !text.toLowerCase().includes(words);
      visible += !row.hidden;
    }
    count.textContent = visible === rows.size ? `${rows.size} rows` : `${visible} of ${rows.size} rows`;
    empty.hidden = rows.size > 0;
    sayOrder();
    keepOneTabStop();
    scroll.scrollTop = top;
    scroll.scrollLeft = left;
  }

  const shownRows = () => [...body.children].filter((row) => !row.hidden);

  function keepOneTabStop(at = null) {
    const shown = shownRows();
    const stop = at ?? shown.find((row) => row === document.activeElement)
      ?? shown.find((row) => row.tabIndex === 0) ?? shown.find((row) => row.dataset.id === model.get("selected")) ?? shown[0];
    for (const row of body.children) row.tabIndex = row === stop ? 0 : -1;
  }

  function markSelected() {
    for (const [id, row] of rows) row.setAttribute("aria-selected", String(id === model.get("selected")));
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
    columns.forEach((column, i) => {
      const isNew = row.cells[i].childNodes.length === 0;
      if (isNew || column.key in changed) fill(row.cells[i], column, known[column.key]);
    });
  }

  function drop(id) {
    const row = rows.get(id);
    if (row.contains(document.activeElement)) (row.nextElementSibling ?? row.previousElementSibling)?.focus();
    row.remove();
    rows.delete(id);
    values.delete(id);
  }

  function onMessage(message) {
    if (message.op !== "all" && message.op !== "patch") return;
    const gone = message.op === "all" ? [...rows.keys()].filter((id) => !message.order.includes(id)) : message.gone;
    gone.filter((id) => rows.has(id)).forEach(drop);
    for (const [id, changed] of Object.entries(message.changed)) put(id, changed);
    if (message.order !== null) need = message.order;
    show();
  }

  function onRowKey(event) {
    const row = event.target.closest("tr");
    if (row === null || event.target !== row) return;
    const shown = shownRows();
    const at = shown.indexOf(row);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: shown.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      const target = shown[Math.max(0, Math.min(shown.length - 1, to))];
      keepOneTabStop(target);
      target.focus();
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      select(row.dataset.id);
    }
  }

  body.addEventListener("keydown", onRowKey);
  body.addEventListener("click", (event) => {
    const row = event.target.closest("tr");
    if (row === null) return;
    keepOneTabStop(row);
    row.focus({ preventScroll: true });
    select(row.dataset.id);
  });
  back.addEventListener("click", () => {
    sort = null;
    show();
    head.querySelector("button")?.focus(); // the button that was pressed is hidden now
  });
  filter?.addEventListener("input", show);
  const stopListening = listen(model, { "msg:custom": onMessage, "change:selected": markSelected });
  show();
  model.send({ event: "ready" });
  return stopListening;
}

export default { render };
