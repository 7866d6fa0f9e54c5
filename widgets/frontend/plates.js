// How big plates are, and which of them have no room for their code. Sizes are reckoned, so that no update waits for layout.

const FONT = '650 11px "Inter", system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif'; // as .plate in map.css
const PADDING_PX = 12;
const HEIGHT_PX = 20;
const BRIEF_PX = 20;
const CALM_PX = 10; // so much more room gives a code back than takes it, or it would come and go while vans pass
const widths = new Map();
let paint = null;

/** Width and height of a plate with this text, in pixels. */
export function sizeOf(text, isBrief) {
  if (isBrief) return { width: BRIEF_PX, height: HEIGHT_PX };
  if (!widths.has(text)) {
    paint ??= document.createElement("canvas").getContext("2d");
    paint.font = FONT;
    widths.set(text, paint.measureText(text).width + PADDING_PX);
  }
  return { width: widths.get(text), height: HEIGHT_PX };
}

const overlap = (a, b) => Math.abs(a.x - b.x) * 2 < a.width + b.width && Math.abs(a.y - b.y) * 2 < a.height + b.height;

/**
 * Ids of the plates that give way: those of rank 0 whose code would cover another plate or be covered.
 * A plate is {id, x, y, text, rank, isBrief}: its middle in pixels, and whether it gives way now.
 */
export function crowded(plates) {
  const brief = new Set();
  const laid = [];
  for (const plate of [...plates].sort((a, b) => b.rank - a.rank)) {
    const { width, height } = sizeOf(plate.text, false);
    const room = plate.isBrief ? CALM_PX : 0;
    const wanted = { x: plate.x, y: plate.y, width: width + room, height: height + room };
    const givesWay = plate.rank === 0 && laid.some((other) => overlap(wanted, other));
    if (givesWay) brief.add(plate.id);
    laid.push(givesWay ? { ...wanted, ...sizeOf(plate.text, true) } : { ...wanted, width, height });
  }
  return brief;
}
