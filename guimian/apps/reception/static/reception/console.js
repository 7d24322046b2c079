// The console without a mouse: a single key presses the button that carries it (`data-key`) or goes to a field.
// Keys of the house (? / u g p) stay the house's; a digit after `g` belongs to it as well.

document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input, textarea, select, [contenteditable]");
  if (event.key === "Escape" && typing) event.target.blur();
  if (typing || event.repeat || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (document.querySelector("dialog[open]")) return;
  const wanted = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === event.key.toLowerCase());
  if (!wanted || wanted.disabled) return;
  event.preventDefault();
  wanted.click();
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-focuses]");
  if (button) document.querySelector(button.dataset.focuses)?.focus();
});

// A refused record keeps its form; a good one gives the keys back to the window.
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id === "record" && event.detail.xhr.status === 200) document.activeElement?.blur();
});
