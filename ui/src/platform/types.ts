// What the application asks of the program that hosts it. One contract, one file per host.

import type { ExportedFile, Methods, Notice, RpcError } from "../rpc/schema";

export type Method = keyof Methods;
export type RequestOf<M extends Method> = Methods[M]["request"];
export type ResponseOf<M extends Method> = Methods[M]["response"];

/** What a call answers: the response, or an error's code. Anything else is thrown as `Unreachable`. */
export type Reply<T> = { ok: T } | { error: RpcError };

/** Is told what happens at the clinic. */
export interface Watcher {
  /** One notice, in order. */
  notice(notice: Notice): void;
  /** The stream begins, or begins again: whatever was read before may be out of date. */
  connected(): void;
}

/** `ok`: whether the file was kept, or the person would rather not; `error`: why it could not be. */
export type SaveOutcome = Reply<"saved" | "cancelled">;

export interface Platform {
  /** Calls a method of the engine. */
  call<M extends Method>(
    method: M,
    params: RequestOf<M>,
    token: string | null,
  ): Promise<Reply<ResponseOf<M>>>;
  /** Watches until the returned function is called. */
  watch(token: string, watcher: Watcher): () => void;
  /** Hands a file to the person at the screen. */
  saveFile(file: ExportedFile): Promise<SaveOutcome>;
  /** Asks the person for a file or a folder; null if they would rather not. None where the host cannot: it is typed. */
  readonly pickPath: ((what: "file" | "folder") => Promise<string | null>) | null;
  /** Listens to the keys that start and stop a recording, until the returned function is called. */
  onShortcut(pressed: () => void): () => void;
  /** Fills the screen, or stops doing so. Does nothing where the host refuses. */
  fullScreen(on: boolean): Promise<void>;
}

/** The engine did not answer at all. */
export class Unreachable extends Error {
  override name = "Unreachable";
}
