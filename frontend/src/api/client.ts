/** Calls of the web API: the token on every one, one shape of failure, a few tries where that does no harm. */
import { session } from "../session/session";
import { ApiFailure, SignedOut } from "./failure";

type Method = "GET" | "POST" | "PUT" | "DELETE";

/** Longer than the API itself may take. */
const timeoutMilliseconds = 35_000;
/** Reading is tried again; writing is not, for it may have been done. */
const mostTries = 3;

export async function read<Answer>(path: string): Promise<Answer> {
  for (let tries = 1; ; tries += 1) {
    try {
      const response = await send("GET", path);
      return (await response.json()) as Answer;
    } catch (failure) {
      const isTransient = failure instanceof ApiFailure && (failure.status === 0 || failure.status === 503);
      if (!isTransient || tries >= mostTries) throw failure;
      await pause(500 * 2 ** tries);
    }
  }
}

export async function write<Answer>(method: Exclude<Method, "GET">, path: string, body?: unknown): Promise<Answer> {
  const response = await send(method, path, body);
  return (await response.json()) as Answer;
}

/** A file the API makes, such as `/api/holdings.csv`. */
export async function readFile(path: string): Promise<Blob> {
  return (await send("GET", path)).blob();
}

async function send(method: Method, path: string, body?: unknown): Promise<Response> {
  const token = await session().token();
  if (token === null) {
    session().requireSignIn();
    throw new SignedOut();
  }
  const response = await answer(method, path, token, body);
  if (response.ok) return response;
  if (response.status === 401) {
    session().requireSignIn();
    throw new SignedOut();
  }
  throw await failureOf(response);
}

async function answer(method: Method, path: string, token: string, body?: unknown): Promise<Response> {
  const headers: Record<string, string> = { authorization: `Bearer ${token}` };
  if (body !== undefined) headers["content-type"] = "application/json";
  const ending = new AbortController();
  const timer = setTimeout(() => ending.abort(), timeoutMilliseconds);
  try {
    return await fetch(path, {
      method, headers, cache: "no-store", signal: ending.signal,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    const what = ending.signal.aborted ? "the server did not answer in time" : "the server cannot be reached";
    const advice = method === "GET"
      ? "check your connection and try again"
      : "it is not known whether the change was saved, look before you try again";
    throw new ApiFailure(0, "unreachable", `${what}; ${advice}`);
  } finally {
    clearTimeout(timer);
  }
}

async function failureOf(response: Response): Promise<ApiFailure> {
  const problem: unknown = await response.json().catch(() => null);
  const { detail, code, fields, request_id } = (problem ?? {}) as Record<string, unknown>;
  return new ApiFailure(
    response.status, typeof code === "string" ? code : "unknown",
    typeof detail === "string" ? detail : `the server answered with status ${response.status}`,
    (fields as Record<string, string> | undefined) ?? {},
    typeof request_id === "string" ? request_id : undefined);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
