import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import { expect, test } from "vitest";
import { postWebhook } from "./post-webhook.ts";
import { isPrivateAddress } from "./public-lookup.ts";

/** A receiver that keeps what it was sent. */
async function receiver(status: number) {
  const got: { body: string; signature: string }[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (part) => {
      body += part;
    });
    request.on("end", () => {
      got.push({ body, signature: String(request.headers["cordboard-signature"]) });
      response.writeHead(status, { location: "http://127.0.0.1:1/" }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return { url: `http://127.0.0.1:${port}/hook`, got, close: () => server.close() };
}

const webhook = { secret: "a secret", body: '{"type":"alarm"}', at: 1_764_000_000_000 };

test("arrives with a signature of time and body, which whoever has the secret can check", async () => {
  const { url, got, close } = await receiver(204);
  const answer = await postWebhook({ ...webhook, url, privateHosts: ["127.0.0.1"] });
  close();
  expect(answer).toEqual({ delivered: true, answer: "HTTP 204" });
  const expected = createHmac("sha256", "a secret").update(`1764000000.${webhook.body}`).digest("hex");
  expect(got).toEqual([{ body: webhook.body, signature: `t=1764000000,v1=${expected}` }]);
});

test.each([500, 302])("an answer of %s is no delivery, and is not followed", async (status) => {
  const { url, got, close } = await receiver(status);
  expect(await postWebhook({ ...webhook, url, privateHosts: ["127.0.0.1"] })).toEqual({
    ...{ delivered: false, answer: `HTTP ${status}` },
  });
  close();
  expect(got).toHaveLength(1);
});

test.each(["http://127.0.0.1:1/", "http://[::1]:1/", "http://localhost:1/", "http://169.254.169.254/latest"])(
  "%s is not called: it is nobody's business from outside",
  async (url) => {
    const { delivered, answer } = await postWebhook({ ...webhook, url, privateHosts: [] });
    expect(delivered).toBe(false);
    expect(answer).toMatch(/private network/);
  },
);

test("which addresses are private", () => {
  for (const address of ["10.1.2.3", "192.168.1.1", "172.31.0.1", "::1", "fd00::1", "::ffff:10.0.0.1"])
    expect(isPrivateAddress(address)).toBe(true);
  for (const address of ["8.8.8.8", "172.32.0.1", "2001:4860:4860::8888"])
    expect(isPrivateAddress(address)).toBe(false);
});
