// Bundles the sources into ../static, where the Python package reads them. Run after a change: npm ci && npm run build
import { build } from "esbuild";

await build({
  entryPoints: ["map.js", "map.css", "board.js", "board.css", "heartbeat.js", "heartbeat.css", "place.js", "status.js"],
  outdir: "../static",
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  legalComments: "inline", // Leaflet's licence asks that its notice travels with it
  loader: { ".png": "dataurl" },
  logLevel: "info",
});
