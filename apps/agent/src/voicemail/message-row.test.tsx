import type { VoicemailMessage } from "@cordboard/api";
import { expect, test } from "vitest";
import { aView } from "../testing/a-view.ts";
import { drawn } from "../testing/drawn.tsx";
import { MessageRow } from "./message-row.tsx";

const now = Date.now();
const ago = (minutes: number) => new Date(now - minutes * 60_000).toISOString();
const paul = { kind: "operator", id: "operator_2", name: "Paul" } as const;
const message: VoicemailMessage = {
  messageId: "msg_1",
  boxId: "box_1",
  boxName: "SAV",
  queueId: null,
  callId: "call_1",
  state: "new",
  receivedAt: ago(20),
  durationMs: 48_000,
  peaks: [10, 60, 30],
  from: "+33612345678",
  fromText: "06 12 34 56 78",
  hidden: false,
  callerName: "Claire Fontaine",
  lineName: "Accueil",
  heard: null,
  assignedTo: null,
  note: "",
  calledBack: null,
  forwarded: null,
  keptUntil: ago(-60 * 24 * 90),
};

const row = (
  part: Partial<VoicemailMessage>,
  { open = false, state = "available" as const, language = "fr" as "fr" | "en" } = {},
) =>
  drawn(
    <MessageRow
      message={{ ...message, ...part }}
      view={aView({ state })}
      open={open}
      onToggle={() => {}}
      onChanged={async () => {}}
      onProblem={() => {}}
      onDelete={async () => {}}
    />,
    {},
    { language },
  );

test("says that it is new, whose it is, when and how long", async () => {
  const { words } = await row({});
  for (const fact of ["Nouveau", "Claire Fontaine", "06 12 34 56 78", "48 s"])
    expect(words.replaceAll("\u00a0", " ")).toContain(fact);
  expect((await row({ state: "kept" })).words).not.toContain("Nouveau");
});

test("says what has been done about it, and by whom", async () => {
  const done = { at: ago(1), by: paul };
  const { words } = await row({ assignedTo: { operatorId: "operator_2", name: "Paul" }, calledBack: done, note: "!" });
  for (const fact of ["suivi par Paul", "rappelé par Paul", "annoté"]) expect(words).toContain(fact);
  expect((await row({ assignedTo: { operatorId: "operator_1", name: "Inès" } })).words).toContain("suivi par vous");
});

test("opened it can be heard, called back and cared for, in English too", async () => {
  const { html, buttons } = await row({}, { open: true, language: "en" });
  for (const label of ["Play", "Position", "Download"]) expect(html).toContain(`aria-label="${label}"`);
  for (const words of ["Call back", "Take it", "Mark as called back", "Delete"]) expect(buttons).toContain(words);
});

test("whose number is hidden shows none, and is not called back from here", async () => {
  const shown = await row({ hidden: true, from: null, fromText: null, callerName: "Claire Fontaine" }, { open: true });
  expect(shown.words).toContain("Numéro masqué");
  expect(shown.words).not.toContain("Claire Fontaine");
  expect(shown.buttons).not.toContain("Rappeler");
});
