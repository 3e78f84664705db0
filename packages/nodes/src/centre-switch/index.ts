import { defineNode } from "@cordboard/node-kit";
import { questionPatience } from "../ways.ts";
import { centreSwitchStates } from "./behaviour.ts";
import { CentreSwitchConfig } from "./config.ts";
import en from "./texts.en.json" with { type: "json" };
import fr from "./texts.fr.json" with { type: "json" };

export const centreSwitch = defineNode({
  type: "centreSwitch",
  typeVersion: 1,
  group: "reach",
  icon: "M4 20h16M6 20V5h9v15M15 8h3v12M12 12v1",
  config: CentreSwitchConfig,
  initial: { schedule: "schedule", hold: "takenBack", attempts: 3, patienceMs: 8_000 },
  texts: { fr, en },
  form: {
    schedule: { widget: "schedule" },
    attempts: { widget: "number" },
    patienceMs: { widget: "duration" },
  },
  outputs: () => ["done", "refused", "unavailable"],
  quietOutputs: () => ["done", "refused"],
  references: ({ schedule }) => [{ kind: "schedule", id: schedule, pointer: "/schedule" }],
  summary: ({ schedule }) => schedule,
  waits: () => true,
  patience: ({ patienceMs }) => questionPatience(patienceMs),
  states: centreSwitchStates,
});
