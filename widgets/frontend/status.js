// The status line. The live region stays; only its text changes, so that it is read aloud.
import { SIGN, listen, node } from "./dom.js";

const RUNG = { ok: "ok", warn: "watch", error: "act" };

function render({ model, el }) {
  const line = node("div");
  line.setAttribute("role", "status");
  line.setAttribute("aria-live", "polite");
  const sign = node("span");
  sign.setAttribute("aria-hidden", "true");
  const words = node("span");
  line.append(sign, words);
  el.append(line);

  function show() {
    const [kind, text] = [model.get("kind"), model.get("text")];
    line.className = text === "" ? "status" : `status r-${RUNG[kind]}`;
    sign.textContent = text === "" ? "" : `${SIGN[RUNG[kind]]} `;
    words.textContent = text;
  }

  show();
  return listen(model, { "change:kind": show, "change:text": show });
}

export default { render };
