import { existsSync, readdirSync, readFileSync } from "node:fs";
import { type CallSnapshot, type CompiledFlow, runUntilWait, startUntilWait } from "@cordboard/engine";
import { validate } from "@cordboard/flow-schema";
import type { CallFacts, FlowEvent, NodeType } from "@cordboard/node-kit";
import { flow } from "@cordboard/simulator/scenario";
import Value from "typebox/value";
import { describe, expect, test } from "vitest";
import { authenticate } from "./authenticate/index.ts";
import { createRegistry } from "./create-registry.ts";
import { exit } from "./exit/index.ts";
import { compute } from "./function/index.ts";
import { hangup } from "./hangup/index.ts";
import { http } from "./http/index.ts";
import { hunt } from "./hunt/index.ts";
import { language } from "./language/index.ts";
import { notify } from "./notify/index.ts";
import { play } from "./play/index.ts";
import { builtInNodeTypes, registry } from "./registry.ts";

/** Settings to try a type with, where those that a new node begins with are not complete. */
const SAMPLES: Readonly<Record<string, unknown>> = {
  hangup: { prompt: "bye" },
  transfer: { target: { kind: "number", number: "+33100000000" }, ringMs: 20_000, music: null },
  hunt: {
    ...hunt.initial,
    leaveWhenFull: true,
    leaveWhenUnstaffed: true,
    leaveWhenBusy: true,
    leaveKey: "*",
    adverts: ["advert"],
    reminders: ["patience"],
  },
  http: {
    ...http.initial,
    url: "https://crm.example/customers/{{ call.callerNumber }}",
    moment: "patience",
    answers: [{ pointer: "/name", variable: "variable" }],
  },
  notify: { ...notify.initial, to: "sales@example.com", subject: "A call" },
  function: { ...compute.initial, checks: [{ label: "seen", that: 'call.callerNumber != ""' }] },
  authenticate: { ...authenticate.initial, attempts: 2 },
  language: { ...language.initial, choices: [{ id: "choice1", digit: "1", language: "en-GB" }] },
};

/** A flow to run inside another: it ends by the output of a new subflow node. */
const inner = flow({ end: { type: exit, config: { output: "done" } } });

const folderOf = ({ type }: NodeType) =>
  new URL(`./${type.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}/`, import.meta.url);
const nameOf = (type: NodeType) => folderOf(type).pathname.split("/").at(-2) ?? "";
const sampleOf = (type: NodeType) => SAMPLES[type.type] ?? type.initial;

/** The paths of all settings: `choices`, `choices.digit`. */
function settingsOf(schema: unknown, path = ""): readonly string[] {
  const { properties, items, anyOf } = (schema ?? {}) as {
    properties?: Readonly<Record<string, unknown>>;
    items?: unknown;
    anyOf?: readonly unknown[];
  };
  const own = Object.entries(properties ?? {}).flatMap(([name, child]) => {
    const here = path === "" ? name : `${path}.${name}`;
    return [here, ...settingsOf(child, here)];
  });
  return [...new Set([...own, ...settingsIn(items, path), ...(anyOf ?? []).flatMap((one) => settingsOf(one, path))])];
}
/** What a setting of a few words can be: `by=number`. */
function optionsOf(schema: unknown): readonly string[] {
  const { properties = {} } = (schema ?? {}) as { properties?: Readonly<Record<string, { enum?: readonly string[] }>> };
  return Object.entries(properties).flatMap(([name, child]) => (child.enum ?? []).map((one) => `${name}=${one}`));
}
const settingsIn = (items: unknown, path: string) => (items === undefined ? [] : settingsOf(items, path));

/** Ids in the settings: outputs that are called by one bring their own names. */
function idsIn(config: unknown): readonly string[] {
  if (Array.isArray(config)) return config.flatMap(idsIn);
  if (typeof config !== "object" || config === null) return [];
  return Object.entries(config).flatMap(([name, value]) => (name === "id" ? [String(value)] : idsIn(value)));
}

test("every folder of a node type is registered, and found by type and version", () => {
  const folders = readdirSync(new URL(".", import.meta.url), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  expect(folders.sort()).toEqual(builtInNodeTypes.map(nameOf).sort());
  for (const type of builtInNodeTypes) {
    expect(registry.find(type.type, type.typeVersion)).toBe(type);
    expect(registry.versions(type.type)).toContain(type.typeVersion);
  }
  expect(registry.find("play", 99)).toBeUndefined();
  expect(registry.versions("teleport")).toEqual([]);
});

test("a third party's types stand beside ours; the same type and version twice is refused", () => {
  const theirs: NodeType = { ...play, type: "acme.play", typeVersion: 2 };
  const extended = createRegistry([...builtInNodeTypes, theirs]);
  expect(extended.find("acme.play", 2)).toBe(theirs);
  expect(extended.find("play", 1)).toBe(play);
  expect(() => createRegistry([play, play])).toThrow("play@1");
});

describe.each(builtInNodeTypes.map((type) => [type.type, type as NodeType] as const))("%s", (_, type) => {
  const { fr, en } = type.texts;
  const settings = settingsOf(type.config);

  test("begins with settings of its own shape", () => {
    expect(Value.Check(type.config, type.initial)).toBe(true);
    expect(Value.Check(type.config, sampleOf(type))).toBe(true);
    expect(typeof type.summary(type.initial)).toBe("string");
  });

  test("is told in both languages: name, settings, outputs", () => {
    const fixed = type.outputs(type.initial).filter((output) => !idsIn(type.initial).includes(output));
    for (const texts of [fr, en]) {
      expect(texts.name).not.toBe("");
      expect(texts.description).not.toBe("");
      expect(Object.keys(texts.settings).sort()).toEqual([...settings, ...optionsOf(type.config)].sort());
      expect(Object.keys(texts.outputs).sort()).toEqual([...fixed].sort());
      expect(Object.values({ ...texts.settings, ...texts.outputs }).every((text) => text.trim() !== "")).toBe(true);
    }
    expect(fr.description).not.toBe(en.description);
  });

  test("gives form hints for settings that exist, and an icon on the grid", () => {
    expect(Object.keys(type.form).filter((name) => !settings.includes(name))).toEqual([]);
    expect(type.icon).toMatch(/^M[\d\sA-Za-z.,-]+$/);
  });

  test("leaves out of its form what exists, and what nothing reads as the other settings are", () => {
    const facts = { languages: ["en-GB"], variables: {} };
    const config = type.initial as Readonly<Record<string, unknown>>;
    for (const name of type.unused?.(config) ?? []) {
      expect(settings).toContain(name);
      const broken = { ...config, ...(typeof config[name] === "string" && { [name]: "{{ nobody" }) };
      expect(type.check?.(broken, facts)).toEqual(type.check?.(config, facts));
    }
  });

  test("has a page that names every setting and output", () => {
    const file = new URL(`${nameOf(type)}.md`, folderOf(type));
    const page = existsSync(file) ? readFileSync(file, "utf8") : "";
    expect(page).toContain(`(\`${type.type}\`)`);
    for (const name of settings) expect(page, name).toContain(`\`${name}\``);
    for (const output of Object.keys(en.outputs)) expect(page, output).toMatch(new RegExp(`\\| \`${output}\` +\\|`));
  });

  test("says where its references stand", () => {
    for (const { id, pointer } of type.references(sampleOf(type))) {
      const found = pointer
        .split("/")
        .slice(1)
        .reduce((value: unknown, part) => (value as Readonly<Record<string, unknown>>)[part], sampleOf(type));
      expect(found).toBe(id);
    }
  });

  test("lets a caller leave by every output, from snapshots that went over JSON", () => {
    const sketch = flow({
      node: { type, config: sampleOf(type) },
      ...Object.fromEntries(type.outputs(sampleOf(type)).map((output) => [`to_${output}`, end])),
    }).with({ variables: { variable: { type: "string", initial: "" } }, flows: { flow: inner } });
    for (const output of type.outputs(sampleOf(type))) sketch.connect("node", output, `to_${output}`);
    expect(validate(sketch.document(), registry)).toEqual([]);
    expect([...outputsTaken(sketch.compiled())].sort()).toEqual([...type.outputs(sampleOf(type))].sort());
  });
});

const end = { type: hangup, config: { prompt: "bye" } };

/** Goes every way that a host could go, a few events deep, from callers who show their number and who do not. */
function outputsTaken(compiled: CompiledFlow): ReadonlySet<string> {
  const taken = new Set<string>();
  const seen = new Set<string>();
  const visit = (given: CallSnapshot, depth: number): void => {
    const stored = JSON.stringify(given);
    const { media, timers, ask, request } = given.open;
    const place = JSON.stringify([given.value, given.counters, given.slots, media?.kind, timers, ask, request]);
    if (given.status === "ended" || depth === 0 || seen.has(place)) return;
    seen.add(place);
    for (const event of possible(given)) {
      const here = runUntilWait(compiled, given, event, { now: 0 });
      const restored: CallSnapshot = JSON.parse(stored);
      const there = runUntilWait(compiled, restored, event, { now: 0 });
      expect(there.effects).toEqual(here.effects);
      expect(there.moves).toEqual(here.moves);
      for (const { from, output } of here.moves) if (from === "node") taken.add(output);
      visit(here.snapshot, depth - 1);
    }
  };
  for (const callerNumber of [null, "+33142860001"]) {
    const { snapshot, moves } = startUntilWait(compiled, { call: { ...call, callerNumber }, now: 0 });
    for (const { from, output } of moves) if (from === "node") taken.add(output);
    visit(snapshot, 8);
  }
  return taken;
}

const call: CallFacts = {
  callId: "call_1",
  callerNumber: null,
  callerName: null,
  dialledNumber: "+33142861000",
  lineName: "Main",
  language: null,
  timeZone: "Europe/Paris",
};

function possible({ open: { media, queue, timers, ask, request } }: CallSnapshot): readonly FlowEvent[] {
  const entry = media?.entry ?? 0;
  const target = { kind: "telephone", telephoneId: "t" } as const;
  return [
    { type: "play.done", entry },
    { type: "input.silence", entry },
    ...Array.from("0123456789*#", (digits): FlowEvent => ({ type: "input.digits", entry, digits })),
    { type: "dial.answered", entry },
    ...(["completed", "busy", "silent", "unreachable"] as const).map(
      (result): FlowEvent => ({ type: "dial.ended", entry, result, talkMs: 0 }),
    ),
    ...[0, 1_000, 100_000].map(
      (durationMs): FlowEvent => ({ type: "record.done", entry, recordingId: "r", durationMs, reason: "key" }),
    ),
    ...(ask === null ? [] : answers(ask.entry)),
    ...(request ? (["ok", "refused", "failed", "timeout"] as const) : []).map(
      (result): FlowEvent => ({
        ...{ type: "request.answered", entry: request?.entry ?? 0, result, status: 200 },
        ...{ values: ["Ana"], attempts: 1, reason: null },
      }),
    ),
    ...Object.entries(timers).map(([timerId, armed]): FlowEvent => ({ type: "timer.fired", entry: armed, timerId })),
    ...(queue === null
      ? []
      : ([
          { type: "queue.unstaffed", entry: queue.entry },
          { type: "queue.busy", entry: queue.entry },
          { type: "queue.full", entry: queue.entry },
          { type: "queue.overflowed", entry: queue.entry },
          { type: "queue.closed", entry: queue.entry, by: "Zoe", reason: null },
          { type: "offer.accepted", entry: queue.entry, offerId: `o${queue.accepted.length}`, operatorId: "i", target },
        ] as const)),
  ];
}

function answers(entry: number): readonly FlowEvent[] {
  return [
    ...[[], [3_600_000, 7_200_000]].map(
      (slots): FlowEvent => ({ type: "slots.answered", entry, slots, timeZone: "Europe/Paris" }),
    ),
    ...(["open", "closed", "holiday"] as const).map(
      (state): FlowEvent => ({ type: "schedule.answered", entry, state, version: null }),
    ),
    ...([null, 30_000] as const).map((advertEveryMs): FlowEvent => {
      const adverts = [{ kind: "media", media: "sha256:a" }] as const;
      return { type: "queueMusic.answered", entry, holdMusic: [], adverts, advertEveryMs, version: "1" };
    }),
    { type: "queue.answered", entry, waiting: 0, longestMs: 0, staffed: 1, expectedWaitMs: null },
    ...[0, 0.99].map((share): FlowEvent => ({ type: "drawn", entry, share })),
    ...(["done", "failed"] as const).map((result): FlowEvent => ({ type: "notice.answered", entry, result })),
    ...contactAnswers(entry),
    ...(["sent", "verified", "wrong", "locked", "unavailable"] as const).map(
      (result): FlowEvent => ({ type: "identity.answered", entry, by: "pin", result }),
    ),
    ...(["open", "closedByHand", "refused", "locked", "forbidden", "failed"] as const).map(
      (result): FlowEvent => ({ type: "centre.answered", entry, result, userId: "user_1" }),
    ),
    ...(["promised", "already", "full", "refused"] as const).map(
      (result): FlowEvent => ({ type: "callback.answered", entry, result }),
    ),
    ...(["done", "none", "refused", "locked", "failed"] as const).map(
      (result): FlowEvent => ({
        type: "mailbox.answered",
        entry,
        result,
        box: { boxId: "box", newCount: 1, keptCount: 0 },
        message: { messageId: "m", receivedAt: 0, durationMs: 1_000, number: "+33142860001" },
        number: "+33142860001",
      }),
    ),
  ];
}

function contactAnswers(entry: number): readonly FlowEvent[] {
  const one = {
    ...{ contactId: "contact_1", name: "Ana", company: "", language: "fr-FR", customerNumber: "", vip: false },
    ...{ blocked: false, preferredOperatorId: "", lastOperatorId: "", fields: {}, externalIds: {} },
  };
  const answer = { type: "contact.answered", entry, source: "contacts" } as const;
  return [
    { ...answer, result: "found", matches: 1, contacts: [one] },
    { ...answer, result: "several", matches: 2, contacts: [one, one] },
    { ...answer, result: "blocked", matches: 1, contacts: [{ ...one, blocked: true }] },
    ...(["none", "failed"] as const).map((result): FlowEvent => ({ ...answer, result, matches: 0, contacts: [] })),
  ];
}

test("what a node's settings ask for follows from how it is done", () => {
  expect(notify.unused?.({ ...notify.initial, by: "webhook" })).toEqual(["to", "subject"]);
  expect(http.unused?.({ ...http.initial, method: "POST", body: "form" })).toEqual(["json"]);
  expect(authenticate.unused?.({ ...authenticate.initial, by: "sms" })).toEqual([]);
});
