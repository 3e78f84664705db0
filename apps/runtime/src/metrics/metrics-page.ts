import { createHash, timingSafeEqual } from "node:crypto";
import type { RequestHandler } from "express";
import type { Metrics } from "./create-metrics.ts";

/** Serves the metrics to who brings the key, as Prometheus does (`authorization: credentials`). Without a key there is no such page. */
export function metricsPage(metrics: Pick<Metrics, "page">, key: string | null): RequestHandler {
  return async (request, response, next) => {
    if (key === null) return next();
    const given = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? "")?.[1] ?? "";
    if (!timingSafeEqual(digest(given), digest(key))) {
      response.status(401).set("WWW-Authenticate", 'Bearer realm="metrics"').end();
      return;
    }
    const { type, text } = await metrics.page();
    response.set({ "Content-Type": type, "Cache-Control": "no-store" }).send(text);
  };
}

/** Digests of equal length are compared, so that the time says nothing of the key. */
function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
