import type { WayOut } from "@cordboard/flow-schema";
import { defineNode } from "@cordboard/node-kit";
import { transferStates } from "./behaviour.ts";
import { TransferConfig } from "./config.ts";
import en from "./texts.en.json" with { type: "json" };
import fr from "./texts.fr.json" with { type: "json" };

export const transfer = defineNode({
  type: "transfer",
  typeVersion: 1,
  group: "reach",
  icon: "M4 12h14M13 6l6 6-6 6",
  config: TransferConfig,
  initial: { target: { kind: "number", number: "" }, ringMs: 30_000, music: null },
  texts: { fr, en },
  form: {
    "target.number": { widget: "template" },
    "target.uri": { widget: "template" },
    "target.telephoneId": { widget: "telephone" },
    ringMs: { widget: "duration" },
    music: { widget: "prompt" },
  },
  outputs: () => ["ended", "busy", "noAnswer", "unreachable"],
  quietOutputs: () => ["ended"],
  references: ({ target, music }) => [
    ...(target.kind === "telephone"
      ? [{ kind: "telephone" as const, id: target.telephoneId, pointer: "/target/telephoneId" }]
      : []),
    ...(music === null ? [] : [{ kind: "prompt" as const, id: music, pointer: "/music" }]),
  ],
  templates: ({ target }) => {
    if (target.kind === "number") return [{ text: target.number, pointer: "/target/number" }];
    return target.kind === "sipUri" ? [{ text: target.uri, pointer: "/target/uri" }] : [];
  },
  check: ({ target }) => {
    if (target.kind === "switchboard") return [];
    const [text, pointer] = addressOf(target);
    if (text.trim() !== "") return [];
    return [
      {
        code: "transferNowhere",
        severity: "error",
        pointer,
        message: {
          fr: "Ce transfert ne mène nulle part. Donnez le numéro, l’adresse SIP ou le téléphone à appeler.",
          en: "This transfer leads nowhere. Give the number, the SIP address or the telephone to call.",
        },
      },
    ];
  },
  summary: ({ target }) => (target.kind === "switchboard" ? "" : addressOf(target)[0]),
  waits: () => true,
  ways: ({ target, ringMs }) => {
    const rung = rungAs(target);
    const after = (is: "busy" | "unreachable", ms: number): WayOut => ({
      phases: [{ musicMs: ms }],
      needs: { rung, is },
    });
    return {
      ended: { phases: [{ musicMs: 1_000 }, { talks: true }], needs: { rung, is: "answers" }, reaches: "person" },
      busy: after("busy", 500),
      noAnswer: { phases: [{ musicMs: ringMs }], needs: { rung, is: "silent" } },
      unreachable: after("unreachable", 500),
    };
  },
  patience: ({ ringMs }) => [{ kind: "ring", ms: ringMs, pointer: "/ringMs" }],
  states: transferStates,
});

/** What is rung, as scenarios call it. */
function rungAs(target: TransferConfig["target"]): string {
  return target.kind === "switchboard" ? "switchboard" : addressOf(target)[0];
}

function addressOf(
  target: Exclude<TransferConfig["target"], { kind: "switchboard" }>,
): readonly [text: string, pointer: string] {
  switch (target.kind) {
    case "number":
      return [target.number, "/target/number"];
    case "sipUri":
      return [target.uri, "/target/uri"];
    case "telephone":
      return [target.telephoneId, "/target/telephoneId"];
  }
}
