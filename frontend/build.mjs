// Builds the site: out/ goes to the bucket as it is, edge/ says how to serve it.
// CLERK_PUBLISHABLE_KEY chooses Clerk for signing in; without it the local cloud's own sign-in is used.
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { api, cacheControl, clerkHost, headers, pages } from "./site.mjs";
import { leanCharts } from "./lean.mjs";
import { esbuild, libraryFile, root } from "./tools.mjs";

const key = process.env.CLERK_PUBLISHABLE_KEY ?? "";
const target = process.env.ALEX_SITE ?? root;
const scratch = join(root, ".build/site");

rmSync(scratch, { recursive: true, force: true });
mkdirSync(join(scratch, "out/assets"), { recursive: true });
mkdirSync(join(scratch, "edge"), { recursive: true });
cpSync(join(root, "public"), join(scratch, "out"), { recursive: true });

const bundle = bundleModules();
const theme = bundleTheme();
writePages();
writeEdge();
for (const folder of ["out", "edge"]) {
  mkdirSync(target, { recursive: true });
  rmSync(join(target, folder), { recursive: true, force: true });
  renameSync(join(scratch, folder), join(target, folder));
}

/** @returns What esbuild says of its outputs: file -> what it imports and which module it began with. */
function bundleModules() {
  esbuild(
    "src/main.tsx", "src/styles/main.css", "--bundle", "--splitting", "--format=esm", "--minify", "--legal-comments=none",
    "--entry-names=[name]-[hash]", "--chunk-names=[name]-[hash]", '--define:process.env.NODE_ENV="production"',
    `--alias:chart.js=${leanCharts(libraryFile("chart.js/dist/chart.mjs"), join(root, ".build/charts"))}`,
    `--outdir=${join(scratch, "out/assets")}`, `--metafile=${join(scratch, "meta.json")}`);
  const { outputs } = JSON.parse(readFileSync(join(scratch, "meta.json"), "utf8"));
  const files = {};
  for (const [path, output] of Object.entries(outputs)) {
    const imports = output.imports.filter((each) => each.kind === "import-statement").map((each) => address(each.path));
    files[address(path)] = { entry: output.entryPoint ?? "", imports };
  }
  return files;
}

/** Runs before anything is painted, and so is a file of its own that is no module. */
function bundleTheme() {
  const source = join(scratch, "theme.js");
  esbuild("src/theme.ts", "--bundle", "--minify", "--format=iife", `--outfile=${source}`);
  const text = readFileSync(source);
  const name = `/assets/theme-${createHash("sha256").update(text).digest("hex").slice(0, 8).toUpperCase()}.js`;
  writeFileSync(join(scratch, "out", name), text);
  return name;
}

/** `.build/site/out/assets/main-X.js` is `/assets/main-X.js` in the browser. */
function address(path) {
  return "/assets/" + path.split("/assets/").pop();
}

/** A file with everything it imports before it runs. */
function withImports(file, seen = new Set()) {
  if (!seen.has(file)) {
    seen.add(file);
    for (const each of bundle[file].imports) withImports(each, seen);
  }
  return seen;
}

function fileOf(entry) {
  const found = Object.keys(bundle).find((file) => bundle[file].entry === entry);
  if (!found) throw new Error(`${entry} is in no bundle`);
  return found;
}

/** One document a page: its own title, and its modules fetched at once instead of one after the other. */
function writePages() {
  const main = fileOf("src/main.tsx");
  const template = readFileSync(join(root, "src/page.html"), "utf8");
  for (const { file, title, module } of Object.values(pages)) {
    const modules = withImports(fileOf(`src/pages/${module}.tsx`), withImports(main));
    modules.delete(main);
    const preloads = [...modules].map((each) => `<link rel="modulepreload" href="${each}">`);
    const values = {
      TITLE: file === "index" ? title : `${title} - Alex`, STYLES: fileOf("src/styles/main.css"), THEME: theme,
      MAIN: main, PRELOADS: preloads.join("\n  "), CLERK_KEY: key,
      ROBOTS: ["index", "docs", "selftest"].includes(file) ? "index" : "noindex",
    };
    const text = template.replace(/\{\{([A-Z_]+)\}\}/g, (_, name) => values[name]);
    writeFileSync(join(scratch, "out", `${file}.html`), text);
  }
}

function writeEdge() {
  const rules = {
    pages: Object.fromEntries(Object.entries(pages).map(([path, { file }]) => [path, `/${file}.html`])),
    files: readdirSync(join(root, "public")).sort().map((name) => `/${name}`),
    assets: "/assets/",
    notFound: "/404.html",
  };
  const site = { ...rules, api, headers: headers(key ? clerkHost(key) : undefined), cacheControl };
  writeFileSync(join(scratch, "edge/site.json"), JSON.stringify(site, null, 2) + "\n");
  for (const name of ["viewer-request.js", "viewer-response.js"]) {
    const text = readFileSync(join(root, "edge-functions", name), "utf8");
    writeFileSync(join(scratch, "edge", name), text.replace("SITE_RULES", JSON.stringify(rules)));
  }
}
