import { createServer } from "node:http";
import { type AnyEvent, createClient, subscribableTypes } from "@cordboard/api";
import type { Installation } from "./installation.ts";

export interface WebhookReceiver {
  /** What came, in the order in which it came first; what comes again under its id is not in it again. */
  readonly events: readonly AnyEvent[];
  /** How many requests came in all. */
  readonly requests: () => number;
  close(): void;
}

/** A server of the company's own that is told of everything; the installation is set up to tell it. */
export async function receiveWebhooks({ url, admin }: Installation): Promise<WebhookReceiver> {
  const events: AnyEvent[] = [];
  let requests = 0;
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      requests += 1;
      const event: AnyEvent = JSON.parse(Buffer.concat(parts).toString("utf8"));
      if (!events.some(({ eventId }) => eventId === event.eventId)) events.push(event);
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const client = createClient({ baseUrl: url, fetch, language: "en", keepCookies: true });
  const steps = [
    await client.call("session.signIn", { body: admin }),
    await client.call("integration.change", { body: { frameOrigins: [], privateHosts: ["127.0.0.1"], rev: 0 } }),
    await client.call("webhooks.create", {
      body: { name: "All", url: `http://127.0.0.1:${port}/`, events: subscribableTypes, enabled: true },
    }),
  ];
  for (const step of steps) if (!step.ok) throw new Error(`${step.error.message} ${step.error.remedy}`);
  return { events, requests: () => requests, close: () => server.close() };
}
