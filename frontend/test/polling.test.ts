import assert from "node:assert/strict";
import { test } from "node:test";
import { longestDelayMilliseconds, longestWatchMilliseconds, Poller, Progress } from "../src/advisors/polling";
import { ApiFailure, SignedOut } from "../src/api/failure";
import type { JobEvent } from "../src/api/types";

function event(sequence: number, kind: JobEvent["kind"]): JobEvent {
  return { sequence, kind, at: "2026-11-27T07:31:41.928Z", section: null, message: kind, seconds: null };
}

/** An API that gives the answers in their order and then nothing new, and a clock that is moved by hand. */
class Stage {
  time = 0;
  isHidden = false;
  asked: number[] = [];
  delays: number[] = [];
  seen: Progress[] = [];
  private waiting: { due: number; action: () => void } | null = null;
  readonly poller: Poller;

  constructor(private readonly answers: (JobEvent[] | Error)[] = []) {
    this.poller = new Poller(
      {
        readEvents: (after) => {
          this.asked.push(after);
          const answer = this.answers.shift() ?? [];
          return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
        },
        now: () => this.time,
        after: (milliseconds, action) => {
          this.delays.push(milliseconds);
          const waiting = { due: this.time + milliseconds, action };
          this.waiting = waiting;
          return () => {
            if (this.waiting === waiting) this.waiting = null;
          };
        },
        isHidden: () => this.isHidden,
      },
      (progress) => this.seen.push(progress));
  }

  get last(): Progress {
    return this.seen[this.seen.length - 1] as Progress;
  }

  get isWaiting(): boolean {
    return this.waiting !== null;
  }

  async begin(): Promise<void> {
    this.poller.start();
    await settled();
  }

  /** Moves the clock to the next question, as often as is said. */
  async step(times = 1): Promise<void> {
    for (let count = 0; count < times; count += 1) {
      const waiting = this.waiting;
      if (!waiting) return;
      this.waiting = null;
      this.time = waiting.due;
      waiting.action();
      await settled();
    }
  }

  async turn(isHidden: boolean): Promise<void> {
    this.isHidden = isHidden;
    this.poller.visibilityChanged();
    await settled();
  }
}

async function settled(): Promise<void> {
  for (let count = 0; count < 10; count += 1) await Promise.resolve();
}

test("it asks soon at first, then less and less often, and never less than every five seconds", async () => {
  const stage = new Stage();
  await stage.begin();
  await stage.step(12);
  assert.equal(stage.delays[0], 600);
  assert(stage.delays.every((delay, index) => index === 0 || delay >= (stage.delays[index - 1] ?? 0)));
  assert.equal(stage.delays[stage.delays.length - 1], longestDelayMilliseconds);
});

test("news makes it curious again", async () => {
  const stage = new Stage([[], [], [], [event(1, "started")]]);
  await stage.begin();
  await stage.step(3);
  assert.equal(stage.delays[3], 400);
});

test("each question is for what comes after the last event", async () => {
  const stage = new Stage([[event(1, "queued"), event(4, "started")], [], [event(7, "prices_updated")]]);
  await stage.begin();
  await stage.step(3);
  assert.deepEqual(stage.asked, [0, 4, 4, 7]);
  assert.deepEqual(stage.last.events.map(({ sequence }) => sequence), [1, 4, 7]);
});

test("it ends when the analysis is complete", async () => {
  const stage = new Stage([[event(1, "started")], [event(2, "completed")]]);
  await stage.begin();
  await stage.step(5);
  assert.equal(stage.last.end, "completed");
  assert.equal(stage.isWaiting, false);
  assert.equal(stage.asked.length, 2);
});

test("it ends when the analysis has failed, and not when one of its sections has", async () => {
  const stage = new Stage([[event(1, "section_failed")], [event(2, "failed")]]);
  await stage.begin();
  assert.equal(stage.last.end, null);
  await stage.step();
  assert.equal(stage.last.end, "failed");
});

test("a failure is told, nothing is forgotten, and the next answer clears it", async () => {
  const stage = new Stage([[event(1, "started")], new ApiFailure(0, "unreachable", "the server cannot be reached"), []]);
  await stage.begin();
  await stage.step();
  assert.deepEqual(stage.last, { events: [event(1, "started")], end: null, trouble: "The server cannot be reached." });
  await stage.step();
  assert.equal(stage.last.trouble, null);
  assert.equal(stage.last.events.length, 1);
});

test("after a failure it waits as long as it ever does", async () => {
  const stage = new Stage([new ApiFailure(500, "internal", "it broke")]);
  await stage.begin();
  assert.deepEqual(stage.delays, [longestDelayMilliseconds]);
});

test("an analysis that does not exist is not asked for again", async () => {
  const stage = new Stage([new ApiFailure(404, "not_found", "the analysis does not exist")]);
  await stage.begin();
  assert.equal(stage.last.end, "gone");
  assert.equal(stage.isWaiting, false);
});

test("who has to sign in is not asked for either", async () => {
  const stage = new Stage([new SignedOut()]);
  await stage.begin();
  assert.deepEqual(stage.seen, []);
  assert.equal(stage.isWaiting, false);
});

test("it pauses while the page is hidden and asks at once when it is shown", async () => {
  const stage = new Stage();
  await stage.begin();
  await stage.turn(true);
  assert.equal(stage.isWaiting, false);
  await stage.turn(false);
  assert.equal(stage.asked.length, 2);
  assert.equal(stage.isWaiting, true);
});

test("an answer that comes while the page is hidden is kept, and nothing more is asked", async () => {
  const stage = new Stage([[event(1, "started")]]);
  stage.poller.start();
  stage.isHidden = true;
  await settled();
  assert.equal(stage.last.events.length, 1);
  assert.equal(stage.isWaiting, false);
});

test("showing the page twice does not ask twice", async () => {
  const stage = new Stage();
  stage.poller.start();
  stage.poller.visibilityChanged();
  await settled();
  assert.equal(stage.asked.length, 1);
});

test("after twenty minutes it gives up", async () => {
  const stage = new Stage();
  await stage.begin();
  await stage.step(1_000);
  assert.equal(stage.last.end, "overdue");
  assert(stage.time >= longestWatchMilliseconds && stage.time < longestWatchMilliseconds + longestDelayMilliseconds);
});

test("an end that is found late is an end and not too late", async () => {
  const stage = new Stage([[], [event(9, "completed")]]);
  await stage.begin();
  await stage.turn(true);
  stage.time = longestWatchMilliseconds * 3;
  await stage.turn(false);
  assert.equal(stage.last.end, "completed");
});

test("when the page is left nothing more is asked or told", async () => {
  const stage = new Stage();
  stage.poller.start();
  stage.poller.stop();
  await settled();
  assert.deepEqual(stage.seen, []);
  assert.equal(stage.isWaiting, false);
});
