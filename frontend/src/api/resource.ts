/** What has been read from the API, kept between pages: a page that was seen before is there at once. */
import { useCallback, useEffect, useSyncExternalStore } from "react";
import { read } from "./client";
import { SignedOut } from "./failure";

interface Entry {
  data?: unknown;
  failure?: unknown;
  isLoading: boolean;
}

export interface Resource<Data> {
  /** Undefined until it has come for the first time. */
  data: Data | undefined;
  /** Of the last try; the data of an earlier one stays. */
  failure: unknown;
  isLoading: boolean;
  reload: () => Promise<void>;
}

const absent: Entry = { isLoading: true };
const entries = new Map<string, Entry>();
const underWay = new Map<string, Promise<void>>();
/** How many components show a path. */
const shown = new Map<string, number>();
const listeners = new Set<() => void>();

function set(path: string, entry: Entry | undefined): void {
  if (entry) entries.set(path, entry);
  else entries.delete(path);
  for (const listener of listeners) listener();
}

function load(path: string): Promise<void> {
  const running = underWay.get(path);
  if (running) return running;
  set(path, { ...entries.get(path), isLoading: true });
  // An answer that is no longer waited for (a change or a sign-out came between) is dropped.
  const isWanted = (): boolean => underWay.get(path) === loading;
  const loading: Promise<void> = read<unknown>(path).then(
    (data) => {
      if (isWanted()) set(path, { data, isLoading: false });
    },
    (failure: unknown) => {
      if (isWanted() && !(failure instanceof SignedOut)) {
        set(path, { ...entries.get(path), failure, isLoading: false });
      }
    },
  ).finally(() => {
    if (isWanted()) underWay.delete(path);
  });
  underWay.set(path, loading);
  return loading;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Reads a path of the API, and renders again when what is known about it changes.
 *
 * @param path Null reads nothing.
 * @param isFinal What is there never changes: it is read once.
 */
export function useResource<Data>(path: string | null, isFinal = false): Resource<Data> {
  const entry = useSyncExternalStore(subscribe, () => (path === null ? absent : entries.get(path) ?? absent));
  useEffect(() => {
    if (path === null) return undefined;
    shown.set(path, (shown.get(path) ?? 0) + 1);
    if (!isFinal || entries.get(path)?.data === undefined) void load(path);
    return () => {
      shown.set(path, (shown.get(path) ?? 1) - 1);
    };
  }, [path, isFinal]);
  const reload = useCallback(() => (path === null ? Promise.resolve() : load(path)), [path]);
  return { data: entry.data as Data | undefined, failure: entry.failure, isLoading: entry.isLoading, reload };
}

/** Reads what will probably be asked for. Nobody waits for it, so a failure is not told; who asks tries again. */
export function prepare(path: string): void {
  if (entries.has(path)) return;
  void load(path).then(() => {
    if (entries.get(path)?.data === undefined && !shown.get(path)) set(path, undefined);
  });
}

/** After a change: reads anew what begins with one of the prefixes and is shown, and forgets what is not. */
export async function refresh(...prefixes: string[]): Promise<void> {
  const stale = [...entries.keys()].filter((path) => prefixes.some((prefix) => path.startsWith(prefix)));
  await Promise.all(stale.map((path) => {
    underWay.delete(path);
    if (shown.get(path)) return load(path);
    set(path, undefined);
    return undefined;
  }));
}

/** Puts an answer where the next reader finds it. */
export function keep(path: string, data: unknown): void {
  underWay.delete(path);
  set(path, { data, isLoading: false });
}

/** Somebody else may sign in next: nothing stays. */
export function forgetEverything(): void {
  underWay.clear();
  entries.clear();
  for (const listener of listeners) listener();
}
