import { createServer, type Server } from "node:http";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import { startSimulator } from "./start-simulator.ts";
import type { RunningSimulator, TelephoneState } from "./types.ts";

interface Message {
  readonly type: string;
  readonly msgid: string;
  readonly call_sid?: string;
  readonly hook?: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** An application on a real socket: it acks with what the test says, and remembers what came. */
class Application {
  readonly server: Server = createServer((_request, response) => response.writeHead(404).end());
  readonly sockets = new WebSocketServer({
    server: this.server,
    handleProtocols: (protocols) => [...protocols][0] ?? false,
  });
  readonly messages: Message[] = [];
  readonly upgrades: Array<Readonly<Record<string, unknown>>> = [];
  socket: WebSocket | undefined;
  acks: (message: Message) => unknown = () => [];
  private readonly waiting: Array<() => void> = [];

  async start(): Promise<number> {
    this.sockets.on("connection", (socket, request) => {
      this.socket = socket;
      this.upgrades.push(request.headers);
      socket.on("message", (data) => {
        const message: Message = JSON.parse(data.toString());
        this.messages.push(message);
        if (message.type === "session:new" || message.type === "verb:hook" || message.type === "session:redirect") {
          socket.send(JSON.stringify({ type: "ack", msgid: message.msgid, data: this.acks(message) }));
        }
        this.changed();
      });
    });
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    const address = this.server.address();
    return typeof address === "object" && address ? address.port : 0;
  }

  changed(): void {
    for (const check of [...this.waiting]) check();
  }

  until<T>(find: () => T | undefined): Promise<T> {
    return new Promise((resolve) => {
      const check = (): void => {
        const found = find();
        if (found === undefined) return;
        this.waiting.splice(this.waiting.indexOf(check), 1);
        resolve(found);
      };
      this.waiting.push(check);
      check();
    });
  }

  statuses(): string[] {
    return this.messages
      .filter(({ type }) => type === "call:status")
      .map(({ data }) => `${data.direction} ${data.call_status}`);
  }

  async stop(): Promise<void> {
    for (const client of this.sockets.clients) client.terminate();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }
}

describe("the simulator on real sockets", () => {
  let application: Application;
  let simulator: RunningSimulator;
  const seen: TelephoneState[] = [];

  beforeEach(async () => {
    application = new Application();
    const port = await application.start();
    seen.length = 0;
    simulator = await startSimulator({
      application: { callHook: `ws://127.0.0.1:${port}/call`, auth: { username: "jambonz", password: "secret" } },
      restPort: 0,
      accountSid: "acc",
      apiKey: "key",
      telephones: [
        { id: "ines", addresses: ["sip:ines@desk.example"] },
        { id: "otto", addresses: ["+33155500112"] },
      ],
    });
    simulator.onChange((state) => {
      seen.push(state);
      application.changed();
    });
  });
  afterEach(async () => {
    await simulator.close();
    await application.stop();
  });

  const dial = (target: object, rest: object = {}): unknown => [
    { verb: "answer" },
    { verb: "dial", actionHook: "/dialled", target: [target], ...rest },
    { verb: "hangup" },
  ];

  test("a call is announced with jambonz's sub-protocol, user agent and basic authentication, and can be declined", async () => {
    application.acks = () => [{ verb: "sip:decline", status: 503 }];
    const caller = simulator.telephones.call({ from: "+15550100", to: "100", callerName: "Alice" });
    const ended = await application.until(() => seen.find(({ id, call }) => id === caller && call?.phase === "ended"));
    expect(ended.call?.endedBy).toBe("503");
    expect(application.upgrades[0]).toMatchObject({
      "sec-websocket-protocol": "ws.jambonz.org",
      "user-agent": "jambonz",
      authorization: `Basic ${Buffer.from("jambonz:secret").toString("base64")}`,
    });
    const [announced] = application.messages;
    expect(announced).toMatchObject({
      type: "session:new",
      data: { from: "+15550100", to: "100", caller_name: '"Alice"' },
    });
  });

  test("a dialled telephone rings, answers, talks, and its hanging up is told", async () => {
    application.acks = ({ type }) =>
      type === "session:new" ? dial({ type: "sip", sipUri: "sip:ines@desk.example" }) : [];
    const caller = simulator.telephones.call({ from: "+15550100", to: "100" });
    await application.until(() => seen.find(({ id, phase }) => id === "ines" && phase === "ringing"));
    simulator.telephones.answer("ines");
    await application.until(() => seen.find(({ id, call }) => id === caller && call?.hears.kind === "bridged"));
    simulator.telephones.hangup("ines");
    await application.until(() => seen.find(({ id, call }) => id === caller && call?.phase === "ended"));
    await application.until(() => application.statuses().includes("inbound completed"));
    const hook = application.messages.find(({ type }) => type === "verb:hook");
    expect(hook).toMatchObject({ hook: "/dialled", data: { dial_call_status: "completed", dial_sip_status: 200 } });
    expect(application.statuses()).toEqual([
      "inbound trying",
      "inbound in-progress",
      "outbound trying",
      "outbound ringing",
      "outbound in-progress",
      "outbound completed",
      "inbound completed",
    ]);
  });

  test("a busy telephone, a refusal and an address that nobody has end the dial in their own ways", async () => {
    const results: unknown[] = [];
    application.acks = ({ type, data }) => {
      if (type === "session:new") return dial({ type: "phone", number: "33155500112" });
      results.push([data.dial_call_status, data.dial_sip_status]);
      return results.length === 1 ? dial({ type: "user", name: "nobody" }) : [];
    };
    const caller = simulator.telephones.call({ from: "+15550100", to: "100" });
    await application.until(() => seen.find(({ id, phase }) => id === "otto" && phase === "ringing"));
    simulator.telephones.reject("otto", 486);
    await application.until(() => seen.find(({ id, call }) => id === caller && call?.phase === "ended"));
    expect(results).toEqual([
      ["busy", 486],
      ["failed", 404],
    ]);
  });

  test("a telephone that is switched off gives no answer at all, and the dial says so", async () => {
    simulator.telephones.register({ id: "off", addresses: ["off"], dead: true });
    application.acks = ({ type }) =>
      type === "session:new" ? dial({ type: "user", name: "off" }, { timeout: 1 }) : [];
    simulator.telephones.call({ from: "+15550100", to: "100" });
    const hook = await application.until(() => application.messages.find(({ type }) => type === "verb:hook"));
    expect(hook.data).toMatchObject({ dial_call_status: "trying", dial_sip_status: 100 });
    expect(simulator.telephones.get("off")?.phase).toBe("idle");
  });

  const refer = (): unknown => [
    { verb: "answer" },
    { verb: "sip:refer", referTo: "sip:ines@desk.example", actionHook: "/referred", eventHook: "/progress" },
    { verb: "pause", length: 60 },
  ];
  const told = (): unknown[] =>
    application.messages
      .filter(({ hook }) => hook === "/progress" || hook === "/referred")
      .map(({ data }) => data.final_referred_call_status ?? data.call_status);

  test("a caller is handed to the exchange, which rings the other telephone itself and needs the server no more", async () => {
    application.acks = ({ type }) => (type === "session:new" ? refer() : []);
    const caller = simulator.telephones.call({ from: "+15550100", to: "100" });
    await application.until(() => seen.find(({ id, phase }) => id === "ines" && phase === "ringing"));
    simulator.telephones.answer("ines");
    await application.until(() => (application.statuses().includes("inbound completed") ? true : undefined));
    // The end of the verb may be told before the exchange hangs up, or not any more.
    expect(told().slice(0, 3)).toEqual([100, 180, 200]);
    expect(simulator.telephones.get(caller)?.call).toMatchObject({ phase: "talking", hears: { kind: "bridged" } });
    simulator.telephones.hangup(caller);
    expect(simulator.telephones.get("ines")?.call).toMatchObject({ phase: "ended", endedBy: "other side" });
  });

  test("a caller whom the exchange cannot hand over, or will not, stays with the server", async () => {
    application.acks = ({ type }) => (type === "session:new" ? refer() : []);
    const caller = simulator.telephones.call({ from: "+15550100", to: "100" });
    await application.until(() => seen.find(({ id, phase }) => id === "ines" && phase === "ringing"));
    simulator.telephones.reject("ines", 486);
    await application.until(() => (told().length === 4 ? true : undefined));
    expect(told()).toEqual([100, 180, 486, 486]);
    expect(simulator.telephones.get(caller)?.phase).toBe("talking");

    simulator.telephones.register({ id: "deaf", addresses: [], refuses: 603 });
    simulator.telephones.call({ telephone: "deaf", from: "+15550101", to: "100" });
    const refused = await application.until(() =>
      application.messages.find(({ data }) => data.from === "+15550101" && data.refer_status !== undefined),
    );
    expect(refused.data).toMatchObject({ refer_status: 603 });
    expect(simulator.telephones.get("deaf")?.phase).toBe("talking");
  });

  test("an address that is none fails the call as if nobody listened there", async () => {
    const other = await startSimulator({
      application: { callHook: "ws://not an address" },
      restPort: 0,
      accountSid: "acc",
      apiKey: "key",
    });
    const ended = new Promise<string | undefined>((resolve) => {
      other.onChange(({ call }) => call?.phase === "ended" && resolve(call.endedBy));
    });
    other.telephones.call({ from: "+15550100", to: "100" });
    expect(await ended).toBe("480");
    await other.close();
  });

  test("keys reach a gather, and REST ends the call", async () => {
    application.acks = ({ type }) =>
      type === "session:new"
        ? [{ verb: "answer" }, { verb: "gather", numDigits: 2, timeout: 20, actionHook: "/keys" }]
        : [];
    const caller = simulator.telephones.call({ from: "+15550100", to: "100" });
    await application.until(() => (simulator.telephones.get(caller)?.phase === "talking" ? true : undefined));
    simulator.telephones.press(caller, "42");
    const hook = await application.until(() => application.messages.find(({ type }) => type === "verb:hook"));
    expect(hook.data).toMatchObject({ digits: "42", reason: "dtmfDetected" });
    const answer = await fetch(`${simulator.restUrl}/Accounts/acc/Calls/${hook.call_sid}`, {
      method: "PUT",
      headers: { authorization: "Bearer key", "content-type": "application/json" },
      body: JSON.stringify({ call_status: "completed" }),
    });
    expect(answer.status).toBe(202);
    const ended = await application.until(() => seen.find(({ id, call }) => id === caller && call?.phase === "ended"));
    expect(ended.call?.endedBy).toBe("other side");
  });

  test("REST lists each leg with its state and whose it is, also the one that a dial gave up", async () => {
    const target = [{ type: "sip", sipUri: "sip:ines@desk.example" }];
    application.acks = ({ type }) => (type === "session:new" ? [{ verb: "dial", target, timeout: 20 }] : []);
    const caller = simulator.telephones.call({ from: "+15550100", to: "100" });
    await application.until(() => seen.find(({ id, phase }) => id === "ines" && phase === "ringing"));
    const list = async (query = "") => {
      const headers = { authorization: "Bearer key" };
      return (await fetch(`${simulator.restUrl}/Accounts/acc/Calls${query}`, { headers })).json();
    };
    const [session] = application.messages;
    const ours = { parent_call_sid: session?.call_sid };
    expect(await list("?direction=inbound")).toMatchObject([{ call_sid: session?.call_sid, from: "+15550100" }]);
    expect(await list("?direction=outbound")).toMatchObject([{ ...ours, call_status: "ringing" }]);
    expect(await list("?callStatus=ringing")).toMatchObject([ours]);
    simulator.telephones.hangup(caller);
    await application.until(() => seen.find(({ id, call }) => id === "ines" && call?.phase === "ended"));
    expect(await list()).toHaveLength(2);
  });

  test("REST places a call: statuses first, the session when the telephone has answered", async () => {
    application.acks = () => [{ verb: "hangup" }];
    const order = {
      from: "+15550100",
      to: { type: "sip", sipUri: "sip:ines@desk.example" },
      application_sid: "44444444-4444-4444-8444-444444444444",
      tag: { order: 17 },
    };
    const answer = await fetch(`${simulator.restUrl}/Accounts/acc/Calls`, {
      method: "POST",
      headers: { authorization: "Bearer key", "content-type": "application/json" },
      body: JSON.stringify(order),
    });
    expect(answer.status).toBe(201);
    const placed: unknown = await answer.json();
    await application.until(() => seen.find(({ id, phase }) => id === "ines" && phase === "ringing"));
    simulator.telephones.answer("ines");
    const announced = await application.until(() => application.messages.find(({ type }) => type === "session:new"));
    expect(placed).toMatchObject({ sid: announced.data.call_sid });
    expect(announced.data).toMatchObject({ direction: "outbound", customerData: { order: 17 } });
    expect(application.statuses()).toEqual(["outbound trying", "outbound ringing", "outbound in-progress"]);
  });

  test("a call that REST placed comes back after its socket was lost, with nothing to say of it before it is picked up", async () => {
    const body = JSON.stringify({
      from: "+15550100",
      to: { type: "sip", sipUri: "sip:ines@desk.example" },
      ...{ application_sid: "44444444-4444-4444-8444-444444444444", tag: { order: 17 } },
    });
    const headers = { authorization: "Bearer key", "content-type": "application/json" };
    await fetch(`${simulator.restUrl}/Accounts/acc/Calls`, { method: "POST", headers, body });
    await application.until(() => (application.statuses().includes("outbound ringing") ? true : undefined));
    application.socket?.terminate();
    const again = await application.until(() => application.messages.find(({ type }) => type === "session:reconnect"));
    expect(again.data).toEqual({});
    expect(again.call_sid).toBeUndefined();
    application.socket?.send(JSON.stringify({ type: "ack", msgid: again.msgid }));
    simulator.telephones.answer("ines");
    const announced = await application.until(() => application.messages.find(({ type }) => type === "session:new"));
    expect(announced.data).toMatchObject({ customerData: { order: 17 } });
  });

  test("a telephone that has called can be called on the number that it showed, by REST and by a dial", async () => {
    application.acks = ({ type, data }) =>
      type === "session:new" && data.direction === "inbound" ? [{ verb: "sip:decline", status: 486 }] : [];
    simulator.telephones.call({ telephone: "someone", from: "+15550100200", to: "100" });
    await application.until(() => seen.find(({ id, call }) => id === "someone" && call?.phase === "ended"));
    const headers = { authorization: "Bearer key", "content-type": "application/json" };
    const order = {
      ...{ from: "+15550199", to: { type: "phone", number: "15550100200" } },
      application_sid: "44444444-4444-4444-8444-444444444444",
    };
    const body = JSON.stringify(order);
    await fetch(`${simulator.restUrl}/Accounts/acc/Calls`, { method: "POST", headers, body });
    const rung = await application.until(() => seen.find(({ id, phase }) => id === "someone" && phase === "ringing"));
    expect(rung.call).toMatchObject({ direction: "in", from: "+15550199" });
  });

  test("REST shows the application, and no other", async () => {
    const show = (sid: string, key = "key") =>
      fetch(`${simulator.restUrl}/Applications/${sid}`, { headers: { authorization: `Bearer ${key}` } });
    const answer = await show("44444444-4444-4444-8444-444444444444");
    expect(await answer.json()).toMatchObject({ call_hook: { url: expect.stringContaining("/call") } });
    expect((await show("other")).status).toBe(404);
    expect((await show("other", "wrong")).status).toBe(401);
  });

  test("REST refuses without the key, for another account, and for what is no JSON", async () => {
    const ask = async (account: string, key: string, body: string): Promise<number> => {
      const headers = { authorization: `Bearer ${key}` };
      return (await fetch(`${simulator.restUrl}/Accounts/${account}/Calls`, { method: "POST", headers, body })).status;
    };
    expect(await ask("acc", "wrong", "{}")).toBe(401);
    expect(await ask("other", "key", "{}")).toBe(403);
    expect(await ask("acc", "key", "{")).toBe(400);
    expect(await ask("acc", "key", "{}")).toBe(400);
  });

  test("a lost socket is opened again half a second later, with session:reconnect", async () => {
    application.acks = ({ type }) =>
      type === "session:new" ? [{ verb: "answer" }, { verb: "pause", length: 60 }] : [];
    simulator.telephones.call({ from: "+15550100", to: "100" });
    await application.until(() => (application.statuses().includes("inbound in-progress") ? true : undefined));
    application.socket?.terminate();
    const again = await application.until(() => application.messages.find(({ type }) => type === "session:reconnect"));
    expect(again.call_sid).toBe(application.messages[0]?.call_sid);
    expect(application.upgrades.length).toBe(2);
  });

  test("what a telephone's state does not allow is refused with a sentence", () => {
    expect(() => simulator.telephones.answer("ines")).toThrow('telephone "ines" is idle, not ringing');
    expect(() => simulator.telephones.hangup("nobody")).toThrow('there is no telephone "nobody"');
  });
});
