import { describe, expect, test } from "vitest";
import { customHeaders, parseNameAddress, parseSipRequest, userOf } from "./sip-text.ts";

describe("SIP texts", () => {
  test("well-known headers are told in lower case, others as they were spelt", () => {
    const raw =
      'INVITE sip:100@a.example SIP/2.0\r\nFrom: "Al" <sip:+1@b.example>;tag=1\r\nX-CID: c1\r\nContent-Type: application/sdp\r\n\r\nv=0\r\n';
    expect(parseSipRequest(raw)).toEqual({
      headers: { from: '"Al" <sip:+1@b.example>;tag=1', "X-CID": "c1", "content-type": "application/sdp" },
      raw,
      body: "v=0\r\n",
      method: "INVITE",
      version: "2.0",
      uri: "sip:100@a.example",
      payload: [{ type: "application/sdp", content: "v=0\r\n" }],
    });
  });

  test("what is no request is refused", () => {
    expect(() => parseSipRequest("SIP/2.0 200 OK\r\n\r\n")).toThrow("not a SIP request");
  });

  test("names keep their quotation marks; users are found with and without a name", () => {
    expect(parseNameAddress('"Anonymous" <sip:anonymous@a.example>;tag=x')).toEqual({
      name: '"Anonymous"',
      uri: "sip:anonymous@a.example",
    });
    expect(userOf("sip:+33155500100@a.example;user=phone")).toBe("+33155500100");
    expect(userOf("tel:+33155500100")).toBe("+33155500100");
    expect(userOf("sip:a.example")).toBe("");
  });

  test("only what its sender wants to say is told of a BYE", () => {
    expect(
      customHeaders([
        ["Via", "x"],
        ["X-Why", "late"],
        ["Reason", "Q.850;cause=16"],
      ]),
    ).toEqual({ "X-Why": "late", Reason: "Q.850;cause=16" });
    expect(customHeaders([["Via", "x"]])).toBeUndefined();
  });
});
