import { expect, test } from "vitest";
import { UserError } from "../errors/index.ts";
import { createCallRouting } from "./call-routing.ts";

function routing(version: () => Promise<never>) {
  return createCallRouting({
    lines: { dialled: async () => null, list: async () => [] },
    flows: { version, published: async () => null, builtIn: async () => "ver_1" },
    companies: {
      all: async () => [company],
      get: async () => company,
    },
    queues: { opening: async () => null },
    prompts: { list: async () => [] },
    everyday: { current: async () => [], values: async () => ({}) },
    now: () => 0,
    log: { error: () => {} },
  });
}

const company = {
  companyId: "co_1",
  rev: 1,
  code: "demo",
  name: "Demo",
  country: "FR",
  timeZone: "Europe/Paris",
  languages: ["fr-FR", "en-GB"],
  pauseReasons: [],
  scriptSchemes: [],
  authorsMayPublish: false,
  switchboardTelephoneId: null,
  voices: {},
  callRetentionDays: 180,
  skills: [],
  contactFields: [],
};

test("a number that no line has leads to the announcement, in the company's language", async () => {
  const { route } = routing(() => Promise.reject(new UserError("notFound", { what: "flow version" })));
  expect(await route("+33199999999")).toMatchObject({
    lineId: null,
    flowVersionId: "ver_notInService",
    language: "fr-FR",
  });
});

test("a version that was deleted is gone, and is not asked for again and again", async () => {
  let asked = 0;
  const { version } = routing(() => {
    asked += 1;
    return Promise.reject(new UserError("notFound", { what: "flow version" }));
  });
  expect(await version("co_1", "ver_1")).toBeNull();
  expect(await version("co_1", "ver_1")).toBeNull();
  expect(asked).toBe(1);
});

test("a store that does not answer says nothing of a version", async () => {
  const { version } = routing(() => Promise.reject(new Error("connection lost")));
  await expect(version("co_1", "ver_1")).rejects.toThrow("connection lost");
});
