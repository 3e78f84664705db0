/**
 * The call core's side of the rules of talking to jambonz, each with the tests that fail when it is switched off (`npm run test:rules`; the
 * switches are in test/rules/switches.mjs). The rules' numbers are those of docs/decisions/0002-our-own-jambonz-socket.md.
 */
import { describe, expect, test } from "vitest";
import { callStage, toTheTelephone } from "../testing/call-stage.ts";
import type { LiveCall } from "./live-call.ts";

function cut(call: LiveCall): void {
  const { connection } = call;
  if (connection) call.cut(connection, 1006);
}

describe("rule 8: after a reconnection the caller is brought into what they should be in", () => {
  test("rule 8: what was sent and perhaps lost with the socket is presented again", async () => {
    const s = callStage();
    const call = s.begin(s.connect());
    await call.beginNew();
    const asked = s.sent.at(-1);
    cut(call);
    await s.clock.advance(500);
    call.reattach(s.connect());
    await s.clock.advance(1_000);
    expect(s.sent).toEqual([asked, asked]);
  });

  test("rule 8: what jambonz said to have started is not", async () => {
    const s = callStage();
    const call = s.begin(s.connect());
    await call.beginNew();
    call.handle({ kind: "mediaStarted", entry: s.entryNow(call) });
    cut(call);
    await s.clock.advance(500);
    call.reattach(s.connect());
    await s.clock.advance(10_000);
    expect(s.sent).toHaveLength(1);
  });

  test("rule 8: what came due without a socket is presented as soon as there is one", async () => {
    const s = callStage();
    const call = s.begin(s.connect());
    await call.beginNew();
    cut(call);
    call.handle({ kind: "collectEnded", entry: s.entryNow(call), digits: "1", hook: s.hook().pending });
    await s.clock.advance(500);
    expect(s.sent).toHaveLength(1);
    call.reattach(s.connect());
    await s.clock.advance(1);
    expect(s.sent.at(-1)?.[0]?.verb).toBe("hold");
  });

  test("rule 8: a telephone that rings is not rung anew", async () => {
    const s = callStage();
    const call = s.begin(s.connect());
    await toTheTelephone(s, call);
    call.handle({ kind: "legRinging", legSid: "leg", sipStatus: 180 });
    await call.settled();
    const dials = () => s.sent.filter((verbs) => verbs[0]?.verb === "dial").length;
    expect(dials()).toBe(1);
    cut(call);
    await s.clock.advance(500);
    call.reattach(s.connect());
    await s.clock.advance(20_000);
    expect(dials()).toBe(1);
  });
});

describe("rule 10: each wait has a clock of ours", () => {
  test("rule 10: a question whose answer is never heard of is not silence for ever", async () => {
    const s = callStage();
    const call = s.begin(s.connect());
    await call.beginNew();
    await s.clock.advance(60_000);
    expect(s.sent.length).toBeGreaterThan(1);
  });

  test("rule 10: a telephone of which nothing is heard again gives the caller back to the music", async () => {
    const s = callStage();
    const call = s.begin(s.connect());
    await toTheTelephone(s, call);
    await s.clock.advance(60_000);
    expect(s.sent.at(-1)?.[0]?.verb).toBe("hold");
    expect(call.document.queue).not.toBeNull();
  });

  test("rule 10: a hang-up of which no end is heard is repeated by REST, and the call ends all the same", async () => {
    const s = callStage();
    const call = s.begin(s.connect());
    await call.beginNew();
    for (let attempt = 0; attempt < 2; attempt += 1) {
      call.handle({ kind: "collectEnded", entry: s.entryNow(call), digits: null, hook: s.hook().pending });
      await call.settled();
    }
    expect(call.document.media?.effect.type).toBe("hangUp");
    await s.clock.advance(60_000);
    expect(s.rest.asked).toContain("hangUp sid");
    expect(s.stored()?.status).toBe("ended");
  });
});
