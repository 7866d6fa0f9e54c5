// The way of files to the page's process: one batch after the other, and in a batch one piece after the other.
import { button, node, ownId } from "./dom.js";

const UNITS = ["bytes", "kB", "MB", "GB"];

export function sizeText(bytes) {
  const step = Math.min(UNITS.length - 1, Math.floor(Math.log(Math.max(1, bytes)) / Math.log(1000)));
  const size = bytes / 1000 ** step;
  return `${size < 10 && step > 0 ? size.toFixed(1) : Math.round(size)} ${UNITS[step]}`;
}

/** One file on its way: its line on the page and how far it is. */
class Outgoing {
  constructor(file, onCancel) {
    this.file = file;
    this.id = ownId("file");
    this.line = node("li", "upload-line");
    this.progress = node("progress");
    this.progress.max = Math.max(1, file.size);
    this.progress.value = 0;
    this.progress.setAttribute("aria-label", `Sending ${file.name}`);
    this.words = node("span", "upload-words", `waiting, ${sizeText(file.size)}`);
    this.cancel = button("Cancel");
    this.cancel.setAttribute("aria-label", `Cancel ${file.name}`);
    this.cancel.addEventListener("click", onCancel);
    this.line.append(node("span", "upload-name", file.name), this.progress, this.words, this.cancel);
  }

  show(bytes) {
    this.progress.value = bytes;
    this.words.textContent = `${sizeText(bytes)} of ${sizeText(this.file.size)}`;
  }

  whole() {
    this.progress.value = this.progress.max;
    this.words.textContent = "sent, being read";
    this.cancel.remove();
  }

  /** Leave a sentence in place of the progress. */
  stop(sentence) {
    this.progress.remove();
    this.cancel.remove();
    this.words.textContent = `▲ ${sentence}`;
    this.line.classList.add("stopped");
  }
}

export class Sending {
  /** Lines go into `list`; `home` gets the focus when the button that had it goes; `say` tells news aloud. */
  constructor(model, list, home, say) {
    Object.assign(this, { model, list, home, say });
    this.batches = []; // {id, files}; the first one is on its way
    this.hasEnded = false;
  }

  add(chosen) {
    if (chosen.length === 0) return;
    this.forgetStopped();
    const [mostFiles, mostBytes] = [this.model.get("max_files"), this.model.get("max_file_bytes")];
    if (chosen.length > mostFiles) {
      this.say(`▲ ${chosen.length} files at once are too many: at most ${mostFiles} are taken. Nothing was sent.`);
      return;
    }
    const batch = { id: ownId("batch"), files: [], hasBegun: false };
    for (const file of chosen) {
      const outgoing = new Outgoing(file, () => this.cancel(batch, outgoing));
      this.list.append(outgoing.line);
      if (file.size > mostBytes) outgoing.stop(`Too large: ${sizeText(file.size)}, at most ${sizeText(mostBytes)} are read. Nothing of it was sent.`);
      else batch.files.push(outgoing);
    }
    const left = chosen.length - batch.files.length;
    this.say(left > 0 ? `▲ ${left} of ${chosen.length} files are too large and were not sent.` : `Sending ${chosen.length} file${chosen.length === 1 ? "" : "s"}.`);
    if (batch.files.length === 0) return;
    this.batches.push(batch);
    if (this.batches.length === 1) this.begin();
  }

  begin() {
    const batch = this.batches[0];
    batch.hasBegun = true;
    batch.waiting = [...batch.files];
    this.tell({ event: "begin", batch: batch.id, files: batch.files.map(({ id, file }) => ({ id, name: file.name, size: file.size })) });
  }

  /** Send the next piece of the file that is on its way, or the first one of the next file. One is on its way at a time. */
  async next(batch) {
    const outgoing = batch.waiting.find((each) => each.sent !== each.file.size);
    if (outgoing === undefined || this.hasEnded) return;
    const at = outgoing.sent ?? 0;
    if (outgoing.file.size === 0) {
      this.done(batch, outgoing);
      return this.next(batch);
    }
    const piece = await this.piece(outgoing.file, at);
    if (!batch.waiting.includes(outgoing)) return this.next(batch); // cancelled meanwhile
    if (piece === null) {
      this.drop(batch, outgoing, "The browser could not read it. Is it a folder, or open in another program? Close it there and try again.");
      return this.next(batch);
    }
    batch.onItsWay = outgoing;
    this.tell({ event: "chunk", batch: batch.id, file: outgoing.id, at }, [piece]);
  }

  /** The piece of a file that begins at a byte, or null when the browser may not read it. */
  async piece(file, at) {
    try {
      return await file.slice(at, at + this.model.get("chunk_bytes")).arrayBuffer();
    } catch (error) {
      console.warn("A file could not be read:", error);
      return null;
    }
  }

  done(batch, outgoing) {
    outgoing.sent = outgoing.file.size;
    outgoing.whole();
  }

  cancel(batch, outgoing) {
    if (document.activeElement === outgoing.cancel) this.home.focus({ preventScroll: true });
    outgoing.line.remove();
    this.say(`${outgoing.file.name} was cancelled. Nothing of it is kept.`);
    this.leaveOut(batch, outgoing);
    if (batch.onItsWay !== outgoing) return;
    batch.onItsWay = null; // nobody waits for the answer to its last piece
    this.next(batch);
  }

  drop(batch, outgoing, sentence) {
    outgoing.stop(sentence);
    this.say(`▲ ${outgoing.file.name} did not arrive.`);
    this.leaveOut(batch, outgoing);
  }

  leaveOut(batch, outgoing) {
    batch.files = batch.files.filter((each) => each !== outgoing);
    if (!batch.hasBegun) {
      if (batch.files.length === 0) this.batches = this.batches.filter((each) => each !== batch);
      return;
    }
    batch.waiting = batch.waiting.filter((each) => each !== outgoing);
    this.tell({ event: "cancel", batch: batch.id, file: outgoing.id });
  }

  hear({ op, batch: id, file, bytes }) {
    if (op === "clear") this.forgetAll();
    const batch = this.batches[0];
    if (batch === undefined || batch.id !== id) return;
    if (op === "begun") this.next(batch);
    if (op === "read") this.finish(batch);
    const outgoing = batch.files.find((each) => each.id === file);
    if (outgoing === undefined) return;
    batch.onItsWay = null;
    if (op === "broken") {
      this.drop(batch, outgoing, "It was broken off on its way. Choose it again.");
      this.next(batch);
    }
    if (op === "taken") {
      outgoing.sent = bytes;
      if (bytes === outgoing.file.size) this.done(batch, outgoing);
      else outgoing.show(bytes);
      this.next(batch);
    }
  }

  finish(batch) {
    for (const { line } of batch.files) line.remove();
    if (batch.files.length > 0) this.say(`${batch.files.length} file${batch.files.length === 1 ? "" : "s"} arrived.`);
    this.batches.shift();
    if (this.batches.length > 0) this.begin();
  }

  forgetStopped() {
    for (const line of this.list.querySelectorAll(".stopped")) line.remove();
  }

  forgetAll() {
    this.batches = [];
    this.list.replaceChildren();
    this.say("");
  }

  tell(message, buffers = []) {
    this.model.send(message, undefined, buffers);
  }

  end() {
    this.hasEnded = true;
  }
}
