// The unit tests, by node's own runner: `node test.mjs [NAME ...]`.
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { esbuild, root, run } from "./tools.mjs";

const wanted = process.argv.slice(2);
const tests = readdirSync(join(root, "test"))
  .filter((name) => /\.test\.tsx?$/.test(name) && (wanted.length === 0 || wanted.some((part) => name.includes(part))));
const folder = join(root, ".build/test");
rmSync(folder, { recursive: true, force: true });
esbuild(
  ...tests.map((name) => `test/${name}`), "--bundle", "--platform=node", "--target=node18", "--format=esm", "--out-extension:.js=.mjs",
  "--sourcemap=inline", `--outdir=${folder}`, '--define:process.env.NODE_ENV="test"',
  // React is CommonJS and asks for `require`.
  "--banner:js=import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);");
run(process.execPath, ["--test", "--test-reporter=spec", "--enable-source-maps", folder]);
