import { expect, test } from "vitest";
import { inProcessBus } from "../bus/in-process.ts";
import type { CallConnection, LegCommand } from "../ports/index.ts";
import { quiet, virtualClock } from "../testing/virtual-clock.ts";
import { PartedLegs } from "./parted-legs.ts";

function stage() {
  const clock = virtualClock();
  const asked: string[] = [];
  const told: string[] = [];
  const commands: LegCommand["kind"][] = [];
  const answers = {
    state: "talking" as "talking" | "over" | "unavailable",
    heard: ["taken"] as ("taken" | "gone" | "unowned")[],
  };
  const legs = new PartedLegs({
    ...{ bus: inProcessBus(), clock, log: { error() {} } },
    rest: {
      hangUp: async (sid) => {
        asked.push(`hangUp ${sid}`);
        return "asked";
      },
      reclaim: async (sid) => {
        asked.push(`reclaim ${sid}`);
        return "asked";
      },
      legState: async () => answers.state,
    },
    callOf: async () => "call_1",
    tell: async (_callId, legSid, what) => {
      told.push(`${legSid} ${what}`);
      return answers.heard.length > 1 ? (answers.heard.shift() ?? "taken") : (answers.heard[0] ?? "taken");
    },
  });
  const connection = {
    facts: { callSid: "leg", parentSid: "sid" },
    open: true,
    command: ({ kind }: LegCommand) => commands.push(kind) > 0,
    redirect: () => "sent",
    release() {},
    finish() {},
  } as unknown as CallConnection;
  return { clock, asked, told, commands, answers, legs, connection };
}

test("a leg's owner is told that it is there, until somebody owns the call; one that no call knows is hung up", async () => {
  const s = stage();
  s.answers.heard = ["unowned", "unowned", "gone"];
  s.legs.attach(s.connection, false);
  await s.clock.advance(1_000);
  expect(s.told).toEqual(["leg there", "leg there", "leg there"]);
  expect(s.commands).toEqual(["hangUp"]);
});

test("a leg that was parted a moment ago and has no socket yet has its time: it is hung up by its socket, not by REST as it comes into its conference", async () => {
  const s = stage();
  void s.legs.hangUp("leg");
  await s.clock.advance(100);
  s.legs.attach(s.connection, false);
  await s.clock.advance(3_000);
  expect(s.commands).toEqual(["hangUp"]);
  expect(s.asked).toEqual([]);
});

test("where no socket comes, REST hangs it up; not after the process has stopped", async () => {
  const s = stage();
  void s.legs.hangUp("leg");
  await s.clock.advance(2_999);
  expect(s.asked).toEqual([]);
  await s.clock.advance(1);
  expect(s.asked).toEqual(["hangUp leg"]);
  void s.legs.hangUp("other");
  s.legs.stop();
  await s.clock.advance(5_000);
  expect(s.asked).toEqual(["hangUp leg"]);
});

test("a leg that comes back although jambonz says that it has ended is over: its last word was lost with its socket", async () => {
  const s = stage();
  s.answers.state = "over";
  s.legs.attach(s.connection, true);
  await quiet();
  expect(s.told).toEqual(["leg over"]);
  expect(await s.legs.order("leg", { kind: "there" })).toBe(false);
  expect(await s.legs.reclaim("leg")).toBe("gone");
  expect(s.asked).toEqual([]);
});

test("where jambonz cannot be asked, a leg that comes back is there, and one that nobody has is asked for", async () => {
  const s = stage();
  s.answers.state = "unavailable";
  s.legs.attach(s.connection, true);
  await quiet();
  expect(s.told).toEqual(["leg there"]);
  expect(await s.legs.reclaim("other")).toBe("asked");
});
