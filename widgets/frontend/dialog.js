// A modal dialog for one decision. The browser keeps the focus inside; afterwards it goes back to where it came from.
import { button, isOff, listen, node, ownId, turn } from "./dom.js";
import { Fields } from "./fields.js";

const SETTLE_MS = 350; // the second press of a double one must not answer a question that nobody has read yet

function render({ model, el }) {
  el.style.display = "none"; // or the page would leave a gap for it; the dialog itself hangs at the end of the page
  let asked = null; // the turn that is on the screen
  let fields = new Fields([], edited);
  let opener = null; // what had the focus last: its button may be off by the time the question arrives
  let isBarred = false; // blockers that no field can change
  let isBlocked = false; // blockers that may go when something else is filled in
  let isBusy = false;
  let isSettling = false;
  let settled = 0;

  const dialog = node("dialog", "decision");
  const form = node("form");
  const title = node("h2");
  const facts = node("div", "dialog-facts");
  const inputs = node("div", "dialog-fields");
  const why = node("div", "dialog-why");
  const acts = node("div", "dialog-acts");
  const cancel = button("Cancel");
  const confirm = node("button", "dialog-confirm");
  confirm.type = "submit";
  title.id = ownId("decision-title");
  why.id = ownId("decision-why");
  form.noValidate = true;
  dialog.setAttribute("aria-labelledby", title.id);
  confirm.setAttribute("aria-describedby", why.id);
  why.setAttribute("role", "alert");
  acts.append(confirm, cancel);
  form.append(title, facts, inputs, why, acts);
  dialog.append(form);
  document.body.append(dialog);

  function dress() {
    turn(confirm, !(isBarred || isBlocked || isBusy || isSettling));
    confirm.setAttribute("aria-busy", String(isBusy));
    confirm.title = isBusy ? "Being done…" : isBarred || isBlocked ? why.textContent : "";
  }

  function sayWhy(blockers) {
    why.hidden = blockers.length === 0;
    if (why.hidden) return why.replaceChildren();
    const list = node("ul");
    list.append(...blockers.map((sentence) => node("li", "", `▲ ${sentence}`)));
    why.replaceChildren(node("p", "", "This cannot be done now:"), list);
  }

  function edited() {
    isBlocked = false; // what was refused may be allowed for what is filled in now: the decision says
    dress();
  }

  function open() {
    if (!dialog.open) dialog.showModal();
  }

  function settle() {
    isSettling = true;
    clearTimeout(settled);
    settled = setTimeout(() => {
      isSettling = false;
      dress();
    }, SETTLE_MS);
  }

  function ask(question) {
    asked = question.turn;
    title.textContent = question.title;
    facts.replaceChildren(...question.sentences.map((sentence) => node("p", "", sentence)));
    fields = new Fields(question.fields, edited);
    inputs.replaceChildren(...fields.elements());
    confirm.textContent = question.confirm;
    confirm.classList.toggle("danger", question.danger);
    isBarred = question.blockers.length > 0;
    isBlocked = isBusy = false;
    sayWhy(question.blockers);
    open();
    settle();
    dress();
    (fields.first() ?? (question.danger || isBarred ? cancel : confirm)).focus();
  }

  function refuse({ turn: next, blockers, problems }) {
    asked = next;
    isBusy = isBarred = false;
    isBlocked = blockers.length > 0;
    sayWhy(blockers);
    open(); // a refusal is told even to a person who has left meanwhile
    fields.blame(problems);
    dress();
  }

  function close() {
    asked = null;
    isBusy = false;
    if (dialog.open) dialog.close();
  }

  function giveFocusBack() {
    if (opener?.isConnected) opener.focus({ preventScroll: true });
  }

  function onFocus(event) {
    if (!dialog.contains(event.target)) opener = event.target;
  }

  function letGo() {
    if (asked === null) return;
    model.send({ event: "cancel", turn: asked });
    if (!isBusy) asked = null;
    dialog.close();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (isOff(confirm) || asked === null) return;
    isBusy = true;
    fields.blame({});
    sayWhy([]);
    dress();
    model.send({ event: "confirm", turn: asked, values: fields.values() });
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.repeat) event.preventDefault(); // a key held down is no decision
  });
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    letGo();
  });
  dialog.addEventListener("close", giveFocusBack);
  cancel.addEventListener("click", letGo);
  document.addEventListener("focusin", onFocus);
  const onMessage = (message) => ({ ask, refuse, close })[message.op]?.(message);
  const stopListening = listen(model, { "msg:custom": onMessage });
  model.send({ event: "ready" });
  return () => {
    stopListening();
    clearTimeout(settled);
    document.removeEventListener("focusin", onFocus);
    dialog.remove();
  };
}

export default { render };
