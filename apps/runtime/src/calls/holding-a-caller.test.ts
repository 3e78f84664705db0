import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Verb } from "../ports/index.ts";
import { callStage } from "../testing/call-stage.ts";
import { asked, dialEnds, hold, mute, takenOver, talking } from "../testing/held-talk.ts";
import { quiet } from "../testing/virtual-clock.ts";
import type { LiveCall } from "./live-call.ts";

/** She has put them on hold, and their legs are apart. */
async function onHold(s = callStage()) {
  const stage = await talking(s);
  expect(await stage.call.control(hold(true))).toBe("done");
  return { ...stage, answers: await dialEnds(stage) };
}
/** The two are on their way into the conference, for somebody else to come in. */
const meet = asked({ kind: "meet" });
const kinds = (call: LiveCall) => call.document.traceTail.map(({ kind }) => kind);

describe("a caller who is put on hold", () => {
  test("hears music in the very answer that the dial asks for, comes back into the conference, and the flow knows nothing of it", async () => {
    const { s, call, answers } = await onHold();
    expect(s.commands).toEqual([{ kind: "part", verbs: [{ verb: "room", id: "a0" }] }]);
    expect(answers).toEqual([[{ verb: "music", id: "a1" }]]);
    expect(s.stored()).toMatchObject({
      apart: { stage: "apart", held: true, legSid: "leg" },
      leg: { state: "talking" },
    });
    expect(await call.legTold("leg", "there")).toBe("taken");
    await s.clock.advance(12_000);
    expect(await call.control(hold(false))).toBe("done");
    expect(s.sent.at(-1)).toEqual([{ verb: "room", id: "a2" }]);
    await quiet();
    expect(s.told).toEqual([{ leg: { kind: "held", held: true } }, { leg: { kind: "held", held: false } }]);
    expect(call.document.traceTail.find(({ kind }) => kind === "takesBack")?.details).toMatchObject({ heldMs: 12_000 });
    expect(call.document.snapshot?.node?.id).toBe(s.stored()?.snapshot?.node?.id);
    expect(call.document.media?.effect.type).toBe("dial");
  });

  test("asked again it is done once; a second hold needs no parting", async () => {
    const { s, call } = await onHold();
    const { rev } = call.document;
    expect(await call.control(hold(true))).toBe("done");
    expect(call.document.rev).toBe(rev);
    await call.control(hold(false));
    await call.control(hold(true));
    expect(s.commands).toHaveLength(1);
    expect(s.sent.at(-1)?.[0]).toMatchObject({ verb: "music" });
  });

  test("an operator who was muted stays so: the border controller lets them be heard, and they come into the conference muted", async () => {
    const { s, call } = await talking();
    await call.control(mute(true));
    await call.control(hold(true));
    expect(s.commands.map((command) => command.kind === "mute" && command.muted)).toEqual([true, false, false]);
    expect(s.commands.at(-1)).toMatchObject({ kind: "part" });
    expect(call.document.leg?.muted).toBe(true);
  });

  test("an operator who presses Mute as their leg is on its way is silenced there, and only there", async () => {
    const stage = await talking();
    const { s, call } = stage;
    await call.control(hold(true));
    expect(await call.control(mute(true))).toBe("done");
    // The leg may be anywhere: whom the border controller silences now would stay so.
    expect(s.commands).toHaveLength(1);
    expect(s.rest.asked).toEqual([]);
    await dialEnds(stage);
    await call.legTold("leg", "there");
    expect(s.rest.asked).toEqual(["mute leg"]);
    expect(call.document).toMatchObject({ leg: { muted: true } });
    expect(call.document.apart).not.toHaveProperty("voice");
    // Its socket was away: silence is said again, that they are heard is not.
    await call.legTold("leg", "there");
    await call.control(mute(false));
    await call.legTold("leg", "there");
    expect(s.rest.asked).toEqual(["mute leg", "mute leg", "mute leg"]);
  });

  test("what was due to a leg as its process died is told by the next one, as soon as the leg is there", async () => {
    const stage = await talking();
    const { s, call } = stage;
    await call.control(mute(true));
    await call.control(hold(true));
    await call.control(mute(false));
    await dialEnds(stage);
    const next = await takenOver(s, call);
    expect(next.document.apart?.voice).toBe("due");
    await s.clock.advance(4_000);
    expect(s.rest.asked).toContain("mute leg");
    expect(next.document.apart).not.toHaveProperty("voice");
  });

  test("is hung up on by nobody when the operator's end goes: first into the line, for that operator first", async () => {
    const { s, call } = await onHold();
    await quiet();
    s.told.length = 0;
    expect(await call.legTold("leg", "over")).toBe("taken");
    await quiet();
    expect(s.told).toEqual([
      { leg: { kind: "ended", talkMs: 30_000 } },
      {
        ...{ join: "queue_sales", entry: call.document.queue?.entry },
        ...{ at: "head", named: { operatorId: "op_1", only: false } },
      },
    ]);
    expect(s.sent.at(-1)?.[0]?.verb).toBe("hold");
    expect(call.document.apart).toBeNull();
    expect(kinds(call)).toContain("leftOnHold");
    expect(s.rest.asked).not.toContain("hangUp leg");
  });

  test("the end of a conversation in the conference is an end like every other", async () => {
    const { s, call } = await onHold();
    await call.control(hold(false));
    await quiet();
    s.told.length = 0;
    expect(await call.legTold("leg", "over")).toBe("taken");
    await quiet();
    expect(s.told).toContainEqual({ leg: { kind: "ended", talkMs: 30_000 } });
    expect(s.sent.at(-1)).toEqual([{ verb: "hangUp", id: "end" }]);
  });

  test("who hangs up while on hold leaves no operator in a conference with nobody", async () => {
    const { s, call } = await onHold();
    call.handle({ kind: "callerGone", by: "caller", sipStatus: 200, durationMs: 40_000 });
    await call.settled();
    await quiet();
    expect(s.rest.asked).toEqual(["hangUp leg"]);
    expect(s.told).toContainEqual({ ended: "caller" });
    expect(s.stored()).toMatchObject({ status: "ended", apart: null });
    expect(await call.legTold("leg", "there")).toBe("gone");
  });

  test("may be passed on: the operator's leg is ended, and the caller goes where they were sent", async () => {
    const { s, call } = await onHold();
    const to = { kind: "queue", queueId: "queue_help" } as const;
    const control = { kind: "passOn", to, place: "kept", outcome: null, note: "" } as const;
    expect(await call.control(asked(control))).toBe("done");
    await quiet();
    expect(s.rest.asked).toEqual(["hangUp leg"]);
    expect(s.sent.at(-1)?.[0]?.verb).toBe("hold");
    expect(s.told).toContainEqual(expect.objectContaining({ join: "queue_help" }));
  });

  test("a leg that hung up as it was being parted is the end of the conversation", async () => {
    const { s, call, dialled } = await talking();
    await call.control(hold(true));
    call.handle({ kind: "legEnded", legSid: "leg", result: "completed", sipStatus: 200 });
    const { answers, pending } = s.hook();
    call.handle({
      kind: "dialEnded",
      entry: dialled,
      result: "completed",
      sipStatus: 200,
      legSid: "leg",
      hook: pending,
    });
    await call.settled();
    expect(answers).toEqual([[{ verb: "hangUp", id: "end" }]]);
    expect(call.document.apart).toBeNull();
  });

  test("where nothing comes of it, the two go on talking and the operator sees it; a leg that comes later meets the caller", async () => {
    const { s, call } = await talking();
    await call.control(hold(true));
    await s.clock.advance(13_000);
    await call.settled();
    await quiet();
    expect(call.document.apart).toBeNull();
    expect(s.told.at(-1)).toEqual({ leg: { kind: "held", held: false } });
    expect(kinds(call)).toContain("holdFailed");
    expect(await call.legTold("leg", "there")).toBe("taken");
    expect(s.sent.at(-1)).toEqual([{ verb: "room", id: "a1" }]);
  });

  test("a process that dies at any of its steps: the next one has them hear what they should", async () => {
    for (const evidence of ["due", "sent", "started"] as const) {
      const { s, call } = await onHold();
      const document = s.stored();
      if (!document?.apart) throw new Error("not apart");
      call.abandon();
      const lost = { ...document, ownerEpoch: 2, apart: { ...document.apart, evidence } };
      s.store.documents.set("call_1", lost);
      const before = s.sent.length;
      const next = s.begin(s.connect(), lost, true);
      next.resume();
      await s.clock.advance(2_000);
      expect(s.sent.length - before).toBe(evidence === "started" ? 0 : 1);
      if (evidence !== "started") expect(s.sent.at(-1)).toEqual([{ verb: "music", id: "a1" }]);
      // The operator's leg is gone by then, and nobody heard of it.
      s.answers.legThere = false;
      s.rest.answers = ["asked", "gone"];
      await s.clock.advance(15_000);
      await next.settled();
      await quiet();
      expect(s.told.at(-1)).toMatchObject({ at: "head" });
    }
  });

  test("who falls out of what they hear hears it again", async () => {
    const { s, call } = await onHold();
    await s.clock.advance(5_000);
    call.handle({ kind: "apartStarted", turn: 1 });
    call.handle({ kind: "apartEnded", turn: 1 });
    await call.settled();
    expect(s.sent.at(-1)).toEqual([{ verb: "music", id: "a2" }]);
    const sent = s.sent.length;
    call.handle({ kind: "apartEnded", turn: 1 });
    await call.settled();
    expect(s.sent.length).toBe(sent);
  });

  test("is refused for what an operator dialled, and to who does not talk", async () => {
    const { call } = await talking();
    expect(await call.control({ ...hold(true), offerId: "offer_9" })).toBe("gone");
    expect(await call.control({ ...hold(true), offerId: null, queueId: null })).toBe("gone");
    expect(call.document.apart).toBeUndefined();
  });
});

describe("two who are to be joined by somebody", () => {
  test("meet in the conference, and the call centre hears of no hold; asked again it is done", async () => {
    const { s, call, dialled } = await talking();
    expect(await call.control(meet)).toBe("done");
    expect(await call.control(meet)).toBe("done");
    expect(s.commands).toEqual([{ kind: "part", verbs: [{ verb: "room", id: "a0" }] }]);
    const { answers, pending } = s.hook();
    const how = { entry: dialled, result: "completed", sipStatus: 200, legSid: "leg" } as const;
    call.handle({ kind: "dialEnded", ...how, hook: pending });
    await call.settled();
    expect(answers).toEqual([[{ verb: "room", id: "a1" }]]);
    expect(s.stored()).toMatchObject({ apart: { stage: "apart", held: false }, leg: { state: "talking" } });
    expect(s.told).toEqual([]);
    expect(kinds(call)).toContain("meets");
    // Holding them is what it ever was.
    expect(await call.control(hold(true))).toBe("done");
    expect(s.sent.at(-1)).toEqual([{ verb: "music", id: "a2" }]);
  });

  test("an operator who was muted stays so, also where nothing comes of it", async () => {
    const { s, call } = await talking();
    await call.control(asked({ kind: "mute", muted: true }));
    await call.control(meet);
    expect(s.commands.map((command) => command.kind === "mute" && command.muted)).toEqual([true, false, false]);
    expect(call.document.leg?.muted).toBe(true);
    await s.clock.advance(13_000);
    await call.settled();
    expect(s.commands.at(-1)).toMatchObject({ kind: "mute", muted: true });
    expect(kinds(call)).toContain("meetFailed");
  });

  test("is refused to who does not talk", async () => {
    const { call } = await talking();
    expect(await call.control({ ...meet, offerId: "offer_9" })).toBe("gone");
    expect(call.document.apart).toBeUndefined();
  });
});

describe("whatever happens to a conversation whose caller may be held", () => {
  const happening = fc.oneof(
    fc.record({ kind: fc.constant("hold" as const), held: fc.boolean() }),
    fc.record({ kind: fc.constant("meet" as const) }),
    fc.record({ kind: fc.constant("dialEnded" as const), hungUp: fc.boolean() }),
    fc.record({ kind: fc.constant("leg" as const), what: fc.constantFrom("there" as const, "over" as const) }),
    fc.record({ kind: fc.constant("turn" as const), over: fc.boolean(), back: fc.integer({ min: 0, max: 2 }) }),
    fc.record({ kind: fc.constant("pass" as const), ms: fc.integer({ min: 1, max: 30_000 }) }),
    fc.record({ kind: fc.constant("cut" as const) }),
    fc.record({ kind: fc.constant("killed" as const) }),
    fc.record({ kind: fc.constant("legLost" as const) }),
    fc.record({ kind: fc.constant("callerGone" as const) }),
    fc.record({ kind: fc.constant("mute" as const), muted: fc.boolean() }),
    // Somebody is asked first, has the call, or is sent away; alone, or all three together.
    fc.record({ kind: fc.constant("consult" as const) }),
    fc.record({ kind: fc.constant("other" as const), what: fc.constantFrom("rings", "there", "over") }),
    fc.record({ kind: fc.constant("give" as const) }),
    fc.record({ kind: fc.constant("endConsult" as const) }),
    fc.record({ kind: fc.constant("passOn" as const) }),
    fc.record({ kind: fc.constant("listened" as const), mode: fc.constantFrom("listen", "join", null) }),
  );
  const number = { kind: "number", number: "+33155555555" } as const;
  const note = { outcome: null, note: "" } as const;
  const supervisor = { supervisionId: "call_2", userId: "user_1", name: "Claire", shown: true };
  const talk = {
    ...{ callId: "call_1", offerId: "offer_1", queueId: "queue_sales", operatorId: "op_1", operatorName: "Inès" },
    ...{ userId: "user_1", userName: "Claire", shown: true },
  };

  test("the caller hears what is due, every hook is answered, and no operator is left alone or told twice of an end by one process", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { maxLength: 25 }), async (happenings) => {
        const { s, call: first, dialled } = await talking();
        s.rest.place = async () => ({ kind: "placed", callSid: "other" });
        let otherOver = false;
        let call = first;
        /** What jambonz was told last, in whichever way: what the caller hears. */
        const heard = () => s.sent.at(-1)?.[0]?.verb;
        let hooks = 0;
        let acks = 0;
        let epoch = 1;
        let legOver = false;
        let wasApart = false;
        let deaths = 0;
        for (const happening of happenings) {
          if (s.gone() > 0) break;
          switch (happening.kind) {
            case "hold":
              await call.control(hold(happening.held));
              break;
            case "meet":
              await call.control(meet);
              break;
            case "dialEnded": {
              // jambonz says it once, and only of a dial that was not redirected.
              if (hooks > 0) break;
              hooks += 1;
              if (happening.hungUp) {
                legOver = true;
                call.handle({ kind: "legEnded", legSid: "leg", result: "completed", sipStatus: 200 });
              }
              const answer = (verbs: readonly Verb[]) => {
                acks += 1;
                if (verbs.length > 0) s.sent.push(verbs);
              };
              const how = { entry: dialled, result: "completed", sipStatus: 200, legSid: "leg" } as const;
              call.handle({ kind: "dialEnded", ...how, hook: { answer } });
              break;
            }
            case "leg":
              legOver ||= happening.what === "over";
              await call.legTold("leg", happening.what);
              break;
            case "turn": {
              const turn = (call.document.apart?.turn ?? 0) - happening.back;
              call.handle({ kind: happening.over ? "apartEnded" : "apartStarted", turn });
              break;
            }
            case "pass":
              await s.clock.advance(happening.ms);
              break;
            case "cut":
              if (call.connection) call.cut(call.connection, 1006);
              call.reattach(s.connect());
              break;
            case "killed": {
              // In another flow since, which nothing here takes up.
              if (call.document.running) break;
              await call.settled();
              const document = s.stored();
              if (!document || document.status === "ended") break;
              call.abandon();
              deaths += 1;
              epoch = Math.max(epoch, document.ownerEpoch) + 1;
              const taken = { ...document, ownerEpoch: epoch };
              s.store.documents.set("call_1", taken);
              call = s.begin(s.connect(), taken, true);
              call.resume();
              break;
            }
            case "legLost":
              legOver = true;
              s.answers.legThere = false;
              s.rest.answers = ["gone"];
              break;
            case "mute":
              await call.control(mute(happening.muted));
              break;
            case "consult":
              if ((await call.control(asked({ kind: "consult", to: number, ...note }))) === "done") otherOver = false;
              break;
            case "other": {
              const entry = call.document.consult?.entry ?? call.document.leg?.consulted ?? -1;
              const heard = await call.consultTold(entry, "other", { what: happening.what });
              otherOver ||= happening.what === "over" && heard === "taken";
              break;
            }
            case "give":
              await call.control(asked({ kind: "completeConsult", ...note }));
              break;
            case "endConsult":
              await call.control(asked({ kind: "endConsult" }));
              break;
            case "passOn":
              await call.control(asked({ kind: "passOn", to: number, place: "kept", ...note }));
              break;
            case "listened":
              await call.listened(talk, supervisor, happening.mode);
              break;
            case "callerGone":
              call.handle({ kind: "callerGone", by: "caller", sipStatus: 200, durationMs: 1 });
              break;
          }
          await call.settled();
          wasApart ||= call.document.apart?.stage === "apart";
          // What a socket that was cut, or a process that died, left unsaid is said within moments.
          await s.clock.advance(1_500);
          await call.settled();
          const { apart, status } = call.document;
          if (status === "live" && apart?.stage === "apart") expect(heard()).toBe(apart.held ? "music" : "room");
        }
        await call.settled();
        await quiet();
        expect(acks).toBe(hooks);
        expect(s.errors).toEqual([]);
        const ends = s.told.filter((item) => JSON.stringify(item).includes('"kind":"ended"'));
        // What was told as a process died is told again by the next one: news are owed at least once.
        expect(ends.length).toBeLessThanOrEqual(1 + deaths);
        const { apart, leg, status } = call.document;
        const wasCalled = s.rest.asked.some((one) => one.startsWith("call "));
        const isAsked = call.document.consult && call.document.consult.stage !== "failed";
        const isIn = status === "live" && (isAsked || apart?.legSid === "other");
        const ended = s.rest.asked.includes("hangUp other") || s.rest.asked.includes("giveUp other");
        if (wasCalled && !otherOver && !isIn) expect(ended).toBe(true);
        const leftIt = wasApart && !legOver && (status === "ended" || (!apart && leg?.state !== "talking"));
        if (leftIt) expect(s.rest.asked).toContain("hangUp leg");
      }),
      { numRuns: 120 },
    );
  });
});
