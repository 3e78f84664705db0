import { validate } from "@cordboard/flow-schema";
import { flow, node } from "@cordboard/simulator/scenario";
import { scenario } from "@cordboard/simulator/scenario/vitest";
import { describe, expect, test } from "vitest";
import { hangup } from "../hangup/index.ts";
import { registry } from "../registry.ts";
import { screenPop } from "../screen-pop/index.ts";
import { looksPrivate } from "./address.ts";
import { http } from "./index.ts";

type Settings = Partial<typeof http.initial>;

const variables = {
  name: { type: "string", initial: "nobody" },
  orders: { type: "number", initial: 7 },
  vip: { type: "boolean", initial: false },
  status: { type: "number", initial: -1 },
  city: { type: "string", initial: 'Saint-"Denis" & co' },
  amount: { type: "number", initial: 12.5 },
  pin: { type: "string", secret: true, initial: "4711" },
} as const;

const asking = (settings: Settings = {}) =>
  flow({
    ask: node(http, {
      ...http.initial,
      url: "https://crm.example/customers",
      status: "status",
      answers: [
        { pointer: "/customer/name", variable: "name" },
        { pointer: "/orders/0/count", variable: "orders" },
        { pointer: "/vip", variable: "vip" },
      ],
      ...settings,
    }),
    ...Object.fromEntries(
      ["ok", "refused", "failed", "timeout"].map((output) => [
        output,
        node(screenPop, {
          script: "crm",
          parameters: [{ name: "told", value: "{{ name }}/{{ orders }}/{{ vip }}/{{ status }}" }],
        }),
      ]),
    ),
    ...Object.fromEntries(
      ["ok", "refused", "failed", "timeout"].map((output) => [
        `${output}End`,
        node(hangup, { prompt: `said_${output}` }),
      ]),
    ),
  })
    .connect("ask", "ok", "ok")
    .connect("ask", "refused", "refused")
    .connect("ask", "failed", "failed")
    .connect("ask", "timeout", "timeout")
    .connect("ok", "done", "okEnd")
    .connect("refused", "done", "refusedEnd")
    .connect("failed", "done", "failedEnd")
    .connect("timeout", "done", "timeoutEnd")
    .with({ variables });

const customer = { customer: { name: "Ana Lima" }, orders: [{ count: "3" }], vip: true };

scenario("what is answered is put into variables, as their types take it", (call) => {
  call.systemAnswers(200, customer);
  call.to(asking());
  call.hears("said_ok");
  call.carriesScript("crm", { told: "Ana Lima/3/true/200" });
});

scenario("what is not there leaves its variable as it was; what does not fit is noted", (call) => {
  call.systemAnswers(201, { customer: { name: 42 }, orders: [{ count: "many" }] });
  call.to(asking());
  call.hears("said_ok");
  call.carriesScript("crm", { told: "42/7/false/201" });
  call.isNoted("valueRefused");
});

scenario("a refusal has its way, with what it said", (call) => {
  call.systemAnswers(404, { customer: { name: "unknown here" } });
  call.to(asking());
  call.hears("said_refused");
  call.carriesScript("crm", { told: "unknown here/7/false/404" });
});

scenario("a server in trouble, a redirect, nobody there: failed", (call) => {
  call.systemAnswers(503, customer);
  call.to(asking());
  call.hears("said_failed");
  call.carriesScript("crm", { told: "nobody/7/false/503" });
  for (const how of ["unreachable", "private"] as const) {
    call.systemIs(how);
    const next = call.another();
    next.to(asking());
    next.hears("said_failed");
    next.carriesScript("crm", { told: "nobody/7/false/0" });
  }
  call.systemAnswers(302);
  const moved = call.another();
  moved.to(asking());
  moved.hears("said_failed");
});

scenario("nobody answers in time: too late, and the caller heard music from the second second on", (call) => {
  call.systemIs("silent");
  call.to(asking({ retries: 0, timeoutMs: 3_000 }));
  call.beginsToHear("holdMusic");
  call.hears("said_timeout");
  call.carriesScript("crm", { told: "nobody/7/false/0" });
});

scenario("a slow answer is announced, then waited for with music", (call) => {
  call.systemAnswers(200, customer, "4500ms");
  call.to(asking({ moment: "oneMoment" }));
  call.hears("oneMoment");
  call.beginsToHear("holdMusic");
  call.hears("said_ok");
});

scenario("a quick answer is not announced", (call) => {
  call.systemAnswers(200, customer, "900ms");
  call.to(asking({ moment: "oneMoment" }));
  call.hears("said_ok");
});

scenario("without ways of their own, refusals and late answers go where failures go", (call) => {
  const plain = flow({
    ask: node(http, { ...http.initial, url: "https://crm.example/" }),
    fine: node(hangup, { prompt: "fine" }),
    wrong: node(hangup, { prompt: "wrong" }),
  })
    .connect("ask", "ok", "fine")
    .connect("ask", "failed", "wrong");
  call.systemAnswers(403);
  call.to(plain);
  call.hears("wrong");
  call.systemIs("silent");
  const late = call.another();
  late.to(plain);
  late.hears("wrong");
});

scenario("values are written so that they stay values: in the address, in headers, in JSON, in forms", (call) => {
  call.to(
    asking({
      method: "POST",
      url: "https://crm.example/of/{{ city }}?x={{ amount }}",
      query: [{ name: "the key", value: "{{ secret.crm }}" }],
      headers: [
        { name: "Authorization", value: "Bearer {{ secret.crm }}" },
        { name: "X-City", value: "{{ city }}" },
      ],
      body: "json",
      json: '{"city": "in {{ city }}!", "amount": {{ amount }}, "whole": {{ city }}, "key": "{{secret.crm}}"}',
    }),
  );
  call.asked({
    method: "POST",
    url: "https://crm.example/of/Saint-%22Denis%22%20%26%20co?x=12.5&the%20key={{ secret.crm }}",
    headers: { authorization: "Bearer {{ secret.crm }}", "x-city": 'Saint-"Denis" & co' },
    body: '{"city": "in Saint-\\"Denis\\" & co!", "amount": 12.5, "whole": "Saint-\\"Denis\\" & co", "key": "{{ secret.crm }}"}',
  });
  const form = call.another();
  form.to(asking({ method: "PUT", body: "form", fields: [{ name: "city", value: "{{ city }}" }] }));
  form.asked({ method: "PUT", body: "city=Saint-%22Denis%22%20%26%20co" });
});

scenario("what comes of a secret variable is sent, and shown as dots", (call) => {
  call.systemAnswers(200, customer);
  call.to(
    asking({
      ...{ method: "POST", body: "json", json: '{"pin": "{{ pin }}", "city": "{{ city }}"}', retries: 0 },
      headers: [{ name: "X-Pin", value: "of {{ pin }}" }],
    }),
  );
  call.asked({ headers: { "x-pin": "of •••" }, body: '{"pin": "•••", "city": "Saint-\\"Denis\\" & co"}' });
});

scenario("a value that reads like a secret's place is a value", (call) => {
  const caller = call.another({ callerName: "{{ secret.crm }}" });
  caller.to(asking({ query: [{ name: "who", value: "{{ call.callerName }}" }] }));
  caller.asked({ url: "https://crm.example/customers?who=%7B%7B%20secret.crm%20%7D%7D" });
});

scenario("who hangs up meanwhile is gone, and the answer does nothing", (call) => {
  call.systemAnswers(200, customer, "3s");
  call.to(asking());
  call.beginsToHear("holdMusic");
  call.hangsUp();
  call.staysSilentFor("5s");
  call.isEnded();
});

describe("checks", () => {
  const codes = (settings: Settings, company = { secret: new Set(["crm"]) }) =>
    validate(asking(settings).document(), registry, company)
      .filter(({ nodeId }) => nodeId === "ask")
      .map(({ code }) => code);

  test("an address stands there before values come in", () => {
    for (const url of [
      "https://crm.example/{{ name }}",
      "http://crm.example:8080?x={{ name }}",
      "https://[2001:db8::1]/",
    ]) {
      expect([url, codes({ url })]).toEqual([url, []]);
    }
    for (const url of [
      "",
      "https://",
      "crm.example/x",
      "https://{{ name }}/",
      "ftp://crm.example/",
      "https://u@crm.example/",
    ]) {
      expect([url, codes({ url })]).toEqual([url, ["httpAddress"]]);
    }
  });

  test("a private address is a warning", () => {
    expect(codes({ url: "http://192.168.4.7/x" })).toEqual(["httpPrivateAddress"]);
    for (const host of ["localhost", "crm", "crm.lan", "10.0.0.1", "172.20.1.1", "::1", "fd00::1"]) {
      expect([host, looksPrivate(host)]).toEqual([host, true]);
    }
    for (const host of ["crm.example.com", "8.8.8.8", "172.32.0.1", "2606:4700::1"]) {
      expect([host, looksPrivate(host)]).toEqual([host, false]);
    }
  });

  test("secrets must be there, and have no place in the address, nor what callers keyed in secret", () => {
    const key = (value: string): Settings => ({ headers: [{ name: "x", value }] });
    expect(codes(key("{{ secret.crm }}"))).toEqual([]);
    expect(codes(key("{{ secret.gone }}"))).toEqual(["notInCompany"]);
    expect(codes(key("{{ pin }}"))).toEqual([]);
    expect(codes({ method: "POST", body: "json", json: '{"pin": "{{ pin }}"}', retries: 0 })).toEqual([]);
    expect(codes({ url: "https://crm.example/{{ pin }}" })).toEqual(["secretShown"]);
    expect(codes({ url: "https://crm.example/{{ secret.crm }}" })).not.toEqual([]);
  });

  test("JSON, a body of a GET, repeats that are not made, variables that are not there", () => {
    expect(codes({ method: "POST", body: "json", json: '{"a": {{ amount }}, "b": "{{ name }}"}', retries: 0 })).toEqual(
      [],
    );
    expect(codes({ method: "POST", body: "json", json: '{"a": }', retries: 0 })).toEqual(["httpNotJson"]);
    expect(codes({ body: "form" })).toEqual(["httpBodyIgnored"]);
    expect(codes({ method: "POST", retries: 2 })).toEqual(["httpRetriesIgnored"]);
    expect(codes({ method: "POST", retries: 2, retryAlways: true })).toEqual([]);
    expect(codes({ status: "gone" })).toEqual(["variableMissing"]);
  });
});
