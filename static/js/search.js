// The list below the search box: arrows walk it, Escape leads back to the box, leaving folds it.
const form = document.querySelector(".topbar-search");
const box = form?.querySelector("input[type=search]");
const panel = form?.querySelector(".topbar-found");

form?.addEventListener("keydown", (event) => {
  const links = [...panel.querySelectorAll("a")];
  const at = links.indexOf(document.activeElement);
  if (event.key === "ArrowDown" && links.length) {
    event.preventDefault();
    links[Math.min(at + 1, links.length - 1)].focus();
  } else if (event.key === "ArrowUp" && at >= 0) {
    event.preventDefault();
    (links[at - 1] ?? box).focus();
  } else if (event.key === "Escape" && at >= 0) box.focus();
});
form?.addEventListener("focusin", () => (panel.hidden = false));
form?.addEventListener("focusout", (event) => (panel.hidden = !form.contains(event.relatedTarget)));
// A link that is pressed must still be there when the button is let go.
panel?.addEventListener("mousedown", (event) => event.preventDefault());
