import { defineNode } from "@cordboard/node-kit";
import { hoursStates } from "./behaviour.ts";
import { HoursConfig } from "./config.ts";
import en from "./texts.en.json" with { type: "json" };
import fr from "./texts.fr.json" with { type: "json" };

export const hours = defineNode({
  type: "hours",
  typeVersion: 1,
  group: "decide",
  icon: "M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18zM12 7v5l3 3",
  config: HoursConfig,
  initial: { schedule: "schedule" },
  texts: { fr, en },
  form: { schedule: { widget: "schedule" } },
  outputs: () => ["open", "closed", "holiday"],
  fallbacks: () => ({ holiday: "closed" }),
  references: ({ schedule }) => [{ kind: "schedule", id: schedule, pointer: "/schedule" }],
  summary: ({ schedule }) => schedule,
  waits: () => false,
  ways: ({ schedule }) => ({
    open: { phases: [], needs: { schedule, is: "open" } },
    closed: { phases: [], needs: { schedule, is: "closed" } },
    holiday: { phases: [], needs: { schedule, is: "holiday" } },
  }),
  states: hoursStates,
});
