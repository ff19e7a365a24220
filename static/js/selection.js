// Ticked rows of a list: a box for the page, a count, «all that match», x on the row that is walked to.
const boxes = () => [...document.querySelectorAll(".select-row")];
const form = () => document.getElementById("selection");

function count() {
  const bar = form();
  if (!bar) return;
  const ticked = boxes().filter((box) => box.checked).length;
  const all = bar.elements.all;
  if (all && !ticked) all.checked = false;
  const number = bar.querySelector("[data-selected]");
  number.textContent = (all?.checked ? Number(all.dataset.total) : ticked).toLocaleString();
  const page = document.querySelector(".select-page");
  page.checked = ticked > 0 && ticked === boxes().length;
  page.indeterminate = ticked > 0 && !page.checked;
}

document.addEventListener("change", (event) => {
  if (event.target.matches(".select-page")) for (const box of boxes()) box.checked = event.target.checked;
  if (event.target.matches("#selection [name=all]") && event.target.checked) for (const box of boxes()) box.checked = true;
  // Somebody who unticks a row no longer means all of them.
  if (event.target.matches(".select-row") && !event.target.checked && form()?.elements.all) form().elements.all.checked = false;
  count();
});

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-selection-clear]")) return;
  for (const box of boxes()) box.checked = false;
  count();
  document.querySelector(".select-page")?.focus();
});

// With «all» ticked the single ids only make the address long. (A form's own `id` is hidden by its boxes.)
document.addEventListener("submit", (event) => {
  if (event.target !== form() || !event.target.elements.all?.checked) return;
  for (const box of boxes()) box.disabled = true;
  setTimeout(() => boxes().forEach((box) => { box.disabled = false; }));
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "x" || event.metaKey || event.ctrlKey || event.altKey || event.target.closest("input, textarea, select, [contenteditable], dialog")) return;
  const box = document.querySelector("tr[data-current] .select-row");
  if (!box) return;
  box.checked = !box.checked;
  box.dispatchEvent(new Event("change", { bubbles: true }));
});

document.addEventListener("htmx:afterSwap", count);
addEventListener("pageshow", count);
