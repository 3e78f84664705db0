import { validate } from "@cordboard/flow-schema";
import { flow, node } from "@cordboard/simulator/scenario";
import { scenario } from "@cordboard/simulator/scenario/vitest";
import { expect, test } from "vitest";
import { hangup } from "../hangup/index.ts";
import { registry } from "../registry.ts";
import { notify } from "./index.ts";

type Settings = Partial<typeof notify.initial>;
const mail: Settings = {
  to: "sales@example.com",
  subject: "Call of {{ call.callerNumber }}",
  text: "About {{ what }}",
};
const variables = {
  what: { type: "string", initial: "lifts" },
  who: { type: "string", initial: "not an address" },
  pin: { type: "string", initial: "1234", secret: true },
} as const;

const telling = (settings: Settings, failed = true) => {
  const sketch = flow({
    tell: node(notify, { ...notify.initial, ...settings }),
    told: node(hangup, { prompt: "told" }),
    untold: node(hangup, { prompt: "untold" }),
  })
    .connect("tell", "done", "told")
    .with({ variables });
  return failed ? sketch.connect("tell", "failed", "untold") : sketch;
};

scenario("a mail is sent with what is known of the call, and the call goes on at once", (call) => {
  call.to(telling(mail));
  call.hears("told");
  call.tells({ to: "sales@example.com", subject: "Call of +33142860001", text: "About lifts" });
});

scenario("several addresses are several mails", (call) => {
  call.to(telling({ ...mail, to: "a@example.com, b@example.com;c@example.com" }));
  call.hears("told");
  call.tells({ to: "a@example.com, b@example.com, c@example.com" });
});

scenario("programs are told by webhook: topic, text and values", (call) => {
  call.to(
    telling({
      by: "webhook",
      topic: "breakdown",
      text: "{{ what }}",
      values: [{ name: "what", value: "{{ what }}!" }],
    }),
  );
  call.hears("told");
  call.tells({ topic: "breakdown", text: "lifts", values: { what: "lifts!" } });
});

scenario("an address that is none once its value is in: the way for it, and nobody is told", (call) => {
  call.to(telling({ ...mail, to: "{{ who }}" }));
  call.hears("untold");
  call.tellsNobody();
});

scenario("a notice that is not taken: the way for it, or as if it were", (call) => {
  call.noticesFail();
  call.to(telling(mail));
  call.hears("untold");
  const plain = call.another();
  plain.to(telling(mail, false));
  plain.hears("told");
});

test("addresses, a subject, a topic are asked for; what is secret is not told", () => {
  const codes = (settings: Settings) =>
    validate(telling(settings).document(), registry)
      .filter(({ nodeId }) => nodeId === "tell")
      .map(({ code }) => code);
  expect(codes(mail)).toEqual([]);
  expect(codes({ ...mail, to: "" })).toEqual(["notifyAddress"]);
  expect(codes({ ...mail, to: "sales at example" })).toEqual(["notifyAddress"]);
  expect(codes({ ...mail, to: "{{ who }}" })).toEqual([]);
  expect(codes({ ...mail, subject: " " })).toEqual(["notifySubject"]);
  expect(codes({ ...mail, text: "{{ pin }}" })).toEqual(["secretShown"]);
  expect(codes({ by: "webhook" })).toEqual(["notifyTopic"]);
  expect(codes({ by: "webhook", topic: "x", values: [{ name: "p", value: "{{ pin }}" }] })).toEqual(["secretShown"]);
});
