// The fast entry grid moves like a spreadsheet: Enter and arrows, Tab, paste from Excel. Without it the grid is a plain form.
const form = document.querySelector("form[data-entry-grid]");
if (form) drive(form);

function drive(grid) {
  const rows = [...grid.querySelectorAll("tbody tr:not(.told)")].map((row) => [...row.querySelectorAll("input[type=text]")]);
  const places = new Map();
  rows.forEach((cells, row) => cells.forEach((cell, column) => places.set(cell, { row, column })));
  for (const cells of rows) cells[1].setAttribute("list", "dusun-desa");

  grid.addEventListener("keydown", (event) => {
    const at = places.get(event.target);
    if (!at || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    const move = step(event, event.target);
    if (move) {
      event.preventDefault();
      go(at.row + move[0], at.column + move[1]);
    }
  });
  grid.addEventListener("paste", (event) => {
    const at = places.get(event.target);
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!at || !/[\t\n]/.test(text.trimEnd())) return;
    event.preventDefault();
    fill(at, cellsOf(text));
  });

  function step(event, cell) {
    if (event.key === "Enter") return event.shiftKey ? [-1, 0] : [1, 0];
    if (event.key === "ArrowDown") return [1, 0];
    if (event.key === "ArrowUp") return [-1, 0];
    if (event.key === "ArrowRight" && cell.selectionStart === cell.value.length) return [0, 1];
    if (event.key === "ArrowLeft" && cell.selectionEnd === 0) return [0, -1];
    return null;
  }

  function go(row, column) {
    const cell = rows[row]?.[column];
    if (!cell) return;
    cell.focus();
    cell.select();
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  function fill(at, pasted) {
    let kept = 0;
    pasted.forEach((cells, down) => {
      const target = rows[at.row + down];
      if (!target) return;
      kept += 1;
      cells.forEach((value, right) => {
        const cell = target[at.column + right];
        if (cell) cell.value = value;
      });
    });
    grid.setAttribute("data-changed", "");
    const told = grid.querySelector("[data-grid-told]");
    if (told) told.textContent = `${kept}/${pasted.length}`;
    go(at.row + kept - 1, at.column);
  }
}

// A cell with a line break comes from Excel in quotes, with quotes inside doubled.
function cellsOf(text) {
  const rows = [[]];
  let cell = "";
  let quoted = false;
  const body = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  for (let place = 0; place < body.length; place += 1) {
    const sign = body[place];
    if (quoted) {
      if (sign === '"' && body[place + 1] === '"') { cell += '"'; place += 1; }
      else if (sign === '"') quoted = false;
      else cell += sign === "\n" ? " " : sign;
    } else if (sign === '"' && cell === "") quoted = true;
    else if (sign === "\t") { rows.at(-1).push(cell.trim()); cell = ""; }
    else if (sign === "\n") { rows.at(-1).push(cell.trim()); cell = ""; rows.push([]); }
    else cell += sign;
  }
  rows.at(-1).push(cell.trim());
  return rows;
}
