/**
 * How long a real feature server with its media server takes for what is not the application's doing, in milliseconds. All of them
 * are jambonz 0.9.8 on one idle machine, read off the recordings in `recordings/` (groups in brackets).
 */
export const TIMINGS = {
  /** From the INVITE to the socket's connection attempt: account and application are looked up (all groups: 4–12). */
  lookUp: 6,
  /** A media endpoint is made (b: 7–10 before the INVITE of a dialled leg). */
  endpoint: 8,
  /** A media endpoint is given back (a: the socket closes 50–75 after the last message). */
  endpointRelease: 52,
  /** From the order to play to the request for the file (a10, c1, n1: 50). */
  playbackStart: 50,
  /** From the last sample to the report that the playback has ended (a, c, i: 66–86 over the file's length, start included). */
  playbackEnd: 26,
  /** The gap before each further file of a list (j: one list of two files, 411 over its length). */
  playbackGap: 335,
  /** From the order to stop a playback to its end (c2: 62; b: a dial after hold music). */
  playbackBreak: 60,
  /** An error tone when a file cannot be fetched: the time until the failure is reported (a10: 16 after the request). */
  playbackFailure: 16,
  /** From the callee's 200 to `in-progress`: the endpoint takes over the callee's media description (b: 86–93). */
  answerMedia: 91,
  /** Media leave the server this long after the bridge (b: 200). */
  mediaRelease: 200,
  /** The first key of a row is reported this long after it was pressed (a, l, m: 119–147) … */
  firstKey: 135,
  /** … and each further key this much later (a1: 538 for three keys, l: 186–200). */
  nextKey: 198,
  /** A key press is reported with this length, in samples at 8 kHz (c, i, l: always 960). */
  keyDuration: "960",
  /** From the order to fork audio to the socket's connection attempt (f: 42–45), and to stop it (f: 41–45). */
  forkStart: 43,
  forkStop: 42,
  /** One more command to the media server, for the credentials of an audio socket (f12: 60). */
  channelVariable: 60,
  /** The first frame of audio after the audio socket is open (f: 9 mono, 29 stereo). */
  firstFrame: 10,
  /** A tone before a recording (`playBeep`): 500 ms of tone. */
  beep: 500,
  /** The application's socket that does not answer the upgrade is given up (m10: 1502). */
  handshakeTimeout: 1500,
  /** A message that wants an ack and gets none (g1, g2: 5001–5006). */
  ackTimeout: 5000,
  /** A cancellation takes this long to leave; an answer that arrives before crosses it (j19, m7, m8: 1). */
  cancelLead: 2,
  /** RFC 3261 timer A as the server's SIP stack has it: 1 s, doubled each time (m4, m5), and timer B (m5: 32 s). */
  firstRetransmission: 1000,
  inviteTimeout: 32000,
  /** A question to the media server, such as who is in a conference (h9, h10: 41–45). */
  mediaServerQuestion: 43,
  /** From the last prompt to the report that a member is in a conference (h10: 111, 124). */
  conferenceJoin: 112,
  /** Silence that a leg is played when it is parted from its call, where its media is on the server (read: `doAdulting`; run against the real session code). */
  partedSilence: 1000,
  /** From the beginning of speech to its report (h9: 44). */
  conferenceVoice: 44,
  /** From the end of a conference to the re-INVITE of who was in it (h9: 86), and from its answer to the end of the verb (h9: 88). */
  conferenceEnd: 78,
  conferenceReplaced: 87,
  /** A legal order to the SIP stack and back. */
  sipTurn: 1,
  /** A request to take the call elsewhere ends so late when nothing final was told of it (read: the 15 s are in the source). */
  referTimeout: 15_000,
  /** A session that has nothing to give back ends its socket so late after its last act (b1, b5: 2–3). */
  sessionEnd: 2,
  /** The session of an outgoing call that failed is kept this long (e2–e4: 5 s). */
  failedCallKept: 5000,
  /** From the answer to what a recogniser makes out of a machine's greeting: its first nine words (read: amd-utils.js; not seen). */
  machineGreeting: 2_500,
  /** The feature server's request to its own REST interface (l1: 10). */
  ownRestRequest: 8,
} as const;
