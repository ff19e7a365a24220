// One key each: `/` goes to the search, Escape empties it and then leaves it.
const writing = (element) => element.closest("input, textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.metaKey || event.ctrlKey || event.altKey) return;
  if (event.key === "/" && !writing(event.target)) {
    const search = document.querySelector("[data-key='/']");
    if (!search) return;
    event.preventDefault();
    search.focus();
    search.select();
  }
  if (event.key === "Escape" && event.target.matches("input[type=search]")) {
    if (event.target.value) {
      event.preventDefault();
      event.target.value = "";
      event.target.dispatchEvent(new Event("input", { bubbles: true }));
    } else event.target.blur();
  }
});
