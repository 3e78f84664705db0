import { describe, expect, test } from "vitest";
import { flowOfCallback } from "../routing/callback-flow.ts";
import { dialledFlow } from "../routing/dialled-flow.ts";
import { compiledDocument } from "../testing/compiled-document.ts";
import type { CallDocument, PlacedCall } from "./model.ts";
import { isToldFirst, wasTold, withPlanOver } from "./recording-plan.ts";

const recording = { begins: true, byOperator: false, notice: true, days: 30 };
const call = (placed: Partial<PlacedCall> | null, more: Partial<CallDocument> = {}) =>
  ({ placed, leg: { state: "ringing" }, recordingWish: null, ...more }) as CallDocument;

describe("who picks up is told first", () => {
  test("where the operator was rung first, and it is not known or refused yet", () => {
    expect(isToldFirst(call({ recording }))).toBe(true);
    expect(isToldFirst(call({ recording: { ...recording, notice: false } }))).toBe(false);
    expect(isToldFirst(call({ recording, told: true }))).toBe(false);
    expect(isToldFirst(call({ recording }, { recordingWish: "refused" }))).toBe(false);
    expect(isToldFirst(call({ recording, first: "party" }))).toBe(false);
    expect(isToldFirst(call({ recording, inLine: true }))).toBe(false);
    expect(isToldFirst(call(null))).toBe(false);
    expect(isToldFirst(call({}))).toBe(false);
  });

  test("by the flow where the person is rung first: before the operator's telephone rings", () => {
    const asked = { first: "party", telephoneId: "tel_1" } as const;
    const flows = [
      (tellsOfRecording: boolean) => flowOfCallback(["fr-FR"], { ...asked, queueId: "queue_1", tellsOfRecording }),
      (tellsOfRecording: boolean) =>
        dialledFlow(["en-GB"], { ...asked, party: { kind: "number", number: "+33612345678" }, tellsOfRecording }),
    ];
    for (const flow of flows) {
      const steps = (tells: boolean) =>
        compiledDocument(JSON.parse(JSON.stringify(flow(tells)))).document.nodes.map(({ type }) => type);
      expect(steps(true).slice(0, 3)).toEqual(["play", "record", "transfer"]);
      expect(steps(false).slice(0, 2)).toEqual(["play", "transfer"]);
    }
  });
});

test("that the person was told outlives the conversation that it was for, and asks for nothing more by itself", () => {
  const heard = call({ recording, first: "party" }, { recordingWish: "on" });
  expect(wasTold(heard)).toBe(true);
  const over = withPlanOver(heard);
  expect(over).toMatchObject({ placed: { told: true }, recordingWish: null });
  expect(wasTold(over)).toBe(true);
  // What an author's flow wished stays.
  const theirs = call({}, { recordingWish: "on" });
  expect(withPlanOver(theirs)).toBe(theirs);
  expect(withPlanOver(call(null, { recordingWish: "on" })).recordingWish).toBe("on");
});
