import { createRoot } from "react-dom/client";
import { App } from "./App";
import { StartFailed } from "./components/StartFailed";
import { startSession } from "./session/session";

const root = createRoot(document.getElementById("root") as HTMLElement);
startSession().then(
  () => root.render(<App />),
  (failure: unknown) => root.render(<StartFailed failure={failure} />),
);
