import { afterEach, beforeEach, expect, test } from "vitest";
import { type Switchboard, switchboard } from "./testing/scripted-jambonz.ts";

let board: Switchboard;
beforeEach(async () => {
  board = await switchboard();
});
afterEach(() => board.end());

const connection = () => board.core.connections.at(-1)!;
const listen = {
  enable: true,
  url: "ws://runtime.example/jambonz/audio",
  wsAuth: { username: "u", password: "p" },
  mixType: "stereo",
  sampleRate: 8000,
  metadata: { grant: "g" },
};

test("the sound of a call is sent beside whatever runs, by the command that jambonz takes for it, and ended by it", async () => {
  const jambonz = await board.incomingCall();
  const before = jambonz.heard.length;
  expect(connection().stream(listen)).toBe(true);
  expect(connection().stream({ enable: false })).toBe(true);
  await jambonz.settled();
  expect(jambonz.heard.slice(before)).toEqual([
    { type: "command", command: "config", data: { listen } },
    { type: "command", command: "config", data: { listen: { enable: false } } },
  ]);
});

test("what jambonz would refuse is not sent, and nothing is on a socket that is gone", async () => {
  const jambonz = await board.incomingCall();
  const before = jambonz.heard.length;
  expect(() => connection().stream({ ...listen, bogus: 1 })).toThrow();
  expect(() => connection().stream({ ...listen, mixType: "both" })).toThrow();
  await jambonz.settled();
  expect(jambonz.heard).toHaveLength(before);
  const last = connection();
  last.release("elsewhere");
  expect(last.stream(listen)).toBe(false);
});
