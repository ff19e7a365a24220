// Makes a long <select> searchable: an input with a listbox, by the ARIA combobox pattern. The select keeps the value.
const fold = (text) => text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLocaleLowerCase();
const SHOWN = 100;

function build(select) {
  const box = document.createElement("div");
  const input = document.createElement("input");
  const list = document.createElement("ul");
  box.className = "combobox";
  input.className = `form-control${select.classList.contains("is-invalid") ? " is-invalid" : ""}`;
  input.type = "text";
  input.autocomplete = "off";
  input.spellcheck = false;
  input.id = `${select.id}_search`;
  list.className = "combobox-list";
  list.id = `${select.id}_list`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  const attributes = { role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list" };
  for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);
  for (const name of ["aria-describedby", "aria-invalid", "aria-required"]) if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name));
  const label = document.querySelector(`label[for="${select.id}"]`);
  if (label) {
    label.htmlFor = input.id;
    if (label.id) list.setAttribute("aria-labelledby", label.id);
  }
  input.disabled = select.disabled;
  box.append(input, list);
  select.after(box);
  select.hidden = true;
  return { input, list };
}

function enhance(select) {
  delete select.dataset.combobox;
  const { input, list } = build(select);
  const entries = [...select.options].map((option) => ({ option, text: option.text.trim(), key: fold(option.text) }));
  let active = -1;

  const chosen = () => select.options[select.selectedIndex];
  const reset = () => (input.value = chosen()?.value ? chosen().text.trim() : "");
  const isOpen = () => !list.hidden;

  function point(index) {
    const items = [...list.querySelectorAll("[role=option]")];
    active = items.length ? (index + items.length) % items.length : -1;
    items.forEach((item, place) => item.toggleAttribute("data-active", place === active));
    if (active < 0) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", items[active].id);
      items[active].scrollIntoView({ block: "nearest" });
    }
  }

  function show(wanted) {
    const found = entries.filter(({ key }) => key.includes(fold(wanted)));
    list.replaceChildren(
      ...found.slice(0, SHOWN).map(({ option, text }) => {
        const item = document.createElement("li");
        item.id = `${list.id}_${option.index}`;
        item.className = "combobox-option";
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", String(option.selected));
        item.dataset.index = option.index;
        item.textContent = text || "None";
        return item;
      }),
    );
    if (!found.length || found.length > SHOWN) {
      const note = document.createElement("li");
      note.className = "combobox-none";
      note.setAttribute("role", "presentation");
      note.textContent = found.length ? `${found.length - SHOWN} more: go on typing` : "Nothing matches";
      list.append(note);
    }
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    const at = found.slice(0, SHOWN).findIndex(({ option }) => option.selected);
    point(wanted || at < 0 ? 0 : at);
  }

  function close() {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function choose(index) {
    select.selectedIndex = index;
    select.dispatchEvent(new Event("input", { bubbles: true }));
    select.dispatchEvent(new Event("change", { bubbles: true }));
    reset();
    close();
  }

  input.addEventListener("input", () => show(input.value));
  input.addEventListener("click", () => (isOpen() ? null : show("")));
  input.addEventListener("focus", () => input.select());
  input.addEventListener("blur", () => {
    const empty = entries.find(({ option }) => !option.value);
    if (!input.value.trim() && empty && !empty.option.selected) choose(empty.option.index);
    reset();
    close();
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!isOpen()) show("");
      else point(active + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && isOpen()) {
      event.preventDefault();
      const item = list.querySelector("[data-active]");
      if (item) choose(Number(item.dataset.index));
    } else if (event.key === "Escape" && isOpen()) {
      event.stopPropagation();
      reset();
      close();
    }
  });
  list.addEventListener("mousedown", (event) => {
    event.preventDefault(); // the input keeps the focus
    const item = event.target.closest("[role=option]");
    if (item) choose(Number(item.dataset.index));
  });
  reset();
}

const enhanceAll = (within) => within.querySelectorAll("select[data-combobox]").forEach(enhance);
enhanceAll(document);
document.addEventListener("htmx:afterSwap", (event) => enhanceAll(event.detail.elt));
