// Files dropped or chosen, several at once. Sent piece by piece, each one answered, so that progress is true.
import { button, listen, node } from "./dom.js";
import { FilesShown } from "./files_shown.js";
import { Sending, sizeText } from "./sending.js";

function render({ model, el }) {
  const root = node("section", "upload");
  root.setAttribute("aria-label", model.get("label"));
  const drop = node("div", "upload-drop");
  const choose = button("Choose files…", "upload-choose");
  const picker = node("input");
  picker.type = "file";
  picker.multiple = true;
  picker.hidden = true;
  picker.accept = model.get("accept").join(",");
  const most = `Up to ${model.get("max_files")} files at once, each of at most ${sizeText(model.get("max_file_bytes"))}.`;
  const hint = node("p", "upload-hint", `Drop files here. ${most}`);
  drop.append(choose, picker, hint);
  const under = node("ul", "upload-sending");
  under.setAttribute("aria-label", "Files being sent");
  const news = node("p", "upload-news");
  news.setAttribute("role", "status");
  const shown = node("ul", "upload-files");
  shown.setAttribute("aria-label", "What became of the files");
  root.append(drop, news, under, shown);
  el.append(root);

  const say = (text) => { news.textContent = text; };
  const sending = new Sending(model, under, choose, say);
  const files = new FilesShown(shown);

  function onMessage(message) {
    if (message.op === "all" || message.op === "patch") files.patch(message);
    else sending.hear(message);
  }

  const carriesFiles = (event) => event.dataTransfer?.types.includes("Files") ?? false;
  function onDrag(event) {
    if (carriesFiles(event)) root.classList.toggle("over", event.type === "dragover");
  }

  /** A file that is dropped beside the place for it must not take the page away either. */
  function keepPage(event) {
    if (carriesFiles(event)) event.preventDefault();
  }

  document.addEventListener("dragover", keepPage);
  document.addEventListener("drop", keepPage);
  root.addEventListener("dragover", onDrag);
  root.addEventListener("dragleave", onDrag);
  root.addEventListener("drop", (event) => {
    if (!carriesFiles(event)) return;
    onDrag(event);
    sending.add([...event.dataTransfer.files]);
  });
  choose.addEventListener("click", () => picker.click());
  picker.addEventListener("change", () => {
    sending.add([...picker.files]);
    picker.value = ""; // the same file may be chosen again
  });
  const stopListening = listen(model, { "msg:custom": onMessage });
  model.send({ event: "ready" });
  return () => {
    stopListening();
    document.removeEventListener("dragover", keepPage);
    document.removeEventListener("drop", keepPage);
    sending.end();
  };
}

export default { render };
