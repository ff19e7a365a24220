// The button beside an id or DNS value; says that it has copied.
async function write(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.createElement("textarea"); // a page without https has no clipboard object
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  return field.remove();
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const [label, icon] = [button.getAttribute("aria-label"), button.querySelector(".bi")];
  try {
    await write(button.dataset.copy);
  } catch {
    button.setAttribute("aria-label", "The browser did not allow copying");
    return;
  }
  button.setAttribute("aria-label", "Copied");
  button.dataset.copied = "";
  icon?.classList.replace("bi-copy", "bi-check-lg");
  setTimeout(() => {
    button.setAttribute("aria-label", label);
    delete button.dataset.copied;
    icon?.classList.replace("bi-check-lg", "bi-copy");
  }, 2000);
});
