// Where the compiler, the bundler and the libraries are: in node_modules after `npm ci`, or where Debian's
// packages put them. Nothing else in the web app knows the difference.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(fileURLToPath(import.meta.url));

const debianLibraries = "/usr/share/nodejs";
const hasNodeModules = existsSync(join(root, "node_modules", "react"));

if (!hasNodeModules && !existsSync(join(debianLibraries, "react"))) {
  console.error("The web app's libraries are missing. Either `npm ci` here, or `scripts/setup.sh` in the repository.");
  process.exit(1);
}

/** Options of tsc that tell where libraries are; `npm ci` needs none. */
export const compilerPaths = hasNodeModules
  ? {}
  : { baseUrl: root, paths: { "*": [`${debianLibraries}/*`, `${debianLibraries}/@types/*`] } };

/** A file of a library. */
export function libraryFile(path) {
  return join(hasNodeModules ? join(root, "node_modules") : debianLibraries, path);
}

/** Runs esbuild; ends the process with its status when it fails. */
export function esbuild(...options) {
  run(hasNodeModules ? join(root, "node_modules/.bin/esbuild") : "esbuild", [
    // esbuild 0.17 takes a package's CommonJS file without this, and `marked` is then silently undefined.
    "--main-fields=module,main", "--conditions=import", "--jsx=automatic", "--target=es2021", "--log-level=warning",
    ...options,
  ]);
}

export function tsc(...options) {
  run(hasNodeModules ? join(root, "node_modules/.bin/tsc") : "tsc", options);
}

/** Runs a program in the folder of the web app. */
export function run(program, options) {
  const environment = hasNodeModules ? process.env : { ...process.env, NODE_PATH: debianLibraries };
  const { status, error } = spawnSync(program, options, { cwd: root, stdio: "inherit", env: environment });
  if (error) console.error(`${program} could not be started: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}
