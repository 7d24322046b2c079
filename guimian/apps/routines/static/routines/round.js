// A round is walked where the network may fail: a tap that was not taken is kept on the phone and sent again until it is.
// The server keeps each item once, so that sending twice does no harm.

const place = `guimian-round:${location.pathname}`;
const AGAIN = 5000; // milliseconds

const kept = () => JSON.parse(localStorage.getItem(place) || "{}");
const keep = (taps) => localStorage.setItem(place, JSON.stringify(taps));

function mark() {
  const taps = kept();
  for (const row of document.querySelectorAll("[data-round] .check")) {
    const waits = row.id in taps;
    row.classList.toggle("check-unsent", waits);
    const note = row.querySelector("[data-unsent]");
    if (note) note.hidden = !waits;
  }
}

// Photos stay in their field, which is not emptied: only words and taps are kept.
document.addEventListener("htmx:sendError", (event) => {
  const form = event.detail.elt.closest("[data-round] form");
  const row = form?.closest(".check");
  if (!row) return;
  const fields = [...new FormData(form)].filter(([, value]) => typeof value === "string");
  const photos = [...new FormData(form)].some(([, value]) => value instanceof File && value.size);
  if (!photos) {
    keep({ ...kept(), [row.id]: { url: form.action, body: new URLSearchParams(fields).toString() } });
    row.querySelector("details[open]")?.removeAttribute("open");
  }
  mark();
});

let busy = false;
async function send() {
  if (busy || !Object.keys(kept()).length) return;
  busy = true;
  let sent = 0;
  try {
    for (const [id, { url, body }] of Object.entries(kept())) {
      const answer = await fetch(url, {
        method: "POST", body, redirect: "manual",
        headers: { "Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": document.querySelector('meta[name="csrf-token"]').content },
      });
      if (answer.status >= 500) break;
      const left = kept();
      delete left[id];
      keep(left);
      sent += 1;
    }
  } catch { /* still without a connection */ }
  busy = false;
  mark();
  if (sent && !document.querySelector("[data-round] details[open]")) {
    window.htmx.ajax("GET", location.pathname, { target: "#walk", select: "#walk", swap: "outerHTML" }).then(mark);
  }
}

addEventListener("online", send);
setInterval(send, AGAIN);
mark();
send();
