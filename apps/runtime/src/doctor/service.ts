import type { CheckResult, Company, DiallingRules, Line, Telephone, TestCall } from "@cordboard/api";
import { examine, type Installation, judgeTestCall, type Product } from "@cordboard/api/doctor";
import { builtInAudio } from "@cordboard/prompts";
import { demand, type Scope, systemScope } from "../access/index.ts";
import { dialledForms } from "../companies/index.ts";
import { numberToDial } from "../dialling/index.ts";
import { UserError } from "../errors/index.ts";
import type { Flows } from "../flows/index.ts";
import type { CallInbox, Clock, MakeId } from "../ports/index.ts";
import { testCallNodes } from "../routing/test-call-flow.ts";
import type { Traces } from "../traces/index.ts";
import { spokenIn } from "./spoken-in.ts";

export interface DoctorGiven {
  /** Access to jambonz, and what it is to send us. */
  readonly installation: Omit<Installation, "product">;
  readonly placeCall: CallInbox["placeCall"];
  readonly companies: { get(scope: Scope): Promise<Company> };
  readonly lines: { list(scope: Scope): Promise<Line[]> };
  readonly telephones: { list(scope: Scope): Promise<Telephone[]>; get(scope: Scope, id: string): Promise<Telephone> };
  readonly flows: Pick<Flows, "list" | "published">;
  /** What is wrong with the queues of a company. */
  readonly queueProblems: (companyId: string) => Promise<NonNullable<Product["queues"]>>;
  readonly rules: { of(companyId: string): Promise<DiallingRules> };
  readonly traces: Traces;
  readonly clock: Clock;
  readonly makeId: MakeId;
  readonly fetch?: typeof fetch;
}

export type TestCallTarget =
  | { readonly kind: "number"; readonly number: string }
  | { readonly kind: "telephone"; readonly telephoneId: string };

/** Examines the telephone system for an administrator, and tries it with a call. */
export function createDoctor(given: DoctorGiven) {
  const { companies, lines, telephones, flows, clock } = given;

  async function product({ companyId }: Scope): Promise<Product> {
    const own = systemScope(companyId);
    const [{ country }, everyLine, everyTelephone, everyFlow, queues] = await Promise.all([
      companies.get(own),
      lines.list(own),
      telephones.list(own),
      flows.list(own),
      given.queueProblems(companyId),
    ]);
    const spoken = new Set<string>();
    const languages = new Set<string>();
    for (const { flowId, published } of everyFlow) {
      const version = published && (await flows.published(own, flowId));
      if (!version) continue;
      const found = spokenIn(version.document);
      for (const language of found.languages) languages.add(language);
      for (const language of found.spoken) spoken.add(language);
    }
    return {
      lines: everyLine.map(({ name, number }) => ({ name, number })),
      sameNumber: (ofJambonz, ofLine) => dialledForms(ofJambonz, country).includes(ofLine),
      telephones: everyTelephone.flatMap(({ name, target }: Telephone) =>
        target.kind === "user" ? { name, user: target.name } : [],
      ),
      languages: [...languages],
      spokenLanguages: [...spoken],
      queues,
      sampleMedia: `/media/${builtInAudio("beep", "en").sha256}.wav`,
    };
  }

  return {
    async check(scope: Scope): Promise<{ readonly at: string; readonly items: CheckResult[] }> {
      demand(scope, "read", "telephony");
      const items = await examine(
        { ...given.installation, product: await product(scope) },
        { fetch: given.fetch ?? fetch, now: clock.now },
      );
      return { at: new Date(clock.now()).toISOString(), items };
    },

    /** Rings somebody to try the way of a call. What may not be dialled does not ring either. */
    async testCall(scope: Scope, to: TestCallTarget): Promise<{ readonly callId: string }> {
      demand(scope, "write", "telephony");
      const { companyId } = scope;
      const own = systemScope(companyId);
      const callId = given.makeId("call");
      const [company, every] = await Promise.all([companies.get(own), lines.list(own)]);
      const line = every[0] ?? null;
      const telephone = to.kind === "telephone" ? await telephones.get(own, to.telephoneId) : null;
      const rules = { ...(await given.rules.of(companyId)), allowed: true };
      const number =
        to.kind === "number" ? numberToDial({ written: to.number, country: company.country, rules }) : telephone?.name;
      const language = company.languages[0] ?? "en-GB";
      const taken = await given.placeCall({
        ...{ companyId, callId, callbackId: null, offerId: null, queueId: null, operatorId: "", operatorName: "" },
        telephoneId: telephone?.telephoneId ?? "",
        number: number ?? "",
        party: { kind: "nobody", trial: true },
        first: telephone ? "operator" : "party",
        card: {
          ...{ from: number ?? null, hidden: false, callerName: null, to: line?.number ?? "", language, script: null },
          lineName: line?.name ?? "",
          callStartedAt: clock.now(),
        },
      });
      if (taken !== "taken") throw new UserError("notFound", { what: "call" });
      return { callId };
    },

    async steps(scope: Scope, callId: string): Promise<TestCall> {
      demand(scope, "read", "telephony");
      // Nothing but a test call is told of: who may see those need not be let in to what callers did.
      const { call, events } = await given.traces.trace(systemScope(scope.companyId), callId);
      const began = events.find(({ kind }) => kind === "began");
      if (began?.details.test !== true) throw new UserError("notFound", { what: "call" });
      return judgeTestCall({ callId, over: call.endedAt !== null, events, nodes: testCallNodes });
    },
  };
}

export type Doctor = ReturnType<typeof createDoctor>;
