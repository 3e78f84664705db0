import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { callFacts } from "./call-facts.ts";
import { firstDialled } from "./first-dialled.ts";
import type { SessionData } from "./message-schemas.ts";

const TO = "33199001010";
const diversion = (value: unknown) => firstDialled({ Diversion: value }, TO);
const history = (value: unknown) => firstDialled({ "history-info": value }, TO);

test("a call that was not diverted has no number before the one that was dialled", () => {
  expect(firstDialled(undefined, TO)).toBeNull();
  expect(firstDialled({ from: "<sip:1@x>" }, TO)).toBeNull();
  // An exchange that names the dialled number itself has diverted nothing.
  expect(diversion(`<sip:+${TO}@pbx.example>;reason=unconditional`)).toBeNull();
  expect(history(`<sip:+${TO}@pbx.example>;index=1`)).toBeNull();
});

test("a diversion names whom the caller had dialled; of several the last listed is the oldest", () => {
  expect(diversion("<sip:+33155500100@pbx.example>;reason=no-answer;counter=1")).toBe("+33155500100");
  expect(diversion('"Reception, day" <sip:0155500100@pbx.example>;reason=user-busy')).toBe("0155500100");
  expect(diversion("<sip:200@pbx>;reason=no-answer, <sip:100@pbx>;reason=unconditional")).toBe("100");
  expect(diversion(["<sip:200@pbx>;reason=no-answer", "<sip:100@pbx>;reason=unconditional"])).toBe("100");
  expect(diversion("tel:+33-1-55-50-01-00")).toBe("+33155500100");
});

test("a history is read by its index, before diversions", () => {
  const entries =
    "<sip:+33155500200@pbx?Reason=SIP%3Bcause%3D302>;index=1.1,<sip:+33155500100@pbx>;index=1,<sip:x@y>;index=1.1.1";
  expect(history(entries)).toBe("+33155500100");
  expect(firstDialled({ "History-Info": entries, Diversion: "<sip:300@pbx>" }, TO)).toBe("+33155500100");
});

test("whoever wishes not to be known is not", () => {
  expect(diversion('<sip:100@pbx>;reason=unconditional;privacy="full"')).toBeNull();
  expect(history("<sip:100@pbx?Privacy=history>;index=1,<sip:200@pbx>;index=1.1")).toBeNull();
});

test("what is no number is none, and nothing throws", () => {
  for (const value of ["", "<sip:reception@pbx>", "<sip:%zz@pbx>", "<<<>>>", 7, null, ["<sip:anonymous@x>"]]) {
    expect(diversion(value)).toBeNull();
    expect(history(value)).toBeNull();
  }
});

test("the examples of docs/pbx.md are read as it says", () => {
  const page = readFileSync(new URL("../../../../docs/pbx.md", import.meta.url), "utf8");
  const header = (name: string) => new RegExp(`^${name}: (.+)$`, "m").exec(page)?.[1];
  expect([diversion(header("Diversion")), history(header("History-Info"))]).toEqual(["100", "100"]);
  const [from, privacy] = [header("From"), header("Privacy")];
  const told = {
    call_sid: "s",
    direction: "inbound",
    from,
    to: TO,
    account_sid: "a",
    caller_name: "",
    sip: { headers: { privacy } },
  };
  expect(callFacts(told as SessionData)).toMatchObject({ hidden: true, from: null });
  // Each of the two alone is enough.
  expect(callFacts({ ...told, sip: { headers: {} } } as SessionData).hidden).toBe(true);
  expect(callFacts({ ...told, from: "+33142860001" } as SessionData).hidden).toBe(true);
});
