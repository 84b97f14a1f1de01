import { expect, test } from "vitest";
import { reconnectDelay } from "./http";

test("each failed attempt waits twice as long, up to a quarter of a minute", () => {
  expect([0, 1, 2, 10].map(reconnectDelay)).toEqual([500, 1000, 2000, 15_000]);
});
