// The permission matrix: by keyboard as a grid, marks and counts what changed, searches while typing, folds.
const form = document.querySelector("[data-matrix]");
const controls = "select.switch, input[data-shown], textarea[data-shown]";
const flat = (text) => text.normalize("NFKD").replace(/\p{Mn}/gu, "").toLowerCase();
const isChanged = (control) => control.value.replaceAll("\r\n", "\n") !== control.dataset.shown.replaceAll("\r\n", "\n");

function mark(control) {
  const changed = isChanged(control);
  control.classList.toggle("is-changed", changed);
  const cell = control.closest("td");
  cell.classList.toggle("cell-changed", cell.querySelector(".is-changed") !== null);
  if (control.matches("select")) control.dataset.value = control.value;
}

function countGroup(group) {
  const number = group.querySelectorAll(".is-changed").length;
  group.querySelector("[data-group-count]").textContent = number ? `${number} changed` : "";
}

const search = document.querySelector("[data-matrix-search]");
const mine = document.querySelector("[data-matrix-mine]");
const fold = document.querySelector("[data-matrix-fold]");
const total = document.querySelector("[data-matrix-count]");
const nothing = document.querySelector("[data-matrix-nothing]");

function show() {
  const words = flat(search.value).split(/\s+/).filter(Boolean);
  const only = mine?.getAttribute("aria-pressed") === "true";
  let shown = 0;
  const rows = [...form.querySelectorAll("tr[data-search]")];
  for (const row of rows) {
    row.hidden = !words.every((word) => row.dataset.search.includes(word)) || (only && !row.querySelector(".is-changed"));
    if (!row.hidden) shown += 1;
  }
  for (const group of form.querySelectorAll(".matrix-group")) group.hidden = !group.querySelector("tr[data-search]:not([hidden])");
  total.textContent = `${shown === rows.length ? "" : `${shown} of `}${rows.length} ${total.dataset.noun}`;
  nothing.hidden = shown > 0;
}

// One stop for Tab in each group; arrows go on from there, Space and Enter turn a switch over.
function stops(group) {
  const all = [...group.querySelectorAll(controls)];
  for (const control of all) control.tabIndex = -1;
  if (all.length) all[0].tabIndex = 0;
}

function step(control, key) {
  const cell = control.closest("td");
  const row = cell.parentElement;
  const beside = [...row.querySelectorAll(controls)];
  if (key === "Home") return beside[0];
  if (key === "End") return beside.at(-1);
  if (key === "ArrowLeft" || key === "ArrowRight") return beside[beside.indexOf(control) + (key === "ArrowRight" ? 1 : -1)];
  const rows = [...form.querySelectorAll(".matrix-group[open]:not([hidden]) tr[data-search]:not([hidden])")];
  const way = key === "ArrowDown" ? 1 : -1;
  for (let at = rows.indexOf(row) + way; rows[at]; at += way) {
    const there = rows[at].children[cell.cellIndex]?.querySelector(controls) ?? rows[at].querySelector(controls);
    if (there) return there;
  }
  return null;
}

function turn(control) {
  control.selectedIndex = (control.selectedIndex + 1) % control.options.length;
  control.dispatchEvent(new Event("input", { bubbles: true }));
}

function onKey(event) {
  const control = event.target;
  if (!control.matches(controls) || event.altKey || event.ctrlKey || event.metaKey) return;
  const writing = !control.matches("select");
  if (!writing && (event.key === " " || event.key === "Enter")) {
    event.preventDefault();
    turn(control);
    return;
  }
  const moves = writing ? (control.matches("textarea") ? [] : ["ArrowUp", "ArrowDown"]) : ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End"];
  if (!moves.includes(event.key)) return;
  event.preventDefault();
  const next = step(control, event.key);
  if (!next) return;
  next.tabIndex = 0;
  control.tabIndex = -1;
  next.focus();
}

if (form) {
  for (const group of form.querySelectorAll(".matrix-group")) {
    group.querySelectorAll(controls).forEach(mark);
    countGroup(group);
    stops(group);
  }
  form.addEventListener("input", (event) => {
    if (!event.target.matches(controls)) return;
    mark(event.target);
    countGroup(event.target.closest(".matrix-group"));
  });
  form.addEventListener("reset", () => setTimeout(() => {
    form.querySelectorAll(controls).forEach(mark);
    form.querySelectorAll(".matrix-group").forEach(countGroup);
    show();
  }));
  form.addEventListener("keydown", onKey);
  form.addEventListener("focusin", (event) => {
    if (!event.target.matches(controls)) return;
    for (const other of event.target.closest(".matrix-group").querySelectorAll("[tabindex='0']")) other.tabIndex = -1;
    event.target.tabIndex = 0;
  });
  search.addEventListener("input", show);
  search.form.addEventListener("submit", (event) => event.preventDefault());
  if (mine) {
    mine.hidden = false;
    mine.addEventListener("click", () => {
      mine.setAttribute("aria-pressed", String(mine.getAttribute("aria-pressed") !== "true"));
      show();
    });
  }
  fold.hidden = false;
  fold.addEventListener("click", () => {
    const groups = [...form.querySelectorAll(".matrix-group")];
    const open = groups.every((group) => !group.open);
    for (const group of groups) group.open = open;
    fold.textContent = open ? "Fold all groups" : "Unfold all groups";
  });
}
