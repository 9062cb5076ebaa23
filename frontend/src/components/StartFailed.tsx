import { ServerError } from "./ServerError";

/** Nothing could be started: there is no session, so there is no navigation either. */
export function StartFailed({ failure }: { failure: unknown }) {
  return <ServerError failure={failure} />;
}
