// Small courtesies; every page works without them.
// A form that was changed asks before it is left.
document.addEventListener("input", (event) => event.target.closest("form")?.setAttribute("data-changed", ""));
document.addEventListener("submit", (event) => event.target.removeAttribute("data-changed"));
window.addEventListener("beforeunload", (event) => {
  if (document.querySelector("form[data-changed][data-keep]")) event.preventDefault();
});
// htmx 4 swaps error answers too: a refusal goes to the message area, never into the pressed button.
document.addEventListener("htmx:beforeSwap", (event) => {
  const status = event.detail.ctx?.response?.status ?? event.detail.xhr?.status;
  if (status >= 500) event.preventDefault();
});
