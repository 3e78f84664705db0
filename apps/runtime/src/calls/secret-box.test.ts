import type { CallSnapshot } from "@cordboard/engine";
import { expect, test } from "vitest";
import { createSecretBox } from "./secret-box.ts";

const snapshot = (secrets: CallSnapshot["secrets"]): CallSnapshot => ({
  format: 1,
  status: "running",
  flowId: "desk",
  node: null,
  value: "desk",
  call: {
    callId: "call_1",
    callerNumber: null,
    callerName: null,
    dialledNumber: "",
    lineName: "",
    language: null,
    timeZone: "UTC",
  },
  language: "fr-FR",
  variables: {},
  secrets,
  stack: [],
  recording: null,
  counters: {},
  chosen: null,
  nextEntry: 1,
  open: { media: null, queue: null, timers: {}, advance: null, ask: null },
  failures: 0,
  mediaFailures: 0,
  mailbox: null,
});

test("a secret is nowhere in what is stored, and comes back", () => {
  const box = createSecretBox("s".repeat(40));
  const stored = box.seal(snapshot({ pin: "4711-secret" }));
  expect(JSON.stringify(stored)).not.toContain("4711-secret");
  expect(Object.keys(stored.secrets)).not.toContain("pin");
  expect(box.open(JSON.parse(JSON.stringify(stored))).secrets).toEqual({ pin: "4711-secret" });
});

test("the same secret is sealed differently each time, and another installation cannot open it", () => {
  const box = createSecretBox("s".repeat(40));
  const once = box.seal(snapshot({ pin: "1" }));
  expect(box.seal(snapshot({ pin: "1" })).secrets).not.toEqual(once.secrets);
  expect(() => createSecretBox("t".repeat(40)).open(once)).toThrow();
});

test("a call without secrets is stored as it is", () => {
  const plain = snapshot({});
  expect(createSecretBox("s".repeat(40)).seal(plain)).toBe(plain);
});
