import { flow, node } from "@cordboard/simulator/scenario";
import { scenario } from "@cordboard/simulator/scenario/vitest";
import { hangup } from "../hangup/index.ts";
import { hours } from "./index.ts";

const asking = () =>
  flow({
    ask: node(hours, { schedule: "office" }),
    open: node(hangup, { prompt: "welcome" }),
    closed: node(hangup, { prompt: "closed" }),
    holiday: node(hangup, { prompt: "holiday" }),
  })
    .connect("ask", "open", "open")
    .connect("ask", "closed", "closed");

scenario("an open schedule leads to open", (call) => {
  call.schedule("office", "open");
  call.to(asking());
  call.hears("welcome");
});

scenario("a closed one to closed, from the next call after the change", (call) => {
  call.schedule("office", "closed");
  call.to(asking());
  call.hears("closed");
  call.schedule("office", "open");
  const next = call.another();
  next.to(asking());
  next.hears("welcome");
});

scenario("a holiday leads to holiday", (call) => {
  call.schedule("office", "holiday");
  call.to(asking().connect("ask", "holiday", "holiday"));
  call.hears("holiday");
});

scenario("a holiday of which nothing is said is closed", (call) => {
  call.schedule("office", "holiday");
  call.to(asking());
  call.hears("closed");
});

scenario(
  "a timetable is asked at the moment of the call",
  (call) => {
    const open = [["09:00", "12:00"]] as const;
    const week = { mon: open, tue: open, wed: open, thu: open, fri: open, sat: [], sun: [] };
    call.schedule("office", { timeZone: null, week, holidays: [], forced: null });
    call.to(asking());
    call.hears("closed");
    call.staysSilentFor("1h");
    const later = call.another();
    later.to(asking());
    later.hears("welcome");
  },
  { startAt: Date.UTC(2026, 8, 7, 6, 30) },
);
