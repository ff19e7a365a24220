// Menus are <details>: one open at a time, closed by Escape or a click outside, arrow keys within.
const open = () => document.querySelectorAll("details.menu[open]");

document.addEventListener("click", (event) => {
  for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener(
  "toggle",
  (event) => {
    const menu = event.target;
    if (!menu.matches?.("details.menu") || !menu.open) return;
    for (const other of open()) if (other !== menu) other.open = false;
    const panel = menu.querySelector(".menu-panel");
    if (panel.getBoundingClientRect().right > document.documentElement.clientWidth) menu.classList.add("menu-end");
    menu.querySelector("[data-menu-filter]")?.focus();
  },
  true,
);

document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.("details.menu[open]");
  if (!menu) return;
  if (event.key === "Escape") {
    menu.open = false;
    menu.querySelector("summary").focus();
    event.stopPropagation();
  }
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const stops = [...menu.querySelectorAll("summary, .menu-item, input, select, button")].filter((stop) => stop.offsetParent);
    const next = stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    if (stops[next] && !event.target.matches("select, input:not([type=search])")) {
      stops[next].focus();
      event.preventDefault();
    }
  }
});

document.addEventListener("input", (event) => {
  if (!event.target.matches("[data-menu-filter]")) return;
  const wanted = event.target.value.trim().toLocaleLowerCase();
  for (const item of event.target.parentElement.querySelectorAll("li")) {
    item.hidden = !item.textContent.toLocaleLowerCase().includes(wanted);
  }
});
