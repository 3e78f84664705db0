import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { failureWords } from "./failure-words.ts";
import { createOutgoingHttp, type OutgoingAnswer, type OutgoingFailure } from "./outgoing-http.ts";
import { canBeListed, isListed, isPublicAddress } from "./private-address.ts";

describe("addresses", () => {
  test.each([
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1",
    "fc00::1",
    "fd00::1",
    "172.31.0.1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "not an address",
  ])("%s is not public", (address) => expect(isPublicAddress(address)).toBe(false));

  test.each(["93.184.215.14", "8.8.8.8", "172.32.0.1", "2606:4700:4700::1111"])("%s is public", (address) =>
    expect(isPublicAddress(address)).toBe(true),
  );

  test("a name, an address and a range can be listed, the whole internet cannot", () => {
    const listed = ["crm.lan", "10.0.0.5", "192.168.4.0/24"];
    expect(isListed(listed, { host: "CRM.lan", address: "10.9.9.9" })).toBe(true);
    expect(isListed(listed, { host: "x", address: "10.0.0.5" })).toBe(true);
    expect(isListed(listed, { host: "x", address: "10.0.0.6" })).toBe(false);
    expect(isListed(listed, { host: "x", address: "::ffff:10.0.0.5" })).toBe(true);
    expect(isListed(listed, { host: "x", address: "192.168.4.77" })).toBe(true);
    expect(isListed(listed, { host: "x", address: "192.168.5.1" })).toBe(false);
    expect(isListed(listed, { host: "sub.crm.lan", address: "10.9.9.9" })).toBe(false);
    for (const good of [...listed, "::1", "fd00::/8"]) expect([good, canBeListed(good)]).toEqual([good, true]);
    for (const bad of [
      "0.0.0.0/0",
      "10.0.0.0/99",
      "10.0.0.0/7",
      "http://crm.lan",
      "crm.lan:80",
      "crm.lan/x",
      "",
      "a b",
    ]) {
      expect([bad, canBeListed(bad)]).toEqual([bad, false]);
    }
  });
});

describe("requests", () => {
  let server: Server;
  let port: number;
  let asked = 0;
  beforeAll(async () => {
    server = createServer((request, response) => {
      asked += 1;
      if (request.url === "/redirect") return response.writeHead(302, { location: "/elsewhere" }).end();
      if (request.url === "/large") return response.end("x".repeat(5_000));
      // Never answers.
      if (request.url === "/silent") return;
      request.resume().on("end", () => response.setHeader("x-host", request.headers.host ?? "").end("hello é"));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    port = typeof address === "object" && address ? address.port : 0;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const go = (
    path: string,
    more: { listed?: readonly string[]; timeoutMs?: number } = {},
    resolve?: (host: string) => Promise<{ address: string; family: number }[]>,
  ): Promise<OutgoingAnswer> =>
    createOutgoingHttp(resolve ? { resolve } : {})({
      ...{ method: "POST", headers: { "content-type": "text/plain" }, body: "{}", maxBytes: 1_000 },
      ...{
        url: path.startsWith("/") ? `http://127.0.0.1:${port}${path}` : path,
        listed: [],
        timeoutMs: 5_000,
        ...more,
      },
    });

  test("a private address is refused before anything is sent", async () => {
    const before = asked;
    expect(await go("/")).toMatchObject({ kind: "failed", reason: "refused" });
    const named = async () => [{ address: "127.0.0.1", family: 4 }];
    expect(await go(`http://innocent.example:${port}/`, {}, named)).toMatchObject({ reason: "refused" });
    for (const url of [
      `http://[::1]:${port}/`,
      "http://169.254.169.254/latest",
      `http://[::ffff:127.0.0.1]:${port}/`,
      `http://2130706433:${port}/`,
      `http://0x7f.1:${port}/`,
    ]) {
      expect(await go(url)).toMatchObject({ reason: "refused" });
    }
    for (const url of ["ftp://example.com/", "file:///etc/passwd", "no address", "http://u:p@example.com/"]) {
      expect(await go(url)).toMatchObject({ reason: "refused" });
    }
    expect(asked).toBe(before);
  });

  test("one that is listed is asked, at the address that was judged", async () => {
    const answer = await go("/", { listed: ["127.0.0.1"] });
    expect(answer).toMatchObject({ kind: "answered", status: 200, body: "hello é" });
    let questions = 0;
    const rebinding = async () => {
      questions += 1;
      return [{ address: questions === 1 ? "127.0.0.1" : "10.255.255.1", family: 4 }];
    };
    const named = await go(`http://crm.lan:${port}/`, { listed: ["127.0.0.0/8"] }, rebinding);
    expect(named).toMatchObject({ kind: "answered", headers: { "x-host": `crm.lan:${port}` } });
    expect(questions).toBe(1);
  });

  test("a name that turns inside once it was judged is asked where it led before; nothing comes inside", async () => {
    const before = asked;
    let questions = 0;
    const rebinding = async () => {
      questions += 1;
      return [{ address: questions === 1 ? "127.0.0.2" : "127.0.0.1", family: 4 }];
    };
    const answer = await go(`http://crm.example:${port}/`, { listed: ["127.0.0.2"], timeoutMs: 300 }, rebinding);
    expect(answer).toMatchObject({ kind: "failed" });
    expect(answer).not.toMatchObject({ reason: "refused" });
    expect([questions, asked]).toEqual([1, before]);
  });

  test("of several addresses only one that may be asked is", async () => {
    const both = async () => [
      { address: "10.255.255.1", family: 4 },
      { address: "127.0.0.1", family: 4 },
    ];
    expect(await go(`http://crm.lan:${port}/`, { listed: ["127.0.0.1"] }, both)).toMatchObject({ kind: "answered" });
  });

  test("a redirect is an answer, too large and too slow are failures, nobody there too", async () => {
    const listed = ["127.0.0.1"];
    expect(await go("/redirect", { listed })).toMatchObject({ kind: "answered", status: 302 });
    expect(await go("/large", { listed })).toMatchObject({ kind: "failed", reason: "tooLarge" });
    expect(await go("/silent", { listed, timeoutMs: 50 })).toMatchObject({ kind: "failed", reason: "timeout" });
    expect(await go("http://127.0.0.1:1/", { listed })).toMatchObject({ kind: "failed", reason: "unreachable" });
    const never = () => new Promise<never>(() => {});
    expect(await go("http://slow.example/", { timeoutMs: 50 }, never)).toMatchObject({ reason: "timeout" });
  });
});

describe("what people are told", () => {
  const asked = { url: "https://crm.lan/x", timeoutMs: 300, maxBytes: 64_000 };
  const words = (reason: OutgoingFailure, more = {}) =>
    failureWords({ reason, detail: "ECONNREFUSED" }, { ...asked, ...more });

  test("a private address: which, and where it is listed", () => {
    expect(words("refused").fr).toMatch(/« crm\.lan ».*page « Webhooks », partie « Ouverture »/);
    expect(words("refused").en).toMatch(/“crm\.lan”.*page “Webhooks”, part “Opening”/);
  });

  test("anything else: what it was", () => {
    expect(words("refused", { url: "https://u:p@crm.example/" }).en).toContain("password");
    expect(words("refused", { url: "ftp://crm.example/" }).en).toContain("no http or https");
    expect(words("timeout").en).toContain("300 ms");
    expect(words("tooLarge").fr).toContain("64 ko");
    expect(words("tooLarge", { maxBytes: 1_000_000 }).en).toContain("1 MB");
    expect(words("unreachable").en).toContain("ECONNREFUSED");
  });
});
