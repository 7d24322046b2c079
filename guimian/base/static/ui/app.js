// The little that pages need beyond htmx: the token, the keys, dialogs, dismissing, printing, asking first, dark or light.

const find = (selector, root = document) => root.querySelector(selector);

document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = find('meta[name="csrf-token"]').content;
  // What a page fetches by itself keeps nobody signed in.
  if (["refetch", "every"].includes(event.detail.triggeringEvent?.type)) event.detail.headers["X-Unattended"] = "1";
});
// A refused form comes back with its reasons; it is shown in place like any other answer.
document.addEventListener("htmx:beforeSwap", (event) => {
  if ([400, 403, 409, 422].includes(event.detail.xhr.status)) event.detail.shouldSwap = true;
});

function showHelp() {
  const dialog = find("#help");
  if (dialog && !dialog.open) dialog.showModal();
}

function switchTheme() {
  const theme = document.documentElement.dataset.bsTheme === "dark" ? "light" : "dark";
  document.documentElement.dataset.bsTheme = theme;
  document.cookie = `theme=${theme}; path=/; max-age=31536000; samesite=lax`;
  document.dispatchEvent(new CustomEvent("theme"));
}

document.addEventListener("click", (event) => {
  const on = (selector) => event.target.closest(selector);
  if (on("[data-help]")) showHelp();
  else if (on("[data-print]")) window.print();
  else if (on("[data-dismiss]")) on("[data-dismiss]").parentElement.remove();
  else if (on("[data-theme-switch]")) switchTheme();
  else if (on("button[data-confirm]") && !window.confirm(on("[data-confirm]").dataset.confirm)) event.preventDefault();
  else if (event.target.matches("dialog[open]")) event.target.close();
});
document.addEventListener("submit", (event) => {
  const question = event.target.dataset.confirm;
  if (question && !window.confirm(question)) event.preventDefault();
});

// A filter that is a list of choices works at once; text waits for Enter.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-filters]");
  if (form && event.target.matches("select, input[type=date], input[type=checkbox]")) form.requestSubmit();
});
document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-filters]")) return;
  for (const field of event.target.elements) field.disabled ||= field.name && field.value === "";
  setTimeout(() => { for (const field of event.target.elements) field.disabled = false; });
}, true);

function goTo(number) {
  const links = document.querySelectorAll("#nav ul a");
  if (links[number]) links[number].click();
}

let went = -Infinity; // when `g` was pressed
const keys = {
  "?": showHelp,
  "/": () => (find("[data-filters] input:not([type=hidden]), [data-filters] select, main input[type=search]") || find("main input"))?.focus(),
  u: () => find("#units")?.showPopover(),
  p: () => window.print(),
};
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.matches("input, textarea, select, [contenteditable]") || find("dialog[open]")) return;
  const after = event.timeStamp - went < 1500;
  went = event.key === "g" ? event.timeStamp : -Infinity;
  if (after && event.key === "t") goTo(0);
  else if (after && /^[1-9]$/.test(event.key)) goTo(Number(event.key) - 1);
  else if (keys[event.key]) keys[event.key]();
  else return;
  event.preventDefault();
});
find("#units")?.addEventListener("toggle", (event) => {
  if (event.newState === "open") find("#units-text").focus();
});
find("[data-focus]")?.focus();
