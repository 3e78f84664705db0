import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CallControl, Verb } from "../ports/index.ts";
import { passOnFlow } from "../routing/pass-on-flow.ts";
import { callStage, toTheTelephone } from "../testing/call-stage.ts";
import { compiledDocument } from "../testing/compiled-document.ts";
import { quiet } from "../testing/virtual-clock.ts";
import type { LiveCall } from "./live-call.ts";
import { PASS_ON_FLOW } from "./passings.ts";

const asked = (control: CallControl) => ({
  ...{ companyId: "co_1", callId: "call_1", offerId: "offer_1", queueId: "queue_sales", operatorId: "op_1" },
  control,
});
const hold = (held: boolean) => asked({ kind: "hold", held });

/** Inès talks to the caller. */
async function talking(s = callStage()) {
  s.answers.passOn = async (_company, _queue, to) =>
    to.kind === "flow"
      ? null
      : {
          ...{ flowId: PASS_ON_FLOW, flowVersionId: "ver_pass", timeZone: "Europe/Paris" },
          compiled: compiledDocument(passOnFlow(to, "queue_sales", ["en-GB"])),
        };
  const call = s.begin(s.connect());
  await toTheTelephone(s, call);
  call.handle({ kind: "legRinging", legSid: "leg", sipStatus: 180 });
  call.handle({ kind: "legAnswered", legSid: "leg" });
  await call.settled();
  await s.clock.advance(30_000);
  s.told.length = 0;
  return { s, call, dialled: call.document.leg?.entry ?? -1 };
}

/** She has put them on hold, and their legs are apart. */
async function onHold(s = callStage()) {
  const stage = await talking(s);
  expect(await stage.call.control(hold(true))).toBe("done");
  const { answers, pending } = s.hook();
  const entry = stage.dialled;
  stage.call.handle({ kind: "dialEnded", entry, result: "completed", sipStatus: 200, legSid: "leg", hook: pending });
  await stage.call.settled();
  return { ...stage, answers };
}
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

  test("an operator who was muted is heard again: nobody could give them their voice back later", async () => {
    const { s, call } = await talking();
    await call.control(asked({ kind: "mute", muted: true }));
    await call.control(hold(true));
    expect(s.commands.map((command) => command.kind === "mute" && command.muted)).toEqual([true, false, false]);
    expect(call.document.leg?.muted).toBe(false);
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

describe("whatever happens to a conversation whose caller may be held", () => {
  const happening = fc.oneof(
    fc.record({ kind: fc.constant("hold" as const), held: fc.boolean() }),
    fc.record({ kind: fc.constant("dialEnded" as const), hungUp: fc.boolean() }),
    fc.record({ kind: fc.constant("leg" as const), what: fc.constantFrom("there" as const, "over" as const) }),
    fc.record({ kind: fc.constant("turn" as const), over: fc.boolean(), back: fc.integer({ min: 0, max: 2 }) }),
    fc.record({ kind: fc.constant("pass" as const), ms: fc.integer({ min: 1, max: 30_000 }) }),
    fc.record({ kind: fc.constant("cut" as const) }),
    fc.record({ kind: fc.constant("killed" as const) }),
    fc.record({ kind: fc.constant("legLost" as const) }),
    fc.record({ kind: fc.constant("callerGone" as const) }),
  );

  test("the caller hears what is due, every hook is answered, and no operator is left alone or told twice of an end", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { maxLength: 25 }), async (happenings) => {
        const { s, call: first, dialled } = await talking();
        let call = first;
        /** What jambonz was told last, in whichever way: what the caller hears. */
        const heard = () => s.sent.at(-1)?.[0]?.verb;
        let asked = 0;
        let answered = 0;
        let epoch = 1;
        let legOver = false;
        let wasApart = false;
        for (const happening of happenings) {
          if (s.gone() > 0) break;
          switch (happening.kind) {
            case "hold":
              await call.control(hold(happening.held));
              break;
            case "dialEnded": {
              // jambonz says it once, and only of a dial that was not redirected.
              if (asked > 0) break;
              asked += 1;
              if (happening.hungUp) {
                legOver = true;
                call.handle({ kind: "legEnded", legSid: "leg", result: "completed", sipStatus: 200 });
              }
              const answer = (verbs: readonly Verb[]) => {
                answered += 1;
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
              await call.settled();
              const document = s.stored();
              if (!document || document.status === "ended") break;
              call.abandon();
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
        expect(answered).toBe(asked);
        expect(s.errors).toEqual([]);
        const ends = s.told.filter((item) => JSON.stringify(item).includes('"kind":"ended"'));
        expect(ends.length).toBeLessThanOrEqual(1);
        const { apart, leg, status } = call.document;
        const leftIt = wasApart && !legOver && (status === "ended" || (!apart && leg?.state !== "talking"));
        if (leftIt) expect(s.rest.asked).toContain("hangUp leg");
      }),
      { numRuns: 150 },
    );
  });
});
