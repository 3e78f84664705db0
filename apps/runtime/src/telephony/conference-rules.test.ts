import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Verb } from "../ports/index.ts";
import { type Switchboard, session, switchboard, verbStatus } from "./testing/scripted-jambonz.ts";

const music: Verb[] = [{ verb: "play", id: "a3", url: "http://192.0.2.1/media/a.wav", loop: "forever" }];
const redirect = (data: readonly Verb[]) => ({ type: "command", command: "redirect", data });

let board: Switchboard;
beforeEach(async () => {
  board = await switchboard();
});
afterEach(() => board.end());

const connection = () => board.core.connections.at(-1)!;

describe("rule 6: nor is somebody who comes into a conference sent elsewhere", () => {
  const room: Verb[] = [{ verb: "conference", id: "a2", name: "call-1", beep: false, endConferenceOnExit: false }];

  test("rule 6: what is presented meanwhile waits until they are surely in it", async () => {
    const jambonz = await board.incomingCall();
    expect(connection().redirect(room)).toBe("sent");
    expect(connection().redirect(music)).toBe("heldBack");
    jambonz.send(verbStatus("starting", "a2", "conference"));
    await jambonz.settled();
    board.clock.advance(999);
    await jambonz.settled();
    expect(jambonz.heard.slice(1)).toEqual([redirect(room)]);
    board.clock.advance(1);
    await jambonz.settled();
    expect(jambonz.heard.slice(1)).toEqual([redirect(room), redirect(music)]);
  });

  /** A leg that has just been parted from its call. */
  async function parted() {
    const jambonz = await board.connect({ path: "/telephony/adulting" });
    const data = session("leg-1", { direction: "outbound", parent_call_sid: "call-1" });
    jambonz.send({ type: "session:adulting", msgid: "own", data });
    await jambonz.settled();
    const pass = async (ms: number) => {
      board.clock.advance(ms);
      await jambonz.settled();
    };
    return { jambonz, pass };
  }
  const mute = (muted: boolean) => ({
    ...{ type: "command", command: "mute:status" },
    data: { mute_status: muted ? "mute" : "unmute" },
  });
  const hangUp = { type: "command", command: "call:status", data: { call_status: "completed" } };

  test("rule 6: a leg that was just parted is in one, and may hear silence before", async () => {
    const { jambonz, pass } = await parted();
    expect(connection().redirect(music)).toBe("heldBack");
    await pass(2_000);
    expect(jambonz.heard.at(-1)).toEqual(redirect(music));
  });

  test("rule 6: nor is it hung up before, which would never come to an end; whatever else was to be presented is not", async () => {
    const { jambonz, pass } = await parted();
    expect(connection().redirect(room)).toBe("heldBack");
    expect(connection().command({ kind: "hangUp" })).toBe(true);
    await pass(1_999);
    expect(jambonz.heard).not.toContainEqual(hangUp);
    await pass(1);
    expect(jambonz.heard.at(-1)).toEqual(hangUp);
    expect(jambonz.heard).not.toContainEqual(redirect(room));
    // Once it is in, at once.
    connection().command({ kind: "hangUp" });
    await pass(0);
    expect(jambonz.heard.filter((said) => JSON.stringify(said) === JSON.stringify(hangUp))).toHaveLength(2);
  });

  test("whoever is silenced as they come in is told so again once they are in it, the latest word alone", async () => {
    const { jambonz, pass } = await parted();
    connection().command({ kind: "mute", muted: true, legSid: null });
    connection().command({ kind: "mute", muted: false, legSid: null });
    connection().command({ kind: "mute", muted: true, legSid: null });
    await pass(2_000);
    expect(jambonz.heard.slice(-4)).toEqual([mute(true), mute(false), mute(true), mute(true)]);
    await pass(5_000);
    expect(jambonz.heard.slice(-4)).toEqual([mute(true), mute(false), mute(true), mute(true)]);
  });

  test("rule 6: also a silencing, where verbs that were made before were held back, and bring them in anew", async () => {
    const { jambonz, pass } = await parted();
    connection().redirect(room);
    connection().command({ kind: "mute", muted: true, legSid: null });
    await pass(2_000);
    expect(jambonz.heard.slice(-2)).toEqual([mute(true), redirect(room)]);
    await pass(1_000);
    expect(jambonz.heard.slice(-2)).toEqual([redirect(room), mute(true)]);
  });
});
