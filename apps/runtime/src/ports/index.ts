export type * from "./bus.ts";
export type * from "./call-centre.ts";
export type * from "./call-centre-commands.ts";
export { boardChannel, operatorChannel } from "./call-centre-commands.ts";
export { type Clock, systemClock } from "./clock.ts";
export { type IdPrefix, type MakeId, randomId } from "./ids.ts";
export { type SessionMessage, sessionChannel } from "./session-channel.ts";
export { type SettingsMessage, settingsChannel } from "./settings-channel.ts";
export type * from "./telephony.ts";
