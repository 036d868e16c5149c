// Words, elements of a page, and the voice for a screen reader. All text goes in as text, never as markup.
let words = {};
let language = document.documentElement.lang;
const icons = document.documentElement.dataset.icons;

export async function loadWords() {
  language = localStorage.getItem("rembuk-lang") ?? document.documentElement.lang;
  const answer = await fetch(`/lapangan/kata/${language}.json`);
  words = await answer.json();
  document.documentElement.lang = language;
}

export async function switchLanguage() {
  localStorage.setItem("rembuk-lang", language === "id" ? "en" : "id");
  await loadWords();
}

export function t(key, values = {}) {
  return (words[key] ?? key).replace(/\{(\w+)\}/g, (_all, name) => values[name] ?? "");
}

const DAY = { day: "numeric", month: "long", year: "numeric" };
const zoned = (zone) => ({ timeZone: zone || undefined, hourCycle: "h23" });
export const number = (value) => new Intl.NumberFormat(language).format(value);
export const dayText = (iso, zone) => new Intl.DateTimeFormat(language, { ...DAY, ...zoned(zone) }).format(new Date(iso));
export const timeText = (iso, zone) => new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", ...zoned(zone) }).format(new Date(iso));
export const moment = (iso, zone) => `${dayText(iso, zone)}, ${timeText(iso, zone)}`;
export function sizeText(bytes) {
  const unit = bytes < 1e6 ? ["kB", 1e3] : ["MB", 1e6];
  return `${new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(bytes / unit[1])} ${unit[0]}`;
}

// h("button.btn.btn-main", { onclick }, "Simpan"): null, false and undefined children are left out.
export function h(name, ...rest) {
  const [tag, ...classes] = name.split(".");
  const element = document.createElement(tag);
  if (classes.length) element.className = classes.join(" ");
  const props = rest.length && rest[0] && rest[0].constructor === Object ? rest.shift() : {};
  for (const [key, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key === "value") element.value = value;
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...rest.flat(3).filter((child) => child !== null && child !== undefined && child !== false && child !== ""));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";
export function icon(name, kind = "i") {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", kind);
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `${icons}#i-${name}`);
  if (kind === "mark") svg.setAttribute("viewBox", "0 0 32 32");
  svg.append(use);
  return svg;
}

export function bar(part, whole, label, limit = null) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "bar");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", label);
  const share = whole ? Math.min(100, (part / whole) * 100) : 0;
  const rect = (kind, width) => {
    const shape = document.createElementNS(SVG, "rect");
    for (const [key, value] of Object.entries({ class: kind, width: `${width}%`, height: "100%" })) shape.setAttribute(key, value);
    return shape;
  };
  svg.append(rect("bg", 100), rect("fg", share));
  if (limit !== null && whole) {
    const mark = document.createElementNS(SVG, "line");
    const at = `${Math.min(100, (limit / whole) * 100)}%`;
    for (const [key, value] of Object.entries({ class: "limit", x1: at, x2: at, y1: "-3", y2: "130%" })) mark.setAttribute(key, value);
    svg.append(mark);
  }
  return svg;
}

export const sheet = (title, note, ...children) => h("section.sheet.stack-s", h("header", h("h2", title), note ? h("span.form-no", note) : null), children);
export const button = (words, act, { kind = "", icon: name, type = "button", ...more } = {}) => h(`button.btn${kind}`, { type, onclick: act, ...more }, name ? icon(name) : null, h("span", words));
export const link = (words, address, { kind = "", icon: name, ...more } = {}) => h(`a.btn${kind}`, { href: address, ...more }, name ? icon(name) : null, h("span", words));
export const chip = (state, words, name) => h(`span.chip.${state}`, icon(name ?? { ok: "check", due: "due", late: "late", next: "next", paused: "paused" }[state]), words);
export const finding = (kind, ...children) => h(`div.finding.${kind}`, { role: kind === "block" ? "alert" : null }, icon(kind === "block" ? "stop" : kind === "warn" ? "late" : "help"), h("p", children));
export const facts = (rows) => h("dl.facts.tight", rows.map(([name, value]) => h("div", h("dt", name), h("dd", value))));
export const empty = (title, text, ...more) => h("div.empty", h("p.strong.mid", title), h("p", text), more);

let ids = 0;
export function field(label, control, hint = "") {
  control.id ||= `f${(ids += 1)}`;
  const help = hint ? h("span.hint", { id: `${control.id}-h` }, hint) : null;
  if (help) control.setAttribute("aria-describedby", help.id);
  return h("div.field", h("label", { for: control.id }, label), control, help);
}

export const input = (name, { value = "", ...more } = {}) => h("input.input", { type: "text", name, autocomplete: "off", ...more, value });
export const area = (name, { value = "", rows = 3, ...more } = {}) => h("textarea.input", { name, rows, ...more, value });
export function select(name, options, { value = "", ...more } = {}) {
  const control = h("select.input", { name, ...more }, options.map(([code, words]) => h("option", { value: code }, words)));
  control.value = value;
  return control;
}
export const tick = (name, words, checked = false) => {
  const box = h("input", { type: "checkbox", name, value: "ya" });
  box.checked = checked;
  return h("label.tickbox", box, " ", words);
};
export function choice(name, legend, options, value = "") {
  const boxes = options.map(([code, words]) => {
    const box = h("input", { type: "radio", name, value: code });
    box.checked = code === value;
    return h("label", box, " ", words);
  });
  return h("fieldset.field", h("legend", legend), h("div.choice", boxes));
}

export function announce(text) {
  const voice = document.getElementById("kabar");
  voice.textContent = "";
  requestAnimationFrame(() => { voice.textContent = text; });
}

export function values(form) {
  const found = {};
  for (const control of form.elements) {
    if (!control.name) continue;
    if (control.type === "checkbox") found[control.name] = control.checked;
    else if (control.type === "radio") { if (control.checked) found[control.name] = control.value; else found[control.name] ??= ""; }
    else found[control.name] = control.value.trim();
  }
  return found;
}

export function fill(form, typed) {
  for (const control of form.elements) {
    if (!(control.name in typed) || control.type === "file") continue;
    if (control.type === "checkbox") control.checked = Boolean(typed[control.name]);
    else if (control.type === "radio") control.checked = typed[control.name] === control.value;
    else control.value = typed[control.name];
  }
}

// "12,5" and "12.5" are both typed on phones.
export const decimal = (text) => { const value = Number.parseFloat(String(text).replace(",", ".")); return Number.isFinite(value) ? value : null; };
export const whole = (text) => { const plain = String(text).replaceAll(".", "").trim(); return /^\d+$/.test(plain) ? Number(plain) : null; };
