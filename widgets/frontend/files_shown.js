// What became of files: a line each, and its problems by row to be opened. Lines are patched, so what is open stays open.
import { node, rungClass, signOf } from "./dom.js";
import { arrange, goneBy } from "./rows.js";

const STATES = { waiting: ["plain", "waiting"], reading: ["plain", "being read"], ok: ["ok", "read"], question: ["watch", "question"], refused: ["act", "refused"] };

function table(problems) {
  const made = node("table");
  const head = node("tr");
  for (const label of ["Row", "Column", "What is wrong", "What to do"]) {
    const th = node("th", "", label);
    th.scope = "col";
    head.append(th);
  }
  const [thead, body] = [node("thead"), node("tbody")];
  thead.append(head);
  for (const { row, column, message, fix } of problems) {
    const line = node("tr");
    line.append(node("td", "n", row === null ? "–" : String(row)), node("td", "", column || "–"), node("td", "", message), node("td", "", fix));
    body.append(line);
  }
  made.append(thead, body);
  return made;
}

export class FilesShown {
  constructor(list) {
    this.list = list;
    this.known = new Map(); // id -> {values, line, name, state, sentence, details}
  }

  patch(message) {
    for (const id of goneBy(message, this.known.keys())) {
      this.known.get(id)?.line.remove();
      this.known.delete(id);
    }
    for (const [id, changed] of Object.entries(message.changed)) {
      if (!this.known.has(id)) this.known.set(id, this.make());
      const file = this.known.get(id);
      Object.assign(file.values, changed);
      this.draw(file, changed);
    }
    if (message.order !== null) arrange(this.list, message.order.map((id) => this.known.get(id).line));
  }

  make() {
    const line = node("li", "upload-file");
    const head = node("div", "upload-head");
    const [name, state, sentence] = [node("span", "upload-name"), node("span"), node("p")];
    const details = node("details");
    const scroll = node("div", "upload-problems");
    const summary = node("summary");
    const more = node("p", "upload-more");
    scroll.tabIndex = 0; // the keyboard must be able to scroll it
    scroll.setAttribute("role", "region");
    details.append(summary, scroll, more);
    head.append(name, state);
    line.append(head, sentence, details);
    return { values: {}, line, name, state, sentence, details, summary, scroll, more };
  }

  draw({ values, name, state, sentence, details, summary, scroll, more }, changed) {
    const [kind, words] = STATES[values.state] ?? ["plain", values.state];
    name.textContent = values.name;
    sentence.textContent = values.sentence;
    state.className = `rung ${rungClass(kind)}`;
    state.replaceChildren(signOf(kind), document.createTextNode(words));
    if (!("problems" in changed) && !("problem_count" in changed)) return;
    const { problems, problem_count: count } = values;
    details.hidden = count === 0;
    summary.textContent = count === 1 ? "1 problem" : `${count} problems`;
    scroll.setAttribute("aria-label", `Problems of ${values.name}`);
    scroll.replaceChildren(table(problems));
    more.hidden = count <= problems.length;
    more.textContent = `The first ${problems.length} of ${count} problems are listed; ${count - problems.length} more are like these or come after them.`;
  }
}
