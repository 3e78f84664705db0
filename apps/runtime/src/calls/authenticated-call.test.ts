import type { AskIdentityEffect } from "@cordboard/node-kit";
import { authenticate } from "@cordboard/nodes";
import { expect, test } from "vitest";
import { callStage, toTheTelephone } from "../testing/call-stage.ts";
import { compiledDocument } from "../testing/compiled-document.ts";

const node = (id: string, type: string, config: object) => ({ id, name: id, type, typeVersion: 1, config });
const flow = compiledDocument({
  ...{ formatVersion: 1, id: "who", name: "Who", languages: ["en-GB"], prompts: {}, entry: "who" },
  nodes: [node("who", "authenticate", authenticate.initial), node("end", "hangup", { prompt: null })],
  edges: ["verified", "failed"].map((output) => ({ from: "who", output, to: "end" })),
});
const [wrong, right] = ["97531864", "86420975"];

test("what a caller keys to prove who they are is asked of the host, and is in no document, trace, log or news", async () => {
  const s = callStage(flow);
  const asked: AskIdentityEffect["question"][] = [];
  s.answers.identity = async (_call, { question }) => {
    asked.push(question);
    return question.code === right ? "verified" : "wrong";
  };
  const call = s.begin(s.connect());
  await call.beginNew();
  const written: string[] = [];
  const keys = async (digits: string) => {
    expect(call.document.media?.effect).toMatchObject({ type: "collect", secret: true });
    call.handle({ kind: "collectEnded", entry: s.entryNow(call), digits, hook: s.hook().pending });
    await call.settled();
    written.push(JSON.stringify([s.stored(), call.document, s.rendered]));
  };
  await keys(wrong);
  expect(call.document.snapshot?.identity).toEqual({ by: "pin", result: "failed" });
  call.handle({ kind: "playEnded", entry: s.entryNow(call), failed: false, hook: s.hook().pending });
  await call.settled();
  await keys(right);
  expect(asked.map(({ code }) => code)).toEqual([wrong, right]);
  expect(call.document.snapshot?.identity).toEqual({ by: "pin", result: "verified" });
  const trace = call.document.traceTail;
  expect(trace.filter(({ kind }) => kind === "input.digits").map(({ details }) => details.digits)).toEqual([
    "••••••••",
    "••••••••",
  ]);
  expect(trace.filter(({ kind }) => kind === "identity.answered").map(({ details }) => details.result)).toEqual([
    "wrong",
    "verified",
  ]);
  for (const text of [...written, JSON.stringify([s.errors, s.told, s.sent])]) {
    for (const code of [wrong, right]) expect(text).not.toContain(code);
  }
});

test("a host that fails costs the caller nothing but the proof", async () => {
  const s = callStage(flow);
  s.answers.identity = async () => {
    throw new Error("the store is away");
  };
  const call = s.begin(s.connect());
  await call.beginNew();
  call.handle({ kind: "collectEnded", entry: s.entryNow(call), digits: right, hook: s.hook().pending });
  await call.settled();
  expect(call.document.snapshot?.identity).toEqual({ by: "pin", result: "unavailable" });
  expect(call.document.traceTail.map(({ kind }) => kind)).toContain("note.identityUnanswered");
  expect(JSON.stringify([s.stored(), call.document, s.errors])).not.toContain(right);
});

test("a conversation that was recorded is not any more when its caller, passed on, keys what proves who they are", async () => {
  const s = callStage();
  s.answers.begins = true;
  s.answers.passOn = async () => ({
    ...{ flowId: "who", flowVersionId: "ver_who", timeZone: "Europe/Paris" },
    compiled: flow,
  });
  const order: string[] = [];
  const call = s.begin({
    ...s.connect(),
    stream: ({ enable }) => order.push(enable ? "recording" : "not recording") > 0,
    redirect: ([first]) => {
      order.push(String(first?.verb));
      return "sent";
    },
  });
  await toTheTelephone(s, call);
  call.handle({ kind: "legRinging", legSid: "leg", sipStatus: 180 });
  call.handle({ kind: "legAnswered", legSid: "leg" });
  await call.settled();
  expect(order.at(-1)).toBe("recording");
  const to = { kind: "flow", flowId: "who" } as const;
  const control = { kind: "passOn", to, place: "kept", outcome: null, note: "" } as const;
  const by = { companyId: "co_1", callId: "call_1", offerId: "offer_1", queueId: "queue_sales", operatorId: "op_1" };
  expect(await call.control({ ...by, control })).toBe("done");
  expect(call.document.media?.effect).toMatchObject({ type: "collect", secret: true });
  expect(order.slice(order.indexOf("recording"))).toEqual(["recording", "not recording", "collect"]);
  expect(call.document.recordedTalk).toBeNull();
});
