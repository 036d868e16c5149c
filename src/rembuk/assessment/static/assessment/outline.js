// In an outline Tab goes one level deeper and Shift+Tab back; Enter keeps the level. Escape gives Tab back to the page.
for (const area of document.querySelectorAll("textarea[data-outline]")) drive(area);

function drive(area) {
  let free = false;
  area.addEventListener("focus", () => { free = false; });
  area.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { free = true; return; }
    if (event.key === "Tab" && !free && !event.ctrlKey && !event.altKey) {
      event.preventDefault();
      shift(event.shiftKey ? -1 : 1);
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      const indent = line().text.match(/^ */)[0];
      area.setRangeText(`\n${indent}`, area.selectionStart, area.selectionEnd, "end");
      changed();
    }
  });
  const line = () => {
    const start = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
    const end = area.value.indexOf("\n", area.selectionStart);
    return { start, text: area.value.slice(start, end < 0 ? undefined : end) };
  };
  const shift = (way) => {
    const { start, text } = line();
    const at = area.selectionStart;
    if (way > 0) area.setRangeText("  ", start, start, "preserve");
    else if (text.startsWith("  ")) area.setRangeText("", start, start + 2, "preserve");
    else return;
    const place = Math.max(start, at + 2 * way);
    area.setSelectionRange(place, place);
    changed();
  };
  const changed = () => area.dispatchEvent(new Event("input", { bubbles: true }));
}
