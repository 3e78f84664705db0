import { afterAll, beforeAll, expect, test } from "vitest";
import { type Exchange, startExchange } from "../support/exchange.ts";
import type { OperatorClient } from "../support/operator-client.ts";
import { placeCall } from "../support/place-call.ts";
import { serveShortFlow } from "../support/short-flow.ts";
import { report } from "./telling.ts";

/** A whole call through our runtime, with a hold in it; more of these are the tests in `test/faults`, which run here as well. */
let exchange: Exchange;
let ines: OperatorClient;
beforeAll(async () => {
  exchange = await startExchange();
  await serveShortFlow(exchange);
  ines = await exchange.signIn(101);
});
afterAll(async () => {
  report("calls", [exchange?.story.tell(), exchange?.log.join("")]);
  await exchange?.close();
});

test("a call through menu, queue and dial, held, taken back, ended", async () => {
  const call = placeCall(exchange, "caller");
  await ines.waitFor((view) => view.offer !== null, "an offer");
  expect((await ines.accept()).status).toBe(200);
  await exchange.story.waitFor("11", "ringing");
  exchange.telephones.answer("11");
  await call.waitFor("talking bridged");
  await ines.waitFor(({ state }) => state === "talking", "Inès to be talking");
  const hold = async (held: boolean) => ines.put(`/api/desk/calls/${(await call.stored())._id}/hold`, { held });
  expect((await hold(true)).status).toBe(200);
  await call.waitFor(/pleaseWait|holdMusic/);
  await exchange.story.waitFor("11", "talking silence");
  expect((await hold(false)).status).toBe(200);
  await call.waitFor("talking bridged");
  await exchange.story.waitFor("11", "talking bridged");
  const { _id } = await call.stored();
  expect((await ines.put(`/api/desk/calls/${_id}/mute`, { muted: true })).status).toBe(200);
  await call.waitFor("talking silence");
  expect(exchange.story.now("11")).toBe("talking bridged");
  expect((await ines.put(`/api/desk/calls/${_id}/mute`, { muted: false })).status).toBe(200);
  await call.waitFor("talking bridged");
  exchange.telephones.hangup("11");
  await ines.waitFor(({ state }) => state === "wrapUp", "wrap-up");
  await exchange.story.waitFor("caller", "idle");
  await call.ended();
}, 60_000);
