// Marks on rows: several are chosen for one decision. What the filter hides keeps its mark, and the board says so.
import { node } from "./dom.js";

function box(label) {
  const made = node("input", "board-mark");
  made.type = "checkbox";
  made.setAttribute("aria-label", label);
  return made;
}

export class Marks {
  /** `shownIds()` gives the ids of the rows that the filter lets through. */
  constructor(model, shownIds) {
    this.model = model;
    this.shownIds = shownIds;
    this.boxes = new Map(); // row id -> its checkbox
    this.last = ""; // the row that was marked or unmarked last: with Shift everything from there on is
    this.all = box("Mark all rows that are shown");
    this.all.addEventListener("change", () => this.put(this.shownIds(), this.all.checked));
  }

  ids() {
    return this.model.get("marked");
  }

  /** The cell that marks all, for the head. */
  head() {
    const cell = node("th", "board-marks");
    cell.scope = "col";
    cell.append(this.all);
    return cell;
  }

  /** The cell that marks one row. */
  cell(id) {
    const cell = node("td", "board-marks");
    const made = box("");
    made.addEventListener("click", (event) => this.press(id, made.checked, event.shiftKey));
    this.boxes.set(id, made);
    cell.append(made);
    return cell;
  }

  name(id, words) {
    this.boxes.get(id).setAttribute("aria-label", `Mark ${words}`);
  }

  drop(id) {
    this.boxes.delete(id);
  }

  toggle(id, isRange) {
    this.press(id, !this.ids().includes(id), isRange);
  }

  /** Mark or unmark a row; with Shift all that are shown between it and the one before, too. */
  press(id, isMarked, isRange) {
    const shown = this.shownIds();
    const [from, to] = [shown.indexOf(this.last), shown.indexOf(id)].sort((a, b) => a - b);
    this.last = id;
    this.put(isRange && from >= 0 ? shown.slice(from, to + 1) : [id], isMarked);
  }

  put(ids, isMarked) {
    const others = this.ids().filter((id) => !ids.includes(id));
    const marked = isMarked ? [...others, ...ids] : others;
    this.model.set("marked", marked); // whoever hears of the change shows it
    this.model.save_changes();
    this.model.send({ event: "mark", ids: marked });
  }

  show() {
    const marked = new Set(this.ids());
    for (const [id, made] of this.boxes) made.checked = marked.has(id);
    const shown = this.shownIds();
    const count = shown.filter((id) => marked.has(id)).length;
    this.all.checked = count > 0 && count === shown.length;
    this.all.indeterminate = count > 0 && count < shown.length;
  }

  /** How many are marked, in words; an empty text when none is. */
  words() {
    const shown = new Set(this.shownIds());
    const hidden = this.ids().filter((id) => !shown.has(id)).length;
    if (this.ids().length === 0) return "";
    return ` · ${this.ids().length} marked${hidden > 0 ? `, ${hidden} of them hidden by the filter` : ""}`;
  }
}
