// Bundles the sources into ../static, where the Python package reads them. Run after a change: npm ci && npm run build
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const common = {
  outdir: "../static",
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  legalComments: "inline", // Leaflet's licence asks that its notice travels with it
  loader: { ".png": "dataurl" },
  logLevel: "info",
  metafile: true,
};
const widgets = ["board", "copy", "dialog", "heartbeat", "map", "timeline", "upload"];
const invisible = ["phases.js", "place.js", "status.js"];

const made = [
  await build({ ...common, entryPoints: [...invisible, ...widgets.flatMap((name) => [`${name}.js`, `${name}.css`])] }),
  await build({ ...common, entryPoints: ["streets.js"], inject: ["shared_leaflet.js"] }),
];

const withUnixLines = (text) => text.replaceAll("\r\n", "\n").trim();

/** The licences of what is bundled ask that their text travels along. */
const inputs = made.flatMap(({ metafile }) => Object.keys(metafile.inputs));
const names = new Set(inputs.map((path) => path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1]).filter(Boolean));
const texts = [...names].sort().map((name) => {
  const folder = `node_modules/${name}`;
  const { version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const files = readdirSync(folder).filter((file) => /^licen[cs]e/i.test(file)).sort();
  return [`== ${name} ${version} (${license})`, ...files.map((file) => withUnixLines(readFileSync(`${folder}/${file}`, "utf8")))].join("\n\n");
});
writeFileSync("../static/licences.txt", `${texts.join("\n\n")}\n`);
