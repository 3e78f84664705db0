import type { Conversations } from "../calls/recorder.ts";

/** A host that records no conversation. */
export const noConversations: Conversations = {
  begins: async () => false,
  mayStart: async () => false,
  plan: async () => null,
  listen: async () => ({}),
  keep: async () => undefined,
};
