// A tap, a click or the arrow keys put the cross on the sheet and its two numbers into the form.
const sheet = document.querySelector("svg[data-sketch]");
const form = document.querySelector("form[data-sketch-form]");
if (sheet && form) drive();

function drive() {
  const cross = sheet.querySelector("[data-cross]");
  const box = sheet.viewBox.baseVal;
  const left = form.elements.dari_kiri;
  const top = form.elements.dari_atas;
  const words = form.elements.isi;
  const shown = (number) => String(Math.round(number * 10) / 10).replace(".", ",");
  const read = (input) => Number.parseFloat(input.value.replace(",", "."));
  const within = (number) => Math.min(100, Math.max(0, number));
  const draw = () => {
    const x = read(left);
    const y = read(top);
    const there = Number.isFinite(x) && Number.isFinite(y);
    cross.toggleAttribute("hidden", !there);
    if (there) cross.setAttribute("transform", `translate(${(x / 100) * box.width} ${(y / 100) * box.height})`);
  };
  const put = (x, y) => {
    left.value = shown(within(x));
    top.value = shown(within(y));
    draw();
  };
  sheet.addEventListener("click", (event) => {
    const place = sheet.getBoundingClientRect();
    put(((event.clientX - place.left) / place.width) * 100, ((event.clientY - place.top) / place.height) * 100);
    words.focus({ preventScroll: window.matchMedia("(min-width: 60rem)").matches });
  });
  const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  sheet.addEventListener("keydown", (event) => {
    if (event.key === "Enter") { event.preventDefault(); words.focus(); return; }
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    const step = event.shiftKey ? 5 : 1;
    const x = Number.isFinite(read(left)) ? read(left) : 50;
    const y = Number.isFinite(read(top)) ? read(top) : 50;
    put(x + move[0] * step, y + move[1] * step);
  });
  left.addEventListener("input", draw);
  top.addEventListener("input", draw);
}
