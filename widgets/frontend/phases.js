// The header's phase bar comes with the page; this keeps its words true, and knows the way to the other phases.
import { listen, node, SIGN } from "./dom.js";

const link = (name) => document.querySelector(`.phases a[data-page="${CSS.escape(name)}"]`);

/** The address of another phase of the same day; the selection and the token stay behind. */
function addressOf(name, query) {
  const target = new URL(link(name)?.href ?? window.location.href);
  const here = new URLSearchParams(window.location.search);
  const wanted = { ...(here.has("day") ? { day: here.get("day") } : {}), ...query };
  target.search = new URLSearchParams(wanted).toString();
  return target;
}

function say(element, text) {
  if (element !== null && element.textContent !== text) element.textContent = text;
}

function render({ model, el }) {
  el.style.display = "none"; // or the page would leave a gap for it

  function show() {
    const { title, phases } = model.get("words");
    if (title) {
      say(document.querySelector(".page-head h1"), title);
      const page = document.querySelector(".phases a[aria-current]")?.firstChild?.textContent ?? "";
      document.title = `${page} · ${title}`;
    }
    for (const { name, state, says, sign, blockers } of phases ?? []) {
      const at = link(name);
      if (at === null) continue;
      let line = at.querySelector("small");
      if (line === null) at.append((line = node("small")));
      say(line, sign ? `${SIGN[sign]} ${says}` : says);
      at.dataset.state = state;
      at.title = blockers.join("\n");
    }
  }

  function onMessage(message) {
    if (message.op === "visit") window.location.assign(addressOf(message.page, message.query));
  }

  const stopListening = listen(model, { "change:words": show, "msg:custom": onMessage });
  show();
  return stopListening;
}

export default { render };
