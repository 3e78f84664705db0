import { expect, test } from "vitest";
import { type Account, groupFor, type Identity, judgeIdentity, operatorCodes, readIdentity } from "./identity.ts";

const by = { idClaim: "sub", groupsClaim: "groups", trustsUnstatedEmail: false };
const ines: Identity = {
  ...{ externalId: "p1", email: "ines@example.com", emailVerified: true, name: "Inès", userName: null },
  ...{ language: "fr", groups: ["desk", "staff"] },
};
const account = (accountId: string, externalId: string | null, enabled = true): Account => ({
  accountId,
  externalId,
  enabled,
});

test("claims are read as issuers write them: numbers as ids, one group as a word, verified as a word", () => {
  const read = readIdentity(
    {
      sub: 42,
      email: " Ines@Example.com ",
      email_verified: "true",
      locale: "fr-CA",
      groups: "desk",
      given_name: "Inès",
    },
    by,
  );
  expect(read).toEqual({
    ...{ externalId: "42", email: "ines@example.com", emailVerified: true, name: "Inès", userName: null },
    ...{ language: "fr", groups: ["desk"] },
  });
  expect(readIdentity({ email: "a@b.example" }, by)).toBeNull();
  expect(readIdentity({ sub: "p1", oid: "o1" }, { ...by, idClaim: "oid" })?.externalId).toBe("o1");
});

test.each([
  ["said", { email_verified: true }, false, true],
  ["denied, whatever the issuer is trusted with", { email_verified: false }, true, false],
  ["not said", {}, false, false],
  ["not said, by an issuer that only gives verified ones", {}, true, true],
])("an address counts as verified: %s", (_, claims, trustsUnstatedEmail, verified) => {
  const read = readIdentity({ sub: "p", email: "a@b.example", ...claims }, { ...by, trustsUnstatedEmail });
  expect(read?.emailVerified).toBe(verified);
});

test("a known external id is that account, whatever the address says", () => {
  const found = { byId: [account("user_1", "p1")], byEmail: [account("user_2", null)] };
  for (const match of ["email", "externalId"] as const) {
    expect(judgeIdentity(ines, match, found)).toEqual({ kind: "known", accountId: "user_1", bind: false });
  }
  expect(judgeIdentity(ines, "email", { byId: [account("user_1", "p1", false)], byEmail: [] })).toMatchObject({
    code: "signInDisabled",
  });
});

test("an address leads only to an account that is bound to nobody, and only where addresses are asked for", () => {
  const free = { byId: [], byEmail: [account("user_2", null)] };
  expect(judgeIdentity(ines, "email", free)).toEqual({ kind: "known", accountId: "user_2", bind: true });
  expect(judgeIdentity(ines, "externalId", free)).toEqual({ kind: "unknown" });
  const bound = { byId: [], byEmail: [account("user_2", "somebody else")] };
  expect(judgeIdentity(ines, "email", bound)).toMatchObject({ code: "signInEmailTaken" });
  const two = { byId: [], byEmail: [account("user_2", null), account("user_3", null)] };
  expect(judgeIdentity(ines, "email", two)).toMatchObject({ code: "signInEmailTaken" });
});

test("an address that nobody vouches for, or none, leads nowhere", () => {
  const free = { byId: [], byEmail: [account("user_2", null)] };
  expect(judgeIdentity({ ...ines, emailVerified: false }, "email", free)).toMatchObject({
    code: "signInEmailUnverified",
  });
  expect(judgeIdentity({ ...ines, email: null }, "email", free)).toMatchObject({ code: "signInEmailMissing" });
});

test("the first group that fits decides, at the door that it is for", () => {
  const rules = [
    { group: "bosses", as: "admin" as const, queueIds: [] },
    { group: "desk", as: "operator" as const, queueIds: ["queue_1"] },
    { group: "staff", as: "author" as const, queueIds: [] },
    { group: "*", as: "consultant" as const, queueIds: [] },
  ];
  expect(groupFor(ines, rules, "user")?.as).toBe("author");
  expect(groupFor(ines, rules, "operator")?.queueIds).toEqual(["queue_1"]);
  expect(groupFor({ groups: [] }, rules, "user")?.as).toBe("consultant");
  expect(groupFor({ groups: [] }, rules, "operator")).toBeNull();
});

test("a new operator's code is a word of theirs, in signs that codes have", () => {
  const [first, second] = operatorCodes({ userName: "émile.zola@corp", email: null, externalId: "x" });
  expect([first, second]).toEqual(["emile.zola", "emile.zola2"]);
  expect(operatorCodes({ userName: null, email: null, externalId: "日本" })[0]).toBe("operator");
});
