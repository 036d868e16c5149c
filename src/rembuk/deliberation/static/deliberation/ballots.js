// The count of one hamlet made quick: steppers, a running sum, paper after paper by tapping. The form works without it.
// What is typed stays in this tab until the server has said that it is stored.
const form = document.querySelector("form[data-ballots]");
if (form) count(form);

function count(form) {
  const method = form.dataset.ballots;
  const words = form.dataset;
  const voters = form.elements.pemilih;
  const limit = form.elements.jatah;
  const sum = form.querySelector("[data-sum]");
  const lost = form.querySelector("[data-lost]");
  const restored = form.querySelector("[data-restored]");
  const key = `rembuk-suara:${words.draft}`;
  const paper = method === "dots" ? null : papers();
  let busy = false;

  const whole = (field) => Number.parseInt(field.value.replaceAll(".", ""), 10) || 0;
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_all, name) => values[name]);

  // Nothing that this tab still holds is lost; what the server has refused stands in the page already.
  if (!words.refused) restore();
  if (method === "dots") steppers();
  form.addEventListener("input", changed);
  form.addEventListener("submit", send);
  restored.querySelector("[data-drop]").addEventListener("click", () => {
    sessionStorage.removeItem(key);
    form.removeAttribute("data-changed");
    location.reload();
  });
  tell();

  function changed() {
    form.setAttribute("data-changed", "");
    keep();
    tell();
  }

  function keep() {
    const fields = {};
    for (const field of form.querySelectorAll("input[type=text], textarea")) fields[field.name] = field.value;
    const draft = { version: form.elements.versi.value, fields, now: paper?.now() };
    try { sessionStorage.setItem(key, JSON.stringify(draft)); } catch { /* A full store: the page itself still holds it. */ }
  }

  function restore() {
    let draft = null;
    try { draft = JSON.parse(sessionStorage.getItem(key)); } catch { /* unreadable is as good as none */ }
    if (!draft) return;
    let differs = Boolean(draft.now?.length);
    for (const [name, value] of Object.entries(draft.fields)) {
      const field = form.elements[name];
      if (!field) continue;
      // Against what the server sent: a browser may put typed text back by itself before this script runs.
      differs ||= field.defaultValue !== value;
      field.value = value;
    }
    if (!differs) { sessionStorage.removeItem(key); return; }
    // The version that was seen then: if somebody stored meanwhile, the server shows both instead of overwriting.
    form.elements.versi.value = draft.version;
    paper?.take(draft.now ?? []);
    restored.hidden = false;
    restored.querySelector("span").textContent = words.wordsRestored;
    form.setAttribute("data-changed", "");
  }

  function tell() {
    if (method !== "dots") { sum.textContent = ""; paper.tell(); return; }
    const given = [...form.querySelectorAll(".dotlist input")].reduce((all, field) => all + whole(field), 0);
    const most = whole(voters) * whole(limit);
    const over = most && given > most;
    let text = fill(most ? words.wordsDots : words.wordsDotsFree, { given, most });
    if (over) text += `, ${fill(words.wordsOver, { over: given - most })}`;
    sum.textContent = text;
    sum.classList.toggle("over", Boolean(over));
  }

  function steppers() {
    for (const button of form.querySelectorAll("[data-step]")) {
      button.hidden = false;
      button.addEventListener("click", () => {
        const field = button.parentElement.querySelector("input");
        const next = Math.max(0, whole(field) + Number(button.dataset.step));
        field.value = next ? String(next) : "";
        changed();
      });
    }
    form.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
      event.preventDefault();
      const fields = [...form.querySelectorAll("input[type=text]")];
      const next = fields[fields.indexOf(event.target) + 1];
      if (next) { next.focus(); next.select(); }
      else form.querySelector("[data-save]").focus();
    });
  }

  function papers() {
    const typed = form.querySelector("[data-typed]");
    const field = form.elements.baris;
    const told = form.querySelector("[data-paper-told]");
    const left = form.querySelector("[data-paper-left]");
    const names = form.querySelector("[data-paper-names]");
    const next = form.querySelector("[data-next]");
    const tiles = new Map([...form.querySelectorAll("[data-tile]")].map((tile) => [Number(tile.dataset.tile), tile]));
    const marks = new Map();
    const points = method === "points";
    for (const part of form.querySelectorAll("[data-paper]")) part.hidden = false;
    if (!field.hasAttribute("aria-invalid")) typed.open = false;

    for (const [number, tile] of tiles) tile.addEventListener("click", () => tap(number));
    next.addEventListener("click", () => { if (!full()) { add(); changed(); } });
    form.querySelector("[data-undo]").addEventListener("click", undo);
    form.querySelector("[data-wipe]")?.addEventListener("click", () => { marks.clear(); changed(); });

    const lines = () => field.value.split("\n").map((line) => line.trim()).filter(Boolean);
    const copies = (line) => Number(/(?:^|\s)[x×*]\s*(\d+)$/i.exec(line)?.[1] ?? 1);
    const done = () => lines().reduce((all, line) => all + copies(line), 0);
    const most = () => whole(voters);
    const full = () => most() > 0 && done() >= most();
    const given = () => [...marks.values()].reduce((all, one) => all + one, 0);
    const numbers = () => [...marks].sort((one, other) => one[0] - other[0]);
    const written = () => numbers().map(([number, one]) => (points ? `${number}:${one}` : String(number))).join(" ") || "-";

    function tap(number) {
      const room = !whole(limit) || given() < whole(limit);
      if (points) { if (room) marks.set(number, (marks.get(number) ?? 0) + 1); }
      else if (marks.has(number)) marks.delete(number);
      else if (room) marks.set(number, 1);
      changed();
    }

    function add() {
      field.value = [...lines(), written()].join("\n");
      marks.clear();
    }

    // The last paper comes back onto the tiles, to be mended or handed in again.
    function undo() {
      const known = lines();
      const last = known.pop();
      if (!last) return;
      const many = copies(last);
      const plain = last.replace(/(?:^|\s+)[x×*]\s*\d+$/i, "").trim();
      if (many > 1) known.push(many > 2 ? `${plain} x${many - 1}` : plain);
      field.value = known.join("\n");
      take(plain === "-" ? [] : plain.split(/[\s,;]+/).map((word) => word.split(/[:=]/).map(Number)));
      changed();
    }

    function take(pairs) {
      marks.clear();
      for (const [number, one] of pairs) if (tiles.has(number)) marks.set(number, one || 1);
    }

    function tell() {
      for (const [number, tile] of tiles) {
        const one = marks.get(number) ?? 0;
        tile.setAttribute("aria-pressed", String(one > 0));
        tile.querySelector("[data-given]").textContent = points && one ? String(one) : "";
      }
      const now = done();
      told.textContent = full() ? fill(words.wordsAll, { most: most() })
        : fill(words.wordsPaper, { now: now + 1, most: most() || "?" });
      left.textContent = whole(limit) ? fill(words.wordsLeft, { left: whole(limit) - given() }) : "";
      names.textContent = numbers().map(([number]) => `${number} ${tiles.get(number).title}`).join(" · ");
      next.textContent = marks.size ? words.wordsNext : words.wordsBlank;
      next.disabled = full();
      // One button leads on: the next paper, and saving once they are all in.
      next.classList.toggle("btn-main", !full());
      form.querySelector("[data-save]").classList.toggle("btn-main", full());
    }

    return { tell, take, now: numbers, waiting: () => marks.size > 0, add };
  }

  // Sent in the background first, so that a lost signal leaves the page as it is. A refusal is worded by the server's page.
  async function send(event) {
    event.preventDefault();
    if (busy) return;
    if (paper?.waiting()) { paper.add(); changed(); }
    const data = new FormData(form, event.submitter);
    busy = true;
    keep(); // Also what was typed before this script had come.
    lost.hidden = true;
    sum.textContent = words.wordsSaving;
    sum.classList.remove("over");
    try {
      const answer = await fetch(form.action, { method: "POST", headers: { accept: "application/json" }, body: data });
      const said = answer.ok && !answer.redirected ? await answer.json() : null;
      form.removeAttribute("data-changed");
      if (said) {
        sessionStorage.removeItem(key);
        location.assign(said.url);
        return;
      }
      again(event.submitter);
    } catch {
      form.setAttribute("data-changed", "");
      lost.textContent = words.wordsLost;
      lost.hidden = false;
    } finally {
      busy = false;
      tell();
    }
  }

  function again(submitter) {
    if (submitter?.name) {
      const choice = document.createElement("input");
      choice.type = "hidden";
      choice.name = submitter.name;
      choice.value = submitter.value;
      form.append(choice);
    }
    form.submit();
  }
}
