// A text to take along: copied by one press, saved as a file, or selected by hand where the browser lets no page copy.
import { button, listen, node } from "./dom.js";

const MOST_LINES = 16; // then it scrolls

/** Copy as pages without a secure address have to: by the selection. */
function copySelected(area) {
  area.focus({ preventScroll: true });
  area.select();
  return document.execCommand("copy");
}

function save(text, name) {
  const link = node("a");
  link.href = URL.createObjectURL(new Blob([`${text}\n`], { type: "text/plain;charset=utf-8" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function render({ model, el }) {
  const whole = node("div", "copy-text");
  const area = node("textarea");
  const acts = node("div", "copy-acts");
  const copy = button("Copy", "copy-now");
  const keep = button("Save as text");
  const said = node("span", "copy-said");
  area.readOnly = true;
  said.setAttribute("role", "status");
  acts.append(copy, keep, said);
  whole.append(acts, area);
  el.append(whole);

  const isBeingSelected = () => document.activeElement === area && area.selectionStart !== area.selectionEnd;

  /** Whoever selects by hand keeps what he selected until he leaves it. */
  function show() {
    area.setAttribute("aria-label", model.get("label"));
    if (isBeingSelected() || area.value === model.get("text")) return;
    area.value = model.get("text");
    area.rows = Math.min(MOST_LINES, area.value.split("\n").length + 1);
    said.textContent = "";
  }

  copy.addEventListener("click", async () => {
    area.setSelectionRange(0, 0);
    show(); // what is copied is the newest, and what one sees
    try {
      await navigator.clipboard.writeText(area.value);
      said.textContent = "Copied. Paste it into a message.";
    } catch {
      said.textContent = copySelected(area)
        ? "Copied. Paste it into a message."
        : "This browser lets no page copy. The text is selected: copy it with Ctrl+C.";
    }
  });
  keep.addEventListener("click", () => {
    save(model.get("text"), model.get("file_name"));
    said.textContent = `Saved as ${model.get("file_name")}.`;
  });
  area.addEventListener("blur", () => {
    area.setSelectionRange(0, 0);
    show();
  });
  show();
  return listen(model, { "change:text": show, "change:label": show });
}

export default { render };
