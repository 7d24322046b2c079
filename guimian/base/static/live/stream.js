// The stream of events, kept open: it comes back by itself, and is given up for lost when it does not even breathe.
const AGAIN = 5000, SILENT = 40000; // milliseconds; the server breathes each 15 seconds

// `since`: when the page was asked for that listens first; the server tells what changed from then on.
// `guest`: the secret of a screen or a ticket that listens without a sign-in.
export function listen(hear, since, guest = "") {
  let source, heard;

  function open() {
    source?.close();
    heard = performance.now();
    const age = Math.max(0, Math.ceil(Date.now() - since));
    source = new EventSource(`/events/?${new URLSearchParams(guest ? { age, guest } : { age })}`);
    const on = (name, tell) => source.addEventListener(name, (event) => { heard = performance.now(); tell?.(event); });
    on("hello", () => hear({ kind: "hello" }));
    on("lost", () => hear({ kind: "lost" }));
    on("change", (event) => hear({ kind: "change", ...JSON.parse(event.data) }));
    on("breath");
    source.onerror = ({ target }) => {
      hear({ kind: "lost" });
      // Refused (signed out, say): the browser does not try again by itself.
      if (target.readyState === EventSource.CLOSED) setTimeout(() => { if (target === source) open(); }, AGAIN);
    };
  }

  open();
  setInterval(() => {
    if (performance.now() - heard < SILENT || source.readyState === EventSource.CLOSED) return;
    hear({ kind: "lost" });
    open();
  }, AGAIN);
}
