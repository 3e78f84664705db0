import { describe, expect, test } from "vitest";
import type { ConsultTarget } from "../ports/index.ts";
import { heldCall, talkingCall, withApart } from "../testing/talking-call.ts";
import {
  CONSULT_RING_MS,
  mayConsult,
  withConsult,
  withConsultAnswered,
  withConsultAsked,
  withConsultFailed,
  withConsultGiven,
  withConsultLeg,
  withConsultRinging,
  withConsultRoomed,
  withConsultTaken,
  withDismissed,
  withoutConsult,
  withTogether,
} from "./consult.ts";
import type { CallDocument, Consult } from "./model.ts";

const theo: ConsultTarget = { kind: "operator", operatorId: "op_2" };
const number: ConsultTarget = { kind: "number", number: "+33155555555" };
const of = { offerId: "offer_1", operatorId: "op_1", queueId: "queue_sales" };
const taken = { offerId: "offer_2", operatorId: "op_2", operatorName: "Théo" };
const telephone = { kind: "telephone", telephoneId: "tel_2" } as const;
const sure = (call: CallDocument | null): CallDocument => {
  if (!call) throw new Error("nothing changed");
  return call;
};

const asking = (to: ConsultTarget = theo, call = heldCall()) =>
  withConsult(call, of, { kind: "consult", to, outcome: "sold", note: "the bill" }, 6_000);
const called = () => sure(withConsultAsked(sure(withConsultTaken(asking(), taken, telephone, 7_000)), 8_000));
const talking = () => sure(withConsultAnswered(sure(withConsultRinging(called(), "other", 9_000)), "other", 10_000));
/** What is owed beyond what `before` owed. */
const owed = (after: CallDocument, before: CallDocument) =>
  after.outbox.slice(before.outbox.length).map((item) => {
    if (item.kind === "leg") return `${item.offerId} ${item.report.kind}`;
    return item.kind === "join" || item.kind === "leave" ? item.kind : "another";
  });
const kinds = (call: CallDocument) => call.traceTail.map(({ kind }) => kind);

describe("who may ask", () => {
  test("the operator who talks, one at a time; the same again is done, and after a failure anybody", () => {
    expect(mayConsult(talkingCall(), "offer_1", theo)).toBe("yes");
    expect(mayConsult(talkingCall(), "offer_9", theo)).toBe("gone");
    expect(mayConsult(talkingCall({ snapshot: null }), "offer_1", theo)).toBe("gone");
    expect(mayConsult(asking(), "offer_1", theo)).toBe("done");
    expect(mayConsult(asking(), "offer_1", number)).toBe("asking");
    expect(mayConsult(sure(withConsultFailed(asking(), "refused", 7_000)), "offer_1", number)).toBe("yes");
  });
});

describe("asking", () => {
  test("takes an entry of the call's own numbers, and owes a visit for that operator only", () => {
    const call = asking();
    expect(call.consult).toMatchObject({ entry: 9, stage: "offered", by: { offerId: "offer_1", note: "the bill" } });
    expect(call.snapshot?.nextEntry).toBe(10);
    const [join] = call.outbox;
    expect(join).toMatchObject({
      kind: "join",
      request: { entry: 9, consult: true, at: "head", named: { operatorId: "op_2", only: true } },
    });
  });

  test("a queue is nobody in particular; a number needs nobody who accepts", () => {
    const queue = asking({ kind: "queue", queueId: "queue_help" });
    expect(queue.outbox[0]).toMatchObject({ request: { queueId: "queue_help" } });
    expect(queue.outbox[0]).not.toHaveProperty("request.named");
    const dialled = asking(number);
    expect(dialled.consult).toMatchObject({ stage: "due", target: number });
    expect(dialled.outbox.map(({ kind }) => kind)).toEqual(["leg"]);
  });

  test("goes one way only: what comes twice, or late, changes nothing", () => {
    expect(withConsultTaken(called(), taken, telephone, 9_000)).toBeNull();
    expect(withConsultTaken({ ...asking(), status: "ended" }, taken, telephone, 9_000)).toBeNull();
    expect(withConsultAsked(called(), 9_000)).toBeNull();
    expect(withConsultRinging(talking(), "other", 11_000)).toBeNull();
    expect(withConsultAnswered(talking(), "other", 11_000)).toBeNull();
    expect(withConsultAnswered(asking(), "other", 11_000)).toBeNull();
    expect(withConsultFailed(sure(withConsultFailed(asking(), "refused", 7_000)), "busy", 8_000)).toBeNull();
    expect(withConsultLeg(talking(), 9, "another")).toBeNull();
  });

  test("its telephone is waited for as long as it rings, and for the last word of it", () => {
    expect(called().consult?.until).toBe(8_000 + CONSULT_RING_MS + 15_000);
    expect(talking().consult?.until).toBeNull();
    expect(sure(withConsultLeg(called(), 9, "other")).consult?.legSid).toBe("other");
  });

  test("picked up at once is told as ringing and answered; the operator hears the conference by then", () => {
    const before = called();
    const call = sure(withConsultAnswered(before, "other", 9_000));
    expect(owed(call, before)).toEqual(["offer_2 ringing", "offer_2 answered", "offer_1 consult"]);
    expect(kinds(call)).toContain("consultAnswered");
    expect(sure(withConsultRoomed(call, 9)).consult?.roomed).toBe(true);
    expect(withConsultRoomed(call, 8)).toBeNull();
  });

  test("all three are together once the caller is off hold, and only then", () => {
    const call = talking();
    expect(withTogether(call, 11_000)).toBe(call);
    const back = withApart(call, { held: false });
    expect(kinds(withTogether(back, 11_000))).toContain("together");
  });
});

describe("nothing comes of it", () => {
  test.each(["busy", "silent", "unreachable"] as const)(
    "%s: the one who accepted is set aside, the visit is over",
    (why) => {
      const before = called();
      const call = sure(withConsultFailed(before, why, 12_000));
      expect(owed(call, before)).toEqual(["offer_2 failed", "leave", "offer_1 consult"]);
      expect(call.consult).toMatchObject({ stage: "failed", why, legSid: null, until: null });
    },
  );

  test("refused: nobody's telephone has failed; a number has no visit", () => {
    expect(owed(sure(withConsultFailed(asking(), "refused", 7_000)), asking())).toEqual(["leave", "offer_1 consult"]);
    expect(owed(sure(withConsultFailed(asking(number), "busy", 7_000)), asking(number))).toEqual(["offer_1 consult"]);
  });

  test("who talked has had a conversation; a leg that may be connected is to be ended", () => {
    const before = talking();
    const call = sure(withConsultFailed(before, "left", 15_000, { legOver: false }));
    expect(owed(call, before)).toEqual(["offer_2 ended", "offer_1 consult"]);
    expect(call.dismissed).toEqual(["other"]);
    expect(sure(withDismissed(call, "other")).dismissed).toEqual([]);
    expect(withDismissed(call, "unknown")).toBeNull();
  });
});

describe("nobody is asked any more", () => {
  test("called off while it rings: the leg is ended, the visit over, and the operator's screen told once", () => {
    const before = sure(withConsultLeg(called(), 9, "other"));
    const call = withoutConsult({ ...before, rev: before.rev + 1 }, 9_000);
    expect(owed(call, before)).toEqual(["leave", "offer_1 consult"]);
    expect(call).toMatchObject({ consult: null, dismissed: ["other"] });
    expect(kinds(call)).toContain("consultEnded");
    expect(withoutConsult(call, 9_000)).toBe(call);
  });

  test("after a failure nothing more is owed of it than the screen", () => {
    const before = sure(withConsultFailed(called(), "busy", 9_000));
    const call = withoutConsult(before, 10_000);
    expect(owed(call, before)).toEqual(["offer_1 consult"]);
    expect(kinds(call)).not.toContain("consultEnded");
  });
});

describe("who was asked has the call", () => {
  test("the dial's conversation goes on with another leg and operator; the caller comes off hold, the first operator's leg is ended", () => {
    const before = sure(withConsultRoomed(talking(), 9));
    const call = sure(withConsultGiven(before, { outcome: "sold", note: "all said" }, 20_000));
    expect(owed(call, before)).toEqual(["offer_1 ended", "offer_1 consult", "offer_2 given"]);
    expect(call.leg).toMatchObject({ entry: 4, legSid: "other", offerId: "offer_2", consulted: 9, answeredAt: 20_000 });
    expect(call.apart).toMatchObject({ legSid: "other", held: false, turn: 2, evidence: "due" });
    expect(call.apart).not.toHaveProperty("asker");
    expect(call).toMatchObject({ consult: null, dismissed: ["leg"] });
    expect(call.passings?.at(-1)).toMatchObject({ to: theo, note: "all said", place: "kept", queueId: "queue_sales" });
  });

  test("one who was not told yet where to come in is, as the leg of the conversation; what was due to the other leg is not", () => {
    const call = talking();
    const due = withApart(call, { voice: "due" });
    const given = sure(withConsultGiven(due, { outcome: null, note: "" }, 20_000));
    expect(given.apart).toMatchObject({ asker: { hears: "room", evidence: "due" } });
    expect(given.apart).not.toHaveProperty("voice");
  });

  test("silent in the consultation is silent in the conversation; a number has no offer", () => {
    const call = talking();
    const muted = { ...call, consult: { ...call.consult, muted: true } as Consult };
    expect(sure(withConsultGiven(muted, { outcome: null, note: "" }, 20_000)).leg?.muted).toBe(true);
    const dialled = sure(withConsultAnswered(sure(withConsultAsked(asking(number), 7_000)), "other", 9_000));
    const given = sure(withConsultGiven(dialled, { outcome: null, note: "" }, 20_000));
    expect(given.leg).toMatchObject({ offerId: null, operatorId: null });
    expect(given.passings?.at(-1)?.to).toEqual(number);
  });

  test("nobody has who does not talk yet, nor in a call that is over", () => {
    expect(withConsultGiven(called(), { outcome: null, note: "" }, 20_000)).toBeNull();
    expect(withConsultGiven({ ...talking(), status: "ended" }, { outcome: null, note: "" }, 20_000)).toBeNull();
    expect(withConsultGiven({ ...talking(), apart: null }, { outcome: null, note: "" }, 20_000)).toBeNull();
  });
});
