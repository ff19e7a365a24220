// The inbox by keyboard. Letters count only while a request has the focus, so that nothing is decided by typing elsewhere.
const all = () => [...document.querySelectorAll(".request")];

const decide = (card, what) => {
  // With several chosen, the letter means the chosen ones.
  const chosen = document.querySelectorAll(".request-choose:checked").length;
  const place = chosen > 0 ? document.getElementById("chosen") : card;
  place.querySelector(`[data-decide=${what}]`)?.click();
};

const keys = {
  j: (card) => all()[all().indexOf(card) + 1]?.focus(),
  k: (card) => all()[all().indexOf(card) - 1]?.focus(),
  x: (card) => card.querySelector(".request-choose")?.click(),
  a: (card) => decide(card, "approve"),
  r: (card) => decide(card, "reject"),
};

document.addEventListener("keydown", (event) => {
  if (event.metaKey || event.ctrlKey || event.altKey || !event.target.matches(".request")) return;
  const act = keys[event.key.toLowerCase()];
  if (!act) return;
  event.preventDefault();
  act(event.target);
});

// Nothing chosen, nothing to open; the box says so itself.
document.getElementById("chosen")?.addEventListener("submit", (event) => {
  if (document.querySelector(".request-choose:checked")) return;
  event.preventDefault();
  document.querySelector(".request-choose")?.focus();
});
