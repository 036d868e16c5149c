// Keys from the lectern, and the scales of another window: nothing is decided here, keys only lead to forms and panels.
const room = document.querySelector(".hall-room");
let query = location.search.slice(1);
let kept = "";

const rows = () => [...room.querySelectorAll(".rank tr[data-key]")];
const current = () => room.querySelector(".rank tr[aria-current]");
function pick(row, focus = true) {
  if (!row) return;
  current()?.removeAttribute("aria-current");
  row.setAttribute("aria-current", "true");
  kept = row.dataset.key;
  row.scrollIntoView({ block: "nearest" });
  if (focus) row.querySelector("a")?.focus({ preventScroll: true });
}
function move(step) {
  const all = rows();
  const at = all.indexOf(current());
  const cut = all.findIndex((row) => row.classList.contains("below"));
  pick(all[at < 0 ? Math.max(0, cut) : Math.max(0, Math.min(all.length - 1, at + step))]);
}
async function why() {
  const link = current()?.querySelector("a");
  if (link) await htmx.ajax("GET", link.getAttribute("href"), { target: "#kenapa", swap: "innerHTML" });
}
async function show(next) {
  query = next;
  await htmx.ajax("GET", `${room.dataset.address}?${query}`, { target: ".hall-room", swap: "innerHTML" });
  history.replaceState(null, "", `?${query}`);
  settle();
}
function side(letter) {
  const link = room.querySelector(`[data-side="${letter}"]`);
  if (link) show(link.getAttribute("href").split("?")[1] ?? "");
}
function decide(what) {
  const address = current()?.dataset.decide;
  if (address) location.href = `${address}&putusan=${what}`;
}
const keys = {
  ArrowDown: () => move(1),
  ArrowUp: () => move(-1),
  k: why,
  a: () => side("A"),
  b: () => side("B"),
  m: () => decide("in"),
  t: () => decide("out"),
  s: () => room.querySelector("[data-adopt]")?.click(),
  Escape: () => room.querySelector(".room-keys a:not([data-adopt])")?.click(),
};
document.addEventListener("keydown", (event) => {
  const press = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!press || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  press();
});
room.addEventListener("click", (event) => {
  const button = event.target.closest("[data-press]");
  if (button) return keys[button.dataset.press]?.();
  const switched = event.target.closest("[data-side]");
  if (switched) { event.preventDefault(); return side(switched.dataset.side); }
  const row = event.target.closest(".rank tr[data-key]");
  if (row) { event.preventDefault(); pick(row); why(); }
});
// The cut line stands in the middle when the list comes up, or the proposal that was picked.
function settle() {
  const row = rows().find((one) => one.dataset.key === kept);
  if (row) return pick(row, false);
  room.querySelector(".rank .cut")?.scrollIntoView({ block: "center" });
}
settle();
if ("BroadcastChannel" in window) {
  new BroadcastChannel("rembuk-meja").addEventListener("message", (event) => {
    if (room.dataset.address.startsWith(event.data.cycle)) show(event.data.query);
  });
}
