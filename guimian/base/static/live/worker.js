// One stream per browser: a SharedWorker holds it and passes on to every open page what it says.
import { listen } from "./stream.js";

const KEPT = 60000; // milliseconds that a change is kept for pages that are just being opened
const ports = new Set(), recent = [];
let state = "", begun = 0;

function hear(message) {
  if (message.kind === "lost" && state === "lost") return;
  state = message.kind === "lost" ? "lost" : "open";
  const now = Date.now();
  while (recent.length && recent[0].at < now - KEPT) recent.shift();
  if (message.kind === "change") recent.push({ at: now, message });
  for (const port of ports) port.postMessage(message);
}

function join(port, since) {
  ports.add(port);
  if (!begun) {
    begun = since;
    listen(hear, since);
    return;
  }
  if (state) port.postMessage({ kind: state === "open" ? "welcome" : "lost" });
  if (since < Math.max(begun, Date.now() - KEPT)) port.postMessage({ kind: "change", topic: "*", path: "" });
  for (const { at, message } of recent) if (at >= since) port.postMessage(message);
}

addEventListener("connect", ({ ports: [port] }) => {
  port.onmessage = ({ data }) => { if (data === "bye") ports.delete(port); else join(port, data.since); };
});
