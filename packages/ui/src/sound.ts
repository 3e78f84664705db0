/** What plays and records, for pages that have sound: apart from the rest, so that others do not carry it. */
export { type SoundAddress, SoundPlayer, type SoundPlayerProps } from "./sound/sound-player.tsx";
export { SoundRecorder, type SoundRecorderProps } from "./sound/sound-recorder.tsx";
export { toTelephoneWav } from "./sound/to-telephone-wav.ts";
export { useRecorder } from "./sound/use-recorder.ts";
