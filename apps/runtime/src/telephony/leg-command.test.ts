import { expect, test } from "vitest";
import { legCommand } from "./leg-command.ts";

test("commands in mid-call have the shapes that were seen to work (h14, l2)", () => {
  expect(legCommand({ kind: "mute", muted: true, legSid: "leg" })).toEqual({
    type: "command",
    command: "mute:status",
    callSid: "leg",
    data: { mute_status: "mute" },
  });
  // On a leg's own socket, of the conference that it is in: nobody else's voice is taken.
  expect(legCommand({ kind: "mute", muted: false, legSid: null })).toEqual({
    type: "command",
    command: "mute:status",
    data: { mute_status: "unmute" },
  });
  expect(legCommand({ kind: "digit", digit: "#", legSid: null })).toEqual({
    type: "command",
    command: "dtmf",
    data: { dtmf: { digit: "#", duration: 250 } },
  });
  expect(legCommand({ kind: "hangUp" })).toMatchObject({ command: "call:status", data: { call_status: "completed" } });
});
