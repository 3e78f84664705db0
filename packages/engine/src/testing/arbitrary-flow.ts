import { type FlowDocument, readFlow } from "@cordboard/flow-schema";
import type { NodeType } from "@cordboard/node-kit";
import {
  callback,
  collect,
  condition,
  hangup,
  hours,
  hunt,
  language,
  menu,
  percent,
  play,
  queueState,
  screenPop,
  set,
  subflow,
  transfer,
  voicemail,
} from "@cordboard/nodes";
import fc from "fast-check";

const PROMPTS = ["p1", "p2", "p3"] as const;
const prompt = fc.constantFrom(...PROMPTS);
const optionalPrompt = fc.option(prompt, { nil: null });
const whens = ["true", "false", "count > 1", "call.callerHidden", "word == 'x'", "1 / count > 0"] as const;

const configs: readonly (readonly [NodeType, fc.Arbitrary<unknown>])[] = [
  [play, fc.record({ prompt, bargeIn: fc.boolean() })],
  [
    menu,
    fc.record({
      prompt,
      choices: fc
        .uniqueArray(fc.constantFrom(..."0123456789*#"), { minLength: 1, maxLength: 4 })
        .map((digits) => digits.map((digit, index) => ({ id: `c${index}`, digit, label: "" }))),
      attempts: fc.integer({ min: 1, max: 3 }),
      patienceMs: fc.integer({ min: 1_000, max: 60_000 }),
      invalidPrompt: optionalPrompt,
      noInputPrompt: optionalPrompt,
    }),
  ],
  [
    condition,
    fc
      .array(fc.constantFrom(...whens), { minLength: 1, maxLength: 3 })
      .map((sources) => ({ branches: sources.map((when, index) => ({ id: `b${index}`, label: "", when })) })),
  ],
  [
    set,
    fc
      .array(
        fc.constantFrom(
          { variable: "count", value: "count + 1" },
          { variable: "word", value: "word + 'x'" },
          { variable: "pin", value: "pin + string(count)" },
          { variable: "count", value: "1 / 0" },
        ),
        { minLength: 1, maxLength: 3 },
      )
      .map((assignments) => ({ assignments })),
  ],
  [
    hunt,
    fc.record({
      queue: fc.constantFrom("sales", "support"),
      priority: fc.integer({ min: 0, max: 100 }),
      announcement: optionalPrompt,
      holdMusic: fc.array(prompt, { maxLength: 3 }),
      maxWaitMs: fc.option(fc.integer({ min: 1_000, max: 600_000 }), { nil: null }),
      leaveWhenUnstaffed: fc.boolean(),
      ringMs: fc.integer({ min: 5_000, max: 120_000 }),
      ringMusic: optionalPrompt,
      leaveWhenBusy: fc.boolean(),
      leaveKey: fc.constantFrom(null, "1", "0"),
      adverts: fc.array(prompt, { maxLength: 2 }),
      reminders: fc.array(prompt, { maxLength: 2 }),
    }),
  ],
  [
    queueState,
    fc
      .record({ waiting: fc.constantFrom(null, "count"), when: fc.constantFrom(...whens) })
      .map(({ waiting, when }) => ({
        ...{ ...queueState.initial, queue: "sales", waiting },
        branches: [{ id: "b0", label: "", when }],
      })),
  ],
  [hours, fc.constantFrom({ schedule: "office" }, { schedule: "shop" })],
  [
    percent,
    fc
      .array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 2 })
      .map((shares) => ({ shares: shares.map((share, index) => ({ id: `s${index}`, label: "", percent: share })) })),
  ],
  [
    language,
    fc.record({
      prompt: optionalPrompt,
      choices: fc.constant([{ id: "fr", digit: "1", language: "fr-FR" }]),
      attempts: fc.integer({ min: 1, max: 2 }),
      patienceMs: fc.constant(5_000),
    }),
  ],
  [
    collect,
    fc.record({ confirm: fc.boolean(), maxDigits: fc.constantFrom(1, 4), prompt: optionalPrompt }).map((settings) => ({
      ...collect.initial,
      variable: "word",
      ...settings,
    })),
  ],
  [
    callback,
    fc.record({ keepPlace: fc.boolean(), schedule: fc.constantFrom(null, "office") }).map((settings) => ({
      ...callback.initial,
      variable: "word",
      minDigits: 2,
      ...settings,
    })),
  ],
  [voicemail, fc.record({ review: fc.boolean() }).map((settings) => ({ ...voicemail.initial, ...settings }))],
  [
    subflow,
    fc.constantFrom({ word: "word", code: "pin" }, { code: "pin + 'x'" }).map((inputs) => ({
      flowId: "inner",
      inputs,
      results: { word: "word", pin: "code" },
      outputs: [
        { id: "done", label: "" },
        { id: "other", label: "" },
      ],
    })),
  ],
  [
    screenPop,
    fc.record({
      script: fc.constant("crm"),
      parameters: fc.constantFrom([], [{ name: "n", value: "{{ call.callerNumber }} {{ count | digits }}" }]),
    }),
  ],
  [
    transfer,
    fc.record({
      target: fc.constantFrom(
        { kind: "number", number: "+33100000000" },
        { kind: "sipUri", uri: "sip:{{ word }}@pbx.example" },
        { kind: "telephone", telephoneId: "t1" },
      ),
      ringMs: fc.integer({ min: 5_000, max: 120_000 }),
      music: optionalPrompt,
    }),
  ],
  [hangup, fc.record({ prompt: optionalPrompt })],
];

const someNode = fc
  .constantFrom(...configs)
  .chain(([type, config]) => config.map((settings) => ({ type, config: settings })));

/**
 * Flow documents of all shapes that validation accepts: nodes of every type, every output connected, circles only through a node that
 * waits. In random order of nodes and edges, as a merge may leave them.
 */
export const arbitraryFlow: fc.Arbitrary<FlowDocument> = fc
  .tuple(
    fc.array(someNode, { minLength: 1, maxLength: 8 }),
    fc.infiniteStream(fc.nat({ max: 1_000 })),
    fc.boolean(),
    fc.integer({ min: 1, max: 2 }),
  )
  .map(([inner, picks, withErrorPath, languages]) => {
    // Something to go on to from the last node, so that every output has where to lead.
    const nodes = [...inner, { type: hangup as NodeType, config: { prompt: "p1" } }];
    const pick = (most: number): number => (picks.next().value ?? 0) % most;
    const edges = nodes.flatMap(({ type, config }, index) =>
      type.outputs(config).map((output) => {
        const forward = index + 1 + pick(nodes.length - index - 1);
        const to = type.waits(config) ? pick(nodes.length) : forward;
        return { from: `n${index}`, output, to: `n${to}` };
      }),
    );
    const parsed = readFlow({
      formatVersion: 1,
      id: "random",
      name: "Random",
      languages: ["fr-FR", "en-GB"].slice(0, languages),
      variables: {
        count: { type: "number" },
        word: { type: "string", initial: "w" },
        pin: { type: "string", initial: "secret-1234", secret: true },
      },
      prompts: Object.fromEntries(
        PROMPTS.map((id, index) => [
          id,
          { texts: { "fr-FR": `Texte {{ count }} ${id}`, ...(index === 0 ? {} : { "en-GB": `Text ${id}` }) } },
        ]),
      ),
      entry: "n0",
      keys: pick(2) === 0 ? {} : { 0: `n${pick(nodes.length)}`, 5: `n${pick(nodes.length)}` },
      onError: withErrorPath ? `n${pick(nodes.length)}` : null,
      nodes: nodes.map(({ type, config }, index) => ({
        id: `n${index}`,
        name: `Node ${index}`,
        type: type.type,
        typeVersion: type.typeVersion,
        config,
      })),
      edges,
      layout: { n0: [pick(500), -pick(500)] },
    });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.findings));
    return parsed.document;
  });
