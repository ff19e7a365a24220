// «Save 3 changes», the question on leaving, the counters, the focus on what is wrong.
const fieldOf = (control) => control.closest(".field");

// The value shown is in the hidden input beside the field where the form keeps it, else the browser's default.
function shown(control) {
  const form = control.form;
  const hidden = [...form.querySelectorAll("input[type=hidden]")].filter((input) => input.name === `initial-${control.name}`);
  if (hidden.length) return control.multiple ? hidden.map((input) => input.value).sort().join("\n") : hidden[0].value;
  if (control.multiple) return [...control.options].filter((option) => option.defaultSelected).map((option) => option.value).sort().join("\n");
  if (control.tagName === "SELECT") return ([...control.options].find((option) => option.defaultSelected) ?? control.options[0])?.value ?? "";
  return control.defaultValue;
}

function changed(control) {
  if (!control.name || !control.matches("input:not([type=hidden]), select, textarea")) return false;
  if (control.type === "checkbox" || control.type === "radio") return control.checked !== control.defaultChecked;
  if (control.type === "file") return control.files.length > 0;
  const value = control.multiple ? [...control.selectedOptions].map((option) => option.value).sort().join("\n") : control.value;
  return value.replaceAll("\r\n", "\n") !== shown(control).replaceAll("\r\n", "\n");
}

function count(form) {
  const names = new Set();
  for (const control of form.elements) {
    const is = changed(control);
    if (is) names.add(control.name);
    const field = fieldOf(control);
    if (field && control.type !== "hidden") field.classList.toggle("field-changed", names.has(control.name) && "countChanges" in form.dataset);
  }
  return names.size;
}

function mark(form) {
  const number = count(form);
  form.toggleAttribute("data-dirty", number > 0);
  const button = form.querySelector("[data-submit]");
  if ("countChanges" in form.dataset && button) {
    const verb = button.dataset.submit;
    button.textContent = number === 0 ? verb : `${verb} ${number} ${number === 1 ? "change" : "changes"}`;
    button.setAttribute("aria-disabled", String(number === 0));
    const state = form.querySelector("[data-form-state]");
    if (state) state.textContent = number === 0 ? "No changes yet" : "";
  }
}

function addCounter(control) {
  const field = fieldOf(control);
  if (!field || control.maxLength < 1 || field.querySelector(".field-count")) return;
  const counter = document.createElement("span");
  counter.className = "field-count";
  counter.hidden = true;
  counter.setAttribute("aria-hidden", "true");
  control.after(counter);
  const show = () => {
    const used = control.value.length;
    counter.textContent = `${used} of ${control.maxLength}`;
    counter.toggleAttribute("data-full", used >= control.maxLength * 0.9);
    counter.hidden = document.activeElement !== control && used < control.maxLength;
  };
  for (const event of ["input", "focus", "blur"]) control.addEventListener(event, show);
}

function enhance(within) {
  for (const form of within.querySelectorAll("form[data-guard]")) mark(form);
  within.querySelectorAll(".field [maxlength]").forEach(addCounter);
  within.querySelector("[data-form-errors]")?.focus();
}

let leaving = false;

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.matches("[data-guard]")) mark(form);
});
document.addEventListener("reset", (event) => setTimeout(() => event.target.matches("[data-guard]") && mark(event.target)));
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.submitter?.getAttribute("aria-disabled") === "true") {
    event.preventDefault();
    return;
  }
  if (form.method !== "post") return;
  if (form.dataset.sent !== undefined) {
    event.preventDefault(); // a second click must not send a second write
    return;
  }
  leaving = true;
  if (!form.hasAttribute("hx-post")) form.dataset.sent = "";
  event.submitter?.setAttribute("aria-busy", "true");
});
addEventListener("pageshow", () => {
  leaving = false;
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  for (const button of document.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
});
addEventListener("beforeunload", (event) => {
  if (!leaving && document.querySelector("form[data-guard][data-dirty]")) event.preventDefault();
});

enhance(document);
document.addEventListener("htmx:afterSwap", (event) => enhance(event.detail.elt));
