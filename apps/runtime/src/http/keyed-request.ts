import { errorCatalogue, type RouteContract, takesIdempotencyKey } from "@cordboard/api";
import type { Request, Response } from "express";
import type { Scope } from "../access/index.ts";
import { CodedError, UserError } from "../errors/index.ts";
import type { Idempotency, KeptAnswer } from "../idempotency/index.ts";

/** Printable ASCII; the draft's form, a quoted string, and the bare one that most programs send, are the same key. */
const keyForm = /^"?([\x21\x23-\x5b\x5d-\x7e]{1,200})"?$/;

/**
 * Does the work of a request once under its `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header), and answers every later one from
 * what was kept. Without the header, or where the route does not take it, it is simply done.
 */
export async function onceByKey(
  route: RouteContract,
  { request, response, who }: { request: Request; response: Response; who: { readonly scope: Scope } | null },
  idempotency: Idempotency | undefined,
  work: () => Promise<KeptAnswer>,
): Promise<KeptAnswer> {
  const given = request.headers["idempotency-key"];
  if (given === undefined || !takesIdempotencyKey(route) || !who || !idempotency) return work();
  const [, key] = keyForm.exec(String(given)) ?? [];
  if (key === undefined) throw new UserError("idempotencyKeyInvalid");
  const { companyId, actorId, key: apiKey } = who.scope;
  const asked = await idempotency.begin({
    companyId,
    who: apiKey?.apiKeyId ?? actorId ?? "commandLine",
    key,
    what: JSON.stringify([request.method, request.originalUrl, request.body ?? null]),
  });
  if (asked.kind === "answered") {
    response.setHeader("Idempotency-Replayed", "true");
    return asked.answer;
  }
  try {
    const answer = await work();
    await asked.done(answer);
    return answer;
  } catch (thrown) {
    // A refusal did nothing; after anything else nobody knows.
    if (thrown instanceof CodedError && errorCatalogue[thrown.code].kind === "user") await asked.refused();
    else await asked.failed();
    throw thrown;
  }
}
