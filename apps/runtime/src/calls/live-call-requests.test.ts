import type { RequestResult } from "@cordboard/node-kit";
import { hangup, http } from "@cordboard/nodes";
import { flow, node } from "@cordboard/simulator/scenario";
import { describe, expect, test } from "vitest";
import { callStage } from "../testing/call-stage.ts";
import { quiet } from "../testing/virtual-clock.ts";
import type { RequestAnswer } from "./request-carrier.ts";

const asking = () =>
  flow({
    ask: node(http, {
      ...http.initial,
      url: "https://crm.example/{{ call.callerNumber }}",
      headers: [{ name: "Authorization", value: "Bearer {{ secret.crm }}" }],
      answers: [{ pointer: "/pin", variable: "pin" }],
    }),
    fine: node(hangup, { prompt: "fine" }),
    wrong: node(hangup, { prompt: "wrong" }),
  })
    .connect("ask", "ok", "fine")
    .connect("ask", "failed", "wrong")
    .with({ variables: { pin: { type: "string", secret: true, initial: "" } } })
    .compiled();

const outcome = (result: RequestResult, values: RequestAnswer["values"] = []): RequestAnswer => ({
  ...{ result, status: result === "ok" ? 200 : 0, values, attempts: 1, reason: null },
});

/** A stage whose other system answers when it is told to. */
function stage() {
  const s = callStage(asking());
  const waiting: ((answer: RequestAnswer) => void)[] = [];
  s.answers.request = () => new Promise((resolve) => waiting.push(resolve));
  const asked = () =>
    s.told.filter((one): one is { asked: string; key: string } => Object.hasOwn(Object(one), "asked"));
  return { ...s, waiting, asked };
}

describe("a call that asks another system", () => {
  test("is durable before anything is asked; the caller hears nothing new for a second, then music", async () => {
    const s = stage();
    s.store.state.failing = true;
    const call = s.begin(s.connect());
    void call.beginNew();
    await s.clock.advance(500);
    expect(s.asked()).toEqual([]);
    s.store.state.failing = false;
    await s.clock.advance(500);
    await call.settled();
    await quiet();
    expect(s.asked()).toHaveLength(1);
    expect(s.stored()?.outbox).toMatchObject([{ kind: "request" }]);
    await s.clock.advance(1_500);
    expect(s.sent.at(-1)?.[0]?.verb).toBe("hold");
    s.waiting[0]?.(outcome("ok", ["4711"]));
    await quiet();
    await call.settled();
    expect(s.sent.at(-1)?.[0]?.verb).toBe("play");
    expect(s.stored()?.outbox).toEqual([]);
  });

  test("whose process dies over it is asked again by its next owner, with the same key, and goes on by the answer", async () => {
    const s = stage();
    const first = s.begin(s.connect());
    await first.beginNew();
    await s.clock.advance(1_200);
    const stored = s.stored();
    if (!stored) throw new Error("not stored");
    first.abandon();
    // What the dead process would have heard does nothing any more.
    s.waiting[0]?.(outcome("failed"));
    await quiet();
    const heir = s.begin(s.connect(), stored, true);
    heir.resume();
    await quiet();
    const [before, after] = s.asked();
    expect(after).toEqual(before);
    s.waiting[1]?.(outcome("ok"));
    await quiet();
    await heir.settled();
    expect(heir.document.snapshot?.node?.id).toBe("fine");
  });

  test("whose caller hangs up meanwhile is over once the other system was asked", async () => {
    const s = stage();
    const call = s.begin(s.connect());
    await call.beginNew();
    call.handle({ kind: "callerGone", by: "caller", sipStatus: 200, durationMs: 1 });
    await call.settled();
    await quiet();
    expect(s.stored()).toMatchObject({ status: "ended" });
    expect(s.stored()?.outbox.some(({ kind }) => kind === "request")).toBe(true);
    s.waiting[0]?.(outcome("ok"));
    await s.clock.advance(30_000);
    expect(s.stored()?.outbox).toEqual([]);
  });

  test("goes on where nobody ever answers", async () => {
    const s = stage();
    const call = s.begin(s.connect());
    await call.beginNew();
    await s.clock.advance(14_000);
    expect(call.document.snapshot?.node?.id).toBe("wrong");
  });

  test("shows neither the company's secret nor a secret answer in its state or trace", async () => {
    const s = stage();
    const call = s.begin(s.connect());
    await call.beginNew();
    await quiet();
    s.waiting[0]?.(outcome("ok", ["4711-of-the-caller"]));
    await quiet();
    await call.settled();
    const { secrets, ...shown } = call.document.snapshot ?? {};
    expect(secrets).toEqual({ pin: "4711-of-the-caller" });
    const everything = JSON.stringify([{ ...call.document, snapshot: shown }, s.stored()]);
    expect(everything).toContain("request.answered");
    expect(everything).not.toContain("4711-of-the-caller");
  });
});
