// The calendar of a season: a card is dragged with the finger or mouse, or picked up and moved with the keyboard.
// While it is in the hand the server is asked what speaks against the place; the words stand below and are read aloud.
const board = document.querySelector("[data-calendar]");
if (board) drive(board);

function drive(board) {
  const form = document.querySelector("form[data-drop]");
  const told = document.querySelector("[data-told]");
  const live = document.querySelector("[data-live]");
  const table = board.querySelector("table");
  const rows = [...table.tBodies[0].rows].map((row) => [...row.cells].filter((cell) => cell.dataset.d));
  const answers = new Map();
  let held = null;      // { card, name, home, target, ghost, started, byKey, asking, timer }

  const cards = () => [...document.querySelectorAll("a.forum[data-v]:not(.fixed)")];
  cards().forEach((card) => {
    card.draggable = false;
    card.setAttribute("aria-describedby", "cara");
  });

  const keep = "rembuk-calendar";
  const place = sessionStorage.getItem(keep);
  if (place) {
    [board.scrollLeft, board.scrollTop] = JSON.parse(place);
    sessionStorage.removeItem(keep);
  }

  function show(answer, name) {
    told.replaceChildren();
    const line = (words, kind) => {
      const p = document.createElement("p");
      p.textContent = words;
      p.className = kind;
      told.append(p);
    };
    line(answer.head || name, "strong");
    answer.blocks.forEach((words) => line(words, "no"));
    answer.warns.forEach((words) => line(words, "maybe"));
    told.className = `season-told no-print ${answer.pending ? "" : answer.ok ? "ok" : "bad"}`;
    told.hidden = false;
  }

  function say(words) { live.textContent = words; }

  async function ask(card, cell) {
    const key = `${card.dataset.v} ${cell.dataset.t} ${cell.dataset.d}`;
    if (answers.has(key)) return answers.get(key);
    const query = new URLSearchParams({ desa: card.dataset.v, tim: cell.dataset.t, tanggal: cell.dataset.d });
    const reply = await fetch(`${board.dataset.conflicts}?${query}`, { headers: { Accept: "application/json" } });
    if (!reply.ok || !reply.headers.get("Content-Type")?.includes("json")) throw new Error(reply.status);
    const answer = await reply.json();
    answers.set(key, answer);
    return answer;
  }

  function mark(cell, kind) {
    cell.classList.remove("here", "can", "cannot");
    if (kind) cell.classList.add("here", kind);
  }

  async function hover(cell) {
    const now = held;
    if (!now || cell === now.target) return;
    if (now.target) mark(now.target);
    now.target = cell;
    if (!cell) return;
    cell.classList.add("here");
    try {
      const answer = await ask(now.card, cell);
      if (held !== now || now.target !== cell) return;
      mark(cell, answer.ok ? "can" : "cannot");
      show(answer, now.name);
      say([answer.head, ...answer.blocks, ...answer.warns].join(" "));
    } catch {
      if (held === now) broken();
    }
  }

  function broken() {
    letGo();
    show({ head: board.dataset.broken, blocks: [], warns: [], ok: false }, "");
    say(board.dataset.broken);
  }

  function pick(card, byKey) {
    if (held) letGo();
    held = { card, name: card.querySelector("b").textContent, home: card.closest("td"), target: null, byKey };
    card.classList.add("held");
    if (byKey) card.setAttribute("aria-pressed", "true");
    board.classList.add("moving");
  }

  function letGo() {
    if (!held) return;
    held.card.classList.remove("held");
    held.card.removeAttribute("aria-pressed");
    held.ghost?.remove();
    if (held.target) mark(held.target);
    board.classList.remove("moving");
    held = null;
  }

  async function drop() {
    const now = held;
    if (!now) return;
    const cell = now.target;
    if (!cell || cell === now.home) {
      const name = now.name;
      letGo();
      told.hidden = true;
      say(`${name} ${board.dataset.put}`);
      now.card.focus();
      return;
    }
    now.ghost?.remove();
    try {
      const answer = await ask(now.card, cell);
      letGo();
      show(answer, now.name);
      if (!answer.ok) {
        say([answer.head, ...answer.blocks, board.dataset.put].join(" "));
        now.card.focus();
        return;
      }
      sessionStorage.setItem(keep, JSON.stringify([board.scrollLeft, board.scrollTop]));
      form.elements.desa.value = now.card.dataset.v;
      form.elements.tim.value = cell.dataset.t;
      form.elements.tanggal.value = cell.dataset.d;
      form.submit();
    } catch {
      broken();
    }
  }

  // finger and mouse
  let press = null;
  document.addEventListener("pointerdown", (event) => {
    const card = event.target.closest("a.forum[data-v]:not(.fixed)");
    if (card && event.button === 0) press = { card, x: event.clientX, y: event.clientY, id: event.pointerId };
  });
  document.addEventListener("pointermove", (event) => {
    if (!press || event.pointerId !== press.id) return;
    if (!press.drag) {
      if (Math.hypot(event.clientX - press.x, event.clientY - press.y) < 6) return;
      press.drag = true;
      pick(press.card, false);
      held.ghost = press.card.cloneNode(true);
      held.ghost.removeAttribute("id");
      held.ghost.className += " ghost";
      document.body.append(held.ghost);
    }
    if (!held) return;
    event.preventDefault();
    held.ghost.style.transform = `translate(${event.clientX + 8}px, ${event.clientY + 8}px)`;
    const cell = document.elementFromPoint(event.clientX, event.clientY)?.closest("td[data-d]");
    if (cell) hover(cell);
    const box = board.getBoundingClientRect();
    if (event.clientX > box.right - 40) board.scrollLeft += 18;
    if (event.clientX < box.left + 180) board.scrollLeft -= 18;
    if (event.clientY > box.bottom - 40) board.scrollTop += 14;
    if (event.clientY < box.top + 70) board.scrollTop -= 14;
  });
  document.addEventListener("pointerup", (event) => {
    if (!press || event.pointerId !== press.id) return;
    const dragged = press.drag;
    press = null;
    if (!dragged) return;
    drop();
    document.addEventListener("click", (click) => { click.preventDefault(); click.stopPropagation(); }, { capture: true, once: true });
    setTimeout(() => document.dispatchEvent(new Event("click")), 0);
  });
  document.addEventListener("pointercancel", () => { press = null; letGo(); });
  document.addEventListener("dragstart", (event) => { if (event.target.closest("a.forum")) event.preventDefault(); });

  // keyboard
  const ways = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
  const spot = (cell) => {
    for (let row = 0; row < rows.length; row += 1) {
      const column = rows[row].indexOf(cell);
      if (column >= 0) return [row, column];
    }
    return [0, -1];
  };
  document.addEventListener("keydown", (event) => {
    const card = event.target.closest("a.forum[data-v]:not(.fixed)");
    if (held?.byKey) {
      if (event.key === "Escape") { event.preventDefault(); held.target = null; drop(); return; }
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); drop(); return; }
      const way = ways[event.key];
      if (!way) return;
      event.preventDefault();
      const [row, column] = spot(held.target ?? held.home);
      const cell = rows[row + way[0]]?.[Math.max(0, column + way[1])];
      if (!cell) return;
      cell.scrollIntoView({ block: "nearest", inline: "center" });
      hover(cell);
      return;
    }
    if (!card || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      pick(card, true);
      say(`${held.name} ${board.dataset.picked}`);
      show({ head: `${held.name} ${board.dataset.picked}`, blocks: [], warns: [], pending: true }, held.name);
    }
  });
}
