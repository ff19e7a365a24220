// Lists: a clean URL after a search, a row that opens as a whole, j and k to walk, Enter to open.
document.addEventListener("htmx:configRequest", (event) => {
  const { parameters, verb } = event.detail;
  if (verb !== "get") return;
  for (const name of [...Object.keys(parameters)]) if (parameters[name] === "") delete parameters[name];
});

const rows = () => [...document.querySelectorAll("[data-list] tbody tr")];
const linkOf = (row) => row?.querySelector("a[href]");

function mark() {
  for (const row of rows()) if (linkOf(row)) row.dataset.href = "";
}

document.addEventListener("click", (event) => {
  const row = event.target.closest("[data-list] tbody tr");
  if (!row || event.target.closest("a, button, input, label, select, summary") || getSelection().toString()) return;
  const link = linkOf(row);
  if (!link) return;
  if (event.metaKey || event.ctrlKey) open(link.href, "_blank", "noopener");
  else link.click();
});

document.addEventListener("keydown", (event) => {
  if (event.target.closest("input, textarea, select, [contenteditable], dialog") || event.metaKey || event.ctrlKey || event.altKey) return;
  if (event.key !== "j" && event.key !== "k") return;
  const all = rows();
  if (!all.length) return;
  const now = all.findIndex((row) => row.hasAttribute("data-current"));
  const next = Math.min(all.length - 1, Math.max(0, now + (event.key === "j" ? 1 : -1)));
  all[now]?.removeAttribute("data-current");
  all[next].setAttribute("data-current", "");
  all[next].scrollIntoView({ block: "nearest" });
  linkOf(all[next])?.focus({ preventScroll: true });
});

mark();
document.addEventListener("htmx:afterSwap", mark);
