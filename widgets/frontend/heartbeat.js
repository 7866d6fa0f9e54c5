// Asks the page's process whether it lives, and says so when it does not.
import { listen, node } from "./dom.js";

const SILENT_PERIODS = 3;

function hoursMinutes(instant) {
  return instant.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hour12: false });
}

function render({ model }) {
  const period = model.get("period_ms");
  let unanswered = null; // when the oldest ping without an answer was sent (ms of the page's own clock)
  let shownFrom = hoursMinutes(new Date());
  let banner = null;

  function lost() {
    if (banner !== null) return;
    banner = node("div", "lost");
    banner.setAttribute("role", "alert");
    const reload = node("button", "", "Reload");
    reload.type = "button";
    reload.addEventListener("click", () => window.location.reload());
    banner.append(node("span", "", `Connection lost. What you see is from ${shownFrom}. Reload.`), reload);
    document.body.append(banner);
  }

  function found() {
    banner?.remove();
    banner = null;
  }

  function ping() {
    const now = performance.now();
    if (unanswered !== null && now - unanswered >= SILENT_PERIODS * period) lost();
    unanswered ??= now;
    try {
      model.send({ event: "ping" });
    } catch (error) {
      console.warn("The page could not reach its process:", error); // no answer will come: the banner follows
    }
  }

  function onMessage(message) {
    if (message.op !== "pong") return;
    unanswered = null;
    shownFrom = message.time ?? hoursMinutes(new Date());
    found();
  }

  function onVisible() {
    if (document.visibilityState === "visible") ping();
  }

  const stopListening = listen(model, { "msg:custom": onMessage });
  document.addEventListener("visibilitychange", onVisible);
  const timer = setInterval(ping, period);
  ping();
  return () => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", onVisible);
    stopListening();
    found();
  };
}

export default { render };
