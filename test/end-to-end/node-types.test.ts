import { authenticate, builtInNodeTypes, centreSwitch } from "@cordboard/nodes";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Caller, startCaller } from "../support/caller.ts";
import { builtInPrompt, type Drawing, documentOf } from "../support/drawn-flow.ts";
import { type Exchange, must, startExchange } from "../support/exchange.ts";
import { type HeardWords, hearWords } from "../support/heard-words.ts";
import { speakNumbered } from "../support/numbered-speech.ts";
import { type OtherSystem, startOtherSystem } from "../support/other-system.ts";
import { until } from "../support/until.ts";

/**
 * Every node type in the runtime as it runs: drawn, published, called, and heard by a caller through jambonz' verbs. That each goes by all
 * of its outputs is tested beside it, on virtual time; here it is shown that what it asks for is carried out.
 */
let exchange: Exchange;
let words: HeardWords;
let placed = 0;
let scriptId = "";
/** A system of the company's own, which answers when it is told to. */
let crm: OtherSystem;
let queueId = "";
/** The node types that some call here went through. */
const walked = new Set<string>();

beforeAll(async () => {
  exchange = await startExchange();
  words = hearWords(exchange.simulator);
  crm = await startOtherSystem();
  const listing = { frameOrigins: [], privateHosts: ["127.0.0.1"], rev: 0 };
  must(await exchange.admin.call("integration.change", { body: listing }));
  const script = { name: "Of the test", url: "https://crm.example/?n={{n}}", window: null };
  scriptId = must(await exchange.admin.call("scripts.create", { body: script })).scriptId;
  const [first, second] = must(await exchange.admin.call("operators.list")).items.toSorted((a, b) =>
    a.code.localeCompare(b.code),
  );
  const body = {
    // The second is asked first, and nobody may refuse.
    ...{ name: "Fixed", operatorIds: [second?.operatorId ?? "", first?.operatorId ?? ""], order: "fixed" as const },
    ...{ offerMs: 5_000, wrapUpMs: null, refusalAllowed: false, missedMeansPause: true, askAgainMs: 60_000 },
    ...{ askAgainAloneMs: 10_000, scriptId: null },
    callbacks: { most: null, attempts: 3, retryMs: 900_000, scheduleId: null },
  };
  queueId = must(await exchange.admin.call("queues.create", { body })).queueId;
});
afterAll(async () => {
  crm.close();
  await exchange.close();
});

async function publish(flowId: string, drawing: Drawing): Promise<string> {
  const document = documentOf(flowId, drawing);
  for (const { type } of document.nodes) walked.add(type);
  const body = { document, note: "" };
  return must(await exchange.admin.call("flows.publish", { params: { flowId }, body })).version.versionId;
}

/** Publishes a flow and gives it a line of its own. */
async function serve(flowId: string, drawing: Drawing, language: string | null = null): Promise<string> {
  await publish(flowId, drawing);
  placed += 1;
  const number = `+331427${String(placed).padStart(5, "0")}`;
  must(await exchange.admin.call("lines.create", { body: { name: flowId, number, flowId, queueId: null, language } }));
  return number;
}

/** A caller of this number, whom nobody was before. */
function call(number: string): Caller {
  placed += 1;
  const from = `+3363998${String(placed).padStart(4, "0")}`;
  return startCaller(exchange, words, { name: `caller of ${number} ${placed}`, from, to: number });
}

const asking = { attempts: 1, patienceMs: 5_000, invalidPrompt: null, noInputPrompt: null };
const dialling = { ringMs: 5_000, music: null };

/** A script pops up, then the caller waits; each way out of the wait is told apart. */
const hunting = (settings: object): Drawing => ({
  nodes: {
    pop: ["screenPop", { script: scriptId, parameters: [{ name: "n", value: "{{ call.callerNumber }}" }] }],
    desk: [
      "hunt",
      {
        ...{
          queue: queueId,
          priority: 0,
          announcement: null,
          holdMusic: [],
          maxWaitMs: null,
          leaveWhenUnstaffed: false,
        },
        ...{ ringMs: 5_000, ringMusic: null, ...settings },
      },
    ],
  },
  edges: [
    ["pop", "done", "desk"],
    ["desk", "ended", "to_yes"],
    ["desk", "timeout", "to_late"],
    ["desk", "unstaffed", "to_no"],
    ["desk", "busy", "to_other"],
    ["desk", "key", "to_wait"],
  ],
});

describe.concurrent("a caller", () => {
  test("chooses a language, and hears the rest in it", async () => {
    const choices = [
      { id: "fr", digit: "1", language: "fr-FR" },
      { id: "en", digit: "2", language: "en-GB" },
    ];
    const number = await serve("language", {
      nodes: { ask: ["language", { prompt: null, choices, attempts: 1, patienceMs: 5_000 }] },
      edges: [["ask", "chosen", "to_yes"]],
    });
    const caller = call(number);
    await caller.hears("chooseLanguage.fr");
    await caller.hears("chooseLanguage.en");
    caller.press("2");
    await caller.hears("goodbye.en");
    expect((await caller.stored()).language).toBe("en-GB");
  });

  test("keys a number, hears it read back, corrects it, and confirms it; a branch is taken by it", async () => {
    const number = await serve("collect", {
      nodes: {
        ask: [
          "collect",
          {
            ...{ variable: "customer", prompt: null, minDigits: 2, maxDigits: 4, finishOnKey: "#", patienceMs: 5_000 },
            ...{ interDigitMs: 2_000, attempts: 3, invalidPrompt: null, noInputPrompt: null, confirm: true },
            ...{ beforePrompt: null, confirmPrompt: null },
          },
        ],
        double: ["set", { assignments: [{ variable: "twice", value: "customer + customer" }] }],
        way: ["condition", { branches: [{ id: "known", label: "", when: 'twice == "4343"' }] }],
      },
      edges: [
        ["ask", "done", "double"],
        ["ask", "noInput", "to_no"],
        ["ask", "noMatch", "to_no"],
        ["double", "done", "way"],
        ["way", "known", "to_yes"],
        ["way", "otherwise", "to_no"],
      ],
      more: { variables: { customer: { type: "string" }, twice: { type: "string" } } },
    });
    const caller = call(number);
    await caller.hears("enterNumber.fr");
    caller.press("1#");
    await caller.hears("invalidKey.fr");
    await caller.hears("enterNumber.fr");
    caller.press("42#");
    await caller.hears("youKeyed.fr");
    await caller.hears("pieces");
    await caller.hears("confirmKeys.fr");
    caller.press("2");
    await caller.hears("enterNumber.fr");
    caller.press("43#");
    await caller.hears("youKeyed.fr");
    caller.press("1");
    await caller.hears("goodbye.fr");
    expect((await caller.trace()).text).toContain("43");
  });

  test("keys a secret, which stands nowhere but in the sealed part of the call", async () => {
    const number = await serve("secret", {
      nodes: {
        ask: [
          "collect",
          {
            ...{ variable: "pin", prompt: null, minDigits: 6, maxDigits: 6, finishOnKey: null, patienceMs: 5_000 },
            ...{ interDigitMs: 2_000, attempts: 1, invalidPrompt: null, noInputPrompt: null, confirm: false },
            ...{ beforePrompt: null, confirmPrompt: null },
          },
        ],
        wait: ["menu", { prompt: "wait", choices: [{ id: "on", digit: "1", label: "" }], ...asking }],
      },
      edges: [
        ["ask", "done", "wait"],
        ["ask", "noInput", "to_no"],
        ["ask", "noMatch", "to_no"],
        ["wait", "on", "to_yes"],
        ["wait", "noInput", "to_no"],
        ["wait", "noMatch", "to_no"],
      ],
      more: { variables: { pin: { type: "string", secret: true } } },
    });
    const caller = call(number);
    await caller.hears("enterNumber.fr");
    caller.press("739164");
    await caller.hears("stillWaiting.fr");
    expect(JSON.stringify(await caller.stored())).not.toContain("739164");
    caller.press("1");
    await caller.hears("goodbye.fr");
    expect((await caller.trace()).text).not.toContain("739164");
    expect(exchange.log.join("\n")).not.toContain("739164");
  });

  test("is led by a schedule: open, closed by force, a holiday", async () => {
    const always = [["00:00", "24:00"]] as [string, string][];
    const week = { mon: always, tue: always, wed: always, thu: always, fri: always, sat: always, sun: always };
    const body = { name: "Of the test", timeZone: null, week, holidays: [] };
    const { scheduleId, rev } = must(await exchange.admin.call("schedules.create", { body }));
    const number = await serve("hours", {
      nodes: { ask: ["hours", { schedule: scheduleId }] },
      edges: [
        ["ask", "open", "to_yes"],
        ["ask", "closed", "to_no"],
        ["ask", "holiday", "to_other"],
      ],
    });
    await call(number).hears("goodbye.fr");
    const params = { scheduleId };
    must(await exchange.admin.call("schedules.force", { params, body: { forced: { state: "closed", until: null } } }));
    await call(number).hears("noOneSignedIn.fr");
    must(await exchange.admin.call("schedules.force", { params, body: { forced: null } }));
    const today = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Paris" }).format(Date.now());
    const holidays = [{ date: today, name: "Today" }];
    must(await exchange.admin.call("schedules.change", { params, body: { ...body, rev, holidays } }));
    const caller = call(number);
    await caller.hears("nobodyAnswers.fr");
    expect((await caller.trace()).text).toContain(scheduleId);
  });

  test("is turned away by a queue that a supervisor has closed, which the trace says; and waits again once it is opened", async () => {
    const { queueId: _, rev, ...queue } = must(await exchange.admin.call("queues.get", { params: { queueId } }));
    const own = must(await exchange.admin.call("queues.create", { body: { ...queue, name: "Closed by hand" } }));
    const { nodes, edges = [] } = hunting({ queue: own.queueId, leaveKey: "1" });
    const number = await serve("closed-by-hand", { nodes, edges: [...edges, ["desk", "closed", "to_other"]] });
    const open = async (to: "closed" | "hours", sendsAway = false) => {
      const body = { to, until: null, sendsAway, reason: "Alerte incendie" };
      must(await exchange.admin.call("live.open", { params: { queueId: own.queueId }, body }));
    };
    const waiting = call(number);
    await waiting.hears("holdMusic");
    await open("closed");
    const late = call(number);
    await late.hears("nobodyAnswers.fr");
    expect((await late.trace()).text).toContain("Alerte incendie");
    await open("closed", true);
    await waiting.hears("nobodyAnswers.fr");
    await open("hours");
    const next = call(number);
    await next.hears("holdMusic");
    next.press("1");
    await next.hears("stillWaiting.fr");
  });

  test("is transferred: to a number that is nobody's, a telephone that is busy, a SIP address that is silent", async () => {
    const telephones = must(await exchange.admin.call("telephones.list")).items;
    const thirteen = telephones.find(({ name }) => name.endsWith("13"))?.telephoneId ?? "";
    exchange.telephones.register({ id: "outside", addresses: ["desk@outside.example"] });
    const number = await serve("transfer", {
      nodes: {
        nobody: ["transfer", { target: { kind: "number", number: "+33 1 99 00 99 99" }, ...dialling }],
        busy: ["transfer", { target: { kind: "telephone", telephoneId: thirteen }, ...dialling }],
        silent: ["transfer", { target: { kind: "sipUri", uri: "sip:desk@outside.example" }, ...dialling }],
      },
      edges: [
        ["nobody", "unreachable", "busy"],
        ["nobody", "busy", "to_no"],
        ["nobody", "noAnswer", "to_no"],
        ["busy", "busy", "silent"],
        ["busy", "noAnswer", "to_no"],
        ["busy", "unreachable", "to_no"],
        ["silent", "noAnswer", "to_yes"],
        ["silent", "busy", "to_no"],
        ["silent", "unreachable", "to_no"],
      ],
    });
    const caller = call(number);
    await exchange.story.waitFor("13", "ringing");
    exchange.telephones.reject("13", 486);
    await exchange.story.waitFor("outside", "ringing");
    await caller.hears("goodbye.fr");
  });

  test("presses 0 while something is said and reaches the switchboard; when that hangs up the flow goes on", async () => {
    exchange.telephones.register({ id: "10", addresses: ["10@lab.cordboard.example"] });
    const number = await serve("zero", {
      nodes: {
        hello: ["play", { prompt: "wait", bargeIn: false }],
        board: ["transfer", { target: { kind: "switchboard" }, ...dialling }],
      },
      edges: [
        ["hello", "done", "to_no"],
        ["board", "ended", "to_yes"],
        ["board", "busy", "to_no"],
        ["board", "noAnswer", "to_no"],
        ["board", "unreachable", "to_no"],
      ],
      more: { keys: { "0": "board" } },
    });
    const caller = call(number);
    await caller.hears("stillWaiting.fr");
    caller.press("0");
    await exchange.story.waitFor("10", "ringing");
    await caller.hears("ringMusic");
    exchange.telephones.answer("10");
    await caller.hears("bridged");
    exchange.telephones.hangup("10");
    await caller.hears("goodbye.fr");
  });

  test("goes through a flow inside the flow, which is given something and gives something back", async () => {
    await publish("inner", {
      nodes: {
        work: ["set", { assignments: [{ variable: "out", value: "given * 2" }] }],
        way: ["condition", { branches: [{ id: "even", label: "", when: "out == 42" }] }],
        right: ["exit", { output: "right" }],
        wrong: ["exit", { output: "wrong" }],
      },
      edges: [
        ["work", "done", "way"],
        ["way", "even", "right"],
        ["way", "otherwise", "wrong"],
      ],
      more: {
        prompts: {},
        inputs: ["given"],
        results: ["out"],
        variables: { given: { type: "number" }, out: { type: "number" } },
      },
    });
    const outputs = [
      { id: "right", label: "" },
      { id: "wrong", label: "" },
    ];
    const number = await serve("outer", {
      nodes: {
        run: ["subflow", { flowId: "inner", inputs: { given: "20 + 1" }, results: { answer: "out" }, outputs }],
        way: ["condition", { branches: [{ id: "taken", label: "", when: "answer == 42" }] }],
      },
      edges: [
        ["run", "right", "way"],
        ["run", "wrong", "to_no"],
        ["way", "taken", "to_yes"],
        ["way", "otherwise", "to_other"],
      ],
      more: { variables: { answer: { type: "number" } } },
    });
    await call(number).hears("goodbye.fr");
  });

  test("falls into a share of the calls", async () => {
    const shares = [{ id: "all", label: "", percent: 100 }];
    const number = await serve("percent", {
      nodes: { share: ["percent", { shares }] },
      edges: [["share", "all", "to_yes"]],
    });
    const caller = call(number);
    await caller.hears("goodbye.fr");
    expect((await caller.trace()).kinds).toContain("drawn");
  });

  test("goes the way for a queue in which nobody waits", async () => {
    const branches = [{ id: "quiet", label: "", when: "waiting == 0" }];
    const figures = { waiting: "waiting", longest: null, staffed: "staffed", expectedWait: null };
    const number = await serve("queue-state", {
      nodes: { stands: ["queueState", { queue: queueId, ...figures, branches }] },
      edges: [
        ["stands", "quiet", "to_yes"],
        ["stands", "otherwise", "to_no"],
      ],
      more: { variables: { waiting: { type: "number" }, staffed: { type: "number" } } },
    });
    const caller = call(number);
    await caller.hears("goodbye.fr");
    expect((await caller.trace()).kinds).toContain("queue.answered");
  });

  test("waits for another system: it is asked with the company's secret, which stands nowhere else; its answer leads on", async () => {
    const value = "key-of-the-crm-8841";
    must(await exchange.admin.call("secrets.set", { params: { name: "crm" }, body: { value } }));
    const number = await serve("http", {
      nodes: {
        ask: [
          "http",
          {
            ...{ method: "POST", url: `${crm.url}/orders`, query: [], body: "json", fields: [] },
            headers: [{ name: "Authorization", value: "Bearer {{ secret.crm }}" }],
            json: '{"number": "{{ call.callerNumber }}", "key": "{{ secret.crm }}"}',
            answers: [{ pointer: "/orders/0/state", variable: "state" }],
            ...{ status: null, moment: "wait", timeoutMs: 5_000, retries: 0, retryAlways: false },
          },
        ],
        way: ["condition", { branches: [{ id: "shipped", label: "", when: 'state == "shipped"' }] }],
      },
      edges: [
        ["ask", "ok", "way"],
        ["ask", "failed", "to_no"],
        ["way", "shipped", "to_yes"],
        ["way", "otherwise", "to_other"],
      ],
      more: { variables: { state: { type: "string", initial: "" } } },
    });
    const caller = call(number);
    await caller.hears("stillWaiting.fr");
    const asked = await until(() => crm.waiting[0], "the other system to be asked");
    expect(asked.headers.authorization).toBe(`Bearer ${value}`);
    expect(JSON.parse(asked.body)).toEqual({ number: caller.from, key: value });
    expect(JSON.stringify(await caller.stored())).not.toContain(value);
    asked.answer({ orders: [{ state: "shipped" }] });
    await caller.hears("goodbye.fr");
    const { kinds, text } = await caller.trace();
    expect(kinds).toContain("request.answered");
    expect(text).not.toContain(value);
    expect(exchange.log.join("\n")).not.toContain(value);
    for (const name of ["calls", "traceEvents", "callRecords", "flowVersions", "flows", "secrets", "events"]) {
      expect([name, JSON.stringify(await exchange.collection(name).find({}).toArray()).includes(value)]).toEqual([
        name,
        false,
      ]);
    }
  });

  test("has somebody told by mail and programs by webhook, with values that were worked out, once each", async () => {
    const steps = [
      { variable: "total", value: "price * 3", when: null },
      { variable: "word", value: 'total > 100 ? "dear" : "cheap"', when: null },
    ];
    const mail = { by: "mail", to: "sales@example.com", subject: "A {{ word }} lift", text: "{{ total }}" };
    const hook = {
      by: "webhook",
      topic: "lift",
      text: "{{ word }}",
      values: [{ name: "total", value: "{{ total }}" }],
    };
    const rest = { to: "", subject: "", topic: "", values: [] };
    const number = await serve("notify", {
      nodes: {
        work: ["function", { steps, checks: [{ label: "not free", that: "total > 0" }], problem: null }],
        mail: ["notify", { ...rest, ...mail }],
        hook: ["notify", { ...rest, ...hook }],
      },
      edges: [
        ["work", "ok", "mail"],
        ["work", "problem", "to_no"],
        ["mail", "done", "hook"],
        ["mail", "failed", "to_no"],
        ["hook", "done", "to_yes"],
        ["hook", "failed", "to_no"],
      ],
      more: {
        variables: { price: { type: "number", initial: 40 }, total: { type: "number" }, word: { type: "string" } },
      },
    });
    const caller = call(number);
    await caller.hears("goodbye.fr");
    const { text } = await caller.trace();
    expect(text).not.toContain("dear");
    const told = await exchange.collection("events").find({ type: "flow.notice" }).toArray();
    expect(told.map(({ data }) => data)).toMatchObject([
      { topic: "lift", text: "dear", values: { total: "120" }, from: caller.from, flowId: "notify" },
    ]);
    const sent = async () =>
      (await exchange.collection("mails").find({ to: "sales@example.com" }).toArray()) as object[];
    await until(async () => (await sent()).some((one) => Reflect.get(one, "state") === "sent"), "the mail to leave");
    expect(await sent()).toMatchObject([{ subject: "A dear lift" }]);
  });

  test("says nothing long enough into a voicemail box: no message, and the way for it", async () => {
    const box = { name: "Of the test", queueId: null, operatorIds: [], retentionDays: 30 };
    const { boxId } = must(await exchange.admin.call("voicemailBoxes.create", { body: box }));
    const number = await serve("voicemail", {
      nodes: {
        box: [
          "voicemail",
          {
            ...{
              box: boxId,
              greeting: null,
              beep: true,
              finishOnKey: "#",
              maxMs: 60_000,
              minMs: 2_000,
              silenceMs: null,
            },
            ...{ attempts: 1, tooShortPrompt: null, review: true, reviewPrompt: null, patienceMs: 3_000 },
          },
        ],
      },
      edges: [
        ["box", "sent", "to_yes"],
        ["box", "empty", "to_other"],
        ["box", "unavailable", "to_no"],
      ],
    });
    const caller = call(number);
    await caller.hears("voicemailGreeting.fr");
    caller.press("#");
    await caller.hears("tone");
    await caller.hearsNothing();
    caller.press("#");
    await caller.hears("voicemailTooShort.fr");
    await caller.hears("nobodyAnswers.fr");
    expect(must(await exchange.admin.call("messages.list", { query: { boxId } })).items).toEqual([]);
  });

  test("hears themselves again, and says that they did; nothing of it is kept", async () => {
    const number = await serve("echo", {
      nodes: { echo: ["echo", { prompt: null, maxMs: 10_000, question: null, attempts: 1, patienceMs: 6_000 }] },
      edges: [
        ["echo", "heard", "to_yes"],
        ["echo", "notHeard", "to_no"],
        ["echo", "unavailable", "to_other"],
      ],
    });
    const caller = call(number);
    await caller.hears("testCallSpeak.fr");
    caller.press("#");
    await caller.hears("tone");
    await caller.hearsNothing();
    // Something is recorded before it is ended: of nothing, nothing is heard again.
    const speaking = speakNumbered(exchange.telephones, caller.name);
    await speaking.more(25);
    speaking.stop();
    caller.press("#");
    await caller.hears("testCallQuestion.fr");
    const own = /\/media\/co_.*\.wav/;
    expect(caller.heard().filter((what) => own.test(what))).toHaveLength(1);
    caller.press("1");
    await caller.hears("goodbye.fr");
    expect((await caller.trace()).text).not.toContain("voicemail");
  });

  test("hears a prompt that lacks their language in the first that has it; it is traced, and never silence", async () => {
    const samples = Buffer.alloc(16_000);
    for (let at = 0; at < 8_000; at++) samples.writeInt16LE(Math.round(9_000 * Math.sin(at / 3)), at * 2);
    const header = Buffer.from(
      "524946460000000057415645666d74201000000001000100401f0000803e0000020010006461746100000000",
      "hex",
    );
    header.writeUInt32LE(samples.length, 40);
    const { sha256 } = must(await exchange.admin.call("audio.add", { file: Buffer.concat([header, samples]) }));
    const number = await serve(
      "one-language",
      {
        nodes: { hello: ["play", { prompt: "french", bargeIn: false }] },
        edges: [["hello", "done", "to_yes"]],
        more: {
          prompts: {
            french: { texts: {}, audio: { "fr-FR": `sha256:${sha256}` } },
            yes: builtInPrompt("goodbye"),
          },
        },
      },
      "en-GB",
    );
    const caller = call(number);
    await until(() => caller.heard().some((what) => what.includes(sha256)), "the French recording");
    await caller.hears("goodbye.en");
    expect((await caller.trace()).text).toContain("promptFellBack");
  });

  test("proves who they are by a PIN, which nothing that is written holds", async () => {
    const [pin, wrong] = ["86420975", "97531864"];
    const contact = {
      ...{ name: "Ana", company: "", numbers: [], language: null, customerNumber: "AUTH1", vip: false, blocked: false },
      ...{ preferredOperatorId: null, externalIds: [], fields: {}, notes: "" },
    };
    const { contactId } = must(await exchange.admin.call("contacts.create", { body: contact }));
    must(await exchange.admin.call("contacts.setPin", { params: { contactId }, body: { pin } }));
    const number = await serve("authenticate", {
      nodes: {
        look: ["lookup", { source: "contacts", by: "value", value: "AUTH1", speakLanguage: false }],
        who: ["authenticate", { ...authenticate.initial, patienceMs: 30_000 }],
      },
      edges: [
        ["look", "found", "who"],
        ["look", "none", "to_no"],
        ["who", "verified", "to_yes"],
        ["who", "failed", "to_other"],
      ],
    });
    const caller = call(number);
    await caller.hears("authenticatePin.fr");
    caller.press(`${wrong}#`);
    await caller.hears("authenticateWrong.fr");
    await caller.hears("authenticatePin.fr");
    caller.press(`${pin}#`);
    await caller.hears("goodbye.fr");
    const { text, kinds } = await caller.trace();
    expect(kinds.filter((kind) => kind === "identity.answered")).toHaveLength(2);
    const { _id: callId } = await caller.stored();
    const detail = must(await exchange.admin.call("calls.get", { params: { callId } }));
    expect(detail.identity).toMatchObject({ by: "pin", result: "verified" });
    const collections = ["calls", "callRecords", "traceEvents", "contacts", "codeTries", "auditEntries", "events"];
    const written = await Promise.all(collections.map((name) => exchange.collection(name).find({}).toArray()));
    expect(written.flat().length).toBeGreaterThan(3);
    for (const secret of [pin, wrong])
      expect(JSON.stringify([text, detail, written, exchange.log])).not.toContain(secret);
  });

  test("closes a centre by telephone, with a code that nothing that is written holds; the next caller hears that it is closed", async () => {
    const always = [["00:00", "24:00"]] as [string, string][];
    const week = { mon: always, tue: always, wed: always, thu: always, fri: always, sat: always, sun: always };
    const body = { name: "By telephone", timeZone: null, week, holidays: [] };
    const { scheduleId } = must(await exchange.admin.call("schedules.create", { body }));
    const { code } = must(await exchange.admin.call("session.makeTelephoneCode"));
    const settings = { ...centreSwitch.initial, schedule: scheduleId, patienceMs: 30_000 };
    const number = await serve("centre-switch", {
      nodes: { ask: ["hours", { schedule: scheduleId }], desk: ["centreSwitch", settings] },
      edges: [
        ["ask", "open", "desk"],
        ["ask", "closed", "to_no"],
        ["desk", "done", "to_yes"],
        ["desk", "unavailable", "to_other"],
      ],
    });
    const caller = call(number);
    await caller.hears("centreEnterCode.fr");
    caller.press(`${code}#`);
    await caller.hears("centreOpen.fr");
    caller.press("2");
    await caller.hears("centreClosedByHand.fr");
    caller.press("*");
    await caller.hears("goodbye.fr");
    await call(number).hears("noOneSignedIn.fr");
    const { text } = await caller.trace();
    expect(text).toContain("closedByHand");
    const collections = ["calls", "callRecords", "traceEvents", "telephoneCodes", "codeTries", "audit", "events"];
    const written = await Promise.all(collections.map((name) => exchange.collection(name).find({}).toArray()));
    expect(JSON.stringify(written)).toContain("schedules.forceByTelephone");
    expect(JSON.stringify([text, written, exchange.log])).not.toContain(code);
  });

  test("waits without a repeat of the music's beginning, hears their place, and leaves by a key of their choice", async () => {
    const queue = must(await exchange.admin.call("queues.get", { params: { queueId } }));
    const placeNews = {
      say: "position",
      firstMs: 5_000,
      everyMs: 15_000,
      upToPosition: null,
      upToWaitMs: null,
    } as const;
    const { queueId: _, rev, ...body } = { ...queue, name: "Told their place", placeNews };
    const told = must(await exchange.admin.call("queues.create", { body }));
    const leaveKeys = [
      { id: "callBack", digit: "1", label: "" },
      { id: "message", digit: "2", label: "" },
    ];
    const { nodes, edges = [] } = hunting({ queue: told.queueId, leaveKeys, repeatKey: "*" });
    const number = await serve("told-their-place", {
      nodes,
      edges: [...edges, ["desk", "callBack", "to_yes"], ["desk", "message", "to_other"]],
    });
    const caller = call(number);
    await caller.hears("placeNext.fr");
    await caller.hears("holdMusic");
    const { media } = await caller.stored();
    const effect = media?.effect;
    expect(effect?.type === "hold" ? effect.heardMs : 0).toBeGreaterThan(3_000);
    caller.press("*");
    await caller.hears("placeNext.fr");
    await caller.hears("holdMusic");
    caller.press("2");
    await caller.hears("nobodyAnswers.fr");
    expect((await caller.trace()).kinds).toContain("place.answered");
  });

  test("hears music before the call is answered, and is answered by the first key that is listened for", async () => {
    const number = await serve("unanswered", {
      nodes: {
        hello: ["play", { prompt: "wait", bargeIn: false }],
        menu: ["menu", { prompt: "late", choices: [{ id: "on", digit: "1", label: "" }], ...asking }],
      },
      edges: [
        ["hello", "done", "menu"],
        ["menu", "on", "to_yes"],
        ["menu", "noInput", "to_no"],
        ["menu", "noMatch", "to_no"],
      ],
    });
    const lines = must(await exchange.admin.call("lines.list")).items;
    const { lineId, ...line } = lines.find((one) => one.number === number) ?? lines[0]!;
    must(await exchange.admin.call("lines.change", { params: { lineId }, body: { ...line, unansweredMs: 60_000 } }));
    const caller = call(number);
    // What is heard before the answer is heard by nobody who talks: the trace has it.
    await caller.hears("callBackWhenOpen.fr");
    caller.press("1");
    await caller.hears("goodbye.fr");
    const { kinds } = await caller.trace();
    expect(kinds.indexOf("answered")).toBeGreaterThan(kinds.indexOf("play.done"));
  });

  test("stays on the version they began with, while the next caller is on the one that was published meanwhile", async () => {
    const menu = (said: string): Drawing => ({
      nodes: {
        menu: [
          "menu",
          { prompt: "wait", choices: [{ id: "on", digit: "1", label: "" }], ...asking, patienceMs: 30_000 },
        ],
      },
      edges: [
        ["menu", "on", said],
        ["menu", "noInput", "to_no"],
        ["menu", "noMatch", "to_no"],
      ],
    });
    const number = await serve("renewed", menu("to_yes"));
    const early = call(number);
    await early.hears("stillWaiting.fr");
    const newer = await publish("renewed", menu("to_late"));
    const later = call(number);
    await later.hears("stillWaiting.fr");
    const live = must(await exchange.admin.call("flows.get", { params: { flowId: "renewed" } })).versions;
    expect(live.map((version) => [version.number, version.liveCalls])).toEqual([
      [2, 1],
      [1, 1],
    ]);
    early.press("1");
    later.press("1");
    await early.hears("goodbye.fr");
    await later.hears("callBackWhenOpen.fr");
    expect((await later.stored()).flowVersionId).toBe(newer);
    expect((await early.stored()).flowVersionId).not.toBe(newer);
  });

  test("waits: nobody is signed in, the longest wait is over, a key leaves; adverts between the music, reminders after it", async () => {
    const unstaffed = await serve("unstaffed", hunting({ leaveWhenUnstaffed: true }));
    const timeout = await serve("timeout", hunting({ announcement: "other", maxWaitMs: 1_000 }));
    const key = await serve(
      "key",
      hunting({
        ...{ holdMusic: ["tick"], adverts: ["late"], reminders: ["wait"], reminderEveryMs: 5_000, leaveKey: "1" },
      }),
    );
    const [first, second, third] = [call(unstaffed), call(timeout), call(key)];
    await first.hears("noOneSignedIn.fr");
    await second.hears("nobodyAnswers.fr");
    await second.hears("callBackWhenOpen.fr");
    for (const what of ["beep", "callBackWhenOpen.fr", "beep", "stillWaiting.fr", "beep"]) await third.hears(what);
    third.press("1");
    await third.hears("stillWaiting.fr");
    expect((await third.trace()).text).toContain('"key"');
  });
});

test("the queue's order decides which operator is asked, its rule whether they may refuse, the flow's time how long; all busy is a way", async () => {
  const ines = await exchange.signIn(101);
  const tom = await exchange.signIn(102);
  const number = await serve("staffed", hunting({ offerMs: 30_000, leaveWhenBusy: true, leaveWhenUnstaffed: true }));
  const caller = call(number);
  const { offer } = await tom.waitFor((view) => view.offer !== null, "an offer");
  expect(ines.view().offer).toBeNull();
  const standsMs = Date.parse(offer?.expiresAt ?? "") - Date.parse(offer?.offeredAt ?? "");
  expect(standsMs).toBe(30_000);
  expect(offer?.mayRefuse).toBe(false);
  const refused = await tom.refuse();
  expect([refused.status, (await refused.json()).error.code]).toEqual([409, "refusalNotAllowed"]);
  expect(offer?.card.script?.url).toBe(`https://crm.example/?n=${encodeURIComponent(caller.from)}`);
  expect((await tom.accept()).status).toBe(200);
  await exchange.story.waitFor("12", "ringing");
  await caller.hears("ringMusic");
  exchange.telephones.answer("12");
  await caller.hears("bridged");
  await ines.post("/api/desk/pause", { reason: null });
  const second = call(number);
  await second.hears("nobodyAnswers.fr");
  exchange.telephones.hangup("12");
  await caller.hears("goodbye.fr");
  await tom.waitFor(({ state }) => state === "wrapUp", "wrap-up");
  await tom.ready();
  await ines.signOut();
  await tom.signOut();
});

test("no node type was left out", () => {
  // Promises, callers who are recognised, boxes that are consulted and conversations that are recorded have tests of their own.
  const elsewhere = ["callback", "lookup", "mailbox", "record"];
  expect([...new Set([...walked, ...elsewhere])].sort()).toEqual(builtInNodeTypes.map(({ type }) => type).sort());
});
