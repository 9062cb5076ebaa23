/** The agents a visitor sees, and what each of them does, as the events of an analysis tell it. */
import type { JobEvent, Section } from "../api/types";
import type { Progress } from "./polling";

export interface Agent {
  /** Null is the planner, who answers for the whole. */
  section: Section | null;
  name: string;
  color: "agent" | "primary" | "good" | "accent";
  words: string;
}

export const team: readonly Agent[] = [
  {
    section: null, name: "Financial planner", color: "agent",
    words: "Runs the analysis: has holdings classified, brings prices up to date, and calls the others at once.",
  },
  {
    section: "report", name: "Portfolio analyst", color: "primary",
    words: "Writes the report: what you hold, how it divides, how far it is from your targets.",
  },
  {
    section: "charts", name: "Chart specialist", color: "good",
    words: "Chooses the charts that show it best. Code computes every value in them.",
  },
  {
    section: "retirement", name: "Retirement planner", color: "accent",
    words: "Simulates thousands of futures and tells how many of them pay the income you want.",
  },
];

export interface AgentState {
  kind: "resting" | "waiting" | "working" | "finished" | "failed";
  /** In words, with the seconds where they are known. */
  text: string;
  seconds: number | null;
}

const resting: AgentState = { kind: "resting", text: "Ready", seconds: null };

/** @param progress Null when no analysis is followed. */
export function stateOf(agent: Agent, progress: Progress | null): AgentState {
  if (!progress) return resting;
  const state = agent.section === null ? plannerState(progress.events) : sectionState(agent.section, progress.events);
  const isCutShort = progress.end !== null && (state.kind === "waiting" || state.kind === "working");
  return isCutShort ? { kind: "failed", text: cutShort(progress), seconds: null } : state;
}

function cutShort({ end }: Progress): string {
  return end === "overdue" ? "Not heard of for a long time" : "Not finished";
}

function plannerState(events: readonly JobEvent[]): AgentState {
  const last = lastOf(events, ({ section }) => section === null);
  switch (last?.kind) {
    case "completed": return { kind: "finished", text: "Finished", seconds: last.seconds };
    case "failed": return { kind: "failed", text: "Did not succeed", seconds: last.seconds };
    case "started": return { kind: "working", text: "At work", seconds: null };
    case "tagging_started": return { kind: "working", text: "Has new holdings classified", seconds: null };
    case "tagging_finished": return { kind: "working", text: "Looks at the prices", seconds: null };
    case "prices_updated": return { kind: "working", text: "Calls the others", seconds: null };
    default: return { kind: "waiting", text: "Waiting for its turn", seconds: null };
  }
}

function sectionState(wanted: Section, events: readonly JobEvent[]): AgentState {
  const last = lastOf(events, ({ section }) => section === wanted);
  switch (last?.kind) {
    case "section_started": return { kind: "working", text: "At work", seconds: null };
    case "section_finished": return { kind: "finished", text: "Finished", seconds: last.seconds };
    case "section_failed": return { kind: "failed", text: "Did not succeed", seconds: last.seconds };
    default: return { kind: "waiting", text: "Waiting for the planner", seconds: null };
  }
}

function lastOf(events: readonly JobEvent[], isWanted: (event: JobEvent) => boolean): JobEvent | undefined {
  return events.filter(isWanted).pop();
}
