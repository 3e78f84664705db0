import type { ApiProblem } from "@cordboard/api";
import { expect, test } from "vitest";
import { isAbout } from "./is-about.ts";

const refused = (code: string, details: Record<string, unknown>): ApiProblem => ({
  code,
  message: "",
  remedy: "",
  details,
  requestId: "r",
  status: 400,
});

test("a refusal is about the field that it names, however deep the fault lies", () => {
  const problem = refused("requestInvalid", { where: "/body/overflow/queueIds/0", problem: "…" });
  expect(isAbout(problem, ["mostWaiting", "overflow"], [])).toBe(true);
  expect(isAbout(problem, ["queueIds"], [])).toBe(false);
  expect(isAbout(refused("requestInvalid", { where: "/body/goal (percents)", problem: "…" }), ["goal"], [])).toBe(true);
  expect(isAbout(refused("requestInvalid", { where: "/query/goal", problem: "…" }), ["goal"], [])).toBe(false);
});

test("a thing that is gone concerns what chooses from its kind", () => {
  expect(isAbout(refused("notFound", { what: "skill" }), [], ["skill"])).toBe(true);
  expect(isAbout(refused("notFound", { what: "script" }), [], ["skill"])).toBe(false);
  expect(isAbout(refused("inUse", { what: "skill" }), [], ["skill"])).toBe(false);
  expect(isAbout(null, ["goal"], ["skill"])).toBe(false);
});
