// Buttons in a row of the board. They are patched, never made again, so that the one with the focus keeps it.
import { button, isOff, turn } from "./dom.js";

export class Acts {
  /** `tell(row id, act id)` is called for a press; the button stays off until `answered` says that it was dealt with. */
  constructor(tell) {
    this.tell = tell;
    this.unanswered = new Map(); // row id -> ids of its acts that were pressed and not yet dealt with
  }

  /** Show these acts in their cell. An act that is off keeps its button, which says why. */
  fill(cell, rowId, acts) {
    const row = cell.closest("tr");
    const had = row.contains(document.activeElement);
    const holder = cell.firstElementChild ?? this.holder(cell, rowId);
    const known = new Map([...holder.children].map((made) => [made.dataset.act, made]));
    for (const [id, made] of known) if (!acts.some((act) => act.id === id)) made.remove();
    acts.forEach((act, i) => {
      const made = known.get(act.id) ?? button(act.label);
      made.dataset.act = act.id;
      if (made.textContent !== act.label) made.textContent = act.label;
      made.title = act.title ?? "";
      made.dataset.off = String(act.disabled === true);
      if (holder.children[i] !== made) holder.insertBefore(made, holder.children[i] ?? null);
      this.dress(made, rowId);
    });
    if (had && !row.contains(document.activeElement)) row.focus({ preventScroll: true }); // never another button
  }

  holder(cell, rowId) {
    const holder = document.createElement("div");
    holder.className = "board-acts";
    holder.addEventListener("click", (event) => {
      const pressed = event.target.closest("button");
      if (pressed === null || isOff(pressed)) return;
      const waiting = this.unanswered.get(rowId) ?? new Set();
      this.unanswered.set(rowId, waiting.add(pressed.dataset.act));
      this.dress(pressed, rowId);
      this.tell(rowId, pressed.dataset.act);
    });
    cell.replaceChildren(holder);
    return holder;
  }

  dress(made, rowId) {
    const isBusy = this.unanswered.get(rowId)?.has(made.dataset.act) ?? false;
    turn(made, made.dataset.off !== "true" && !isBusy);
    made.setAttribute("aria-busy", String(isBusy));
  }

  /** A press was dealt with: its button may be pressed again, where it is still there. */
  answered(rowId, actId, row) {
    this.unanswered.get(rowId)?.delete(actId);
    for (const made of row?.querySelectorAll(".board-acts button") ?? []) this.dress(made, rowId);
  }
}
