/** Following an analysis: pure, so that clock, visibility and the API are whatever the caller says. */
import { ApiFailure, sentence, SignedOut } from "../api/failure";
import type { JobEvent } from "../api/types";

export const firstDelayMilliseconds = 400;
export const longestDelayMilliseconds = 5_000;
const backOffFactor = 1.5;
/** An analysis may take ten minutes; after twice that it is not coming. */
export const longestWatchMilliseconds = 20 * 60_000;

/** The surroundings of a poller. */
export interface World {
  readEvents: (after: number) => Promise<JobEvent[]>;
  now: () => number;
  /** @returns What takes it back. */
  after: (milliseconds: number, action: () => void) => () => void;
  isHidden: () => boolean;
}

export type End = "completed" | "failed" | "overdue" | "gone";

export interface Progress {
  events: readonly JobEvent[];
  /** Null while there may be more. */
  end: End | null;
  /** Why the last try did not succeed; null when it did. */
  trouble: string | null;
}

export const noProgress: Progress = { events: [], end: null, trouble: null };

/**
 * Asks for new events, soon at first and then less and less often; not while nobody looks. It ends with the analysis,
 * when the analysis does not exist, or when it takes too long.
 */
export class Poller {
  private progress = noProgress;
  private delay = firstDelayMilliseconds;
  private isAsking = false;
  private isStopped = false;
  private startedAt = 0;
  private cancel: (() => void) | null = null;

  constructor(private readonly world: World, private readonly onChange: (progress: Progress) => void) {}

  start(): void {
    this.startedAt = this.world.now();
    void this.ask();
  }

  stop(): void {
    this.isStopped = true;
    this.cancelTimer();
  }

  /** To be called when the page is shown or hidden. */
  visibilityChanged(): void {
    if (this.world.isHidden()) {
      this.cancelTimer();
    } else if (!this.isOver && !this.isAsking) {
      this.delay = firstDelayMilliseconds;
      void this.ask();
    }
  }

  private get isOver(): boolean {
    return this.isStopped || this.progress.end !== null;
  }

  private cancelTimer(): void {
    this.cancel?.();
    this.cancel = null;
  }

  private async ask(): Promise<void> {
    this.cancelTimer();
    this.isAsking = true;
    const known = this.progress.events[this.progress.events.length - 1]?.sequence ?? 0;
    const next = await this.world.readEvents(known).then(
      (events) => this.afterEvents(events), (failure: unknown) => this.afterFailure(failure));
    this.isAsking = false;
    if (this.isStopped || next === null) return;
    const isOverdue = next.end === null && this.world.now() - this.startedAt >= longestWatchMilliseconds;
    this.progress = isOverdue ? { ...next, end: "overdue" } : next;
    this.onChange(this.progress);
    if (this.progress.end === null && !this.world.isHidden()) {
      this.cancel = this.world.after(this.delay, () => void this.ask());
    }
  }

  private afterEvents(events: JobEvent[]): Progress {
    this.delay = events.length > 0 ? firstDelayMilliseconds : this.longerDelay();
    return { events: [...this.progress.events, ...events], end: endOf(events), trouble: null };
  }

  /** @returns Null when the visitor has to sign in: the page is about to change. */
  private afterFailure(failure: unknown): Progress | null {
    if (failure instanceof SignedOut) return null;
    const isGone = failure instanceof ApiFailure && failure.isNotFound;
    this.delay = longestDelayMilliseconds;
    return { ...this.progress, end: isGone ? "gone" : null, trouble: sentence(failure) };
  }

  private longerDelay(): number {
    return Math.min(longestDelayMilliseconds, this.delay * backOffFactor);
  }
}

function endOf(events: JobEvent[]): End | null {
  const last = events.find(({ kind }) => kind === "completed" || kind === "failed");
  return last ? (last.kind as "completed" | "failed") : null;
}
