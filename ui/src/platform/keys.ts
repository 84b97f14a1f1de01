// The keys that start and stop a recording, pressed in the page: Control, or a Mac's Command, with Alt and R.

export function listen(pressed: () => void): () => void {
  function onKeyDown(event: KeyboardEvent) {
    if (event.code !== "KeyR" || !event.altKey || !(event.ctrlKey || event.metaKey) || event.repeat) return;
    event.preventDefault();
    pressed();
  }
  window.addEventListener("keydown", onKeyDown);
  return () => window.removeEventListener("keydown", onKeyDown);
}
