// Calls to the engine, with the session's token, and failures as one type.

import { session } from "../app/session";
import { type Method, platform, type RequestOf, type ResponseOf, Unreachable } from "../platform";
import type { ErrorCode } from "./schema";

/** The engine's codes, and the one for an engine that does not answer. */
export type FailureCode = ErrorCode | "unreachable";

/** A call that did not succeed. Its code has a sentence and a next step in every language. */
export class Failure extends Error {
  override name = "Failure";
  constructor(
    readonly code: FailureCode,
    readonly parameters: { readonly [key: string]: string } = {},
  ) {
    super(code);
  }
}

/** Whatever was thrown, as a failure. */
export function asFailure(thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown;
  return new Failure(thrown instanceof Unreachable ? "unreachable" : "internal");
}

/** Calls a method. Rejects with a `Failure` only. */
export async function call<M extends Method>(method: M, params: RequestOf<M>): Promise<ResponseOf<M>> {
  const token = session.current()?.token ?? null;
  let reply: Awaited<ReturnType<typeof platform.call<M>>>;
  try {
    reply = await platform.call(method, params, token);
  } catch (thrown) {
    throw asFailure(thrown);
  }
  if ("ok" in reply) return reply.ok;
  if (reply.error.code === "session.missing" && token !== null) session.expire(token);
  if (reply.error.code === "session.locked" && token !== null) session.cover(token);
  throw new Failure(reply.error.code, reply.error.parameters);
}
