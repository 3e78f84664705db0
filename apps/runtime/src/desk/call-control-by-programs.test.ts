import { describe, expect, test } from "vitest";
import type { Change, Scope } from "../access/index.ts";
import { UserError } from "../errors/index.ts";
import { virtualClock } from "../testing/virtual-clock.ts";
import { type ControlByProgramsGiven, createControlByPrograms } from "./call-control-by-programs.ts";

/** A company in which Inès talks to a caller; everything that is asked on her behalf is written down. */
function company({ call = {}, refuses = null as string | null } = {}) {
  const asked: unknown[] = [];
  const changes: Change[] = [];
  const clock = virtualClock();
  const view = {
    operator: { operatorId: "op_1", name: "Inès" },
    call: { callId: "call_1", muted: false, recording: "on" },
  };
  const ask =
    (what: string) =>
    async (scope: Scope, ...rest: unknown[]) => {
      asked.push([what, scope.role, scope.actorId, ...rest]);
      if (refuses) throw new UserError(refuses as "notYourCall");
      return what === "record" ? "paused" : view;
    };
  const controls = {
    ...{ hangUp: ask("hangUp"), hold: ask("hold"), mute: ask("mute") },
    ...{ passOn: ask("passOn"), pressKey: ask("pressKey") },
  };
  const found = {
    ...{ _id: "call_1", companyId: "co_1", status: "live", placed: null },
    leg: { state: "talking", offerId: "offer_1", operatorId: "op_1" },
    ...call,
  };
  const given = {
    ...{ controls, clock, desk: { view: async () => view, recordTalk: ask("record") } },
    calls: { find: async (callId: string) => (callId === "call_1" ? found : null) },
  } as unknown as ControlByProgramsGiven;
  const scope: Scope = {
    ...{ companyId: "co_1", role: "integrator", actorId: null },
    key: { apiKeyId: "key_1", name: "CRM", scopes: ["callControl:write"] },
    changed: (change) => void changes.push(change),
  };
  return { control: createControlByPrograms(given), asked, changes, scope, clock };
}

describe("a program that controls a conversation", () => {
  test("does what its operator would, on their behalf, and the log has it", async () => {
    const { control, asked, changes, scope } = company();
    expect(await control.hold(scope, "call_1", true)).toEqual({
      ...{ callId: "call_1", operatorId: "op_1", operatorName: "Inès", held: true, muted: false, recording: "on" },
    });
    await control.mute(scope, "call_1", true);
    await control.passOn(scope, "call_1", { kind: "queue", queueId: "queue_2" });
    expect(await control.record(scope, "call_1", "pause")).toMatchObject({ recording: "paused" });
    await control.hangUp(scope, "call_1");
    expect(asked).toEqual([
      ["hold", "operator", "op_1", "call_1", true],
      ["mute", "operator", "op_1", "call_1", true],
      ["passOn", "operator", "op_1", "call_1", { kind: "queue", queueId: "queue_2" }],
      ["record", "operator", "op_1", "pause"],
      ["hangUp", "operator", "op_1", "call_1"],
    ]);
    expect(changes.map(({ resource, targetId }) => [resource, targetId])).toEqual(
      Array.from({ length: 5 }, () => ["callControl", "call_1"]),
    );
    expect(changes[2]?.after).toEqual({ passedOnTo: "queue_2", operatorId: "op_1" });
  });

  test("sends keys one after the other, and the log has only how many", async () => {
    const { control, asked, changes, scope, clock } = company();
    const sent = control.pressKeys(scope, "call_1", "12#");
    await clock.advance(300);
    expect(asked).toHaveLength(1);
    await clock.advance(1_000);
    await sent;
    expect(asked.map((one) => (one as unknown[]).at(-1))).toEqual(["1", "2", "#"]);
    expect(JSON.stringify(changes)).not.toContain("12#");
  });

  test.each([
    ["the call is not there", "call_9", {}, "notFound"],
    ["it is another company's", "call_1", { call: { companyId: "co_2" } }, "notFound"],
    ["it is over", "call_1", { call: { status: "ended" } }, "callIsOver"],
    ["it waits", "call_1", { call: { leg: null } }, "callNotTalking"],
    ["a telephone rings", "call_1", { call: { leg: { state: "ringing", offerId: "offer_1" } } }, "callNotTalking"],
    ["its operator has left it in that moment", "call_1", { refuses: "notYourCall" }, "callNotTalking"],
    ["the target is not free", "call_1", { refuses: "operatorNotFree" }, "operatorNotFree"],
  ])("is refused where %s, and the log has nothing of it", async (_why, callId, how, code) => {
    const { control, changes, scope } = company(how);
    await expect(control.hold(scope, callId, true)).rejects.toMatchObject({ code });
    expect(changes).toEqual([]);
  });

  test("needs its scope", async () => {
    const { control, scope, asked } = company();
    const other: Scope = { ...scope, key: { apiKeyId: "key_1", name: "CRM", scopes: ["calls:write"] } };
    await expect(control.hangUp(other, "call_1")).rejects.toMatchObject({ code: "scopeMissing" });
    await expect(control.get(other, "call_1")).rejects.toMatchObject({ code: "scopeMissing" });
    expect(asked).toEqual([]);
  });
});
