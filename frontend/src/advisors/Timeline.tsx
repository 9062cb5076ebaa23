import { useEffect, useState } from "react";
import type { JobEvent } from "../api/types";
import { seconds } from "../format/times";
import type { Progress } from "./polling";

/** What has happened so far, with the time since the click, and a clock while it goes on. */
export function Timeline({ progress }: { progress: Progress }) {
  const { events, end, trouble } = progress;
  const begin = events[0]?.at;
  const isGoingOn = end === null;
  return (
    <section className="card timeline-card" aria-labelledby="timeline-title">
      <div className="card-header">
        <h2 id="timeline-title">Progress</h2>
        {begin && <Clock begin={begin} end={isGoingOn ? null : events[events.length - 1]?.at ?? begin} />}
      </div>
      <div role="log" aria-label="What has happened">
        {events.length === 0 && end === null && <p className="quiet">Asking how far it is.</p>}
        <ol className="timeline">
          {events.map((event) => <Step key={event.sequence} event={event} begin={begin ?? event.at} />)}
        </ol>
      </div>
      {isGoingOn && trouble && (
        <p className="problem" role="status">
          {trouble} The analysis goes on by itself; Alex keeps asking how far it is.
        </p>
      )}
      {isGoingOn && !trouble && (
        <p className="quiet small">You can leave this page: the analysis goes on, and you find it here again.</p>
      )}
    </section>
  );
}

const signs: Record<JobEvent["kind"], string> = {
  queued: "○", started: "▸", tagging_started: "▸", tagging_finished: "✓", prices_updated: "✓", section_started: "▸",
  section_finished: "✓", section_failed: "✗", completed: "✓", failed: "✗",
};

function Step({ event, begin }: { event: JobEvent; begin: string }) {
  const isBad = event.kind === "failed" || event.kind === "section_failed";
  return (
    <li className={`step ${isBad ? "step-bad" : ""}`}>
      <span className="step-sign" aria-hidden="true">{signs[event.kind]}</span>
      <span className="step-words">
        {event.message}
        {event.seconds !== null && <span className="quiet"> Took {seconds(event.seconds)}.</span>}
      </span>
      <span className="step-time quiet number"><span className="visually-hidden">After </span>{since(begin, event.at)}</span>
    </li>
  );
}

function since(begin: string, moment: string): string {
  return seconds(Math.max(0, Date.parse(moment) - Date.parse(begin)) / 1000);
}

const tickMilliseconds = 1_000;

/** Not announced: it would speak every second. */
function Clock({ begin, end }: { begin: string; end: string | null }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (end !== null) return undefined;
    const timer = setInterval(() => setNow(Date.now()), tickMilliseconds);
    return () => clearInterval(timer);
  }, [end]);
  const passed = Math.max(0, (end === null ? now : Date.parse(end)) - Date.parse(begin)) / 1000;
  return (
    <p className="clock number">
      <span className="quiet">{end === null ? "Since the start" : "In all"} </span>
      <strong>{end === null ? wholeSeconds(passed) : seconds(passed)}</strong>
    </p>
  );
}

/** A clock has no use for fractions. */
function wholeSeconds(passed: number): string {
  return passed < 60 ? `${Math.floor(passed)} s` : seconds(Math.floor(passed));
}
