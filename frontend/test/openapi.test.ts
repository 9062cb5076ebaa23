import assert from "node:assert/strict";
import { test } from "node:test";
import { groups, OpenAPI, words } from "../src/documentation/openapi";

const document: OpenAPI = {
  info: { title: "Alex", version: "1", description: "" },
  paths: {
    "/api/reset-accounts": {
      delete: { summary: "Delete all", operationId: "a", parameters: [], responses: { "2XX": { description: "done" } } },
    },
    "/api/positions/{id}": {
      put: {
        summary: "Change", operationId: "b", security: [{ bearer: [] }],
        parameters: [{ name: "id", in: "path", required: true, schema: { type: "string", format: "uuid" } }],
        requestBody: {
          required: true,
          content: {
            "application/json": {
              schema: {
                type: "object", required: ["rows"],
                properties: { rows: { type: "array", items: { properties: { symbol: { type: "string", maxLength: 20 } } } } },
              },
            },
          },
        },
        responses: { "2XX": { description: "done" }, "404": { description: "see" } },
      },
    },
  },
};

test("operations stand under what they are about", () => {
  assert.deepEqual(groups(document).map(({ name }) => name), ["Reset accounts", "Positions"]);
});

test("an operation tells where each of its fields goes, also inside rows", () => {
  const operation = groups(document)[1]?.operations[0];
  assert.deepEqual(operation?.fields.map(({ name, place, isRequired }) => [name, place, isRequired]), [
    ["id", "in the path", true], ["rows", "in the body", true], ["rows[].symbol", "in the body", false],
  ]);
  assert.equal(operation?.needsToken, true);
  assert.equal(groups(document)[0]?.operations[0]?.needsToken, false);
});

test("a schema is put into words", () => {
  assert.equal(words({ type: "string", minLength: 1, maxLength: 255 }), "text, 1 to 255 characters");
  assert.equal(words({ type: ["number", "string"], exclusiveMinimum: 0, maximum: 99 }), "a number or text, above 0, up to 99");
  assert.equal(words({ anyOf: [{ type: "integer", minimum: 1900, maximum: 2100 }, { type: "null" }] }),
    "a whole number, 1900 to 2100, or null, which removes it");
});
