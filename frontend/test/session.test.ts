import assert from "node:assert/strict";
import { test } from "node:test";
import { hostOf } from "../src/session/clerkSession";
import { readStored } from "../src/session/localSession";
import { returnAddress, signInAddress } from "../src/session/returning";

test("after signing in one is back where one was, with the query", () => {
  assert.equal(signInAddress("/analysis?job=1&tab=charts"), "/sign-in?return_to=%2Fanalysis%3Fjob%3D1%26tab%3Dcharts");
  assert.equal(returnAddress("?return_to=%2Fanalysis%3Fjob%3D1%26tab%3Dcharts"), "/analysis?job=1&tab=charts");
});

test("who came for nothing in particular gets the dashboard", () => {
  assert.equal(signInAddress("/"), "/sign-in");
  assert.equal(signInAddress("/sign-in?return_to=%2Faccounts"), "/sign-in");
  assert.equal(returnAddress(""), "/dashboard");
});

test("signing in never leads to another site or round in circles", () => {
  for (const address of [
    "https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "javascript:alert(1)", "elsewhere", "",
    "/sign-in", "\\\\elsewhere.example",
  ]) {
    assert.equal(returnAddress(`?return_to=${encodeURIComponent(address)}`), "/dashboard", address);
  }
});

test("a publishable key names its host", () => {
  assert.equal(hostOf(`pk_test_${btoa("clerk.alex.example$")}`), "clerk.alex.example");
  assert.equal(hostOf(`pk_live_${btoa("clerk.example.com$")}`), "clerk.example.com");
});

test("a stored session that is not whole is nobody's", () => {
  const whole = { token: "a.b.c", expires_at: "2026-11-27T08:00:00Z", name: "Ada", subject: "user_a" };
  assert.deepEqual(readStored(JSON.stringify(whole)), whole);
  for (const text of [null, "", "{", "null", "3", "[]", "{}", JSON.stringify({ ...whole, token: 1 })]) {
    assert.equal(readStored(text), null, String(text));
  }
});
