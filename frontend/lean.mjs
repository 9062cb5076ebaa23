// Chart.js in a form of which a bundler can leave out what is not used. Chart.js 3.9 says what a class is called and how
// it looks in statements after the class (`TimeScale.id = "time";`), and statements have to stay. Here each class
// with its statements becomes one expression without effects, and so goes when nobody asks for it.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Fewer mean that the library is not written as it was, and nothing would be saved. */
const leastClasses = 15;

/**
 * @param library The file `chart.mjs`, as it is installed.
 * @param folder Where the other form goes.
 * @returns Its path, to be imported instead.
 */
export function leanCharts(library, folder) {
  mkdirSync(folder, { recursive: true });
  cpSync(join(dirname(library), "chunks"), join(folder, "chunks"), { recursive: true, dereference: true });
  const path = join(folder, "chart.mjs");
  writeFileSync(path, withPureClasses(readFileSync(library, "utf8")));
  return path;
}

/** @throws When hardly a class has statements after it. */
function withPureClasses(text) {
  const lines = text.split("\n");
  const result = [];
  let count = 0;
  for (let index = 0; index < lines.length; ) {
    const name = /^class (\w+)\b/.exec(lines[index])?.[1];
    const end = name ? endOfClass(lines, index, name) : null;
    if (end === null) {
      result.push(lines[index]);
      index += 1;
    } else {
      result.push(`const ${name} = /* @__PURE__ */ (() => {`, ...lines.slice(index, end), `return ${name};`, "})();");
      index = end;
      count += 1;
    }
  }
  if (count < leastClasses) throw new Error(`Chart.js is not written as lean.mjs expects: ${count} classes were found`);
  return result.join("\n");
}

/** @returns The line after the last statement about the class; null when there is none. */
function endOfClass(lines, start, name) {
  let end = null;
  let index = lines.indexOf("}", start) + 1;
  while (index < lines.length) {
    if (/^($|\/\*\*| \*|\t \*)/.test(lines[index])) {
      index += 1;
    } else if (lines[index].startsWith(`${name}.`)) {
      // Over several lines, the last one begins with the closing brace.
      while (!lines[index].endsWith(";") || /^\s/.test(lines[index])) index += 1;
      index += 1;
      end = index;
    } else {
      break;
    }
  }
  return end;
}
