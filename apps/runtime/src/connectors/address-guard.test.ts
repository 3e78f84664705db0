import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { request } from "undici";
import { afterAll, beforeAll, expect, test } from "vitest";
import { assertHostAllowed, guardedAgent, isNetwork, mayConnect, PrivateAddressError } from "./address-guard.ts";

test.each([
  "127.0.0.1",
  "10.1.2.3",
  "172.16.0.1",
  "192.168.1.1",
  "169.254.169.254",
  "100.64.0.1",
  "0.0.0.0",
  "255.255.255.255",
  "224.0.0.1",
  "::1",
  "::",
  "fe80::1",
  "fd00::1",
  "::ffff:127.0.0.1",
  "::ffff:10.0.0.1",
  "64:ff9b::7f00:1",
  "not an address",
])("%s is of our own surroundings, and refused", (address) => expect(mayConnect(address, [])).toBe(false));

test.each(["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])("%s is public", (address) =>
  expect(mayConnect(address, [])).toBe(true),
);

test("what an administrator listed is allowed, and its neighbours are not", () => {
  expect(mayConnect("10.0.0.5", ["10.0.0.5"])).toBe(true);
  expect(mayConnect("10.0.0.6", ["10.0.0.5"])).toBe(false);
  expect(mayConnect("192.168.1.77", ["192.168.1.0/24"])).toBe(true);
  expect(mayConnect("192.168.2.77", ["192.168.1.0/24"])).toBe(false);
  expect(mayConnect("::ffff:10.0.0.5", ["10.0.0.0/8"])).toBe(true);
  expect(["10.0.0.5", "10.0.0.0/8", "fd00::/8"].every(isNetwork)).toBe(true);
  expect(["crm.local", "10.0.0.0/99", ""].some(isNetwork)).toBe(false);
});

test.each(["http://127.0.0.1/", "http://0x7f.1/", "http://2130706433/", "http://[::1]/", "http://[::ffff:7f00:1]/"])(
  "%s is refused however it is written",
  (url) => expect(() => assertHostAllowed(new URL(url), [])).toThrow(PrivateAddressError),
);

const server = createServer((_request, response) => response.end("inside"));
let port = 0;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => void server.close());

/** A name server that gives these addresses, one after the other, for any name: a rebinding one changes its mind. */
function answering(...addresses: readonly string[]) {
  let asked = 0;
  const resolve = (_host: string, _options: unknown, callback: (error: null, found: object[]) => void) => {
    const address = addresses[Math.min(asked++, addresses.length - 1)] ?? "";
    callback(null, [{ address, family: 4 }]);
  };
  return { resolve: resolve as never, asked: () => asked };
}

test("a public name that leads inside is refused before anything is sent; what is looked up is what is connected to", async () => {
  const inside = answering("127.0.0.1");
  const refusing = guardedAgent([], inside.resolve);
  await expect(request(`http://crm.example:${port}/`, { dispatcher: refusing })).rejects.toThrow(/private address/);
  // Rebinding: the first answer is public, and there is no second question whose answer could be connected to.
  const rebinding = answering("93.184.216.34", "127.0.0.1");
  const agent = guardedAgent([], rebinding.resolve);
  const asked = request(`http://crm.example:${port}/`, { dispatcher: agent, signal: AbortSignal.timeout(300) });
  await expect(asked).rejects.toThrow();
  expect(rebinding.asked()).toBe(1);
  const allowing = guardedAgent(["127.0.0.0/8"], answering("127.0.0.1").resolve);
  const { body } = await request(`http://crm.example:${port}/`, { dispatcher: allowing });
  expect(await body.text()).toBe("inside");
  await Promise.all([refusing, agent, allowing].map((each) => each.destroy()));
});
