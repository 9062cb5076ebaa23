import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const root = process.cwd();
const mostLines = 400;
const mostCharacters = 130;

/** Each with the reason a reader gets. */
const banned: [RegExp, string][] = [
  [/innerHTML|dangerouslySetInnerHTML|insertAdjacentHTML|document\.write/, "text becomes elements, never markup"],
  [/console\./, "nothing is left in a visitor's console"],
  [/\bas any\b|: any\b|@ts-ignore|@ts-expect-error/, "say what it is"],
  [/\beval\(/, "the policy forbids it"],
  [/catch \{\s*\}/, "a swallowed error"],
];

function sources(): { path: string; lines: string[] }[] {
  return ["src", "test"].flatMap((folder) =>
    readdirSync(`${root}/${folder}`, { recursive: true })
      .filter((name) => /\.(tsx?|css)$/.test(name) && !name.endsWith("tidy.test.ts"))
      .map((name) => ({ path: `${folder}/${name}`, lines: readFileSync(`${root}/${folder}/${name}`, "utf8").split("\n") })));
}

test("files and lines are short, and nothing banned is used", () => {
  const files = sources();
  assert(files.length > 20);
  const violations: string[] = [];
  for (const { path, lines } of files) {
    if (lines.length > mostLines) violations.push(`${path}: ${lines.length} lines`);
    lines.forEach((line, index) => {
      if (line.length > mostCharacters) violations.push(`${path}:${index + 1}: ${line.length} characters`);
      if (path.startsWith("test/")) return;
      for (const [pattern, reason] of banned) {
        if (pattern.test(line)) violations.push(`${path}:${index + 1}: ${reason}`);
      }
    });
  }
  assert.deepEqual(violations, []);
});
