// Named colours for the canvas, which knows no CSS variables: resolved here, and again when light turns to dark.

const dark = window.matchMedia("(prefers-color-scheme: dark)");

/** "--accent" is looked up in the tokens at the root of the page; any other CSS colour is taken as it is. */
export function colour(name) {
  if (!name.startsWith("--")) return name;
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim() || "#6d7887";
}

/** Whether the page's ground is dark, by its token. */
export function isDark() {
  const paint = document.createElement("canvas").getContext("2d");
  paint.fillStyle = colour("--ground"); // read back as #rrggbb, however the token writes it
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(paint.fillStyle.slice(at, at + 2), 16));
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128;
}

/** Call `redraw` whenever the theme changes; returns what ends it. */
export function onThemeChange(redraw) {
  const watcher = new MutationObserver(redraw);
  watcher.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  dark.addEventListener("change", redraw);
  return () => {
    watcher.disconnect();
    dark.removeEventListener("change", redraw);
  };
}
