// A press raises a mark without loading the page again; digits 0 to 3 set it, arrows move over the calendar.
const table = document.querySelector("table[data-calendar]");
if (table) drive();

function drive() {
  const signs = table.dataset.signs.split("|");
  const words = table.dataset.words.split("|");
  const told = document.querySelector("[data-calendar-told]");
  const rows = [...table.tBodies[0].rows].map((row) => [...row.querySelectorAll("button[data-month]")]);
  const show = (button, mark) => {
    button.dataset.mark = String(mark);
    button.value = `${button.dataset.month}:${(mark + 1) % signs.length}`;
    button.textContent = signs[mark];
    button.closest("td").className = `mid m${mark}`;
    button.setAttribute("aria-label", button.getAttribute("aria-label").replace(/[^:]*$/, ` ${words[mark]}`));
  };
  const set = async (button, mark) => {
    const before = Number(button.dataset.mark);
    show(button, mark);
    const body = new FormData(button.form);
    body.set("tanda", `${button.dataset.month}:${mark}`);
    try {
      const answer = await fetch(button.form.action, { method: "POST", body, headers: { Accept: "application/json" } });
      const result = await answer.json();
      told.textContent = result.sentence;
      if (!result.saved && Number(button.dataset.mark) === mark) show(button, before);
    } catch {
      show(button, before);
      button.form.requestSubmit(button);
    }
  };
  table.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button?.dataset.month) return;
    event.preventDefault();
    set(button, (Number(button.dataset.mark) + 1) % signs.length);
  });
  const moves = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };
  table.addEventListener("keydown", (event) => {
    const row = rows.findIndex((cells) => cells.includes(event.target));
    if (row < 0 || event.ctrlKey || event.altKey || event.metaKey) return;
    if (/^[0-3]$/.test(event.key)) { event.preventDefault(); set(event.target, Number(event.key)); return; }
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    rows[row + move[0]]?.[rows[row].indexOf(event.target) + move[1]]?.focus();
  });
}
