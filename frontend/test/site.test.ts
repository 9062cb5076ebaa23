import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { pages } from "../src/routing/pages";

interface Case {
  path: string;
  status: number;
  object?: string;
  location?: string;
}

interface EdgeAnswer {
  uri?: string;
  statusCode?: number;
  headers?: { location: { value: string } };
}

const root = process.cwd();
const site = JSON.parse(readFileSync(`${root}/edge/site.json`, "utf8")) as {
  pages: Record<string, string>;
  headers: Record<string, string>;
  api: string[];
};
const cases = JSON.parse(readFileSync(`${root}/addresses.json`, "utf8")) as Case[];

/** The CloudFront Function as it is deployed. */
function edgeFunction(name: string): (event: object) => EdgeAnswer {
  const text = readFileSync(`${root}/edge/${name}.js`, "utf8");
  return new Function(`${text}; return handler;`)() as (event: object) => EdgeAnswer;
}

const request = edgeFunction("viewer-request");
const response = edgeFunction("viewer-response");

test("every address leads where the table says, also behind CloudFront", () => {
  assert(cases.length > 20);
  for (const { path, object, location, status } of cases) {
    const answer = request({ request: { uri: path, querystring: {} } });
    if (location) {
      assert.equal(answer.statusCode, status, path);
      assert.equal(answer.headers?.location.value, location, path);
    } else {
      assert.equal(answer.uri, object, path);
      const told = response({ request: { uri: answer.uri }, response: { statusCode: 200 } });
      assert.equal(told.statusCode, status, path);
    }
  }
});

test("a redirect keeps the query", () => {
  const querystring = {
    job: { value: "1" }, tab: { value: "charts" }, each: { value: "a", multiValue: [{ value: "a" }, { value: "b" }] },
    bare: { value: "" },
  };
  const answer = request({ request: { uri: "/analysis/", querystring } });
  assert.equal(answer.headers?.location.value, "/analysis?job=1&tab=charts&each=a&each=b&bare");
});

test("assets pass as they are", () => {
  assert.equal(request({ request: { uri: "/assets/main-AB12.js", querystring: {} } }).uri, "/assets/main-AB12.js");
});

test("the app and its server know the same pages", () => {
  assert.deepEqual(Object.keys(pages).sort(), Object.keys(site.pages).sort());
  for (const [path, page] of Object.entries(pages)) {
    const document = readFileSync(`${root}/out${site.pages[path] ?? ""}`, "utf8");
    assert.match(document, new RegExp(`<title>${path === "/" ? page.title : `${page.title} - Alex`}</title>`));
  }
});

test("the policy allows nothing inline, nothing foreign and no frame", () => {
  const policy = site.headers["Content-Security-Policy"] ?? "";
  assert.match(policy, /default-src 'none'/);
  assert.match(policy, /frame-ancestors 'none'/);
  assert.match(policy, /script-src 'self';/);
  assert.match(policy, /style-src 'self';/);
  assert.doesNotMatch(policy, /unsafe|\*|https?:/);
  assert.match(site.headers["Strict-Transport-Security"] ?? "", /max-age=\d{8,}/);
  assert.equal(site.headers["X-Frame-Options"], "DENY");
});

test("no document holds a script or a style that the policy would refuse", () => {
  for (const file of Object.values(site.pages)) {
    const document = readFileSync(`${root}/out${file}`, "utf8");
    assert.doesNotMatch(document, /<script(?![^>]*\ssrc=)/);
    assert.doesNotMatch(document, /<style|\sstyle=|\son[a-z]+=/);
  }
});

test("CloudFront takes functions of at most 10 KB", () => {
  for (const name of ["viewer-request", "viewer-response"]) {
    assert(readFileSync(`${root}/edge/${name}.js`, "utf8").length <= 10_240, name);
  }
});
