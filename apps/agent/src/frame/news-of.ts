import type { AgentCall, AgentOffer, AgentView, FrameCall, FrameNews } from "@cordboard/api";

/** What is to be said to the page when the view has changed; `before` null: everything that holds now. Pure. */
export function newsOf(before: AgentView | null, after: AgentView): readonly FrameNews[] {
  const news: FrameNews[] = [];
  const { state, since, pause, offer, call } = after;
  if (before === null || before.state !== state || before.since !== since || before.pause?.label !== pause?.label) {
    news.push({ cordboard: 1, type: "state", state, since, pause });
  }
  const offered = before?.offer ?? null;
  if (offered !== null && offered.offerId !== offer?.offerId && offered.callId !== call?.callId) {
    news.push({ cordboard: 1, type: "callWithdrawn", callId: offered.callId });
  }
  if (offer !== null && offer.offerId !== offered?.offerId) {
    news.push({ cordboard: 1, type: "callOffered", call: frameCall(offer) });
  }
  const had = before?.call ?? null;
  const isOver = had !== null && had.answeredAt !== null && had.endedAt === null;
  if (isOver && (call?.callId !== had.callId || call.endedAt !== null)) {
    news.push({ cordboard: 1, type: "callEnded", call: frameCall(had) });
  }
  const talks = call !== null && call.answeredAt !== null && call.endedAt === null;
  if (talks && (had?.callId !== call.callId || had.answeredAt === null)) {
    news.push({ cordboard: 1, type: "callAnswered", call: frameCall(call) });
  }
  return news;
}

function frameCall(of: AgentOffer | AgentCall): FrameCall {
  const { callId, card, queue } = of;
  const { from, fromText, hidden, callerName, to, lineName, language, script, callStartedAt } = card;
  return {
    ...{ callId, from, fromText, hidden, callerName, to, lineName, language },
    ...{ queueId: queue?.queueId ?? null, queueName: queue?.name ?? null, scriptUrl: script?.url ?? null },
    ...{ startedAt: callStartedAt, answeredAt: "answeredAt" in of ? of.answeredAt : null },
  };
}
