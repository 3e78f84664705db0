import type { CentreAction, CentreResult, NodeStates, Steps } from "@cordboard/node-kit";
import { asking, type States, type Ways } from "../asking.ts";
import type { CentreSwitchConfig } from "./config.ts";

/** More than a telephone code has: the hash key that ends it would otherwise cut short what is heard next. */
const MOST_KEYS = 12;

/** How a centre may stand, the state that tells it, and what is heard. */
const STANDS = [
  ["open", "tellingOpen", "centreOpen"],
  ["closed", "tellingClosed", "centreClosed"],
  ["holiday", "tellingHoliday", "centreHoliday"],
  ["openByHand", "tellingOpenByHand", "centreOpenByHand"],
  ["closedByHand", "tellingClosedByHand", "centreClosedByHand"],
] as const satisfies readonly (readonly [CentreResult, string, string])[];

/**
 * Lets who knows a telephone code open or close a centre: it tells how that stands, takes a key, does it, and tells how it stands now. Whatever
 * cannot be done is said. Silence and wrong codes both use an attempt; wrong ones count across calls too, which is the host's to say.
 */
export function centreSwitchStates(config: CentreSwitchConfig, steps: Steps): NodeStates {
  const { attempts, patienceMs, schedule: scheduleId } = config;
  const { askCentre, centreIs, countTry, leaveBy, triesUsed } = steps;
  const { keyed, telling } = asking(steps, patienceMs);
  const refused = leaveBy("refused");
  return {
    initial: "askingCode",
    states: {
      askingCode: {
        entry: [countTry, keyed("centreEnterCode", { most: MOST_KEYS, secret: true })],
        on: {
          "input.digits": { target: "entering", actions: askCentre({ what: "enter", scheduleId }) },
          "input.silence": [
            { guard: triesUsed(attempts), target: refused },
            { target: "askingCode", reenter: true },
          ],
        },
      },
      entering: {
        on: {
          "centre.answered": [
            ...told(steps),
            { guard: centreIs("failed"), target: "failed" },
            { guard: triesUsed(attempts), target: "wrongAtLast" },
            "wrong",
          ],
        },
      },
      wrong: telling("authenticateWrong", "askingCode"),
      wrongAtLast: telling("authenticateWrong", refused),
      locked: telling("centreLocked", refused),
      forbidden: telling("centreForbidden", refused),
      failed: telling("mailboxUnavailable", leaveBy("unavailable")),
      ...menuStates(config, steps),
    },
  };
}

/** The ways that an answer leads, but for codes that are wrong and a host that cannot say. */
function told({ centreIs }: Steps): Ways {
  return [
    ...STANDS.map(([result, target]) => ({ guard: centreIs(result), target })),
    { guard: centreIs("locked"), target: "locked" },
    { guard: centreIs("forbidden"), target: "forbidden" },
  ];
}

/** How it stands, and what one can do about it. */
function menuStates({ hold, patienceMs, schedule: scheduleId }: CentreSwitchConfig, steps: Steps): States {
  const { askCentre, pressed } = steps;
  const { done, inARow, question, telling } = asking(steps, patienceMs);
  const answers: Ways = [
    { guard: pressed("1"), target: "opening" },
    { guard: pressed("2"), target: "closing" },
    { guard: pressed("3"), target: "givingBack" },
    { guard: pressed("9"), target: "looking" },
    { guard: pressed("*"), target: done },
  ];
  const doing = (action: CentreAction): NodeStates => ({
    entry: askCentre(action),
    on: { "centre.answered": [...told(steps), "notNow"] },
  });
  return {
    ...Object.fromEntries(STANDS.flatMap(([, name, says]) => Object.entries(inARow(name, [says], answers, "menu")))),
    ...question("menu", "centreMenu", answers, done),
    opening: doing({ what: "open", scheduleId, hold }),
    closing: doing({ what: "close", scheduleId, hold }),
    givingBack: doing({ what: "giveBack", scheduleId }),
    looking: doing({ what: "look", scheduleId }),
    notNow: telling("mailboxUnavailable", "menu"),
  };
}
