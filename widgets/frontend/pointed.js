// Whether a mouse is over the rows: while it is, they keep their places, so that a press meets the row that it was aimed at.

const RESTS_MS = 30000; // a mouse that lies still for so long is not aiming at anything

/** Watch a body of rows; `onLeave` is called when the mouse is gone or rests. */
export class Pointed {
  constructor(body, onLeave) {
    this.over = false;
    this.onLeave = onLeave;
    this.rest = null;
    body.addEventListener("pointermove", (event) => this.moved(event.pointerType));
    body.addEventListener("pointerleave", () => this.leave());
  }

  moved(by) {
    if (by !== "mouse") return;
    this.over = true;
    clearTimeout(this.rest);
    this.rest = setTimeout(() => this.leave(), RESTS_MS);
  }

  leave() {
    clearTimeout(this.rest);
    if (!this.over) return;
    this.over = false;
    this.onLeave();
  }
}

/** The order of the rows that are there, new ones after them. */
export function asItStands(body, order) {
  const there = [...body.children].map((row) => row.dataset.id).filter((id) => order.includes(id));
  return [...there, ...order.filter((id) => !there.includes(id))];
}
