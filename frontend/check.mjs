// The type checker, strict: `node check.mjs`.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compilerPaths, root, tsc } from "./tools.mjs";

const folder = join(root, ".build");
mkdirSync(folder, { recursive: true });
const include = ["src", "test"].map((name) => join(root, name));
writeFileSync(
  join(folder, "tsconfig.json"),
  JSON.stringify({ extends: "../tsconfig.json", compilerOptions: compilerPaths, include }));
tsc("--project", join(folder, "tsconfig.json"));
