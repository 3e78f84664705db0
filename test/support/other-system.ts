import { createServer, type IncomingHttpHeaders } from "node:http";

/** A request that waits for its answer. */
export interface WaitingRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  answer(json: unknown, status?: number): void;
}

/** A system of a company's own, such as a CRM: what it is asked waits until the test answers. */
export interface OtherSystem {
  readonly url: string;
  /** All that was asked, in order, answered or not. */
  readonly waiting: readonly WaitingRequest[];
  close(): void;
}

export async function startOtherSystem(): Promise<OtherSystem> {
  const waiting: WaitingRequest[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      waiting.push({
        ...{ method: request.method ?? "", url: request.url ?? "", headers: request.headers },
        body: Buffer.concat(parts).toString("utf8"),
        answer: (json, status = 200) =>
          void response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(json)),
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    waiting,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
