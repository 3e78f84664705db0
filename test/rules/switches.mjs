/**
 * How each rule of talking to jambonz (docs/decisions/0002-our-own-jambonz-socket.md) is switched off, for `npm run test:rules`.
 *
 * A switch replaces a piece of source, in memory, while the tests run; `find` must stand in `file` exactly once, so that a switch cannot
 * rot into one that changes nothing. Nothing of this is in the product: there, every rule is always on. A rule may have several switches;
 * each must be caught by a test whose name begins with `rule N:`, and by no other.
 */
const telephony = (name) => `apps/runtime/src/telephony/${name}.ts`;

export const switches = [
  {
    rule: 1,
    off: "the core is told before session:new is acked",
    file: telephony("call-socket"),
    find: "this.#ledger.settle(msgid, CONFIG);\n      this.#presented.sessionBegan();",
    replace: "queueMicrotask(() => this.#ledger.settle(msgid, CONFIG));\n      this.#presented.sessionBegan();",
  },
  {
    rule: 1,
    off: "session:new is acked without asking for verb events",
    file: telephony("call-socket"),
    find: '[{ verb: "config", notifyEvents: true }]',
    replace: '[{ verb: "config" }]',
  },
  {
    rule: 1,
    off: "a redirect may come with the ack of session:new",
    file: telephony("presented"),
    find: 'this.#waitFor("session", SESSION_PATIENCE_MS);',
    replace: "",
  },
  {
    rule: 2,
    off: "lists are sent as they are",
    file: telephony("validate-verbs"),
    find: "verbSpecifications.validate(silent, verbs);",
    replace: "",
  },
  {
    rule: 2,
    off: "a message may have any size",
    file: telephony("validate-verbs"),
    find: "if (bytes > MAX_MESSAGE_BYTES) {",
    replace: "if (bytes < 0) {",
  },
  {
    rule: 3,
    off: "an answer acks the newest hook",
    file: telephony("hook-ledger"),
    find: "return { answer: (verbs) => this.#answer(msgid, hook, verbs) };",
    replace: "return { answer: (verbs) => this.#answer([...this.#open.keys()].at(-1) ?? msgid, hook, verbs) };",
  },
  {
    rule: 3,
    off: "a hook waits for its answer without end",
    file: telephony("hook-ledger"),
    find: "() => this.#ackEmpty(msgid, hook));",
    replace: "() => {});",
  },
  {
    rule: 4,
    off: "a redirect leaves open hooks open",
    file: telephony("hook-ledger"),
    find: "for (const [msgid, hook] of [...this.#open]) this.#ackEmpty(msgid, hook);",
    replace: "",
  },
  {
    rule: 4,
    off: "the hook of a killed verb is taken for a living one",
    file: telephony("presented"),
    find: "return this.#entry === undefined || this.#entry === entry;",
    replace: "return entry === entry;",
  },
  {
    rule: 4,
    off: "a redirect may follow an ack with verbs at once",
    file: telephony("presented"),
    find: 'if (sentIn === "ack") this.#waitFor("start", START_PATIENCE_MS);',
    replace: "",
  },
  {
    rule: 5,
    off: "in-progress counts as a conversation",
    file: telephony("dial-result"),
    find: 'if (status === "completed") return "completed";',
    replace: 'if (status === "completed" || status === "in-progress") return "completed";',
  },
  {
    rule: 6,
    off: "a ringing dial is redirected",
    file: telephony("presented"),
    find: "if (!this.#wait) return false;",
    replace: 'if (!this.#wait || this.#wait.for === "dial") return false;',
  },
  {
    rule: 7,
    off: "a call is released with 1000",
    file: telephony("call-socket"),
    find: "this.#socket.close(1001, reason.slice(0, 100));",
    replace: "this.#socket.close(1000, reason.slice(0, 100));",
  },
  {
    rule: 7,
    off: "a live call can be finished",
    file: telephony("call-socket"),
    find: 'if (this.#state === "live") {',
    replace: "if (this.#facts === undefined) {",
  },
  {
    rule: 7,
    off: "what REST brings back is acked empty",
    file: telephony("call-socket"),
    find: "this.#redirectHook = { msgid: message.msgid,",
    replace: "this.#ledger.settle(message.msgid); this.#redirectHook = { msgid: message.msgid,",
  },
  {
    rule: 8,
    off: "the core is told before session:reconnect is acked",
    file: telephony("call-socket"),
    find: "if (this.#reconnected) {",
    replace:
      "if (this.#reconnected) { queueMicrotask(() => this.#ledger.settle(msgid, CONFIG)); this.#ports.handler.onReconnect(this); return; }\n    if (this.#reconnected) {",
  },
  {
    rule: 8,
    off: "the ack of session:reconnect could not stand for a lost one of session:new",
    file: telephony("call-socket"),
    find: "this.#ledger.settle(msgid, CONFIG);\n      this.#ports.handler.onReconnect(this);",
    replace: "this.#ledger.settle(msgid);\n      this.#ports.handler.onReconnect(this);",
  },
  {
    rule: 9,
    off: "the end of a call is only heard where the call began",
    file: telephony("call-socket"),
    find: 'if (this.#state === "opening") {',
    replace: "if (this.#facts === undefined) {",
  },
  {
    rule: 9,
    off: "a session may begin after the end",
    file: telephony("call-socket"),
    find: 'if (this.#state !== "opening") {',
    replace: 'if (this.#state === "live") {',
  },
  {
    rule: 10,
    off: "an unanswered call is hung up",
    file: telephony("render-media"),
    find: 'return answered ? [{ verb: "hangup" }] : [{ verb: "sip:decline", status: declineStatus }];',
    replace: 'return answered || declineStatus ? [{ verb: "hangup" }] : [];',
  },
  {
    rule: 10,
    off: "nobody is told of a verb that ended without its hook",
    file: telephony("presented"),
    find: "if (!this.awaits(entry) || this.#hooked.has(entry)) return false;",
    replace: "return entry < 0;",
  },
  {
    rule: 11,
    off: "a loop that stands still is not noticed",
    file: "apps/runtime/src/watchdog/stall.ts",
    find: "return now - since > stallMs;",
    replace: "return false;",
  },
];
