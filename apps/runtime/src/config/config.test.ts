import { expect, test } from "vitest";
import { readConfig } from "./config.ts";

const minimal = { JAMBONZ_SOCKET_USER: "jambonz", JAMBONZ_SOCKET_PASSWORD: "secret", CORDBOARD_SECRET: "s".repeat(32) };

test("the least that is needed gives loopback and the embedded store", () => {
  const result = readConfig(minimal, "/srv/cordboard");
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  expect(result.config.listen).toEqual({ host: "127.0.0.1", port: 4700 });
  expect(result.config.mongoUri).toBeNull();
  expect(result.config.dataFolder).toBe("/srv/cordboard/data");
  expect(result.config.publicUrl).toBe("http://127.0.0.1:4700");
  expect(result.warnings).toEqual([]);
});

test("every problem is said at once, each with its variable", () => {
  const result = readConfig(
    {
      CORDBOARD_PORT: "seventy",
      CORDBOARD_TLS_CERT: "cert.pem",
      CORDBOARD_PUBLIC_URL: "calls.example.com:nowhere",
      MONGODB_URI: "postgres://x",
      REDIS_URL: "http://x",
      JAMBONZ_API_KEY: "k",
      CORDBOARD_METRICS_KEY: "short",
      CORDBOARD_LOG_LEVEL: "loud",
    },
    "/srv/cordboard",
  );
  if (result.ok) throw new Error("accepted");
  expect(new Set(result.problems.map((problem) => problem.variable))).toEqual(
    new Set([
      "CORDBOARD_PORT",
      "CORDBOARD_TLS_KEY",
      "CORDBOARD_PUBLIC_URL",
      "MONGODB_URI",
      "REDIS_URL",
      "JAMBONZ_API_URL",
      "JAMBONZ_SOCKET_USER",
      "CORDBOARD_METRICS_KEY",
      "CORDBOARD_LOG_LEVEL",
      "CORDBOARD_SECRET",
    ]),
  );
  for (const problem of result.problems) {
    expect(problem.message.en.length, problem.variable).toBeGreaterThan(15);
    expect(problem.message.fr.length, problem.variable).toBeGreaterThan(15);
    expect(problem.message.fr).not.toBe(problem.message.en);
  }
});

test("listening beyond the machine without TLS is said, a trusted proxy silences it", () => {
  const every = { ...minimal, CORDBOARD_HOST: "0.0.0.0", CORDBOARD_PUBLIC_URL: "https://calls.example.com" };
  const open = readConfig(every, "/srv");
  expect(open.ok && open.warnings.map((warning) => warning.variable)).toEqual(["CORDBOARD_HOST"]);
  const proxied = readConfig({ ...every, CORDBOARD_TRUSTED_PROXIES: "10.0.0.1" }, "/srv");
  expect(proxied.ok && proxied.warnings).toEqual([]);
});

test("listening on every address without saying under which one is said: callers would hear nothing", () => {
  const proxy = { CORDBOARD_TRUSTED_PROXIES: "10.0.0.1" };
  const nameless = readConfig({ ...minimal, ...proxy, CORDBOARD_HOST: "0.0.0.0" }, "/srv");
  expect(nameless.ok && nameless.warnings.map((warning) => warning.variable)).toEqual(["CORDBOARD_PUBLIC_URL"]);
});

test("browsers telephone where address and realm are there, over TLS but on this machine", () => {
  const read = (url?: string, realm?: string) => {
    const config = readConfig(
      { ...minimal, ...(url && { JAMBONZ_SOFTPHONE_URL: url }), ...(realm && { JAMBONZ_SIP_REALM: realm }) },
      "/srv",
    );
    return config.ok ? config.config.jambonz.softphone : config.problems.map(({ variable }) => variable);
  };
  expect(read()).toBeNull();
  expect(read("wss://sip.example.com:8443/", "pbx.example.com")).toEqual({
    url: "wss://sip.example.com:8443",
    realm: "pbx.example.com",
  });
  expect(read("ws://127.0.0.1:5091", "pbx.example.com")).toMatchObject({ realm: "pbx.example.com" });
  expect(read("ws://sip.example.com", "pbx.example.com")).toEqual(["JAMBONZ_SOFTPHONE_URL"]);
  expect(read("wss://sip.example.com")).toEqual(["JAMBONZ_SIP_REALM"]);
  expect(read(undefined, "pbx.example.com")).toEqual(["JAMBONZ_SOFTPHONE_URL"]);
});
