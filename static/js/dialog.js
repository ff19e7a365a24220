// A confirmation that htmx put into the dialog is shown over the page; without script it is a page of its own.
const dialog = document.getElementById("dialog");
let opener = null;

document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.target?.id === "dialog-body" && !dialog.open) opener = event.detail.elt;
});

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id !== "dialog-body") return;
  if (!dialog.open) dialog.showModal();
  const wrong = dialog.querySelector("[aria-invalid=true]") ?? dialog.querySelector("[data-form-errors]");
  (wrong ?? dialog.querySelector("input:not([type=hidden]), textarea, select") ?? dialog.querySelector(".form-actions button"))?.focus();
});

// What cannot be shown in the dialog is shown as the page it is.
document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.target?.id === "dialog-body") location.assign(event.detail.pathInfo.requestPath);
});

dialog?.addEventListener("click", (event) => {
  if (event.target === dialog || event.target.closest("[data-dialog-close]")) dialog.close();
});

dialog?.addEventListener("close", () => {
  document.getElementById("dialog-body").replaceChildren();
  opener?.focus();
  opener = null;
});
