import { randomBytes } from "node:crypto";
import { request as askPlain } from "node:http";
import { request as askSecurely } from "node:https";
import { connect } from "node:tls";
import { faultOf } from "./fault-of.ts";
import { type Installation, socketAddress } from "./installation.ts";
import type { LookGiven } from "./look-at-jambonz.ts";
import type { Seen, SeenNetwork } from "./seen.ts";

const DAY_MS = 86_400_000;

/** Looks from here at what jambonz is to reach, as it would: health, socket, an announcement; and at how long the API's certificate is good. */
export async function lookAtNetwork(installation: Installation, given: LookGiven): Promise<SeenNetwork> {
  const { facingUrl, jambonz, product, socket } = installation;
  const timeoutMs = given.timeoutMs ?? 5_000;
  const [certificateDays, health] = await Promise.all([
    jambonz?.apiUrl.startsWith("https:") ? certificateDaysOf(jambonz.apiUrl, given.now(), timeoutMs) : null,
    read(`${facingUrl}/health`, given, async (response) => {
      const body: unknown = await response.json().catch(() => null);
      return { isOurs: typeof Reflect.get(Object(body), "telephony") === "object" };
    }),
  ]);
  const [opened, media] = await Promise.all([
    openSocket(socketAddress(facingUrl), socket, timeoutMs),
    product?.sampleMedia
      ? read(`${facingUrl}${product.sampleMedia}`, given, async (response) => {
          const bytes = Buffer.from(await response.arrayBuffer());
          return { isWav: bytes.subarray(0, 4).toString("latin1") === "RIFF" };
        })
      : null,
  ]);
  return { certificateDays, health, socket: opened, media };
}

async function read<Value>(
  url: string,
  given: LookGiven,
  parse: (response: Response) => Promise<Value>,
): Promise<Seen<Value>> {
  try {
    const response = await given.fetch(url, { signal: AbortSignal.timeout(given.timeoutMs ?? 5_000) });
    if (response.ok) return { kind: "read", value: await parse(response) };
    await response.body?.cancel();
    return { kind: "refused", status: response.status };
  } catch (error) {
    return { kind: "silent", fault: faultOf(error) };
  }
}

function certificateDaysOf(url: string, now: number, timeoutMs: number): Promise<number | null> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect({
      host: hostname,
      port: Number(port || 443),
      servername: hostname,
      rejectUnauthorized: false,
    });
    const done = (days: number | null) => {
      socket.destroy();
      resolve(days);
    };
    socket.setTimeout(timeoutMs, () => done(null));
    socket.once("error", () => done(null));
    socket.once("secureConnect", () => {
      const end = Date.parse(socket.getPeerCertificate().valid_to ?? "");
      done(Number.isNaN(end) ? null : Math.floor((end - now) / DAY_MS));
    });
  });
}

/** Opens the socket as jambonz does, and closes it again before anything is said. */
function openSocket(
  address: string,
  { username, password }: Installation["socket"],
  timeoutMs: number,
): Promise<Seen<true>> {
  const url = new URL(address.replace(/^ws/, "http"));
  return new Promise((resolve) => {
    const request = (url.protocol === "https:" ? askSecurely : askPlain)(url, {
      timeout: timeoutMs,
      headers: {
        connection: "Upgrade",
        upgrade: "websocket",
        "sec-websocket-version": "13",
        "sec-websocket-key": randomBytes(16).toString("base64"),
        "sec-websocket-protocol": "ws.jambonz.org",
        "user-agent": "cordboard doctor",
        authorization: `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`,
      },
    });
    request.once("upgrade", (_response, socket) => {
      socket.destroy();
      resolve({ kind: "read", value: true });
    });
    request.once("response", (response) => {
      response.resume();
      resolve({ kind: "refused", status: response.statusCode ?? 0 });
    });
    request.once("timeout", () => request.destroy(Object.assign(new Error("no answer"), { code: "ETIMEDOUT" })));
    request.once("error", (error) => resolve({ kind: "silent", fault: faultOf(error) }));
    request.end();
  });
}
