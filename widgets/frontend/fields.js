// The fields of a dialog. Each has a label, a sentence of help and room for what is wrong with it.
import { node, ownId } from "./dom.js";

// Text all of them: a browser's own number field hides what was typed when it is none, and its own time field shows the
// hours as the browser likes them, not as the station's clock on the same page does.
const INPUTS = {
  text: () => input("text"),
  time: () => input("text", "13:04"),
  number: () => input("decimal"),
  select: ({ options }) => {
    const field = node("select");
    field.append(...options.map(([value, shown]) => {
      const option = node("option", "", shown);
      option.value = value;
      return option;
    }));
    return field;
  },
};

function input(inputMode, placeholder = "") {
  const field = node("input");
  field.type = "text";
  field.inputMode = inputMode;
  field.placeholder = placeholder;
  field.autocomplete = "off";
  return field;
}

export class Fields {
  constructor(fields, onEdit) {
    this.fields = fields.map((field) => this.make(field));
    for (const { control } of this.fields) control.addEventListener("input", onEdit);
  }

  make(field) {
    const id = ownId("dialog-field");
    const holder = node("div", "dialog-field");
    const label = node("label", "", field.required ? field.label : `${field.label} (may be left blank)`);
    const control = INPUTS[field.kind](field);
    const help = node("p", "dialog-help", field.help);
    const wrong = node("p", "dialog-wrong");
    if (field.kind === "select" && !field.required) control.prepend(node("option"));
    control.id = label.htmlFor = id;
    help.id = `${id}-help`;
    wrong.id = `${id}-wrong`;
    control.setAttribute("aria-describedby", `${wrong.id} ${help.id}`);
    if (field.value !== "" || (field.kind === "select" && !field.required)) control.value = field.value;
    help.hidden = field.help === "";
    wrong.hidden = true;
    holder.append(label, control, help, wrong);
    return { key: field.key, holder, control, wrong };
  }

  elements() {
    return this.fields.map(({ holder }) => holder);
  }

  first() {
    return this.fields[0]?.control ?? null;
  }

  values() {
    return Object.fromEntries(this.fields.map(({ key, control }) => [key, control.value]));
  }

  /** Say what is wrong with which field; the focus goes to the first of them. */
  blame(problems) {
    for (const { key, control, wrong } of this.fields) {
      wrong.textContent = problems[key] === undefined ? "" : `▲ ${problems[key]}`;
      wrong.hidden = problems[key] === undefined;
      if (wrong.hidden) control.removeAttribute("aria-invalid");
      else control.setAttribute("aria-invalid", "true");
    }
    this.fields.find(({ key }) => problems[key] !== undefined)?.control.focus();
  }
}
