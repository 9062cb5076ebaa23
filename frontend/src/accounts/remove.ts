import { write } from "../api/client";
import { ApiFailure } from "../api/failure";
import { refresh } from "../api/resource";

/** Deletes something of the household's holdings. What was deleted elsewhere meanwhile is gone as wished. */
export async function remove(path: string): Promise<void> {
  try {
    await write("DELETE", path);
  } catch (failure) {
    if (!(failure instanceof ApiFailure && failure.status === 404)) throw failure;
  }
  await refresh("/api/portfolio", "/api/accounts");
}
