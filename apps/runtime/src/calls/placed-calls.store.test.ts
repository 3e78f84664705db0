/** Calls that are placed for callbacks, through the stand-in for jambonz, over real sockets and in real time. */
import type { AlarmKind } from "@cordboard/api";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { isConfirmed, outcomeOf } from "../alarms/call-outcome.ts";
import { callbackOrder, dialOrder } from "../testing/callback-order.ts";
import { placingStage } from "../testing/placing-stage.ts";
import { openTestStore, type TestStore } from "../testing/test-store.ts";

let testStore: TestStore;
let stage: Awaited<ReturnType<typeof placingStage>>;

beforeAll(async () => {
  testStore = await openTestStore();
});
afterAll(() => testStore.close());
beforeEach(async () => {
  stage = await placingStage(testStore);
});
afterEach(() => stage.close());

/** jambonz waits up to 6 s for a lost socket to come back: on a busy machine that is a good part of the time that it takes. */
const patient = { timeout: 30_000 };
const phase = (id: string) => stage.telephones.get(id)?.phase;
const until = (id: string, what: string) => expect.poll(() => stage.heard[id]?.at(-1), patient).toBe(what);
/** What was reported; one end that rings after the other is told once here. */
const reports = () =>
  stage.reports.map(({ kind }) => kind).filter((kind, at, all) => kind !== "ringing" || all[at - 1] !== kind);
const reported = (...kinds: string[]) => expect.poll(reports, patient).toEqual(kinds);

async function place(changes = {}) {
  const order = callbackOrder(changes);
  expect(await stage.calls.inbox.placeCall(order)).toBe("taken");
  return order;
}

async function pickedUp(changes = {}) {
  const order = await place(changes);
  await until("12", "ringing");
  stage.telephones.answer("12");
  await until("outside", "ringing");
  return order;
}

test("the operator's telephone, then the number, then they talk, and the operator hangs up", async () => {
  const order = await place();
  await until("12", "ringing");
  // The operator sees the line that the promise was made on.
  expect(stage.telephones.get("12")?.call?.from).toBe("+33143670903");
  await reported("ringing");
  expect(phase("outside")).toBe("idle");
  stage.telephones.answer("12");
  await until("outside", "ringing");
  expect(stage.telephones.get("outside")?.call?.from).toBe("+33143670903");
  await until("12", "talking ringMusic");
  stage.telephones.answer("outside");
  await until("12", "talking bridged");
  await reported("ringing", "answered");
  stage.telephones.hangup("12");
  await until("outside", "idle");
  await reported("ringing", "answered", "ended");
  expect(stage.orders).toHaveLength(1);
  const call = await stage.document(order.callId);
  expect(call).toMatchObject({ status: "ended", endedBy: "operator", direction: "outbound", to: order.number });
  expect(await stage.calls.inbox.placeCall(order)).toBe("gone");
});

test("they talk, and the person hangs up: the operator's telephone is let go", async () => {
  await pickedUp();
  stage.telephones.answer("outside");
  await until("12", "talking bridged");
  stage.telephones.hangup("outside");
  await until("12", "idle");
  await reported("ringing", "answered", "ended");
  expect(stage.reports.at(-1)).toMatchObject({ kind: "ended", talkMs: expect.any(Number) });
});

describe("the operator's telephone", () => {
  test.each([
    [486, "busy"],
    [603, "busy"],
    [480, "unreachable"],
  ])("that refuses with %d", async (status, result) => {
    const order = await place();
    await until("12", "ringing");
    stage.telephones.reject("12", status);
    await reported("ringing", "failed");
    expect(stage.reports.at(-1)).toEqual({ kind: "failed", result });
    expect(phase("outside")).toBe("idle");
    expect(await stage.calls.inbox.placeCall(order)).toBe("gone");
  });

  test("how it refused is on its way for as long as the call centre cannot be told: until then the call is not over for it", async () => {
    const { callId } = await place();
    await reported("ringing");
    stage.lost.report = true;
    stage.telephones.reject("12", 486);
    await expect.poll(async () => (await stage.document(callId))?.status).toBe("ended");
    expect([...(await stage.calls.alive([callId]))]).toEqual([callId]);
    stage.lost.report = false;
    await reported("ringing", "failed");
    await expect.poll(async () => [...(await stage.calls.alive([callId]))]).toEqual([]);
  });

  test("that nobody has, or that was deleted", async () => {
    await place({ telephoneId: "tel_99" });
    await reported("failed");
    await place({ telephoneId: "tel_gone" });
    await reported("failed", "failed");
    expect(stage.reports).toEqual(Array(2).fill({ kind: "failed", result: "unreachable" }));
  });

  test("that is picked up and put down again", async () => {
    await place();
    await until("12", "ringing");
    stage.telephones.answer("12");
    stage.telephones.hangup("12");
    await reported("ringing", "ended");
    expect(stage.heard.outside?.filter((what) => what.startsWith("talking"))).toEqual([]);
    expect(phase("outside")).toBe("idle");
  });
});

describe("the number", () => {
  test.each([
    [486, "busy", "pBusy"],
    [404, "unreachable", "pUnreachable"],
  ] as const)(
    "that refuses with %d: the operator is told, and is free when they have heard it",
    async (status, result, says) => {
      await pickedUp();
      stage.telephones.reject("outside", status);
      await until("12", `talking ${says}`);
      expect(reports()).toEqual(["ringing"]);
      await until("12", "idle");
      await reported("ringing", "numberFailed");
      expect(stage.reports.at(-1)).toEqual({ kind: "numberFailed", result });
    },
  );

  test("that nobody has", async () => {
    await place({ number: "+33699999999" });
    await until("12", "ringing");
    stage.telephones.answer("12");
    await until("12", "idle");
    await reported("ringing", "numberFailed");
    expect(stage.reports.at(-1)).toEqual({ kind: "numberFailed", result: "unreachable" });
  });

  test.each(["12", "outside"])(
    "stops, like their telephone, when the operator calls it off while %s rings",
    async (rings) => {
      const { callId, offerId, queueId, operatorId } = rings === "12" ? await place() : await pickedUp();
      await until(rings, "ringing");
      const asked = { companyId: "co_1", callId, offerId, queueId, operatorId };
      expect(await stage.calls.control({ ...asked, control: { kind: "hangUp" } })).toBe("done");
      await until("12", "idle");
      await until(rings, "idle");
      await reported("ringing", "ended");
      expect(await stage.document(callId)).toMatchObject({ status: "ended", endedBy: "operator" });
    },
  );

  test("stops ringing when the operator hangs up", async () => {
    await pickedUp();
    stage.telephones.hangup("12");
    await until("outside", "idle");
    await reported("ringing", "ended");
    expect(stage.telephones.get("outside")?.call?.endedBy).toBe("cancelled");
    expect(stage.reports.at(-1)).toEqual({ kind: "ended", talkMs: 0 });
  });
});

test("asked again and again it is one call", async () => {
  const order = callbackOrder();
  const answers = await Promise.all([1, 2, 3].map(() => stage.calls.inbox.placeCall(order)));
  expect(answers).toEqual(["taken", "taken", "taken"]);
  await until("12", "ringing");
  expect(await stage.calls.inbox.placeCall(order)).toBe("taken");
  stage.telephones.reject("12", 486);
  await reported("ringing", "failed");
  expect(stage.heard["12"]?.filter((what) => what === "ringing")).toHaveLength(1);
});

describe("the answer of jambonz to our order", () => {
  test("is lost: the call's own socket tells all there is to know", async () => {
    stage.lost.answer = true;
    const order = await pickedUp();
    stage.telephones.answer("outside");
    await until("12", "talking bridged");
    stage.telephones.hangup("outside");
    await reported("ringing", "answered", "ended");
    expect((await stage.document(order.callId))?.callSid).not.toBe(order.callId);
    expect(stage.orders).toHaveLength(1);
  });

  test("is lost, and the telephone is busy", async () => {
    stage.lost.answer = true;
    await place();
    await until("12", "ringing");
    stage.telephones.reject("12", 486);
    await reported("ringing", "failed");
  });
});

describe("the socket is cut, and it is opened again", () => {
  test("while the operator's telephone rings, and it is picked up meanwhile", async () => {
    await place();
    await until("12", "ringing");
    await reported("ringing");
    stage.cutSockets();
    stage.telephones.answer("12");
    await until("outside", "ringing");
    stage.telephones.answer("outside");
    await until("12", "talking bridged");
    await reported("ringing", "answered");
    expect(stage.heard.outside?.filter((what) => what === "ringing")).toHaveLength(1);
  });

  test("while the number rings, and in the conversation", async () => {
    await pickedUp();
    stage.cutSockets();
    stage.telephones.answer("outside");
    await until("12", "talking bridged");
    await reported("ringing", "answered");
    stage.cutSockets();
    stage.telephones.hangup("outside");
    await reported("ringing", "answered", "ended");
    await until("12", "idle");
    expect(stage.heard.outside?.filter((what) => what === "ringing")).toHaveLength(1);
  });
});

describe("another process takes the call over", () => {
  test("while the operator's telephone rings", async () => {
    const order = await place();
    await until("12", "ringing");
    await reported("ringing");
    await stage.restart();
    expect(await stage.calls.inbox.placeCall(order)).toBe("taken");
    stage.telephones.answer("12");
    await until("outside", "ringing");
    stage.telephones.answer("outside");
    await until("12", "talking bridged");
    await reported("ringing", "answered");
    expect(stage.orders).toHaveLength(1);
  });

  test("and the telephone turns out to be busy while nobody listens", async () => {
    await place();
    await until("12", "ringing");
    await reported("ringing");
    await stage.restart(() => stage.telephones.reject("12", 486));
    await reported("ringing", "failed");
  });

  test("and the operator picks up while nobody listens", async () => {
    await place();
    await until("12", "ringing");
    await reported("ringing");
    await stage.restart(() => stage.telephones.answer("12"));
    await until("outside", "ringing");
    stage.telephones.answer("outside");
    await until("12", "talking bridged");
    await reported("ringing", "answered");
  });

  test("and the operator picks up, hears nothing and hangs up while nobody listens", async () => {
    await place();
    await until("12", "ringing");
    await reported("ringing");
    await stage.restart(() => {
      stage.telephones.answer("12");
      stage.telephones.hangup("12");
    });
    await reported("ringing", "ended");
    expect(phase("outside")).toBe("idle");
  });

  test("while the number rings: it rings on, and is rung once", async () => {
    await pickedUp();
    await stage.restart();
    stage.telephones.answer("outside");
    await until("12", "talking bridged");
    await reported("ringing", "answered");
    expect(stage.heard.outside?.filter((what) => what === "ringing")).toHaveLength(1);
  });

  test("in the conversation: nobody hears of it", async () => {
    await pickedUp();
    stage.telephones.answer("outside");
    await until("12", "talking bridged");
    await reported("ringing", "answered");
    await stage.restart();
    expect(stage.heard["12"]?.at(-1)).toBe("talking bridged");
    stage.telephones.hangup("12");
    await reported("ringing", "answered", "ended");
    await until("outside", "idle");
  });
});

describe("a call that an operator dialled", () => {
  const dial = async (changes = {}) => {
    const order = dialOrder(changes);
    expect(await stage.calls.inbox.placeCall(order)).toBe("taken");
    return order;
  };
  const rung = () =>
    stage.reports.flatMap((report) => (report.kind === "ringing" ? (report.rings ?? "?") : report.kind));
  /** A report may be told again by who takes the call over. */
  const told = (...what: string[]) =>
    expect.poll(() => rung().filter((one, at, all) => one !== all[at - 1]), patient).toEqual(what);

  test("rings their telephone, then the number, and says which of them rings", async () => {
    const order = await dial();
    await until("12", "ringing");
    stage.telephones.answer("12");
    await until("outside", "ringing");
    await told("telephone", "nothing", "number");
    stage.telephones.answer("outside");
    await until("12", "talking bridged");
    stage.telephones.hangup("12");
    await told("telephone", "nothing", "number", "answered", "ended");
    expect(await stage.document(order.callId)).toMatchObject({ endedBy: "operator", direction: "outbound" });
  });

  test("rings the number first where the company wants it: who picks up hears a word and music until the operator is there", async () => {
    const order = await dial({ first: "party" });
    await until("outside", "ringing");
    expect(stage.telephones.get("outside")?.call?.from).toBe("+33143670903");
    expect(phase("12")).toBe("idle");
    stage.telephones.answer("outside");
    await until("12", "ringing");
    expect(stage.heard.outside).toContain("talking pConnecting");
    await until("outside", "talking ringMusic");
    stage.telephones.answer("12");
    await until("outside", "talking bridged");
    stage.telephones.hangup("outside");
    await told("number", "telephone", "answered", "ended");
    expect(await stage.document(order.callId)).toMatchObject({ status: "ended", endedBy: "caller" });
  });

  test("the number first, and it is busy; the number first, and the operator's telephone is", async () => {
    await dial({ first: "party" });
    await until("outside", "ringing");
    stage.telephones.reject("outside", 486);
    await told("number", "numberFailed");
    await dial({ first: "party" });
    await until("outside", "ringing");
    stage.telephones.answer("outside");
    await until("12", "ringing");
    stage.telephones.reject("12", 486);
    await until("outside", "talking pNobody");
    await until("outside", "idle");
    await told("number", "numberFailed", "number", "telephone", "failed");
  });

  test("to nobody, to try their own telephone: it says that it works, and is over", async () => {
    await dial({ party: { kind: "nobody" }, number: "Desk 12" });
    await until("12", "ringing");
    stage.telephones.answer("12");
    await until("12", "talking pWorks");
    await until("12", "idle");
    await told("telephone", "ended");
    expect(stage.heard.outside).toEqual([]);
  });

  test("rings a colleague's telephone", async () => {
    await dial({ party: { kind: "telephone", telephoneId: "tel_13" }, number: "13" });
    await until("12", "ringing");
    stage.telephones.answer("12");
    await until("13", "ringing");
    stage.telephones.answer("13");
    await until("12", "talking bridged");
    stage.telephones.hangup("13");
    await told("telephone", "nothing", "number", "answered", "ended");
  });

  test("another process takes it over while the number rings: it is not dialled again", async () => {
    await dial();
    await until("12", "ringing");
    stage.telephones.answer("12");
    await until("outside", "ringing");
    await told("telephone", "nothing", "number");
    await stage.restart();
    stage.telephones.answer("outside");
    await until("12", "talking bridged");
    stage.telephones.hangup("12");
    await told("telephone", "nothing", "number", "answered", "ended");
    expect(stage.orders).toHaveLength(1);
  });
});

describe("a call that tells of an alarm", () => {
  const tells = (kinds: readonly AlarmKind[]) => {
    const told = kinds.map((kind) => ({ kind, about: "{{ Sales }}" }));
    const party = { kind: "alarm", told, speaks: true } as const;
    return place({ callbackId: null, offerId: null, queueId: null, first: "party", operatorId: "", party });
  };
  const pressed = (output: string) => ({ kind: "moved", nodeId: "nConfirm", details: { output } });

  test("says what is wrong and asks for a key; the call centre hears nothing of it", async () => {
    const { callId } = await tells(["queueUnstaffed", "diskFilling"]);
    await until("outside", "ringing");
    stage.telephones.answer("outside");
    await until("outside", "talking pConfirm");
    stage.telephones.press("outside", "1");
    await until("outside", "idle");
    const said = stage.heard.outside?.flatMap((what) => (what.startsWith("talking p") ? what.slice(8) : []));
    expect(said).toEqual(["pHello", "pWhat0", "pAbout0", "pWhat1", "pAbout1", "pConfirm", "pConfirmed"]);
    const call = await stage.document(callId);
    expect(call?.traceTail.filter(({ kind }) => kind === "moved").at(-1)).toMatchObject({
      ...pressed("confirmed"),
    });
    expect(isConfirmed(call?.traceTail ?? [])).toBe(true);
    expect([stage.toldOf.has(callId), stage.ended]).toEqual([false, []]);
  });

  test("a trial whom nobody confirms; another process goes on with it where this one stopped", async () => {
    const { callId } = await tells([]);
    await until("outside", "ringing");
    await stage.restart();
    stage.telephones.answer("outside");
    await until("outside", "talking pConfirm");
    stage.telephones.hangup("outside");
    await expect.poll(async () => (await stage.document(callId))?.status).toBe("ended");
    const call = await stage.document(callId);
    expect(outcomeOf(call?.traceTail ?? [], call?.endedBy ?? null)).toBe("notConfirmed");
    expect([stage.orders.length, stage.toldOf.has(callId)]).toEqual([1, false]);
  });
});

describe("a callback whose person is rung first", () => {
  const callerFirst = { first: "party" } as const;

  async function personAnswers(changes = {}, machine = false) {
    const order = await place({ ...callerFirst, ...changes });
    await until("outside", "ringing");
    expect(phase("12")).toBe("idle");
    stage.telephones.answer("outside", { machine });
    return order;
  }

  test("hears who calls and why, and music while the operator's telephone rings; they talk", async () => {
    const order = await personAnswers();
    await until("12", "ringing");
    expect(stage.heard.outside).toContain("talking pHello");
    await until("outside", "talking ringMusic");
    stage.telephones.answer("12");
    await until("outside", "talking bridged");
    await reported("ringing", "answered");
    stage.telephones.hangup("outside");
    await reported("ringing", "answered", "ended");
    expect(await stage.document(order.callId)).toMatchObject({ status: "ended", endedBy: "caller" });
  });

  test("whose number is busy, or who hangs up before the operator is there: an attempt", async () => {
    await place(callerFirst);
    await until("outside", "ringing");
    stage.telephones.reject("outside", 486);
    await reported("ringing", "numberFailed");
    await personAnswers();
    await until("12", "ringing");
    stage.telephones.hangup("outside");
    await until("12", "idle");
    await reported("ringing", "numberFailed", "ringing", "numberFailed");
    expect(stage.reports.at(-1)).toEqual({ kind: "numberFailed", result: "busy" });
  });

  test("waits first in line where the operator's telephone is not answered, as who they are, and is a caller from then on", async () => {
    const { callId, offerId, number } = await personAnswers();
    await until("12", "ringing");
    stage.telephones.reject("12", 486);
    await expect.poll(() => stage.joined).toHaveLength(1);
    await reported("ringing", "failed");
    const [joined] = stage.joined;
    // In between, nobody may be offered the callback again.
    expect(stage.told.filter((what) => what !== "ringing")).toEqual(["join", "failed"]);
    expect(joined).toMatchObject({ callId, queueId: "queue_1", at: "head", card: { from: number } });
    await until("outside", "talking holdMusic");
    const entry = joined?.entry ?? 0;
    const accepted = {
      companyId: "co_1",
      callId,
      entry,
      offerId: "offer_next",
      operatorId: "op_2",
      operatorName: "Paul",
    };
    const target = { kind: "telephone", telephoneId: "tel_13" } as const;
    expect(await stage.calls.inbox.offerAccepted({ ...accepted, target })).toBe("taken");
    await until("13", "ringing");
    stage.telephones.answer("13");
    await until("outside", "talking bridged");
    await reported("ringing", "failed", "ringing", "answered");
    stage.telephones.hangup("outside");
    await expect.poll(() => stage.ended).toEqual([{ callId, by: "caller" }]);
    expect((await stage.document(callId))?.placed).toMatchObject({ offerId, inLine: true, toldOver: true });
  });

  test("who hangs up in line is gone from it", async () => {
    const { callId } = await personAnswers();
    await until("12", "ringing");
    stage.telephones.reject("12", 480);
    await until("outside", "talking holdMusic");
    stage.telephones.hangup("outside");
    await expect.poll(() => stage.ended).toEqual([{ callId, by: "caller" }]);
  });

  test("that is an answering machine is left alone where the queue wants it: an attempt, and no operator is rung for it, or not for long", async () => {
    const order = await personAnswers({ leavesMachines: true }, true);
    await until("outside", "idle");
    await until("12", "idle");
    await expect.poll(() => stage.reports.at(-1), patient).toEqual({ kind: "numberFailed", result: "machine" });
    expect(stage.orders.at(-1)).toMatchObject({ tellMachines: true });
    expect(await stage.document(order.callId)).toMatchObject({ status: "ended", endedBy: "us" });
  });

  test("that is one is put through where the queue says nothing of it, or somebody talks already", async () => {
    await personAnswers({}, true);
    await until("12", "ringing");
    stage.telephones.answer("12");
    await until("outside", "talking bridged");
    expect(stage.orders.at(-1)).not.toHaveProperty("tellMachines");
    stage.telephones.hangup("12");
    await until("outside", "idle");
    const order = await personAnswers({ leavesMachines: true }, true);
    await until("12", "ringing");
    stage.telephones.answer("12");
    await until("12", "talking bridged");
    const heard = async () => (await stage.document(order.callId))?.traceTail.map(({ kind }) => kind);
    await expect.poll(heard, patient).toContain("machineHeard");
    expect(phase("12")).toBe("talking");
  });

  test("another process takes the call over while the operator's telephone rings, and while they wait in line", async () => {
    await personAnswers();
    await until("12", "ringing");
    await stage.restart();
    await expect.poll(() => stage.heard.outside?.at(-1), patient).toMatch(/ringMusic|comfort/);
    stage.telephones.reject("12", 486);
    await expect.poll(() => stage.joined, patient).not.toHaveLength(0);
    await stage.restart();
    await until("outside", "talking holdMusic");
    expect(stage.reports.filter(({ kind }) => kind === "failed").length).toBeGreaterThan(0);
    stage.telephones.hangup("outside");
    await expect.poll(() => stage.ended.length, patient).toBeGreaterThan(0);
  });
});
