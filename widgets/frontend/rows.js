// Rows that the keyboard walks and that updates put in order without moving the one that has the focus.

/** Put rows into `order` without moving `pinned` (the row with the focus: moving it would lose the focus). */
export function arrange(body, order, pinned = null) {
  let next = null;
  for (let i = order.length - 1; i >= 0; i--) {
    const row = order[i];
    if (row !== pinned && (row.parentNode !== body || row.nextSibling !== next)) body.insertBefore(row, next);
    next = row;
  }
}

/** The row that a key leads to from `row`, or undefined when the key leads nowhere. */
export function rowByKey(key, rows, row) {
  const at = rows.indexOf(row);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[key];
  return to === undefined ? undefined : rows[Math.max(0, Math.min(rows.length - 1, to))];
}

/** The row that Tab leads to: the one with the focus, else the one it led to before, else the selected one, else the first. */
export function tabStop(rows, selectedId) {
  return rows.find((row) => row.contains(document.activeElement))
    ?? rows.find((row) => row.tabIndex === 0) ?? rows.find((row) => row.dataset.id === selectedId) ?? rows[0];
}

/** Ids that a message takes away: everything that is not named, or those that a patch names. */
export function goneBy(message, known) {
  return message.op === "all" ? [...known].filter((id) => !message.order.includes(id)) : message.gone;
}
