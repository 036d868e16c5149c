// Keys from the lectern: each is a link that stands at the foot of the screen; nothing else is done here.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (key === "f") return document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen();
  const link = document.querySelector(`.room-keys [data-press="${key}"]`);
  if (!link) return;
  event.preventDefault();
  link.click();
});
