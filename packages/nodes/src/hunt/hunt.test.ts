import { flow, node } from "@cordboard/simulator/scenario";
import { scenario } from "@cordboard/simulator/scenario/vitest";
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
  })
    .connect("desk", "ended", "after")
    .connect("desk", "timeout", "tooLong")
    .connect("desk", "unstaffed", "nobody");

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
