// Tells the parts of a page that show a topic to fetch themselves again when it changes here or below.

import { listen } from "./stream.js";

const root = document.documentElement;
const { path = "", guest = "" } = document.body.dataset;
const AT_ONCE = 40, REST = guest ? 400 : 1000; // milliseconds: the first change is fetched at once, a flood once a second
const pending = new Set();
let timer, stale, fetched = -REST, met = false;

function refetch() {
  timer = undefined;
  fetched = performance.now();
  for (const part of document.querySelectorAll("[data-live]")) {
    const topics = part.dataset.live.split(" ");
    if (!pending.has("*") && !topics.some((topic) => pending.has(topic))) continue;
    // Somebody is filling something in there: leave it alone until they are done.
    const busy = part.contains(document.activeElement) && document.activeElement.matches("input, textarea, select");
    if (busy) part.addEventListener("focusout", () => changed(topics[0]), { once: true });
    else part.dispatchEvent(new Event("refetch"));
  }
  pending.clear();
}

function changed(topic) {
  pending.add(topic);
  timer ??= setTimeout(refetch, Math.max(AT_ONCE, fetched + REST - performance.now()));
}

function hear(message) {
  if (message.kind === "lost") {
    stale ??= setTimeout(() => { root.dataset.liveState = "stale"; }, 5000);
    return;
  }
  clearTimeout(stale);
  stale = undefined;
  root.dataset.liveState = "open";
  // At the first hello the server knows what the page missed; after a loss everything is fetched again.
  if (message.kind === "hello" && met) changed("*");
  if (message.kind === "change" && (message.path.startsWith(path) || path.startsWith(message.path))) changed(message.topic);
  met = true;
}

if (window.SharedWorker && !guest) {
  const worker = new SharedWorker(new URL("worker.js", import.meta.url), { name: "guimian-live", type: "module" });
  worker.port.onmessage = ({ data }) => hear(data);
  worker.port.postMessage({ since: performance.timeOrigin });
  addEventListener("pagehide", () => worker.port.postMessage("bye"));
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
} else {
  listen(hear, performance.timeOrigin, guest);
}
