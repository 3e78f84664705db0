/** What plays and records, for pages that have sound: apart from the rest, so that others do not carry it. */
export { longestMinutes, type ReadSound, readSound, soundFiles, telephoneRate } from "./sound/read-sound.ts";
export { type SoundAddress, SoundPlayer, type SoundPlayerProps } from "./sound/sound-player.tsx";
export { SoundRecorder, type SoundRecorderProps } from "./sound/sound-recorder.tsx";
export {
  audibleStretch,
  cut,
  loudnessDb,
  normalised,
  peaksOf,
  quietBelowDb,
  type Stretch,
  silentBelowDb,
  withEnd,
} from "./sound/sound-samples.ts";
export { wavOf } from "./sound/to-telephone-wav.ts";
export { useRecorder } from "./sound/use-recorder.ts";
