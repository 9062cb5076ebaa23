import assert from "node:assert/strict";
import { test } from "node:test";
import { durationText, listed, savedSections, stateWords } from "../src/advisors/jobs";
import type { Progress } from "../src/advisors/polling";
import { Agent, stateOf, team } from "../src/advisors/team";
import type { JobEvent } from "../src/api/types";
import { job } from "./sampleJob";

const [planner, analyst, charts] = team as [Agent, Agent, Agent, Agent];

function progress(end: Progress["end"], ...steps: [JobEvent["kind"], JobEvent["section"]?, number?][]): Progress {
  const events = steps.map(([kind, section = null, seconds = null], index): JobEvent =>
    ({ sequence: index + 1, at: "2026-11-27T07:31:41Z", kind, section, message: "", seconds }));
  return { events, end, trouble: null };
}

test("without an analysis every agent is ready", () => {
  assert.deepEqual(team.map((agent) => stateOf(agent, null).kind), ["resting", "resting", "resting", "resting"]);
});

test("an agent works from its own event on and not before", () => {
  const now = progress(null, ["queued"], ["started"], ["section_started", "charts"]);
  assert.equal(stateOf(planner, now).kind, "working");
  assert.equal(stateOf(charts, now).kind, "working");
  assert.equal(stateOf(analyst, now).kind, "waiting");
});

test("an agent that finished says after how many seconds", () => {
  const now = progress(null, ["started"], ["section_started", "charts"], ["section_finished", "charts", 2.5]);
  assert.deepEqual(stateOf(charts, now), { kind: "finished", text: "Finished", seconds: 2.5 });
});

test("an agent that is called again after a failure works again", () => {
  const now = progress(null, ["section_started", "report"], ["section_failed", "report", 1], ["section_started", "report"]);
  assert.equal(stateOf(analyst, now).kind, "working");
});

test("the planner tells what it is doing", () => {
  assert.equal(stateOf(planner, progress(null, ["queued"])).text, "Waiting for its turn");
  assert.equal(stateOf(planner, progress(null, ["started"], ["tagging_started"])).text, "Has new holdings classified");
  assert.equal(stateOf(planner, progress("completed", ["started"], ["completed", null, 9])).kind, "finished");
});

test("when it ends early nobody is shown at work for ever", () => {
  const failed = progress("failed", ["started"], ["section_started", "report"], ["failed"]);
  assert.deepEqual([planner, analyst, charts].map((agent) => stateOf(agent, failed).kind), ["failed", "failed", "failed"]);
});

test("an analysis with gaps is not called complete", () => {
  assert.equal(stateWords(job()).text, "Complete");
  assert.equal(stateWords(job({ missing_sections: ["charts"] })).text, "Partly complete");
});

test("how long it took counts from its start, and is unknown before its end", () => {
  assert.equal(durationText(job()), "8.0 s");
  assert.equal(durationText(job({ started_at: null })), "8.1 s");
  assert.equal(durationText(job({ completed_at: null })), "–");
});

test("sections are listed as a sentence would", () => {
  assert.equal(listed([]), "");
  assert.equal(listed(["report"]), "the report");
  assert.equal(listed(["report", "charts", "retirement"]), "the report, the charts and the retirement projection");
});

test("what was saved is what says so itself", () => {
  const sections = { ...job().sections, charts: { status: "failed" as const, reason: "x" } };
  assert.deepEqual(savedSections({ sections }), ["report", "retirement"]);
});
