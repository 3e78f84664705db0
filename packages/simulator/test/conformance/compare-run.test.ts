import { describe, expect, test } from "vitest";
import { compareRun, type RunEvent } from "./compare-run.ts";
import type { Script, Step } from "./script.ts";

const message = (type: string, id: string, data: object) => ({ kind: "message", message: { type, msgid: id, data } });
const expects = (t: number, channel: string, what: Record<string, unknown>): Step => ({
  type: "expect",
  t,
  observation: { channel, what },
});

const steps: Step[] = [
  { type: "action", t: 0, action: { kind: "invite" } },
  expects(10, "socket 0", message("session:new", "rec-1", { call_sid: "rec-a", from: "1" })),
  { type: "action", t: 20, action: { kind: "message", conn: 0, message: { type: "ack", msgid: "rec-1" } } },
  expects(30, "socket 0", message("call:status", "rec-2", { call_sid: "rec-a", sip_status: 100 })),
  expects(40, "sip caller", { kind: "sip", message: "200 OK INVITE" }),
  expects(2030, "socket 0", message("verb:hook", "rec-3", { call_sid: "rec-a", digits: "42" })),
];
const script: Script = { name: "made up", steps, endsAt: 2100, upgrades: [], fetched: new Set() };

const observed = (at: number, channel: string, what: Record<string, unknown>): RunEvent => ({
  type: "observed",
  at,
  observation: { channel, what },
});
const faithful: RunEvent[] = [
  { type: "action", at: 0, step: 0 },
  observed(12, "socket 0", message("session:new", "sim-1", { call_sid: "sim-a", from: "1" })),
  { type: "action", at: 22, step: 2 },
  observed(31, "socket 0", message("call:status", "sim-2", { call_sid: "sim-a", sip_status: 100 })),
  observed(50, "sip caller", { kind: "sip", message: "200 OK INVITE" }),
  observed(2100, "socket 0", message("verb:hook", "sim-3", { call_sid: "sim-a", digits: "42" })),
];
const kinds = (run: RunEvent[]): string[] => compareRun(script, run).map((difference) => difference.kind);
const replaced = (index: number, event: RunEvent): RunEvent[] =>
  faithful.map((one, place) => (place === index ? event : one));

describe("a run is compared with its recording", () => {
  test("a faithful run, with ids and times of its own, has no difference", () => {
    expect(compareRun(script, faithful)).toEqual([]);
  });

  test("two messages the wrong way round on one socket are seen", () => {
    const [, first, , second] = faithful;
    const crossed = faithful.map((one) =>
      one === first ? { ...second!, at: first!.at } : one === second ? { ...first!, at: second!.at } : one,
    );
    expect(kinds(crossed)).toContain("field");
  });

  test("a missing message is seen", () => {
    expect(kinds(faithful.filter((_, place) => place !== 4))).toEqual(["missing"]);
  });

  test("an extra message is seen, also on a channel that the recording does not have", () => {
    expect(kinds([...faithful, observed(2100, "socket 0", message("call:status", "sim-4", {}))])).toEqual(["extra"]);
    expect(kinds([...faithful, observed(2100, "socket 1", { kind: "open" })])).toEqual(["extra"]);
  });

  test("a wrong, a lacking and an additional field are seen", () => {
    for (const data of [
      { call_sid: "sim-a", digits: "43" },
      { call_sid: "sim-a" },
      { call_sid: "sim-a", digits: "42", reason: "x" },
    ]) {
      expect(kinds(replaced(5, observed(2100, "socket 0", message("verb:hook", "sim-3", data))))).toEqual(["field"]);
    }
  });

  test("an id that stands for two is seen, in either direction", () => {
    const otherCall = message("verb:hook", "sim-3", { call_sid: "sim-b", digits: "42" });
    expect(kinds(replaced(5, observed(2100, "socket 0", otherCall)))).toEqual(["field"]);
    const sameMessage = message("verb:hook", "sim-2", { call_sid: "sim-a", digits: "42" });
    expect(kinds(replaced(5, observed(2100, "socket 0", sameMessage)))).toEqual(["field"]);
  });

  test("a message that comes more than 60 ms too late or too early is seen; in a long wait 5 % is allowed", () => {
    const status = message("call:status", "sim-2", { call_sid: "sim-a", sip_status: 100 });
    expect(kinds(replaced(3, observed(93, "socket 0", status)))).toEqual(["time"]);
    const hook = message("verb:hook", "sim-3", { call_sid: "sim-a", digits: "42" });
    expect(kinds(replaced(5, observed(2130, "socket 0", hook)))).toEqual([]);
    expect(kinds(replaced(5, observed(2140, "socket 0", hook)))).toEqual(["time"]);
    expect(kinds(replaced(5, observed(1900, "socket 0", hook)))).toEqual(["time"]);
  });

  test("what follows an action must not come before it", () => {
    const early = [faithful[0]!, faithful[1]!, { ...faithful[3]!, at: 14 }, faithful[2]!, faithful[4]!, faithful[5]!];
    expect(kinds(early)).toContain("causality");
  });

  test("an action that was never carried out is seen", () => {
    expect(kinds(faithful.filter((_, place) => place !== 2))).toContain("causality");
  });
});
