import type { CheckResult } from "../routes/telephony.ts";
import type { Installation, Product } from "./installation.ts";
import { unread } from "./judge-reach.ts";
import { readOf, type SeenJambonz } from "./seen.ts";
import { listed, plainly, verdict } from "./verdict.ts";

/** What comes in and what rings: carriers, numbers against lines, the realm and its telephones, speech. */
export function judgeTelephony({ applicationSid, product }: Installation, seen: SeenJambonz): CheckResult[] {
  return [
    ...judgeCarriers(seen),
    ...(product ? judgeNumbers(product, applicationSid, seen) : [plainly("numbers", "skipped", "notRunning")]),
    ...(product ? judgeRealm(product, seen) : []),
    product ? judgeRegistered(product, seen) : plainly("telephones", "skipped", "notRunning"),
    product ? judgeSpeech(product, seen) : plainly("speech", "skipped", "notRunning"),
  ];
}

function judgeCarriers({ carriers }: SeenJambonz): CheckResult[] {
  if (carriers.kind !== "read") return [unread("carriers", carriers)];
  const off = carriers.value.filter(({ active }) => !active);
  const lost = carriers.value.filter(({ active, registered }) => active && registered && !registered.ok);
  const good = carriers.value.filter((carrier) => !off.includes(carrier) && !lost.includes(carrier));
  const names = (of: typeof off) => listed(of.map(({ name }) => name));
  return [
    ...(carriers.value.length === 0 ? [verdict("carriers", "warning", "none")] : []),
    ...(lost.length === 0
      ? []
      : [
          verdict("carriers", "error", "unregistered", {
            names: listed(lost.map(({ name, registered }) => `${name} (${registered?.why})`)),
          }),
        ]),
    ...(off.length === 0 ? [] : [verdict("carriers", "warning", "inactive", { names: names(off) })]),
    ...(good.length === 0 ? [] : [verdict("carriers", "ok", "ok", { names: names(good) })]),
  ];
}

function judgeNumbers(product: Product, applicationSid: string | null, seen: SeenJambonz): CheckResult[] {
  const { lines, sameNumber } = product;
  if (seen.numbers.kind !== "read") return [unread("numbers", seen.numbers)];
  if (lines.length === 0) return [verdict("numbers", "warning", "noLines")];
  const numbers = seen.numbers.value;
  const isOurs = (sid: string | null) => applicationSid === null || sid === applicationSid;
  // A carrier's own application serves what no number names; a pattern (`3319900*`) serves what it covers.
  const all = (readOf(seen.carriers) ?? []).some(
    (carrier) => carrier.active && carrier.applicationSid === applicationSid,
  );
  const covers = (number: string, line: string) => sameNumber(number, line) || matches(number, line);
  const found = (number: string) => numbers.filter((each) => covers(each.number, number));
  const written = (of: readonly { name: string; number: string }[]) =>
    listed(of.map(({ name, number }) => `${number} (${name})`));
  const missing = all ? [] : lines.filter(({ number }) => found(number).length === 0);
  const elsewhere = lines.filter(
    ({ number }) => found(number).length > 0 && !found(number).some((each) => isOurs(each.applicationSid)),
  );
  const extra = numbers.filter(
    (each) =>
      applicationSid !== null &&
      each.applicationSid === applicationSid &&
      !lines.some(({ number }) => covers(each.number, number)),
  );
  const faults = [
    ...(missing.length === 0 ? [] : [verdict("numbers", "error", "missing", { numbers: written(missing) })]),
    ...(elsewhere.length === 0 ? [] : [verdict("numbers", "error", "elsewhere", { numbers: written(elsewhere) })]),
    ...(extra.length === 0
      ? []
      : [verdict("numbers", "warning", "extra", { numbers: listed(extra.map(({ number }) => number)) })]),
  ];
  if (faults.length > 0) return faults;
  const unnamed = lines.some(({ number }) => found(number).length === 0);
  return [verdict("numbers", "ok", unnamed ? "all" : "ok", { count: lines.length })];
}

/** Whether a pattern of jambonz covers the number: one that ends in `*`, or an expression. */
function matches(pattern: string, number: string): boolean {
  if (!/\D/.test(pattern.replace(/^\+/, ""))) return false;
  try {
    const expression = pattern.endsWith("*") ? `${pattern.slice(0, -1).replace(/^\+/, "")}\\d*` : pattern;
    return new RegExp(expression).test(number.replace(/^\+/, ""));
  } catch {
    return false;
  }
}

function judgeRealm({ telephones }: Product, { account }: SeenJambonz): CheckResult[] {
  const realm = readOf(account)?.realm ?? null;
  if (account.kind !== "read") return [unread("realm", account)];
  if (realm === null) {
    return telephones.length === 0
      ? [verdict("realm", "ok", "unused")]
      : [verdict("realm", "error", "none", { telephones: listed(telephones.map(({ name }) => name)) })];
  }
  const others = telephones.filter(({ user }) => user.includes("@") && user.split("@")[1]?.toLowerCase() !== realm);
  if (others.length === 0) return [verdict("realm", "ok", "ok", { realm })];
  const named = listed(others.map(({ name, user }) => `${name} (${user})`));
  return [verdict("realm", "warning", "differs", { realm, telephones: named })];
}

function judgeRegistered({ telephones }: Product, { account, registered }: SeenJambonz): CheckResult {
  const realm = readOf(account)?.realm ?? null;
  if (telephones.length === 0) return verdict("telephones", "ok", "none");
  if (account.kind === "read" && realm === null) return plainly("telephones", "skipped", "realmless");
  if (registered.kind !== "read") return unread("telephones", registered);
  const there = new Set(registered.value.map((user) => user.toLowerCase()));
  const whole = (user: string) => (user.includes("@") ? user : `${user}@${realm}`).toLowerCase();
  const gone = telephones.filter(({ user }) => !there.has(whole(user)));
  if (gone.length === 0) return verdict("telephones", "ok", "ok", { count: telephones.length });
  const named = listed(gone.map(({ name, user }) => `${name} (${user})`));
  return verdict("telephones", "warning", "unregistered", { telephones: named });
}

function judgeSpeech({ languages, spokenLanguages }: Product, seen: SeenJambonz): CheckResult {
  const needed = spokenLanguages.length > 0;
  if (seen.application === null) return plainly("speech", "skipped", "unasked");
  if (seen.application.kind !== "read") return unread("speech", seen.application);
  const application = seen.application.value;
  if (application.vendor === null) {
    if (!needed) return verdict("speech", "ok", "notNeeded");
    return verdict("speech", "error", "none", { languages: listed(spokenLanguages) });
  }
  const { vendor, label } = application;
  if (seen.credentials.kind !== "read") return unread("speech", seen.credentials);
  const credential = seen.credentials.value.find(
    (each) => each.vendor === vendor && each.label === label && each.speaks,
  );
  const state = needed ? "error" : "warning";
  if (!credential) return verdict("speech", state, "noCredential", { vendor });
  if (credential.tried === false) return verdict("speech", state, "failed", { vendor });
  // A synthesiser of one's own names no languages: it is asked for whatever is to be said.
  const spoken = readOf(seen.spoken) ?? [];
  const speaks = (language: string) =>
    spoken.length === 0 || spoken.some((each) => each.slice(0, 2).toLowerCase() === language.slice(0, 2).toLowerCase());
  const silent = languages.filter((language) => !speaks(language));
  if (silent.length > 0) {
    const wanted = silent.some((language) => spokenLanguages.includes(language));
    return verdict("speech", wanted ? "error" : "warning", "language", { vendor, languages: listed(silent) });
  }
  return verdict("speech", "ok", "ok", { vendor, languages: listed(languages) || "?" });
}
