import { createHmac, randomUUID } from "node:crypto";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";

/**
 * As much of a border controller as browsers see of one: SIP by WebSocket (RFC 7118). It asks its webhook who may register, as jambonz does, and
 * rings who has. Media is none of its business: whoever calls brings an offer, and is given the answer.
 */
export interface SipBorder {
  readonly url: string;
  /** Where it is asked who may register, and with which secret that is signed. */
  useWebhook(url: string, secret: string): void;
  /** From now on every registration is refused, whatever the webhook says; or not any more. */
  refuse(refuses: boolean): void;
  /** The SIP users that are registered. */
  registered(): readonly string[];
  /** Cuts every connection, as a network does. */
  cut(): void;
  /** Rings a user; resolves once it was answered. Rejects with the status of a refusal. */
  call(user: string, offer: string, headers?: Readonly<Record<string, string>>): Promise<AnsweredCall>;
  close(): void;
}

export interface AnsweredCall {
  readonly answer: string;
  hangUp(): void;
  /** Resolves when the other end has hung up. */
  readonly over: Promise<void>;
}

interface Message {
  readonly first: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

interface Dialled {
  readonly lines: (method: string) => string[];
  readonly answered: (call: AnsweredCall) => void;
  readonly failed: (error: Error) => void;
  over: () => void;
}

export async function startSipBorder(realm: string): Promise<SipBorder> {
  const server = new WebSocketServer({
    ...{ host: "127.0.0.1", port: 0 },
    handleProtocols: (offered) => (offered.has("sip") ? "sip" : false),
  });
  await new Promise((resolve) => server.once("listening", resolve));
  const contacts = new Map<string, { readonly socket: WebSocket; readonly uri: string }>();
  const dialled = new Map<string, Dialled>();
  let webhook = { url: "", secret: "" };
  let refuses = false;

  async function register(socket: WebSocket, message: Message) {
    const to = /sip:([^@]+)@/.exec(message.headers.get("to") ?? "")?.[1] ?? "";
    const authorization = message.headers.get("authorization");
    if (authorization === undefined) {
      const challenge = `Digest realm="${realm}", algorithm=MD5, qop="auth", nonce="${randomUUID()}"`;
      return reply(socket, message, "401 Unauthorized", [`WWW-Authenticate: ${challenge}`]);
    }
    const contact = message.headers.get("contact") ?? "";
    const expires = Number(/expires=(\d+)/.exec(contact)?.[1] ?? 0);
    if (refuses || !(await mayRegister(authorization, expires, message)))
      return reply(socket, message, "403 Forbidden");
    if (expires === 0) contacts.delete(to);
    else contacts.set(to, { socket, uri: /<([^>]+)>/.exec(contact)?.[1] ?? "" });
    return reply(socket, message, "200 OK", [`Contact: ${contact}`, `Expires: ${expires}`]);
  }

  async function mayRegister(authorization: string, expires: number, { headers }: Message): Promise<boolean> {
    const parts = Object.fromEntries(
      [...authorization.matchAll(/(\w+)=(?:"([^"]*)"|([^,\s]+))/g)].map(([, name = "", quoted, plain]) => [
        name,
        quoted ?? plain,
      ]),
    );
    const asked = { method: "REGISTER", expires, scheme: "digest", ...parts, headers: { to: headers.get("to") } };
    const body = JSON.stringify(asked);
    const time = Math.floor(Date.now() / 1000);
    const signature = createHmac("sha256", webhook.secret).update(`${time}.${body}`).digest("hex");
    const answer = await fetch(webhook.url, {
      method: "POST",
      headers: { "content-type": "application/json", "jambonz-signature": `t=${time},v1=${signature}` },
      body,
    });
    return answer.ok && ((await answer.json()) as { status: string }).status === "ok";
  }

  server.on("connection", (socket) => {
    socket.on("message", (data) => {
      const message = parse(String(data));
      if (message === null) return;
      const id = message.headers.get("call-id") ?? "";
      const call = dialled.get(id);
      if (message.first.startsWith("REGISTER")) return void register(socket, message);
      if (message.first.startsWith("BYE")) {
        reply(socket, message, "200 OK");
        return call?.over();
      }
      const status = /^SIP\/2\.0 (\d{3})/.exec(message.first)?.[1];
      if (call && status !== undefined && /INVITE/.test(message.headers.get("cseq") ?? ""))
        invited(socket, call, Number(status), message);
    });
  });

  function invited(socket: WebSocket, call: Dialled, status: number, { headers, body }: Message) {
    if (status < 200) return;
    const to = `To: ${headers.get("to")}`;
    send(socket, [...call.lines("ACK"), to]);
    if (status >= 300) return call.failed(new Error(`refused: ${status}`));
    const over = new Promise<void>((resolve) => {
      call.over = resolve;
    });
    call.answered({ answer: body, over, hangUp: () => send(socket, [...call.lines("BYE"), to]) });
  }

  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    useWebhook: (url, secret) => {
      webhook = { url, secret };
    },
    refuse: (now) => {
      refuses = now;
    },
    registered: () => [...contacts].filter(([, { socket }]) => socket.readyState === 1).map(([user]) => user),
    cut: () => {
      for (const socket of server.clients) socket.terminate();
    },
    call: (user, offer, headers = {}) =>
      new Promise((answered, failed) => {
        const contact = contacts.get(user);
        if (!contact) return failed(new Error(`${user} is not registered`));
        const id = randomUUID();
        let seq = 0;
        const branch = `z9hG4bK${randomUUID()}`;
        const lines = (method: string) => {
          if (method !== "ACK") seq += 1;
          return [
            `${method} ${contact.uri} SIP/2.0`,
            `Via: SIP/2.0/WS border.invalid;branch=${method === "BYE" ? `${branch}b` : branch}`,
            "Max-Forwards: 70",
            `From: "+33 1 43 67 09 03" <sip:+33143670903@${realm}>;tag=${id.slice(0, 8)}`,
            `Call-ID: ${id}`,
            `CSeq: ${seq} ${method}`,
            "Contact: <sip:border@border.invalid;transport=ws>",
          ];
        };
        dialled.set(id, { lines, answered, failed, over: () => {} });
        const more = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
        send(
          contact.socket,
          [...lines("INVITE"), `To: <sip:${user}@${realm}>`, ...more, "Content-Type: application/sdp"],
          offer,
        );
      }),
    close() {
      for (const socket of server.clients) socket.terminate();
      server.close();
    },
  };
}

function send(socket: WebSocket, lines: readonly string[], body = ""): void {
  socket.send([...lines, `Content-Length: ${Buffer.byteLength(body)}`, "", body].join("\r\n"));
}

function reply(socket: WebSocket, { headers }: Message, status: string, more: readonly string[] = []): void {
  const kept = ["via", "from", "to", "call-id", "cseq"].map((name) => `${name}: ${headers.get(name)}`);
  send(socket, [
    `SIP/2.0 ${status}`,
    ...kept.map((line) => (line.startsWith("to:") && !line.includes("tag=") ? `${line};tag=b` : line)),
    ...more,
  ]);
}

function parse(text: string): Message | null {
  const [head = "", body = ""] = text.split("\r\n\r\n", 2);
  const [first = "", ...lines] = head.split("\r\n");
  if (first === "") return null;
  const headers = new Map(
    lines.map((line) => [
      line.slice(0, line.indexOf(":")).trim().toLowerCase(),
      line.slice(line.indexOf(":") + 1).trim(),
    ]),
  );
  return { first, headers, body };
}
