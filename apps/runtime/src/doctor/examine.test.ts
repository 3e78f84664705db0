import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { CheckResult } from "@cordboard/api";
import { examine, type Installation, installationOf, type Product } from "@cordboard/api/doctor";
import { type RunningSimulator, type SimulatorOptions, startSimulator } from "@cordboard/simulator/server";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { allowsBasicAuth } from "../telephony/index.ts";

const socket = { username: "jambonz", password: "secret" };

/** Stands for this server as jambonz reaches it: its health, its media, its socket. */
let ours: Server;
let facingUrl: string;
let simulator: RunningSimulator | null = null;
let mediaStatus = 200;
let opened = 0;

beforeEach(async () => {
  mediaStatus = 200;
  opened = 0;
  ours = createServer((request, response) => {
    if (request.url === "/health") return void response.end(JSON.stringify({ ok: true, telephony: { ok: true } }));
    response.writeHead(request.url?.startsWith("/media/") ? mediaStatus : 404).end("RIFF....WAVE");
  });
  ours.on("upgrade", (request, stream) => {
    const isRight = allowsBasicAuth(request.headers.authorization, socket) && request.url === "/jambonz/call";
    if (isRight) opened += 1;
    stream.end(
      isRight
        ? "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"
        : "HTTP/1.1 401 Unauthorized\r\n\r\n",
    );
  });
  ours.listen(0, "127.0.0.1");
  await once(ours, "listening");
  facingUrl = `http://127.0.0.1:${(ours.address() as AddressInfo).port}`;
});
afterEach(async () => {
  await simulator?.close();
  simulator = null;
  ours.closeAllConnections();
  ours.close();
});

const product: Product = {
  lines: [
    { name: "Sales", number: "+33199001011" },
    { name: "Support", number: "+33199001012" },
  ],
  sameNumber: (ofJambonz, ofLine) => `+${ofJambonz}` === ofLine,
  telephones: [{ name: "Desk 12", user: "12@desk.example" }],
  languages: ["fr-FR", "en-GB"],
  spokenLanguages: ["fr-FR"],
  sampleMedia: `/media/${"0".repeat(64)}.wav`,
};

/** Starts a jambonz that is set up rightly but for `changes`. */
async function jambonz({
  isMute,
  ...changes
}: Partial<SimulatorOptions> & { isMute?: true } = {}): Promise<Installation> {
  simulator = await startSimulator({
    application: { callHook: `${facingUrl.replace("http", "ws")}/jambonz/call`, auth: socket },
    ...{ restPort: 0, accountSid: "acc", apiKey: "key", applicationSid: "app", webhookSecret: "hush" },
    ...(!isMute && {
      speech: { vendor: "custom:voice", url: "http://127.0.0.1:9", token: "t", language: "fr-FR", voice: "v" },
    }),
    telephones: [{ id: "12", addresses: ["12@desk.example"] }],
    account: {
      carriers: [{ name: "Trunk", registration: { status: "ok", reason: "OK" } }],
      numbers: [{ number: "33199001011" }, { number: "33199001012" }],
    },
    ...changes,
  });
  return {
    jambonz: { apiUrl: simulator.restUrl, accountSid: "acc", apiKey: "key" },
    ...{ applicationSid: "app", webhookSecret: "hush", socket, facingUrl, product },
  };
}

const look = (installation: Installation, now = () => Date.now()) => examine(installation, { fetch, now });

/** What is not right, as `check.code`. */
const faults = (items: readonly CheckResult[]) =>
  items.filter(({ state }) => state === "error" || state === "warning").map(({ check, code }) => `${check}.${code}`);

describe("an installation of jambonz is examined", () => {
  test("one that is set up rightly has no fault, and each thing says so in both languages", async () => {
    const items = await look(await jambonz());
    expect(faults(items)).toEqual([]);
    const ok = items.filter(({ state }) => state === "ok").map(({ check }) => check);
    expect(ok).toEqual([
      ...["api", "tls", "account", "clock", "application", "callHook", "statusHook", "webhookSecret"],
      ...["publicAddress", "socket", "media", "carriers", "numbers", "realm", "telephones", "speech"],
    ]);
    // What cannot be known is not called right.
    expect(items.find(({ check }) => check === "version")).toMatchObject({ state: "skipped" });
    expect(opened).toBe(1);
    for (const { sentence, title } of items) {
      expect(sentence.fr).not.toMatch(/\{\{|undefined|null/);
      expect(sentence.en).not.toMatch(/\{\{|undefined|null/);
      expect(title.fr.length).toBeGreaterThan(2);
    }
  });

  const broken: readonly (readonly [what: string, changes: Partial<SimulatorOptions>, expected: string[]])[] = [
    [
      "the application calls another server",
      { application: { callHook: "wss://other.example/jambonz/call", auth: socket } },
      ["callHook.elsewhere"],
    ],
    [
      "the application sends another password",
      { application: { callHook: "", auth: { username: "jambonz", password: "old" } } },
      ["callHook.credentials"],
    ],
    ["the application has another SID", { applicationSid: "another" }, ["application.notFound", "numbers.elsewhere"]],
    [
      "the account is switched off",
      { account: { inactive: true } },
      ["account.inactive", "carriers.none", "numbers.missing"],
    ],
    ["the secret is another", { webhookSecret: "louder" }, ["webhookSecret.differs"]],
    [
      "a trunk is not registered, another is off",
      {
        account: {
          carriers: [
            { name: "Trunk", registration: { status: "fail", reason: "403 Forbidden" } },
            { name: "Old", inactive: true },
          ],
          numbers: [{ number: "33199001011" }, { number: "33199001012" }],
        },
      },
      ["carriers.unregistered", "carriers.inactive"],
    ],
    [
      "a number is missing, one is another application's, one has no line",
      {
        account: {
          carriers: [{ name: "Trunk" }],
          numbers: [{ number: "33199001012", applicationSid: "other" }, { number: "33199001013" }],
        },
      },
      ["numbers.missing", "numbers.elsewhere", "numbers.extra"],
    ],
    [
      "a carrier that leads every number here needs no numbers",
      { account: { carriers: [{ name: "Trunk", servesAllNumbers: true }] } },
      [],
    ],
    [
      "a pattern covers the lines",
      { account: { carriers: [{ name: "Trunk" }], numbers: [{ number: "331990010*" }] } },
      [],
    ],
    [
      "no SIP realm",
      { account: { sipRealm: null, carriers: [{ name: "Trunk", servesAllNumbers: true }] } },
      ["realm.none"],
    ],
    [
      "the telephones are of another realm, and not registered",
      { account: { sipRealm: "pbx.example", carriers: [{ name: "Trunk", servesAllNumbers: true }] } },
      ["realm.differs", "telephones.unregistered"],
    ],
  ];
  test.each(broken)("%s", async (_, changes, expected) => {
    const own = `${facingUrl.replace("http", "ws")}/jambonz/call`;
    const { application } = changes;
    const installation = await jambonz({
      ...changes,
      ...(application && { application: { ...application, callHook: application.callHook || own } }),
    });
    const items = await look(installation);
    expect(faults(items)).toEqual(expected);
    for (const item of items) if (item.state === "error") expect(item.remedy?.fr, item.code).toBeTruthy();
  });

  test("no synthesiser is a fault only where something was not recorded", async () => {
    const installation = await jambonz({ isMute: true });
    expect(faults(await look(installation))).toEqual(["speech.none"]);
    expect(faults(await look({ ...installation, product: { ...product, spokenLanguages: [] } }))).toEqual([]);
  });

  test("a wrong key, another's account, an API that is not there: said, and nothing else is guessed", async () => {
    const installation = await jambonz();
    const access = installation.jambonz ?? expect.unreachable();
    const withAccess = (changes: object) => look({ ...installation, jambonz: { ...access, ...changes } });
    expect(faults(await withAccess({ apiKey: "wrong" }))).toEqual(["account.keyRefused"]);
    expect(faults(await withAccess({ accountSid: "other" }))).toEqual(["account.other"]);
    const free = createServer().listen(0, "127.0.0.1");
    await once(free, "listening");
    const { port } = free.address() as AddressInfo;
    await new Promise((resolve) => free.close(resolve));
    expect(faults(await withAccess({ apiUrl: `http://127.0.0.1:${port}` }))).toEqual(["api.closed"]);
    expect(faults(await withAccess({ apiUrl: "http://jambonz.invalid" }))).toEqual([
      "api.name",
      // From another machine 127.0.0.1 is that machine itself.
      "publicAddress.loopback",
    ]);
    expect(faults(await look({ ...installation, jambonz: null }))).toEqual(["api.unset"]);
  });

  test("clocks that are apart are a warning, and far apart a fault", async () => {
    const installation = await jambonz();
    const clock = async (offMs: number) =>
      (await look(installation, () => Date.now() + offMs)).find(({ check }) => check === "clock");
    expect(await clock(30_000)).toMatchObject({ state: "warning", code: "off" });
    expect((await clock(-600_000))?.sentence.en).toMatch(/(599|600|601) s apart/);
    expect(await clock(-600_000)).toMatchObject({ state: "error" });
  });

  test("a proxy that keeps announcements or sockets to itself is found out", async () => {
    const installation = await jambonz();
    mediaStatus = 403;
    expect(faults(await look(installation))).toEqual(["media.missing"]);
    mediaStatus = 200;
    const mine = { ...socket, password: "mine" };
    expect(faults(await look({ ...installation, socket: mine }))).toEqual(["callHook.credentials", "socket.denied"]);
  });

  test("without the product what only it knows is left out and said to be", async () => {
    const installation = await jambonz();
    await new Promise((resolve) => {
      ours.closeAllConnections();
      ours.close(resolve);
    });
    const items = await look({ ...installation, product: null });
    expect(faults(items)).toEqual([]);
    const skipped = items.filter(({ state }) => state === "skipped").map(({ check }) => check);
    expect(skipped).toEqual(["publicAddress", "numbers", "telephones", "speech", "version"]);
  });
});

test("the environment says how an installation is to be, also while it does not run", () => {
  expect(
    installationOf({
      JAMBONZ_API_URL: "https://jambonz.example/api",
      ...{ JAMBONZ_ACCOUNT_SID: "a", JAMBONZ_API_KEY: "k", JAMBONZ_SOCKET_USER: "u", JAMBONZ_SOCKET_PASSWORD: "p" },
      CORDBOARD_PUBLIC_URL: "https://calls.example/",
    }),
  ).toEqual({
    jambonz: { apiUrl: "https://jambonz.example/api", accountSid: "a", apiKey: "k" },
    ...{ applicationSid: null, webhookSecret: null, socket: { username: "u", password: "p" } },
    ...{ facingUrl: "https://calls.example", product: null },
  });
  expect(installationOf({}).jambonz).toBeNull();
});
