export { attachRealtime, type Realtime, type RealtimeGiven } from "./attach-realtime.ts";
