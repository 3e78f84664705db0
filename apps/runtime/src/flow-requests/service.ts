import { createHash } from "node:crypto";
import type { RequestTrial, RequestTrialFields, Texts } from "@cordboard/api";
import {
  callMembers,
  compileExpression,
  type ExpressionValue,
  type FlowRequest,
  requestOf,
  valueAs,
} from "@cordboard/node-kit";
import { http as httpNode } from "@cordboard/nodes";
import Value from "typebox/value";
import { demand, type Scope } from "../access/index.ts";
import { UserError } from "../errors/index.ts";
import { failureWords, type OutgoingFailure, type OutgoingHttp, statusWords } from "../outgoing-http/index.ts";
import type { Clock, MakeId } from "../ports/index.ts";
import type { Secrets } from "../secrets/index.ts";
import { LARGEST_ANSWER, type RequestOutcome, type RequestReport, secretsOf, sendRequest } from "./send-request.ts";

export interface FlowRequestsGiven {
  readonly http: OutgoingHttp;
  readonly clock: Clock;
  readonly makeId: MakeId;
  readonly secrets: Pick<Secrets, "reveal">;
  readonly privateHosts: (companyId: string) => Promise<readonly string[]>;
}

const SHOWN_ANSWER = 4_000;

/** What flows ask of other systems: for calls, and for authors who try a request out. */
export function createFlowRequests(given: FlowRequestsGiven) {
  const { http, clock } = given;

  async function ask(companyId: string, key: string, request: FlowRequest): Promise<RequestReport> {
    const [listed, secrets] = await Promise.all([
      given.privateHosts(companyId),
      given.secrets.reveal(companyId, secretsOf(request)),
    ]);
    // Nobody outside learns our ids of calls; the key is the same for all attempts of one question.
    const idempotencyKey = createHash("sha256").update(`${companyId} ${key}`).digest("hex").slice(0, 32);
    return await sendRequest(request, { http, clock, secrets, listed, idempotencyKey });
  }

  return {
    /** For a call. Nothing of the answer but the values that are asked for leaves here. */
    async send(
      of: { readonly companyId: string; readonly key: string },
      request: FlowRequest,
    ): Promise<RequestOutcome> {
      const { result, status, values, attempts, reason } = await ask(of.companyId, of.key, request);
      return { result, status, values, attempts, reason };
    },
    /** Makes the request of a node with sample values, and says what a call would have got. */
    async try(scope: Scope, { config, variables, callerNumber }: RequestTrialFields): Promise<RequestTrial> {
      demand(scope, "write", "connectors");
      if (!Value.Check(httpNode.config, config))
        throw new UserError("requestInvalid", { where: "/body/config", problem: badSettings });
      const settings = config as typeof httpNode.initial;
      const failures: string[] = [];
      const sample = Object.fromEntries(variables.map(({ name, value }) => [name, value]));
      const facts = { ...sampleCall, callerNumber };
      const request = requestOf(
        { ...settings, pointers: settings.answers.map(({ pointer }) => pointer) },
        {
          scope: { variables: sample, call: callMembers(facts, sampleCall.language) },
          // Sample values are nobody's.
          secrets: {},
          context: { language: sampleCall.language, timeZone: sampleCall.timeZone },
          compile: compileExpression,
          failed: ({ source }) => void failures.push(source),
        },
      );
      const began = clock.now();
      const report = await ask(scope.companyId, given.makeId("call"), request);
      return {
        ...{ result: report.result, status: report.status, attempts: report.attempts },
        tookMs: Math.max(0, Math.round(clock.now() - began)),
        answer: report.text.slice(0, SHOWN_ANSWER),
        values: settings.answers.map(({ pointer, variable }, index) => {
          const found = report.values[index] ?? null;
          const type = variables.find(({ name }) => name === variable)?.type;
          const kept: ExpressionValue | null = found === null || type === undefined ? null : valueAs(found, type);
          return { variable, pointer, found, kept };
        }),
        failedPlaces: failures,
        problem: problemOf(report, request),
      };
    },
  };
}

export type FlowRequests = ReturnType<typeof createFlowRequests>;

/** A call for expressions that ask for one. */
const sampleCall = {
  callId: "call_try",
  callerName: null,
  dialledNumber: "",
  lineName: "",
  language: "fr-FR",
  timeZone: "UTC",
};

const FAILURES: ReadonlySet<string> = new Set<OutgoingFailure>(["refused", "timeout", "unreachable", "tooLarge"]);

/** Why a call would not leave by `ok`, as a sentence; null: it would. */
function problemOf({ result, status, reason, url }: RequestReport, { timeoutMs }: FlowRequest): Texts | null {
  if (result === "ok") return null;
  if (reason === null) return statusWords(status);
  if (reason === "notJson") return notJson;
  if (reason === "addressInvalid") return badAddress;
  const secret = /^secretMissing (.*)$/.exec(reason)?.[1];
  if (secret !== undefined) return noSecret(secret);
  const known = FAILURES.has(reason) ? (reason as OutgoingFailure) : "unreachable";
  return failureWords({ reason: known, detail: reason }, { url, timeoutMs, maxBytes: LARGEST_ANSWER });
}

const badSettings: Texts = { fr: "ne sont pas des réglages de ce bloc", en: "are no settings of this node" };
const notJson: Texts = {
  fr: "L’autre système n’a pas répondu en JSON : rien ne peut être retenu de sa réponse.",
  en: "The other system did not answer in JSON: nothing can be kept of its answer.",
};
const badAddress: Texts = {
  fr: "L’adresse ne peut pas être ouverte avec ces valeurs.",
  en: "The address cannot be opened with these values.",
};
const noSecret = (name: string): Texts => ({
  fr: `Le secret « ${name} » n’existe pas : ajoutez-le (page « Connecteurs »).`,
  en: `There is no secret “${name}”: add it (page “Connectors”).`,
});
