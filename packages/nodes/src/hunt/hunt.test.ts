import { flow, node } from "@cordboard/simulator/scenario";
import { scenario } from "@cordboard/simulator/scenario/vitest";
import { expect, test } from "vitest";
import { hangup } from "../hangup/index.ts";
import type { HuntConfig } from "./config.ts";
import { hunt } from "./index.ts";

const hunting = (settings: Partial<HuntConfig> = {}) =>
  flow({
    desk: node(hunt, {
      queue: "sales",
      priority: 0,
      announcement: null,
      holdMusic: ["music", "advert"],
      maxWaitMs: 60_000,
      leaveWhenUnstaffed: false,
      ringMs: 20_000,
      ringMusic: null,
      ...settings,
    }),
    after: node(hangup, { prompt: "after" }),
    tooLong: node(hangup, { prompt: "tooLong" }),
    nobody: node(hangup, { prompt: "nobody" }),
    busy: node(hangup, { prompt: "busy" }),
    left: node(hangup, { prompt: "left" }),
  })
    .connect("desk", "ended", "after")
    .connect("desk", "timeout", "tooLong")
    .connect("desk", "unstaffed", "nobody")
    .connect("desk", "busy", "busy")
    .connect("desk", "key", "left");

scenario("music and advert go round until an operator accepts", (call) => {
  call.to(hunting());
  call.hears("music");
  call.hears("advert");
  call.hears("music");
  call.operator("ines").acceptsAfter("2s");
  call.hears("ringMusic");
  call.talksTo("ines");
  call.operator("ines").hangsUp();
  call.hears("after");
  call.isEnded();
});

scenario("without music of its own the caller hears the built-in one", (call) => {
  call.to(hunting({ holdMusic: [] }));
  call.hears("holdMusic");
});

scenario("the place is taken while the announcement is said, and an accept cuts it short", (call) => {
  call.operator("ines");
  call.to(hunting({ announcement: "pleaseWait" }));
  call.beginsToHear("pleaseWait");
  call.waitsIn("sales", { place: 1 });
  call.operator("ines").acceptsAfter("1s");
  call.hears("ringMusic");
  call.talksTo("ines");
});

scenario("after the announcement comes the music", (call) => {
  call.to(hunting({ announcement: "pleaseWait" }));
  call.hears("pleaseWait");
  call.hears("music");
});

for (const telephone of ["busy", "silent", "unreachable"] as const) {
  scenario(`a telephone that is ${telephone} brings the caller back to the place they had`, (call) => {
    call.to(hunting());
    const second = call.another();
    second.to(hunting());
    call.operator("ines").telephoneIs(telephone).acceptsAfter("1s");
    call.hears("ringMusic");
    call.staysSilentFor("20s");
    call.waitsIn("sales", { place: 1 });
    second.waitsIn("sales", { place: 2 });
    call.hears("music");
    call.operator("ines").is("paused");
    call.operator("marc").acceptsAfter("1s");
    call.talksTo("marc");
  });
}

scenario("the longest wait ends in the music", (call) => {
  call.to(hunting());
  call.staysSilentFor("59999ms");
  call.waitsIn("sales");
  call.staysSilentFor("1ms");
  call.hears("tooLong");
  call.isEnded();
});

scenario("the longest wait does not cut a telephone that rings, nor the talk that follows", (call) => {
  call.to(hunting());
  call.staysSilentFor("55s");
  call.operator("ines").answersAfter("10s").acceptsAfter("1s");
  call.talksTo("ines");
  call.staysSilentFor("2m");
  call.talksTo("ines");
});

scenario("when the longest wait ran out while a telephone rang in vain, the caller leaves", (call) => {
  call.to(hunting());
  call.staysSilentFor("55s");
  call.operator("ines").telephoneIs("silent").acceptsAfter("1s");
  call.staysSilentFor("20s");
  call.hears("tooLong");
});

scenario("nobody signed in is told at once when the flow wants to know", (call) => {
  call.to(hunting({ leaveWhenUnstaffed: true }));
  call.hears("nobody");
  call.isEnded();
});

scenario("the last operator who signs out sends the caller on", (call) => {
  call.operator("ines");
  call.to(hunting({ leaveWhenUnstaffed: true }));
  call.operator("ines").isOffered();
  call.operator("ines").signsOut();
  call.hears("nobody");
});

scenario("a caller who hangs up while offered, and while the telephone rings, leaves the operator free", (call) => {
  call.to(hunting());
  call.operator("ines").isOffered();
  call.hangsUp();
  call.operator("ines").is("available");
  const second = call.another();
  second.to(hunting());
  second.operator("ines").answersAfter("10s").acceptsAfter("1s");
  second.hears("ringMusic");
  second.hangsUp();
  second.operator("ines").is("available");
});

scenario("an offer that runs out leaves the caller in line for the next operator", (call) => {
  call.to(hunting());
  call.operator("ines").missesTheOffer();
  call.operator("ines").is("paused");
  call.waitsIn("sales", { place: 1 });
  call.operator("marc").acceptsAfter("1s");
  call.talksTo("marc");
});

scenario("with ended unconnected the call ends quietly after the conversation", (call) => {
  call.to(
    flow({
      desk: node(hunt, {
        queue: "sales",
        priority: 0,
        announcement: null,
        holdMusic: [],
        maxWaitMs: null,
        leaveWhenUnstaffed: false,
        ringMs: 20_000,
        ringMusic: null,
      }),
    }),
  );
  call.operator("ines").acceptsAfter("1s");
  call.talksTo("ines");
  call.operator("ines").hangsUp();
  call.isEnded();
});

scenario("adverts come in turn between the pieces of music", (call) => {
  call.to(hunting({ holdMusic: ["music"], adverts: ["one", "two"] }));
  for (const name of ["music", "one", "music", "two", "music", "one"]) call.hears(name);
});

scenario("what the flow has none of is the queue's: music, and adverts between its pieces", (call) => {
  call.queueStands("sales", { holdMusic: ["waltz", "tango"], adverts: ["offer"] });
  call.to(hunting({ holdMusic: [] }));
  for (const name of ["waltz", "offer", "tango", "offer", "waltz"]) call.hears(name);
  const own = call.another();
  own.to(hunting({ holdMusic: ["music"], adverts: ["one"] }));
  for (const name of ["music", "one", "music"]) own.hears(name);
  const half = call.another();
  half.to(hunting({ holdMusic: ["music"] }));
  for (const name of ["music", "offer", "music"]) half.hears(name);
});

scenario("where nobody has music of their own, the product's is heard, with the queue's adverts", (call) => {
  call.queueStands("sales", { adverts: ["offer"] });
  call.to(hunting({ holdMusic: [] }));
  for (const name of ["holdMusic", "offer", "holdMusic"]) call.hears(name);
});

scenario("adverts at times of their own cut in on the music, in turn, and put no reminder off", (call) => {
  call.queueStands("sales", { holdMusic: ["waltz"], adverts: ["one", "two"], advertEveryMs: 20_000 });
  call.to(
    hunting({ holdMusic: [], announcement: "hold", reminders: ["patience"], reminderEveryMs: 30_000, maxWaitMs: null }),
  );
  call.hears("hold");
  call.staysSilentFor("17s");
  call.hears("one");
  call.hears("waltz");
  call.hears("patience");
  call.hears("two");
  call.hears("one");
  call.operator("ines").acceptsAfter("1s");
  call.talksTo("ines");
});

scenario(
  "an advert that is due while a telephone rings in vain is said afterwards; one is not repeated by the key",
  (call) => {
    call.queueStands("sales", { adverts: ["offer"], advertEveryMs: 10_000 });
    call.operator("ines").telephoneIs("silent");
    call.to(hunting({ holdMusic: ["music"], announcement: "hold", repeatKey: "*" }));
    call.operator("ines").acceptsAfter("3s");
    call.hears("ringMusic");
    call.hears("offer");
    call.presses("*");
    call.hears("hold");
  },
);

scenario("a queue that is closed lets nobody in, by the way that the flow has for it", (call) => {
  const way = () => hunting({ leaveWhenUnstaffed: false }).connect("desk", "closed", "left");
  call.queueCloses("sales");
  call.to(way());
  call.hears("left");
  call.queueOpens("sales");
  const next = call.another();
  next.to(way());
  next.hears("music");
  next.waitsIn("sales", { place: 1 });
});

scenario("without a way for it, a closed queue is one where nobody is", (call) => {
  call.queueCloses("sales");
  call.to(hunting());
  call.hears("nobody");
});

scenario("without any way, callers of a closed queue hear that it is closed, and the call ends", (call) => {
  call.queueCloses("sales");
  call.to(flow({ desk: node(hunt, { ...hunt.initial, queue: "sales", maxWaitMs: null, leaveWhenUnstaffed: false }) }));
  call.hears("closedNow");
  call.isEnded();
});

scenario("who waits when a queue is closed keeps their place; unless they are to be sent away", (call) => {
  call.to(hunting());
  call.hears("music");
  call.queueCloses("sales");
  call.hears("music");
  call.waitsIn("sales", { place: 1 });
  call.queueCloses("sales", { sendsAway: true });
  call.hears("nobody");
});

scenario("reminders are said in turn, and the music begins again after each; who accepts cuts one short", (call) => {
  call.to(
    hunting({ holdMusic: ["music"], reminders: ["patience", "place"], reminderEveryMs: 30_000, maxWaitMs: null }),
  );
  call.staysSilentFor("29s");
  call.hears("patience");
  call.hears("music");
  call.staysSilentFor("27s");
  call.beginsToHear("place");
  call.operator("ines").acceptsAfter("0s");
  call.talksTo("ines");
});

scenario("the longest wait counts on through reminders", (call) => {
  call.to(hunting({ holdMusic: ["music"], reminders: ["patience"], reminderEveryMs: 20_000, maxWaitMs: 50_000 }));
  call.staysSilentFor("50s");
  call.hears("tooLong");
});

scenario(
  "the key leaves the wait in the announcement, in the music and in a reminder, and gives the place back",
  (call) => {
    const settings = { announcement: "hold", leaveKey: "1", reminders: ["patience"], reminderEveryMs: 10_000 };
    const leaving = (caller: typeof call, during: string) => {
      caller.to(hunting(settings));
      caller.beginsToHear("hold");
      if (during !== "hold") caller.beginsToHear(during);
      caller.presses("2");
      caller.presses("1");
      caller.hears("left");
    };
    leaving(call, "hold");
    leaving(call.another(), "music");
    leaving(call.another(), "patience");
    const next = call.another();
    next.to(hunting(settings));
    next.waitsIn("sales", { place: 1 });
  },
);

scenario("a telephone that rings is not left by the key", (call) => {
  call.to(hunting({ leaveKey: "1" }));
  call.operator("ines").answersAfter("5s").acceptsAfter("1s");
  call.beginsToHear("ringMusic");
  call.presses("1");
  call.talksTo("ines");
});

scenario("everybody busy is another way than nobody signed in", (call) => {
  call.operator("ines");
  call.to(hunting({ leaveWhenUnstaffed: true, leaveWhenBusy: true }));
  call.operator("ines").acceptsAfter("1s");
  call.talksTo("ines");
  const second = call.another();
  second.to(hunting({ leaveWhenUnstaffed: true, leaveWhenBusy: true }));
  second.hears("busy");
  call.operator("ines").hangsUp();
  call.operator("ines").signsOut();
  const third = call.another();
  third.to(hunting({ leaveWhenUnstaffed: true, leaveWhenBusy: true }));
  third.hears("nobody");
});

scenario("an operator has as long to accept as the flow gives, where it gives a time", (call) => {
  call.to(hunting({ offerMs: 40_000 }));
  call.operator("ines").acceptsAfter("39s");
  call.talksTo("ines");
});

scenario("all busy and no way for it: the caller waits", (call) => {
  call.operator("ines");
  call.to(hunting());
  call.operator("ines").acceptsAfter("1s");
  call.talksTo("ines");
  const second = call.another();
  second.to(hunting());
  second.hears("music");
  second.waitsIn("sales", { place: 1 });
});

scenario("a caller is told their place when it is better news, and the music goes on where it was", (call) => {
  call.queueStands("sales", { position: 3, expectedWaitMs: 240_000, tells: "both" });
  call.to(hunting({ maxWaitMs: null }));
  call.beginsToHear("music");
  call.hears("position 3, 4 min");
  call.queueStands("sales", { position: 5, expectedWaitMs: 600_000, tells: "both" });
  call.staysSilentFor("65s");
  call.queueStands("sales", { position: 1, expectedWaitMs: 600_000, tells: "both" });
  call.hears("position 1");
  call.operator("ines").acceptsAfter("1s");
  call.talksTo("ines");
});

scenario("an operator who accepts cuts the news of a place short", (call) => {
  call.queueStands("sales", { position: 2, tells: "position" });
  call.to(hunting());
  call.beginsToHear("position 2");
  call.operator("ines").acceptsAfter("0s");
  call.hears("ringMusic");
  call.talksTo("ines");
});

scenario("news of a place puts no reminder off", (call) => {
  call.queueStands("sales", { position: 2, tells: "position" });
  call.to(hunting({ maxWaitMs: null, reminders: ["first", "second"], reminderEveryMs: 10_000 }));
  call.hears("position 2");
  call.hears("first");
  call.hears("second");
});

const offering = (settings: Partial<HuntConfig> = {}) =>
  hunting({
    leaveKeys: [
      { id: "callBack", digit: "1", label: "Be called back" },
      { id: "message", digit: "2", label: "Leave a message" },
    ],
    repeatKey: "*",
    ...settings,
  })
    .connect("desk", "callBack", "left")
    .connect("desk", "message", "busy");

for (const [key, then] of [
  ["1", "left"],
  ["2", "busy"],
] as const) {
  scenario(`key ${key} leads out of the announcement, the music and the news of a place`, (call) => {
    call.to(offering({ announcement: "pleaseWait" }));
    call.beginsToHear("pleaseWait");
    call.presses(key);
    call.hears(then);
    const second = call.another();
    second.to(offering());
    second.beginsToHear("music");
    second.presses(key);
    second.hears(then);
    call.queueStands("sales", { position: 2, tells: "position" });
    const third = call.another();
    third.to(offering());
    third.beginsToHear("position 2");
    third.presses(key);
    third.hears(then);
  });
}

scenario("a key repeats what was said last", (call) => {
  call.to(offering({ announcement: "welcome", reminders: ["patience"], reminderEveryMs: 10_000 }));
  call.hears("welcome");
  call.beginsToHear("music");
  call.presses("*");
  call.hears("welcome");
  call.hears("patience");
  call.presses("*");
  call.hears("patience");
  call.operator("ines").acceptsAfter("1s");
  call.talksTo("ines");
});

scenario("where nothing was said yet, the key asks for patience", (call) => {
  call.to(offering());
  call.beginsToHear("music");
  call.presses("*");
  call.hears("pleaseWait");
});

test("a key that stands for two things is an error, in both languages", () => {
  const config = { ...hunt.initial, leaveKey: "1", leaveKeys: [{ id: "a", digit: "1", label: "" }], repeatKey: "1" };
  const found = hunt.check?.(config, { variables: {} } as never) ?? [];
  expect(found.map(({ code, pointer }) => [code, pointer])).toEqual([
    ["keyTwice", "/leaveKeys/0/digit"],
    ["keyTwice", "/repeatKey"],
  ]);
});
