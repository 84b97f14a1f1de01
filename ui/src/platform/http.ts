// The host `bedside serve`: HTTP for calls, a WebSocket for notices.

import type { Notice } from "../rpc/schema";
import { listen } from "./keys";
import {
  type Method,
  type Platform,
  type Reply,
  type RequestOf,
  type ResponseOf,
  Unreachable,
} from "./types";

const RECONNECT_FIRST_MS = 500;
const RECONNECT_MOST_MS = 15_000;

/** How long to wait before the attempt after `failures` failed ones: doubling, up to a limit. */
export function reconnectDelay(failures: number): number {
  return Math.min(RECONNECT_FIRST_MS * 2 ** failures, RECONNECT_MOST_MS);
}

async function call<M extends Method>(
  method: M,
  params: RequestOf<M>,
  token: string | null,
): Promise<Reply<ResponseOf<M>>> {
  const headers: Record<string, string> = { "Content-Type": "application/json" };
  if (token !== null) headers.Authorization = `Bearer ${token}`;
  try {
    const response = await fetch("/rpc", {
      method: "POST",
      headers,
      body: JSON.stringify({ method, params }),
      cache: "no-store",
      credentials: "omit",
      referrerPolicy: "no-referrer",
    });
    if (!response.ok) throw new Unreachable(`the server answered ${response.status}`);
    return (await response.json()) as Reply<ResponseOf<M>>;
  } catch (cause) {
    if (cause instanceof Unreachable) throw cause;
    throw new Unreachable("the server does not answer", { cause });
  }
}

const watch: Platform["watch"] = (token, watcher) => {
  let stopped = false;
  let failures = 0;
  let socket: WebSocket | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const connect = () => {
    const address = new URL("/watch", location.href);
    address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
    socket = new WebSocket(address);
    socket.onopen = () => {
      failures = 0;
      socket?.send(JSON.stringify({ token }));
      watcher.connected();
    };
    socket.onmessage = (message) => {
      if (!stopped) watcher.notice(JSON.parse(String(message.data)) as Notice);
    };
    socket.onclose = () => {
      if (stopped) return;
      timer = setTimeout(connect, reconnectDelay(failures));
      failures += 1;
    };
  };

  connect();
  return () => {
    stopped = true;
    clearTimeout(timer);
    socket?.close();
  };
};

const saveFile: Platform["saveFile"] = async (file) => {
  const content = file.base64 ? Uint8Array.from(atob(file.content), (c) => c.charCodeAt(0)) : file.content;
  const address = URL.createObjectURL(new Blob([content], { type: file.media_type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = file.file_name;
  link.click();
  // The browser has read the address once the click was dispatched; a later turn is early enough to let go of it.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
  return { ok: "saved" };
};

async function fullScreen(on: boolean) {
  try {
    if (on && document.fullscreenElement === null) await document.documentElement.requestFullscreen();
    if (!on && document.fullscreenElement !== null) await document.exitFullscreen();
  } catch {
    // A browser may refuse; the kiosk works in a window too.
  }
}

// A browser does not tell a page where a file lies.
export const http: Platform = { call, watch, saveFile, pickPath: null, onShortcut: listen, fullScreen };
