import { type AcdEvent, type AcdState, decide, emptyState, type Queue } from "@cordboard/acd";
import { inProcessBus } from "../../apps/runtime/src/bus/in-process.ts";
import { callCentreCollections, createCallCentre, mongoCentreStore } from "../../apps/runtime/src/call-centre/index.ts";
import { type OperatorMessage, operatorChannel, randomId, systemClock } from "../../apps/runtime/src/ports/index.ts";
import { connectStore } from "../../apps/runtime/src/store/store.ts";
import { type Extent, figureOnly, type GoalResult, judge } from "../measure/goal.ts";
import { median, percentile } from "../measure/statistics.ts";
import { startStore } from "../measure/store-process.ts";

const PART = "centre";
const companyId = "co_bench";

/** Who is asked for which call: the decision alone, and from a free operator to the offer on the bus, over the embedded store. */
export async function measureCallCentre(root: string, extent: Extent): Promise<GoalResult[]> {
  return [...measureDecision(extent), await measureOffer(root, extent)];
}

const range = (count: number) => Array.from({ length: count }, (_, at) => at);

function queueOf(at: number, operatorIds: readonly string[]): Queue {
  return {
    ...{ id: `queue_${at}`, companyId, operatorIds, order: "longestIdle", offerMs: 20_000, wrapUpMs: null },
    ...{ refusalAllowed: true, missedMeansPause: true, askAgainMs: 60_000, askAgainAloneMs: 10_000 },
    ...{ priority: at % 5, raiseEveryMs: 60_000 },
    skills: [{ skillId: "english", level: 1, relax: [{ afterMs: 30_000, level: 0 }] }],
  };
}

/** 500 operators, each in three of 50 queues, 1,000 callers in line, and promised callbacks. */
class Company {
  state: AcdState;
  #fresh = 0;

  constructor(promises: number) {
    const operators = range(500);
    const isIn = (operator: number, queue: number) => [1, 7, 13].some((step) => (operator * step) % 50 === queue);
    const queues = range(50).map((queue) =>
      queueOf(
        queue,
        operators.filter((operator) => isIn(operator, queue)).map((operator) => `op_${operator}`),
      ),
    );
    this.state = {
      ...emptyState(companyId),
      queues: Object.fromEntries(queues.map((queue) => [queue.id, queue])),
      operators: Object.fromEntries(
        operators.map((operator) => [`op_${operator}`, { skills: { english: (operator % 5) + 1 } }]),
      ),
    };
    for (const operator of operators) {
      const operatorId = `op_${operator}`;
      const queueIds = queues.filter((queue) => queue.operatorIds.includes(operatorId)).map(({ id }) => id);
      const shiftId = `shift_${operator}`;
      const telephoneId = `tel_${operator}`;
      this.state = this.ask({
        type: "signedIn",
        operatorId,
        shiftId,
        telephoneId,
        takeOver: false,
        queueIds,
        connectionId: "c",
      });
      this.state = this.ask({ type: "paused", shiftId, label: null });
    }
    for (const at of range(1_000)) {
      const asked = { priority: 0, leaveWhenUnstaffed: false, number: `+33${at}` };
      const queueIds = [`queue_${at % 50}`];
      this.state = this.ask({ type: "callJoined", callId: `call_${at}`, entry: 1, queueIds, place: at + 1, ...asked });
    }
    for (const at of range(promises)) {
      const promised = { queueId: `queue_${at % 50}`, priority: 0, scheduleId: null, once: false };
      const number = `+44${at}`;
      this.state = this.ask({
        type: "callbackPromised",
        callId: `callback_${at}`,
        number,
        place: 1_001 + at,
        ...promised,
      });
    }
  }

  ask(event: AcdEvent): AcdState {
    return decide(this.state, event, { now: 1_000_000, fresh: String(++this.#fresh) }).state;
  }
}

/** Milliseconds of processor: a decision waits for nothing. */
function processorMs(work: () => unknown): number {
  const began = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1_000;
}

function measureDecision({ quick, say }: Extent): GoalResult[] {
  say("centre: one decision with 500 operators, 50 queues, 1,000 callers");
  const seen = [0, 5_000].map((promises) => {
    const company = new Company(promises);
    const times = range(quick ? 40 : 200).map((at) =>
      processorMs(() => company.ask({ type: "resumed", shiftId: `shift_${at}` })),
    );
    const idle = range(quick ? 20 : 100).map(() => processorMs(() => company.ask({ type: "sweep" })));
    return { promises, times, idle };
  });
  const words = seen.map(
    ({ promises, times, idle }) =>
      `${promises} promised callbacks: ${median(times).toFixed(1)} ms an operator comes back (p95 ${percentile(times, 95).toFixed(1)}), ${median(idle).toFixed(2)} ms nobody is free`,
  );
  return [
    figureOnly({
      part: PART,
      goal: "the matcher's decision: 500 operators, 50 queues, 1,000 callers waiting",
      figure: words.join(" · "),
      against: "nothing",
    }),
  ];
}

/** From the command that frees an operator to the offer on the bus, one after the other, while 300 callers wait. */
async function measureOffer(root: string, { quick, say }: Extent): Promise<GoalResult> {
  say("centre: operator free to offer, 300 callers waiting");
  const store = await startStore(root);
  const { connection, close } = await connectStore(store.uri, { patienceMs: 10_000, databaseName: "centre" });
  const bus = inProcessBus();
  const operatorIds = range(20).map((at) => `op_${at}`);
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const centre = createCallCentre({
    ...{ store: mongoCentreStore(callCentreCollections(connection)), bus, clock: systemClock(), makeId: randomId, log },
    inbox: {
      offerAccepted: async () => "taken",
      unstaffed: async () => "taken",
      placeCall: async () => "taken",
    },
    lookups: {
      queues: async () => [queueOf(0, operatorIds)],
      operators: async () =>
        Object.fromEntries(operatorIds.map((id, at) => [id, { skills: { english: 1 + (at % 5) } }])),
      country: async () => "FR",
      openSchedules: async () => ({ open: [], until: null }),
      operatorName: async (_companyId, operatorId) => operatorId,
      telephoneExists: async () => true,
      callsAlive: async (_companyId, callIds) => callIds,
    },
    ...{ processId: randomId("proc"), alone: true },
  });
  try {
    await centre.start();
    const card = { from: null, hidden: true, callerName: null, to: "1", lineName: "", language: "fr-FR", script: null };
    await Promise.all(
      range(300).map((at) =>
        centre.join({
          ...{ companyId, callId: `call_${at}`, queueId: "queue_0", entry: 1, priority: 0, leaveWhenUnstaffed: false },
          card: { ...card, callStartedAt: 0 },
        }),
      ),
    );
    for (const operatorId of operatorIds) {
      await centre.command(companyId, operatorId, { kind: "connected", processId: "agents" });
      const shift = { shiftId: `shift_${operatorId}`, telephoneId: `tel_${operatorId}`, takeOver: false };
      await centre.command(companyId, operatorId, { kind: "signIn", ...shift, queueIds: [] });
      await centre.command(companyId, operatorId, { kind: "pause", label: null });
      await centre.command(companyId, operatorId, { kind: "tickQueues", queueIds: ["queue_0"] });
    }
    const times: number[] = [];
    for (const at of range(quick ? 40 : 200)) {
      const operatorId = operatorIds[at % operatorIds.length] ?? "";
      const began = performance.now();
      const offered = new Promise<void>((resolve) => {
        const end = bus.subscribe(operatorChannel(companyId, operatorId), (message) => {
          const { offer } = (message as OperatorMessage).view;
          if (offer === null) return;
          end();
          resolve();
        });
      });
      await centre.command(companyId, operatorId, { kind: "resume" });
      await offered;
      times.push(performance.now() - began);
      const { offer } = await centre.view(companyId, operatorId);
      await centre.command(companyId, operatorId, { kind: "pause", label: null });
      await centre.command(companyId, operatorId, { kind: "refuse", offerId: offer?.offerId ?? "" });
    }
    // All of them come back in the same moment: nobody is offered what another one has.
    await Promise.all(operatorIds.map((operatorId) => centre.command(companyId, operatorId, { kind: "resume" })));
    const views = await Promise.all(operatorIds.map((operatorId) => centre.view(companyId, operatorId)));
    const calls = views.flatMap(({ offer }) => offer?.callId ?? []);
    if (calls.length !== operatorIds.length) throw new Error(`only ${calls.length} of the operators have an offer`);
    const doubles = calls.length - new Set(calls).size;
    const p95 = percentile(times, 95);
    return judge({
      ...{
        part: PART,
        goal: "operator free → offer, 300 callers waiting",
        ratio: doubles,
        atMost: 0,
        unit: " double offers",
      },
      figure: `p50 ${median(times).toFixed(1)} ms, p95 ${p95.toFixed(1)} ms`,
      figureGoal: "p95 ≤ 100 ms",
      ...{ figureMet: p95 <= 100, against: "one commit of the embedded store lies between them", details: { times } },
    });
  } finally {
    await centre.close();
    await close();
    await store.stop();
  }
}
