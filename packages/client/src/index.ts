export { type AgentFrame, type AgentFrameOptions, agentFrame, type FrameAnswer } from "./agent-frame.ts";
export { type Cordboard, CordboardError, type CordboardOptions, createCordboard } from "./create-cordboard.ts";
export type { EventsAsked, FollowedEvent } from "./follow-events.ts";
export { signWebhook, verifyWebhook, WebhookRefused } from "./webhook-signature.ts";
