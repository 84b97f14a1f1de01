// The host of the desktop application: Tauri commands, and a channel for notices.

import { Channel, invoke } from "@tauri-apps/api/core";
import type { Notice, RpcError } from "../rpc/schema";
import { listen } from "./keys";
import {
  type Method,
  type Platform,
  type Reply,
  type RequestOf,
  type ResponseOf,
  Unreachable,
} from "./types";

async function call<M extends Method>(
  method: M,
  params: RequestOf<M>,
  token: string | null,
): Promise<Reply<ResponseOf<M>>> {
  try {
    return await invoke<Reply<ResponseOf<M>>>("rpc", { method, params, token });
  } catch (cause) {
    throw new Unreachable("the application does not answer", { cause });
  }
}

const watch: Platform["watch"] = (token, watcher) => {
  let stopped = false;
  const channel = new Channel<Notice>();
  channel.onmessage = (notice) => {
    if (!stopped) watcher.notice(notice);
  };
  invoke("watch", { token, channel }).then(
    () => {
      if (!stopped) watcher.connected();
    },
    () => {
      // The session ended in between: the next call says so.
    },
  );
  return () => {
    stopped = true;
  };
};

const saveFile: Platform["saveFile"] = async (file) => {
  try {
    const saved = await invoke<boolean>("save_file", {
      fileName: file.file_name,
      mediaType: file.media_type,
      content: file.content,
      base64: file.base64,
    });
    return { ok: saved ? "saved" : "cancelled" };
  } catch (refused) {
    return { error: isRpcError(refused) ? refused : { code: "internal", parameters: {} } };
  }
};

function isRpcError(thrown: unknown): thrown is RpcError {
  return typeof thrown === "object" && thrown !== null && "code" in thrown && "parameters" in thrown;
}

async function fullScreen(on: boolean) {
  try {
    await invoke("full_screen", { on });
  } catch {
    // The window stays as it is; the kiosk works in it too.
  }
}

async function pickPath(what: "file" | "folder") {
  try {
    return await invoke<string | null>("pick_path", { what });
  } catch {
    // The path can be typed as well.
    return null;
  }
}

/** The program has the keys, where the system gives them to it; else the page hears them. */
const onShortcut: Platform["onShortcut"] = (pressed) => {
  let stopped = false;
  const channel = new Channel<null>();
  channel.onmessage = () => {
    if (!stopped) pressed();
  };
  invoke("follow_shortcut", { channel }).catch(() => {
    // They work in the page all the same.
  });
  const forget = listen(pressed);
  return () => {
    stopped = true;
    forget();
  };
};

export const tauri: Platform = { call, watch, saveFile, pickPath, onShortcut, fullScreen };
