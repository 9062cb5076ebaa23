import { createRoot } from "react-dom/client";
import { App } from "./App";
import { ServerError } from "./components/ServerError";
import { startSession } from "./session/session";

const root = createRoot(document.getElementById("root") as HTMLElement);
startSession().then(
  () => root.render(<App />),
  // Without a session there is no navigation either.
  (failure: unknown) => root.render(<ServerError failure={failure} />),
);
