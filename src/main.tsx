import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { findAdapter } from "./store/adapter";
import { takeTrainerEvent } from "./store/run";
import { showProblem } from "./store/studio";
import { App } from "./ui/app";
import { preload } from "./ui/shell/preload";
import { applyTheme } from "./ui/shell/theme";
import "./ui/styles.css";
import { StoryloomError } from "./lib/errors";
import { listenToWorkers } from "./worker/client";

applyTheme();
listenToWorkers({
  trainerEvent: takeTrainerEvent,
  uncaught: (problem) => showProblem("page", new StoryloomError(problem)),
});
window.addEventListener("unhandledrejection", (event) => showProblem("page", event.reason));
window.addEventListener("error", (event) => showProblem("page", event.error ?? event.message));
void findAdapter();

createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);

preload();
