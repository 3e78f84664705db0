import { compile } from "@cordboard/engine";
import { parseFlow } from "@cordboard/flow-schema";
import type { MailboxQuestion } from "@cordboard/node-kit";
import { registry } from "@cordboard/nodes";
import { expect, test } from "vitest";
import { callStage } from "../testing/call-stage.ts";
import type { LiveCall } from "./live-call.ts";

const config = { box: null, attempts: 3, envelope: false, callBack: true, greetings: true, patienceMs: 8_000 };
const document = {
  formatVersion: 1,
  id: "messages",
  name: "Messages",
  languages: ["en-GB"],
  prompts: {},
  entry: "box",
  nodes: [
    { id: "box", name: "Box", type: "mailbox", typeVersion: 1, config },
    { id: "end", name: "End", type: "hangup", typeVersion: 1, config: { prompt: null } },
  ],
  edges: [{ from: "box", output: "unavailable", to: "end" }],
  layout: {},
};
const parsed = parseFlow(JSON.stringify(document));
const compiled = parsed.ok ? compile(parsed.document, registry) : parsed;
if (!compiled.ok) throw new Error(JSON.stringify(compiled.findings));
const { flow } = compiled;

const code = "86420975";

test("a box is opened by its code, which no document, trace or log holds; a host that fails is said, and the call goes on", async () => {
  const s = callStage(flow);
  const asked: MailboxQuestion[] = [];
  s.answers.mailbox = async (_call, question) => {
    asked.push(question);
    if (question.what === "next") throw new Error("the store is away");
    return { result: "done", box: { boxId: "box_1", newCount: 1, keptCount: 0 }, message: null, number: null };
  };
  const call: LiveCall = s.begin(s.connect());
  await call.beginNew();
  const written: string[] = [];
  const keys = async (digits: string) => {
    call.handle({ kind: "collectEnded", entry: s.entryNow(call), digits, hook: s.hook().pending });
    await call.settled();
    written.push(JSON.stringify([s.stored(), call.document]));
  };
  await keys("201");
  expect(call.document.media?.effect).toMatchObject({ type: "collect", secret: true });
  await keys(code);
  expect(asked).toEqual([{ what: "open", boxId: null, number: "201", code }]);
  expect(call.document.snapshot?.mailbox?.contents?.newCount).toBe(1);
  await keys("1");
  expect(call.document.media?.effect).toMatchObject({ type: "play", prompt: { name: "mailboxUnavailable" } });
  expect(call.document.status).toBe("live");
  for (const text of [...written, JSON.stringify([s.errors, s.told])]) expect(text).not.toContain(code);
  const keyed = call.document.traceTail
    .filter(({ kind }) => kind === "input.digits")
    .map(({ details }) => details.digits);
  expect(keyed).toEqual(["201", "••••••••", "1"]);
});
