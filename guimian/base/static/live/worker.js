// One stream per browser: a SharedWorker holds it and passes on to every open page what it says.
const ports = new Set();
let source, state = "";

function tell(message) {
  for (const port of ports) port.postMessage(message);
}

function listen() {
  source?.close();
  source = new EventSource("/events/");
  source.addEventListener("hello", () => { state = "open"; tell({ kind: "hello" }); });
  source.addEventListener("change", (event) => tell({ kind: "change", ...JSON.parse(event.data) }));
  source.onerror = () => {
    if (state !== "lost") { state = "lost"; tell({ kind: "lost" }); }
    // Refused for good (signed out, say): the browser does not try again by itself.
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, 5000);
  };
}

addEventListener("connect", (event) => {
  const port = event.ports[0];
  ports.add(port);
  port.onmessage = ({ data }) => { if (data === "bye") ports.delete(port); };
  if (!source) listen();
  else if (state) port.postMessage({ kind: state === "open" ? "welcome" : "lost" });
});
