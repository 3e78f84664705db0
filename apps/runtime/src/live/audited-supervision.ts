import type { Audit } from "../audit/index.ts";
import type { CallDocument } from "../calls/model.ts";
import { supervisedTalk } from "../calls/supervision.ts";

/** Writes into the audit log who has listened to whom, from when to when and how, once the supervisor has left. Safe to repeat. */
export const auditedSupervision =
  (audit: Pick<Audit, "writeOnce">, now: () => number) =>
  async (call: CallDocument): Promise<void> => {
    const talk = supervisedTalk(call);
    const modes = call.supervision?.modes ?? [];
    const [first] = modes;
    if (!talk || !first) return;
    const until = call.endedAt ?? now();
    await audit.writeOnce(`audit_${call._id}`, {
      ...{ companyId: call.companyId, userId: talk.userId, at: until, action: "live.stopListening", resource: "live" },
      ...{ targetId: talk.operatorId, targetName: talk.operatorName },
      after: {
        ...{ call: talk.callId, from: iso(first.since), until: iso(until), shown: talk.shown },
        modes: modes.map(({ mode, since }) => ({ mode, from: iso(since) })),
      },
    });
  };

const iso = (at: number) => new Date(at).toISOString();
