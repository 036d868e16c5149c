// The plan grid moves like a spreadsheet: arrows, Enter or F2 to edit, Tab, Esc, paste from Excel, Ctrl+Z.
// Every change goes to the server as cells with the version that was seen; what clashes is shown with both texts.
// Without this file the same rows are edited on their own pages.

const table = document.querySelector("table.grid[data-cells]");
if (table) start(table);

function start(table) {
  const told = document.querySelector("[data-told]");
  const clash = document.querySelector("[data-clash]");
  const token = document.querySelector("[data-token] input[name=csrfmiddlewaretoken]")?.value ?? "";
  const undone = [];
  const waiting = new Map(); // cells that could not be sent: td -> typed text
  let editor = null;
  let queue = Promise.resolve();

  table.dataset.live = "";
  table.setAttribute("role", "grid");
  for (const cell of cells()) cell.tabIndex = -1;
  const first = restored() ?? cells()[0];
  if (first) first.tabIndex = 0;

  function cells() { return [...table.querySelectorAll("[data-f]")]; }
  function rows() { return [...table.querySelectorAll("tr[data-item]")]; }
  function rowOf(cell) { return cell.closest("tr"); }
  function columnOf(cell) { return [...rowOf(cell).children].indexOf(cell); }
  function isMoney(cell) { return cell.dataset.f.startsWith("amount:"); }
  function active() { return table.querySelector('[data-f][tabindex="0"]'); }

  function say(words, wrong = false) {
    told.textContent = words;
    told.classList.toggle("wrong", wrong);
  }

  function focus(cell) {
    if (!cell) return;
    for (const other of table.querySelectorAll('[data-f][tabindex="0"]')) other.tabIndex = -1;
    cell.tabIndex = 0;
    cell.focus();
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  // Moving

  function beside(cell, step) {
    const all = cells();
    return all[all.indexOf(cell) + step];
  }

  function inRow(cell, step) {
    const own = [...rowOf(cell).querySelectorAll("[data-f]")];
    return own[Math.max(0, Math.min(own.length - 1, own.indexOf(cell) + step))];
  }

  function vertical(cell, step) {
    const all = rows();
    const column = columnOf(cell);
    let at = all.indexOf(rowOf(cell));
    for (let left = Math.abs(step); left > 0; ) {
      at += Math.sign(step);
      if (at < 0 || at >= all.length) break;
      const found = all[at].children[column];
      if (found?.dataset.f !== undefined) { cell = found; left -= 1; }
    }
    return cell;
  }

  table.addEventListener("keydown", (event) => {
    const cell = event.target.closest("[data-f]");
    if (!cell || editor) return;
    const ctrl = event.ctrlKey || event.metaKey;
    const moves = {
      ArrowUp: () => vertical(cell, -1), ArrowDown: () => vertical(cell, 1),
      ArrowLeft: () => inRow(cell, -1), ArrowRight: () => inRow(cell, 1),
      PageUp: () => vertical(cell, -10), PageDown: () => vertical(cell, 10),
      Home: () => (ctrl ? cells()[0] : inRow(cell, -99)), End: () => (ctrl ? cells().at(-1) : inRow(cell, 99)),
    };
    if (moves[event.key] && !event.altKey) { event.preventDefault(); focus(moves[event.key]()); return; }
    if (event.key === "Tab") {
      const next = beside(cell, event.shiftKey ? -1 : 1);
      if (next) { event.preventDefault(); focus(next); }
      return;
    }
    if (ctrl && event.key.toLowerCase() === "z") { event.preventDefault(); undo(); return; }
    if (ctrl || event.altKey) return;
    if (event.key === "Enter" || event.key === "F2" || (event.key === " " && cell.dataset.mode)) {
      event.preventDefault();
      open(cell);
    } else if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      if (!cell.dataset.mode) send([edit(cell, "")]);
    } else if (event.key.length === 1 && !cell.dataset.mode) {
      event.preventDefault();
      open(cell, event.key);
    }
  });

  table.addEventListener("focusin", (event) => {
    if (event.target.dataset?.f === undefined || event.target.tabIndex === 0) return;
    for (const other of table.querySelectorAll('[data-f][tabindex="0"]')) other.tabIndex = -1;
    event.target.tabIndex = 0;
  });
  table.addEventListener("click", (event) => {
    const cell = event.target.closest("[data-f]");
    if (cell && !event.target.closest("a, input")) focus(cell);
  });
  table.addEventListener("dblclick", (event) => {
    const cell = event.target.closest("[data-f]");
    if (cell && !event.target.closest("a, input")) open(cell);
  });
  document.addEventListener("copy", (event) => {
    const cell = document.activeElement?.closest?.("[data-f]");
    if (cell && !editor) { event.clipboardData.setData("text/plain", cell.dataset.raw); event.preventDefault(); }
  });

  // Typing in a cell

  function open(cell, typed) {
    if (cell.dataset.mode) {
      if (cell.dataset.mode !== cell.dataset.raw) send([edit(cell, cell.dataset.mode)]);
      return;
    }
    const input = document.createElement("input");
    input.type = "text";
    input.setAttribute("aria-label", cell.dataset.label || cell.dataset.f);
    if (isMoney(cell)) input.inputMode = "numeric";
    input.value = typed ?? waiting.get(cell) ?? cell.dataset.raw;
    editor = { cell, input, inside: [...cell.childNodes] };
    cell.replaceChildren(input);
    cell.classList.add("edit");
    input.focus();
    if (typed === undefined) input.select();
    input.addEventListener("keydown", onKey);
    input.addEventListener("blur", () => close(true));
    input.addEventListener("input", () => isMoney(cell) && preview(input.value));
  }

  function onKey(event) {
    event.stopPropagation();
    const { cell } = editor;
    if (event.key === "Escape") { event.preventDefault(); close(false); focus(cell); }
    if (event.key === "Enter") { event.preventDefault(); close(true); focus(vertical(cell, event.shiftKey ? -1 : 1)); }
    if (event.key === "Tab") {
      const next = beside(cell, event.shiftKey ? -1 : 1);
      event.preventDefault();
      close(true);
      focus(next ?? cell);
    }
  }

  function close(keep) {
    if (!editor) return;
    const { cell, input, inside } = editor;
    editor = null;
    cell.replaceChildren(...inside);
    cell.classList.remove("edit");
    if (keep && (input.value !== cell.dataset.raw || waiting.has(cell))) send([edit(cell, input.value)]);
    else if (!keep) { waiting.delete(cell); cell.classList.remove("waiting", "bad"); }
  }

  function preview(text) {
    const plain = text.trim().replace(/^rp\.?\s*/i, "").replace(/,-$/, "");
    if (!plain) { say(""); return; }
    const digits = /^\d+$/.test(plain) ? plain : /^\d{1,3}(\.\d{3})+(,00)?$/.test(plain) ? plain.replace(/,00$/, "").replaceAll(".", "") : "";
    if (digits) say(`${told.dataset.wordsRead} Rp${digits.replace(/^0+(?=\d)/, "").replace(/\B(?=(\d{3})+$)/g, ".")}`);
    else say(`${told.dataset.wordsRead} ${told.dataset.wordsUnread}`, true);
  }

  // Sending

  function edit(cell, value) {
    return { cell, item: rowOf(cell).dataset.item, field: cell.dataset.f, value, base: cell.dataset.raw };
  }

  function versionOf(item) {
    const row = table.querySelector(`tr[data-item="${item}"]`);
    return row ? Number(row.dataset.version) : 0;
  }

  function send(edits, { remove = [], isUndo = false } = {}) {
    for (const one of edits) if (one.cell) { waiting.set(one.cell, one.value); one.cell.classList.add("waiting"); }
    say(told.dataset.wordsSaving);
    queue = queue.then(() => post(edits, remove, isUndo)).catch(() => say(told.dataset.wordsOffline, true));
    return queue;
  }

  async function post(edits, remove, isUndo) {
    const body = {
      cells: edits.map((one) => ({
        item: one.item, field: one.field, value: one.value, base: one.base ?? null, version: one.version ?? versionOf(one.item),
      })),
      remove: remove.map((one) => ({ item: one.item, version: versionOf(one.item) || one.version })),
    };
    const answer = await fetch(table.dataset.cells + location.search, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify(body),
    });
    const kind = answer.headers.get("Content-Type") ?? "";
    if (!kind.includes("json")) { say(told.dataset.wordsOffline, true); return; }
    const data = await answer.json();
    if (answer.ok) return accept(edits, data, isUndo);
    if (data.conflicts?.length) return ask(edits, data);
    refuse(edits, data);
  }

  function accept(edits, data, isUndo) {
    for (const one of edits) if (one.cell) { waiting.delete(one.cell); one.cell.classList.remove("waiting", "bad"); }
    if (!isUndo && (data.undo.length || data.created.length)) undone.push({ cells: data.undo, created: data.created });
    if (data.moved) {
      sessionStorage.setItem("rembuk-kisi", JSON.stringify({ item: edits[0]?.item, field: edits[0]?.field, path: location.pathname, undone }));
      location.reload();
      return;
    }
    show(data);
    say(isUndo ? told.dataset.wordsUndone : told.dataset.wordsSaved);
  }

  function refuse(edits, data) {
    const sentences = (data.problems ?? []).map((problem) => {
      const cell = cellOf(problem.item, problem.field);
      cell?.classList.add("bad");
      return problem.sentence;
    });
    say(sentences[0] ? [...new Set(sentences)].slice(0, 3).join(" ") : data.sentence, true);
  }

  function cellOf(item, field) {
    const found = table.querySelectorAll(`tr[data-item="${item}"] [data-f="${CSS.escape(field)}"]`);
    return found[0];
  }

  function show(data) {
    for (const [item, row] of Object.entries(data.items)) {
      for (const tr of table.querySelectorAll(`tr[data-item="${item}"]`)) tr.dataset.version = row.version;
      for (const fresh of row.cells) paint(item, fresh);
    }
    for (const [group, total] of Object.entries(data.subtotals ?? {})) {
      const cell = table.querySelector(`[data-group="${group}"] [data-subtotal]`);
      if (cell) cell.textContent = grouped(total);
    }
    const total = table.querySelector("[data-total]");
    if (total && data.total !== undefined) total.textContent = grouped(data.total);
    if (data.sums) document.querySelector("[data-sums]").innerHTML = data.sums;
    if (data.chips) document.querySelector("[data-chips]").innerHTML = data.chips;
    for (const [item, note] of Object.entries(data.notes ?? {})) {
      const row = table.querySelector(`tr[data-item="${item}"][data-first]`);
      if (!row) continue;
      row.querySelector("[data-note]").innerHTML = note.html;
      row.classList.toggle("has-block", note.css === "has-block");
      row.classList.toggle("has-warn", note.css === "has-warn");
    }
  }

  function paint(item, fresh) {
    const selector = `tr[data-item="${item}"] [data-f="${CSS.escape(fresh.field)}"]`;
    for (const cell of table.querySelectorAll(selector)) {
      if ((cell.dataset.mode ?? "") !== (fresh.mode ?? "") || cell === editor?.cell) continue;
      cell.dataset.raw = fresh.raw;
      const link = cell.querySelector("a");
      if (link) { link.textContent = fresh.shown; continue; }
      cell.replaceChildren(fresh.shown);
      if (fresh.small) {
        const small = document.createElement("small");
        small.className = "people-line";
        small.textContent = fresh.small;
        cell.append(small);
      }
    }
  }

  function grouped(number) {
    return String(number).replace(/\B(?=(\d{3})+(?!\d))/g, ".");
  }

  // Two people in one cell: both texts, and the person picks

  function ask(edits, data) {
    const body = clash.querySelector("tbody");
    body.replaceChildren(...data.conflicts.map((one) => {
      const row = document.createElement("tr");
      for (const [kind, text] of [["th", `${one.row}: ${one.label}`], ["td", one.yours], ["td", one.by ? `${one.theirs} (${one.by})` : one.theirs]]) {
        const cell = document.createElement(kind);
        cell.textContent = text || "–";
        row.append(cell);
      }
      return row;
    }));
    say(data.sentence, true);
    clash.querySelector("[data-mine]").onclick = () => {
      clash.close();
      show({ items: data.items });
      send(edits.map((one) => ({ ...one, version: undefined, base: undefined })));
    };
    clash.querySelector("[data-theirs]").onclick = () => {
      clash.close();
      show({ items: data.items });
      const theirs = new Set(data.conflicts.map((one) => `${one.item} ${one.field}`));
      const rest = edits.filter((one) => !theirs.has(`${one.item} ${one.field}`));
      for (const one of edits) if (one.cell) { waiting.delete(one.cell); one.cell.classList.remove("waiting", "bad"); }
      if (rest.length) send(rest);
    };
    clash.showModal();
  }

  // Paste from a spreadsheet: the block lies over the grid from the active cell on; rows beyond the last become new ones

  document.addEventListener("paste", (event) => {
    const cell = active();
    if (editor || !cell || !table.contains(document.activeElement)) return;
    event.preventDefault();
    const block = parse(event.clipboardData.getData("text/plain"));
    if (!block.length) return;
    if (block.length === 1 && block[0].length === 1) { send([edit(cell, block[0][0])]); return; }
    send(laid(cell, block));
  });

  function parse(text) {
    const out = [[""]];
    let quoted = false;
    for (let at = 0; at < text.length; at += 1) {
      const sign = text[at];
      const row = out.at(-1);
      if (quoted) {
        if (sign === '"' && text[at + 1] === '"') { row[row.length - 1] += '"'; at += 1; }
        else if (sign === '"') quoted = false;
        else row[row.length - 1] += sign === "\n" || sign === "\r" ? " " : sign;
      } else if (sign === '"' && row.at(-1) === "") quoted = true;
      else if (sign === "\t") row.push("");
      else if (sign === "\n") out.push([""]);
      else if (sign !== "\r") row[row.length - 1] += sign;
    }
    while (out.length && out.at(-1).every((cell) => cell === "")) out.pop();
    return out;
  }

  function laid(start, block) {
    const all = rows();
    const from = all.indexOf(rowOf(start));
    const column = columnOf(start);
    const edits = [];
    block.forEach((values, down) => {
      const row = all[from + down];
      if (row) values.forEach((value, right) => over(edits, row.children[column + right], value));
      else edits.push(...fresh(values, column));
    });
    return edits;
  }

  function over(edits, cell, value) {
    if (cell?.dataset.f === undefined) return;
    if (!cell.dataset.mode) edits.push(edit(cell, value));
    else if (value.trim() && !/^(0|-|tidak)$/i.test(value.trim())) edits.push(edit(cell, cell.dataset.mode));
  }

  function fresh(values, column) {
    const model = rows()[0];
    const item = key();
    const edits = [];
    let amount = "", source = "";
    values.forEach((value, right) => {
      const cell = model?.children[column + right];
      const name = cell?.dataset.f ?? "";
      if (!name || !value.trim()) return;
      if (/^amount:\d/.test(name)) edits.push({ item, field: name, value, version: 0 });
      else if (name.startsWith("amount:")) amount = value;
      else if (name.startsWith("source:")) source = value;
      else if (cell.dataset.mode) edits.push({ item, field: "delivery_mode", value: cell.dataset.mode, version: 0 });
      else edits.push({ item, field: name, value, version: 0 });
    });
    if (source) edits.push({ item, field: "funding", value: `${source}=${amount || "0"}`, version: 0 });
    else if (amount) edits.push({ item, field: "amount:", value: amount, version: 0 });
    return edits;
  }

  function key() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  function undo() {
    const last = undone.pop();
    if (!last) { say(told.dataset.wordsNothing); return; }
    send(last.cells.map(({ item, field, value }) => ({ item, field, value })), { remove: last.created, isUndo: true });
  }

  function restored() {
    const text = sessionStorage.getItem("rembuk-kisi");
    sessionStorage.removeItem("rembuk-kisi");
    if (!text) return null;
    const kept = JSON.parse(text);
    if (kept.path !== location.pathname) return null;
    undone.push(...kept.undone);
    if (!kept.item) return null;
    const cell = cellOf(kept.item, kept.field) ?? table.querySelector(`tr[data-item="${kept.item}"] [data-f]`);
    if (cell) setTimeout(() => focus(cell));
    return cell;
  }

  window.addEventListener("beforeunload", (event) => { if (waiting.size) event.preventDefault(); });
}
