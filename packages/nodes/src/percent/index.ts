import type { WayOut } from "@cordboard/flow-schema";
import { defineNode } from "@cordboard/node-kit";
import { percentStates } from "./behaviour.ts";
import { PercentConfig } from "./config.ts";
import en from "./texts.en.json" with { type: "json" };
import fr from "./texts.fr.json" with { type: "json" };

const sumOf = (shares: PercentConfig["shares"]) => shares.reduce((sum, { percent }) => sum + percent, 0);

export const percent = defineNode({
  type: "percent",
  typeVersion: 1,
  group: "decide",
  icon: "M6 18L18 6M7 5a2 2 0 1 0 0 4a2 2 0 0 0 0-4zM17 15a2 2 0 1 0 0 4a2 2 0 0 0 0-4z",
  config: PercentConfig,
  initial: { shares: [{ id: "share1", label: "", percent: 50 }] },
  texts: { fr, en },
  form: { shares: { widget: "list" }, "shares.percent": { widget: "percent" } },
  outputs: ({ shares }) => [...shares.map(({ id }) => id), "otherwise"],
  quietOutputs: ({ shares }) => (sumOf(shares) >= 100 ? ["otherwise"] : []),
  check: ({ shares }) =>
    sumOf(shares) <= 100
      ? []
      : [
          {
            code: "percentTooMuch",
            severity: "error",
            pointer: "/shares",
            message: {
              fr: `Ces parts font ${sumOf(shares)} % ensemble. Diminuez-en, jusqu'à 100 % au plus.`,
              en: `These shares make ${sumOf(shares)} % together. Make some smaller, 100 % at the most.`,
            },
          },
        ],
  summary: ({ shares }) => shares.map((share) => `${share.percent} %`).join(" · "),
  waits: () => false,
  ways: ({ shares }) => {
    let below = 0;
    const drawn = shares.map(({ id, percent }): readonly [string, WayOut] => {
      const way = { phases: [], needs: { draw: Math.min(below / 100, 0.99) } };
      below += percent;
      return [id, way];
    });
    return { ...Object.fromEntries(drawn), otherwise: { phases: [], needs: { draw: Math.min(below / 100, 0.99) } } };
  },
  states: percentStates,
});
