// Sets the theme and the folded sidebar before the first paint; a plain script in the head, so that nothing flashes.
(() => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");

  function read(name) {
    try {
      return localStorage.getItem(name);
    } catch {
      return null; // storage is switched off: the system's theme it is
    }
  }

  function apply() {
    const choice = read("theme") || "system";
    root.dataset.bsTheme = choice === "system" ? (dark.matches ? "dark" : "light") : choice;
    root.dataset.themeChoice = choice;
  }

  apply();
  if (read("sidebar") === "folded") root.dataset.folded = "";
  dark.addEventListener("change", apply);
  addEventListener("storage", apply);
  addEventListener("portal:theme", apply);
})();
