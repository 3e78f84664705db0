import { type CallOrder, randomId } from "../ports/index.ts";

/** The number that a test's callbacks ring. */
export const NUMBER = "+33612345678";
/** The line that they were promised on. */
export const LINE = "+33143670903";

export const card: CallOrder["card"] = {
  ...{ from: NUMBER, hidden: false, callerName: "Ana Lima", to: LINE, lineName: "Main", language: "fr-FR" },
  ...{ script: null, callStartedAt: 0 },
};

/** An order to ring telephone `12`, and then the number. */
export function callbackOrder(changes: Partial<CallOrder> = {}): CallOrder {
  return {
    ...{ companyId: "co_1", callId: randomId("call"), callbackId: randomId("callback"), offerId: randomId("offer") },
    ...{ queueId: "queue_1", operatorId: "op_1", operatorName: "Inès", telephoneId: "tel_12", number: NUMBER, card },
    ...changes,
  };
}

/** An order of an operator who dialled `NUMBER` themselves. */
export function dialOrder(changes: Partial<CallOrder> = {}): CallOrder {
  const party = { kind: "number", number: NUMBER } as const;
  const dialled = { callbackId: null, offerId: null, queueId: null, party, first: "operator" } as const;
  return callbackOrder({ ...dialled, ...changes });
}
