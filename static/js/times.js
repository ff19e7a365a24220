// Moments in the reader's zone, with the UTC in the title; relative ones are kept fresh.
const units = [
  ["year", 31536000],
  ["month", 2592000],
  ["day", 86400],
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
];
const language = document.documentElement.lang || "en-GB";
const relative = new Intl.RelativeTimeFormat(language, { numeric: "always" });
const formats = {
  minute: new Intl.DateTimeFormat(language, { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" }),
  clock: new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }),
  second: new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "medium", hourCycle: "h23" }),
  day: new Intl.DateTimeFormat(language, { day: "numeric", month: "short", year: "numeric" }),
};
const local = new Intl.DateTimeFormat(language, { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23", timeZoneName: "short" });

function ago(moment) {
  const seconds = (moment - Date.now()) / 1000;
  if (Math.abs(seconds) < 10) return "just now";
  const [unit, size] = units.find(([, length]) => Math.abs(seconds) >= length);
  return relative.format(Math.trunc(seconds / size), unit);
}

function write(element) {
  const moment = new Date(element.dateTime);
  if (Number.isNaN(moment.valueOf())) return;
  if (!element.dataset.utc) {
    element.dataset.utc = element.title;
    const here = local.format(moment);
    element.title = here.endsWith("UTC") ? element.dataset.utc : `${here} · ${element.dataset.utc}`;
  }
  const text = element.dataset.time === "ago" ? ago(moment) : (formats[element.dataset.time] ?? formats.minute).format(moment);
  if (element.textContent !== text) element.textContent = text;
}

function writeAll(within = document) {
  within.querySelectorAll("time[data-time]").forEach(write);
}

writeAll();
setInterval(() => document.hidden || writeAll(), 15000);
document.addEventListener("htmx:afterSwap", () => writeAll());
