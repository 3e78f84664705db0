import { expect, test } from "vitest";
import { addressesOf } from "./addresses.ts";

const ports = { port: 4700, labPort: 4701, tls: false, publicUrl: null };

test("on loopback everything is where it listens", () => {
  expect(addressesOf({ ...ports, host: "127.0.0.1" })).toEqual({
    near: "127.0.0.1",
    local: "http://127.0.0.1:4700",
    base: "http://127.0.0.1:4700",
    lab: "http://127.0.0.1:4701/lab",
  });
});

test.each(["0.0.0.0", "::"])("%s is no address to go to: this machine is, or what the server is called", (host) => {
  expect(addressesOf({ ...ports, host })).toMatchObject({
    local: "http://127.0.0.1:4700",
    base: "http://127.0.0.1:4700",
    lab: "http://127.0.0.1:4701/lab",
  });
  expect(addressesOf({ ...ports, host, tls: true, publicUrl: "https://calls.example.com/" })).toEqual({
    near: "127.0.0.1",
    local: "https://127.0.0.1:4700",
    base: "https://calls.example.com",
    lab: "http://calls.example.com:4701/lab",
  });
});

test("one address of several is the only one there is, in brackets where it has colons", () => {
  expect(addressesOf({ ...ports, host: "192.0.2.7" }).lab).toBe("http://192.0.2.7:4701/lab");
  expect(addressesOf({ ...ports, host: "::1" })).toMatchObject({
    near: "[::1]",
    local: "http://[::1]:4700",
    base: "http://[::1]:4700",
    lab: "http://[::1]:4701/lab",
  });
});
