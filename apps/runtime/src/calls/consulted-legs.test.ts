import { describe, expect, test } from "vitest";
import type { CallConnection, LegCommand } from "../ports/index.ts";
import { quiet, virtualClock } from "../testing/virtual-clock.ts";
import { ConsultedLegs, consultId, consultOf } from "./consulted-legs.ts";

test("a leg's id names its call and the consultation; other ids name none", () => {
  expect(consultOf(consultId("call_1", 9))).toEqual({ callId: "call_1", entry: 9 });
  for (const other of [null, "call_1", "call_1.consult.", "call_1.consult.x", ".consult.9"])
    expect(consultOf(other)).toBeNull();
});

function stage() {
  const clock = virtualClock();
  const told: string[] = [];
  const commands: LegCommand["kind"][] = [];
  const kept: string[] = [];
  let answers: ("taken" | "gone" | "unowned" | Error)[] = ["taken"];
  const legs = new ConsultedLegs({
    ...{ clock, log: { error() {} } },
    legs: {
      keep: ({ facts }) => void kept.push(`keep ${facts.callSid}`),
      cut: ({ facts }) => void kept.push(`cut ${facts.callSid}`),
    },
    tell: async (callId, entry, legSid, news) => {
      told.push(`${callId} ${entry} ${legSid} ${news.what}${news.what === "missed" ? ` ${news.result}` : ""}`);
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      if (answer instanceof Error) throw answer;
      return answer ?? "taken";
    },
  });
  const connection = {
    facts: { callSid: "other", ourCallId: consultId("call_1", 9) },
    command: ({ kind }: LegCommand) => commands.push(kind) > 0,
    finish() {},
  } as unknown as CallConnection;
  const gone = (unanswered?: "busy") =>
    legs.event(connection, {
      ...{ kind: "callerGone", by: "caller", sipStatus: 200, durationMs: 0 },
      ...(unanswered && { unanswered }),
    });
  return { clock, told, commands, kept, legs, connection, gone, answer: (list: typeof answers) => (answers = list) };
}

describe("the leg of somebody who is asked", () => {
  test("is told of as it is called, rings, is picked up and ends, and kept for what its owner says", async () => {
    const s = stage();
    s.legs.attach(s.connection);
    s.legs.event(s.connection, { kind: "placedRinging" });
    s.legs.event(s.connection, { kind: "placedAnswered" });
    s.gone("busy");
    await quiet();
    expect(s.told.map((line) => line.split(" ").slice(3).join(" "))).toEqual(["calling", "rings", "there", "over"]);
    expect(s.told[0]).toBe("call_1 9 other calling");
    expect(s.kept).toEqual(["keep other", "cut other"]);
  });

  test("that was not picked up is missed, for the reason that jambonz gives", async () => {
    const s = stage();
    s.legs.attach(s.connection);
    s.gone("busy");
    await quiet();
    expect(s.told.at(-1)).toBe("call_1 9 other missed busy");
  });

  test("is not left in silence where nobody wants to ask them any more", async () => {
    const s = stage();
    s.answer(["gone"]);
    s.legs.attach(s.connection);
    await quiet();
    expect(s.commands).toEqual([]);
    s.legs.event(s.connection, { kind: "placedAnswered" });
    await quiet();
    expect(s.commands).toEqual(["hangUp"]);
  });

  test("is told of again until somebody owns the call, for a while; not by a process that stops", async () => {
    const s = stage();
    s.answer(["unowned", new Error("the store does not answer"), "taken"]);
    s.legs.attach(s.connection);
    await s.clock.advance(2_000);
    expect(s.told).toHaveLength(3);
    s.answer(["unowned"]);
    s.legs.over(consultId("call_1", 9), "other", undefined);
    await s.clock.advance(200_000);
    expect(s.told.length).toBeLessThanOrEqual(3 + 301);
    const { length } = s.told;
    s.legs.over(consultId("call_1", 9), "other", undefined);
    await quiet();
    s.legs.stop();
    await s.clock.advance(5_000);
    expect(s.told).toHaveLength(length + 1);
  });
});
