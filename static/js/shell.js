// The theme's choice, the folded sidebar, the progress line.
const root = document.documentElement;

function store(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // storage is switched off: the choice lasts for this page only
  }
}

function markTheme() {
  for (const button of document.querySelectorAll("[data-theme-choice]:is(button)")) {
    button.setAttribute("aria-pressed", String(button.dataset.themeChoice === root.dataset.themeChoice));
  }
}

function markFold() {
  const folded = "folded" in root.dataset;
  for (const button of document.querySelectorAll("[data-fold]")) {
    button.setAttribute("aria-expanded", String(!folded));
    button.setAttribute("aria-label", folded ? "Expand the navigation" : "Collapse the navigation");
  }
}

document.addEventListener("click", (event) => {
  const theme = event.target.closest("button[data-theme-choice]");
  if (theme) {
    store("theme", theme.dataset.themeChoice);
    dispatchEvent(new Event("portal:theme"));
    markTheme();
  }
  if (event.target.closest("[data-fold]")) {
    root.toggleAttribute("data-folded");
    store("sidebar", "folded" in root.dataset ? "folded" : "open");
    markFold();
  }
});

const line = document.getElementById("progress-line");
const showLine = () => line?.removeAttribute("hidden");
const hideLine = () => line?.setAttribute("hidden", "");

// A download starts a navigation that never ends, so the line follows links only while the page is left.
addEventListener("beforeunload", () => {
  showLine();
  setTimeout(hideLine, 10000);
});
addEventListener("pageshow", hideLine);
document.addEventListener("htmx:beforeRequest", (event) => {
  if (!event.target.closest(".fragment")) showLine();
});
document.addEventListener("htmx:afterRequest", hideLine);

markTheme();
markFold();
