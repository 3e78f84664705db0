/**
 * What the recordings do not state about the outside of the server: how long the recorder's audio files are, what its web server and
 * its telephones said where only the fact of it is written down. Nothing here is about the server's own behaviour.
 */

/** Lengths of the recorder's files in ms (26,245 samples at 8 kHz for the prompt, as its playback reports say). */
export const AUDIO: Readonly<Record<string, number>> = {
  "prompt8k.wav": 26245 / 8,
  "beep.wav": 500,
  "moh4.wav": 4000,
  "moh4.mp3": 4176,
  "moh.wav": 60_000,
};

/** How long the recorder's synthesiser speaks, measured from its `start-playback` and `stop-playback` events less 76 ms of overhead. */
export const SPEECH: Readonly<Record<string, number>> = {
  "Hello there.": 953,
  bye: 586,
  "Cached sentence 930": 2278,
  "Goodbye.": 830,
};

/** A text that is not in the list is longer than any case waits for it. */
export const LONG_SPEECH = 8000;

/** What the recorder's synthesiser takes to answer. */
export const SPEECH_ANSWER_MS = 23;

/** Texts for which it answers 500. */
export const failingSpeech = (text: string): boolean => text.startsWith("fails ");

/** The recorder's answer to `POST /hook`. */
export const HOOK_ANSWER = [{ verb: "play", url: "http://127.0.0.1:4100/prompt8k.wav" }, { verb: "hangup" }];

/** The reason phrase with which the recorder refuses upgrades. */
export const UPGRADE_REASONS: Readonly<Record<number, string>> = { 426: "Upgrade Required" };
export const OTHER_UPGRADE_REASON = "X";

/** Headers of a BYE, which the recorder writes down only where the server tells them: by recording. */
export const BYE_HEADERS: Readonly<Record<string, ReadonlyArray<readonly [string, string]>>> = {
  a4_caller_hangs_up_in_gather: [
    ["X-Bye-Header", "caller-left"],
    ["Reason", 'Q.850;cause=16;text="Normal call clearing"'],
  ],
  b1_moh_redirect_dial_answered_callee_hangs_up: [["X-Agent", "bye-hdr"]],
};

/** Headers of a provisional answer, which are told as the call's data: by recording. */
export const RINGING_HEADERS: Readonly<Record<string, ReadonlyArray<readonly [string, string]>>> = {
  e1_outdial_answered_callee_hangs_up: [["X-CID", "sbc-cid-1"]],
};

/** Digits sent by SIP INFO, in order, and by whom: by recording. */
export const INFO_DIGITS: Readonly<
  Record<string, ReadonlyArray<{ readonly from: "caller" | "callee"; readonly digit: string }>>
> = {
  a11_sip_info_dtmf: [{ from: "caller", digit: "1" }],
  k10_two_hooks_in_flight_acked_in_reverse: [
    { from: "callee", digit: "2" },
    { from: "callee", digit: "1" },
  ],
  g7_two_hooks_in_flight_acked_in_reverse: [
    { from: "caller", digit: "2" },
    { from: "callee", digit: "2" },
  ],
};

/** What the recorder plays to the caller over an audio socket: 500 ms of silence as 16 bit samples. */
export const PLAY_AUDIO = {
  type: "playAudio",
  data: { id: "pa1", audioContentType: "raw", sampleRate: 8000, audioContent: Buffer.alloc(8000).toString("base64") },
};

/** Applications of the recorder's account. */
export const ACCOUNT_SID = "33333333-3333-4333-8333-333333333333";
export const SERVICE_PROVIDER_SID = "11111111-1111-4111-8111-111111111111";
export const APPLICATION_SID = "44444444-4444-4444-8444-444444444444";
export const APPLICATION_WITH_AUTH_SID = "44444444-4444-4444-8444-444444444445";
export const UNKNOWN_APPLICATION_SID = "44444444-4444-4444-8444-000000000000";

/** The server's addresses; the application listens on the first port, files are served on the second. */
export const APPLICATION_HOST = "127.0.0.1:4000";
export const FILES_HOST = "127.0.0.1:4100";
export const TELEPHONE_ADDRESS = "127.0.0.1:5090";
export const BORDER_ADDRESS = "127.0.0.1:5070";
export const SERVER_ADDRESS = "127.0.0.1:5060";
