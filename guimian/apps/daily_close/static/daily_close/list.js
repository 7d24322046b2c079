// Ticking a list by keyboard: the arrow keys go from tick to tick, Enter ticks and goes on. Without this, Tab and Space do.
const ticks = () => [...document.querySelectorAll(".list-form .form-check-input")];

document.addEventListener("keydown", (event) => {
  const all = ticks(), here = all.indexOf(event.target);
  if (here < 0 || event.isComposing) return;
  const step = { ArrowDown: 1, ArrowUp: -1, Enter: 1 }[event.key];
  if (!step) return;
  event.preventDefault();
  if (event.key === "Enter") event.target.checked = true;
  const next = all[here + step] ?? (step > 0 ? document.querySelector('.list-form [name="counted"], .list-form [value="confirm"]') : null);
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
});
// A tick takes back "does not": one or the other.
document.addEventListener("change", (event) => {
  if (!event.target.matches(".list-form .form-check-input")) return;
  const why = event.target.closest("td")?.querySelector("details");
  if (why && event.target.checked) why.open = false;
});
ticks().find((one) => !one.checked)?.focus({ preventScroll: true });
