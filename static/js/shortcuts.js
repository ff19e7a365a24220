// `/` goes to the search, Escape empties it and then leaves it; Ctrl+Enter sends a form from a field of several lines.
const writing = (element) => element.closest("input, textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.matches("textarea")) {
    const form = event.target.form;
    form?.requestSubmit(form.querySelector("[data-submit]"));
    return;
  }
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
