import mongoose from "mongoose";
import { expect, test } from "vitest";
import { UserError } from "../errors/index.ts";
import { toCodedError } from "./to-coded-error.ts";

const { mongo } = mongoose;

test.each([
  new mongo.MongoNetworkError("connect ECONNREFUSED"),
  new mongo.MongoServerSelectionError("timed out", new mongo.MongoNetworkError("x") as never),
  new mongo.MongoNotConnectedError("no"),
  new mongo.MongoTopologyClosedError("closed"),
  new mongoose.Error.MongooseServerSelectionError("timed out"),
])("a store that cannot be reached is told as such: %s", (thrown) => {
  expect(toCodedError(thrown, "r").code).toBe("storeUnavailable");
});

test("an error of another part keeps its code, whatever class it is of", () => {
  const foreign = Object.assign(new Error("nobody matches"), { code: "callCentreUnavailable" });
  expect(toCodedError(foreign, "r")).toMatchObject({ name: "OutsideError", code: "callCentreUnavailable" });
  const refusal = new UserError("inUse", { places: "Sales" });
  expect(toCodedError(refusal, "r")).toBe(refusal);
});

test.each([new TypeError("x is not a function"), "a string", null, Object.assign(new Error("no"), { code: "ENOENT" })])(
  "anything else is a bug of ours: %s",
  (thrown) => {
    const error = toCodedError(thrown, "request 7");
    expect(error.code).toBe("internal");
    expect(error.details).toEqual({ requestId: "request 7" });
    expect(error.cause).toBe(thrown);
  },
);
