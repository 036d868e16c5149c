// The scales speak while they move, the address follows, and the lectern needs no mouse. Without this the page still works.
const form = document.getElementById("timbangan");
const result = document.getElementById("hasil");
const spoken = document.getElementById("ringkas");
const channel = "BroadcastChannel" in window ? new BroadcastChannel("rembuk-meja") : null;
const money = new Intl.NumberFormat("id-ID");
let open = [];
let wait = 0;

const say = (slider) => {
  const whole = Number(slider.dataset.whole ?? 0);
  const percent = slider.name === "lantai" || whole ? " %" : "";
  const rupiah = whole ? ` · Rp${money.format(Math.floor((whole * slider.value) / 100))}` : "";
  form.querySelector(`output[for="${slider.id}"]`).textContent = slider.value + percent + rupiah;
};
// What only some ways of choosing need shows with those.
function fit() {
  const rule = form.querySelector("input[name=aturan]:checked")?.value ?? "";
  for (const part of form.querySelectorAll("[data-for]")) part.hidden = !part.dataset.for.split(" ").includes(rule);
}
fit();
form.addEventListener("input", (event) => {
  if (event.target.type === "range") say(event.target);
  if (event.target.name === "aturan") fit();
  if ("reload" in event.target.dataset) form.submit();
});

const figures = (event) => event.target === form || result.contains(event.target);

// Folded parts that somebody opened stay open when the figures change.
document.addEventListener("htmx:before:swap", (event) => {
  if (!figures(event)) return;
  open = [...result.querySelectorAll("details[open][id]")].map((part) => part.id);
});
document.addEventListener("htmx:after:swap", (event) => {
  if (!figures(event)) return;
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  clearTimeout(wait);
  wait = setTimeout(settle, 400);
});

// Once the hand rests: the address can be kept and sent on, the projector follows, a screen reader hears the result.
function settle() {
  const shown = result.querySelector("[data-query]");
  if (!shown) return;
  const query = shown.dataset.query;
  history.replaceState(null, "", `?${query}`);
  for (const link of document.querySelectorAll("a[data-keep-query]")) link.search = query;
  htmx.ajax("GET", `${form.dataset.fairness}?${query}`, { target: "#keadilan", swap: "innerHTML" });
  channel?.postMessage({ cycle: location.pathname, query });
  if (spoken && spoken.textContent !== shown.dataset.spoken) spoken.textContent = shown.dataset.spoken;
}

// "Kenapa?" opens beside the list; with a modifier key, or without this, it is a page of its own.
let asked = null;
async function why(link) {
  asked = link.closest("tr")?.dataset.key ?? null;
  await htmx.ajax("GET", link.getAttribute("href"), { target: "#kenapa", swap: "innerHTML" });
  document.getElementById("kenapa-judul")?.focus();
}
function close() {
  document.getElementById("kenapa").replaceChildren();
  (result.querySelector(`tr[data-key="${asked}"] .why-a`) ?? document.getElementById("pilihan-B"))?.focus();
}
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-close]") && document.getElementById("kenapa").contains(event.target)) {
    event.preventDefault();
    return close();
  }
  const link = event.target.closest("a.why-a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  why(link);
});

const rows = () => [...result.querySelectorAll(".picklist .why-a")];
const row = () => document.activeElement?.closest(".picklist tr");
function move(step) {
  const links = rows();
  const at = links.indexOf(row()?.querySelector(".why-a"));
  links[Math.max(0, Math.min(links.length - 1, at + step))]?.focus();
}
const decide = (what) => {
  const link = row()?.querySelector(".pin-a");
  if (link) location.href = `${link.href}&putusan=${what}`;
};
const keys = {
  ArrowDown: () => move(1),
  ArrowUp: () => move(-1),
  k: () => row() && why(row().querySelector(".why-a")),
  m: () => decide("in"),
  t: () => decide("out"),
  a: () => document.getElementById("pilihan-A")?.focus(),
  b: () => document.getElementById("pilihan-B")?.focus(),
  s: () => [...document.querySelectorAll("[data-adopt], [data-bring]")].at(-1)?.focus(),
  Escape: () => document.querySelector("#kenapa .why") && close(),
  l: () => document.querySelector("a[data-keep-query]")?.click(),
};
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input:not([type=radio]), textarea, select");
  const press = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!press || typing || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target.type === "radio" && event.key.startsWith("Arrow")) return;
  event.preventDefault();
  press();
});
