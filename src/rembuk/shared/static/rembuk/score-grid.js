// The grid of points moves like a spreadsheet: a digit goes on to the next field, arrows and Enter move, Excel can be pasted.
const grid = document.querySelector("form[data-score-grid]");
if (grid) drive([...grid.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("input[type=text]")]));

function drive(rows) {
  const places = new Map();
  rows.forEach((cells, row) => cells.forEach((cell, column) => places.set(cell, [row, column])));
  const go = (row, column) => {
    const cell = rows[row]?.[column];
    if (cell) { cell.focus(); cell.select(); }
  };
  const moves = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1], Enter: [1, 0] };
  grid.addEventListener("keydown", (event) => {
    const at = places.get(event.target);
    const move = moves[event.key];
    if (!at || !move || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    go(at[0] + move[0], at[1] + move[1]);
  });
  grid.addEventListener("input", (event) => {
    const at = places.get(event.target);
    if (!at || !/^[1-5]$/.test(event.target.value)) return;
    if (at[1] + 1 < rows[at[0]].length) go(at[0], at[1] + 1);
    else go(at[0] + 1, 0);
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
