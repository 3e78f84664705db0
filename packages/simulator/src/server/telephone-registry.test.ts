import { expect, test } from "vitest";
import { createTelephoneRegistry } from "./telephone-registry.ts";

test("a telephone is found by its SIP address, by its user name and by its number; the most exact address wins", () => {
  const registry = createTelephoneRegistry();
  registry.register({ id: "any", addresses: ["ines"] });
  registry.register({ id: "desk", addresses: ["sip:ines@desk.example"] });
  registry.register({ id: "number", addresses: ["+33155500111"] });
  expect(registry.find("sip:ines@desk.example;transport=udp")).toBe("desk");
  expect(registry.find("sip:ines@other.example")).toBe("any");
  expect(registry.find("sip:33155500111@127.0.0.1:5090")).toBe("number");
  expect(registry.find("sip:otto@desk.example")).toBeUndefined();
  registry.unregister("desk");
  expect(registry.find("sip:ines@desk.example")).toBe("any");
});

test("a number is found in its country's form too; short ones are extensions and only themselves", () => {
  const registry = createTelephoneRegistry();
  registry.register({ id: "national", addresses: ["0612345678"] });
  registry.register({ id: "eleven", addresses: ["11"] });
  expect(registry.find("sip:+33612345678@127.0.0.1:5090")).toBe("national");
  expect(registry.find("sip:0033612345678@127.0.0.1:5090")).toBe("national");
  expect(registry.find("sip:+33612345679@127.0.0.1:5090")).toBeUndefined();
  expect(registry.find("sip:+33611@127.0.0.1:5090")).toBeUndefined();
});
