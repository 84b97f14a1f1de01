// The page's own part of the kiosk's lock. The window's is in src-tauri, the system's in installers/kiosk.

import { useEffect } from "react";
import { isLocked } from "../../logic/lockdown";

/** Keeps a patient on the kiosk's page for as long as the component stands. */
export function useLockdown() {
  useEffect(() => {
    const listening = new AbortController();
    const { signal } = listening;
    const on = <K extends keyof WindowEventMap>(event: K, prevent: (event: WindowEventMap[K]) => boolean) =>
      window.addEventListener(
        event,
        (happened) => {
          if (prevent(happened)) happened.preventDefault();
        },
        { capture: true, passive: false, signal },
      );
    const always = () => true;
    on("contextmenu", always);
    on("dragstart", always);
    on("dragover", always);
    on("drop", always);
    on("selectstart", (event) => !isField(event.target));
    on("keydown", (event) => isLocked(event, isField(event.target)));
    // A wheel with the control key, and two fingers, change the size of the page.
    on("wheel", (event) => event.ctrlKey);
    on("touchmove", (event) => event.touches.length > 1);
    for (const gesture of ["gesturestart", "gesturechange"]) {
      window.addEventListener(gesture, (event) => event.preventDefault(), { signal, passive: false });
    }
    // The middle button opens a link elsewhere; a link out of the page leads nowhere.
    on("auxclick", always);
    // The buttons at a mouse's side go back and forward.
    const isSideButton = (event: MouseEvent) => event.button === 3 || event.button === 4;
    on("mousedown", isSideButton);
    on("mouseup", isSideButton);
    on("click", (event) => {
      const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
      return link instanceof HTMLAnchorElement && link.origin !== location.origin;
    });
    return () => listening.abort();
  }, []);
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}
