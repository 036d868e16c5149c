// The list of village data moves like a spreadsheet: Enter and arrows between rows; numbers can be pasted from Excel.
const grid = document.querySelector("form[data-data-grid]");
if (grid) drive([...grid.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("input[type=text]")]).filter((row) => row.length));

function drive(rows) {
  const places = new Map();
  rows.forEach((cells, row) => cells.forEach((cell, column) => places.set(cell, [row, column])));
  const moves = { ArrowDown: 1, ArrowUp: -1, Enter: 1 };
  grid.addEventListener("keydown", (event) => {
    const at = places.get(event.target);
    const move = moves[event.key];
    if (!at || !move || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const cell = rows[at[0] + move]?.[at[1]];
    if (cell) { cell.focus(); cell.select(); }
  });
  grid.addEventListener("paste", (event) => {
    const at = places.get(event.target);
    const text = event.clipboardData?.getData("text/plain").trimEnd() ?? "";
    if (!at || !/[\t\n]/.test(text)) return;
    event.preventDefault();
    text.split(/\r?\n/).forEach((line, down) => line.split("\t").forEach((value, right) => {
      const cell = rows[at[0] + down]?.[at[1] + right];
      if (cell) cell.value = value.trim();
    }));
    grid.setAttribute("data-changed", "");
  });
}
