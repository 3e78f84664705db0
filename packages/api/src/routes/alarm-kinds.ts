import { type Static, Type } from "typebox";

export const alarmKinds = ["queueUnstaffed", "jambonzGone", "noSpeech", "storeSlow", "diskFilling"] as const;
/**
 * `queueUnstaffed`: callers wait in a queue and nobody is signed in for it. `jambonzGone`: its REST interface does not answer. `noSpeech`: it
 * could not speak texts. `storeSlow`: the store answers late or not at all. `diskFilling`: little room is left in the data folder.
 */
export const AlarmKind = Type.Enum([...alarmKinds]);
export type AlarmKind = Static<typeof AlarmKind>;
