import type english from "./texts.en.json";

/** Which sentence says what a trace has, by the words that calls write into it. */
export type StepKey = Extract<keyof typeof english, `step.${string}`>;

export const simpleSteps: Readonly<Record<string, StepKey>> = {
  answered: "step.answered",
  "play.done": "step.playDone",
  "input.silence": "step.silence",
  "timer.fired": "step.timerFired",
  "queue.unstaffed": "step.unstaffed",
  "queue.busy": "step.busy",
  "queue.full": "step.queueFull",
  "queue.overflowed": "step.queueOverflowed",
  "line.movedUp": "step.movedUp",
  keepsMessage: "step.keepsMessage",
  dropsMessage: "step.dropsMessage",
  recordingInterrupted: "step.recordingInterrupted",
  recordsTalk: "step.recordsTalk",
  tellsOfRecording: "step.tellsOfRecording",
  refusesRecording: "step.refusesRecording",
  pausesRecording: "step.pausesRecording",
  resumesRecording: "step.resumesRecording",
  "note.scheduleMissing": "step.scheduleMissing",
  "note.scheduleUnanswered": "step.scheduleUnanswered",
  "note.queueUnanswered": "step.queueUnanswered",
  "note.queueMusicUnanswered": "step.queueMusicUnanswered",
  "note.placeUnanswered": "step.placeUnanswered",
  "note.promiseUnanswered": "step.promiseUnanswered",
  "note.slotsUnanswered": "step.slotsUnanswered",
  "note.identityUnanswered": "step.identityUnanswered",
  "note.centreUnanswered": "step.centreUnanswered",
  "note.mailboxUnanswered": "step.mailboxUnanswered",
  "note.contactUnanswered": "step.contactUnanswered",
  "telephone.ringing": "step.telephoneRinging",
  "telephone.pickedUp": "step.telephonePickedUp",
  "number.ringing": "step.numberRinging",
  "number.pickedUp": "step.numberPickedUp",
  machineHeard: "step.machineHeard",
  placingUnanswered: "step.placingUnanswered",
  numberLeftBehind: "step.numberLeftBehind",
  "dial.ringing": "step.dialRinging",
  "dial.answered": "step.dialAnswered",
  "media.lost": "step.mediaLost",
  mediaLost: "step.mediaLost",
  reclaimAsked: "step.reclaim",
  reconnected: "step.reconnected",
};

export const problems: ReadonlySet<StepKey> = new Set([
  "step.slotsUnanswered",
  "step.mediaLost",
  "step.recordingInterrupted",
  "step.scheduleMissing",
  "step.scheduleUnanswered",
  "step.queueUnanswered",
  "step.queueMusicUnanswered",
  "step.placeUnanswered",
  "step.promiseUnanswered",
  "step.identityUnanswered",
  "step.centreUnanswered",
  "step.mailboxUnanswered",
  "step.contactUnanswered",
  "step.placingUnanswered",
  "step.numberLeftBehind",
]);

export const codesSent: Readonly<Record<string, StepKey>> = {
  mail: "step.identitySendsMail",
  sms: "step.identitySendsText",
};

export const identities: Readonly<Record<string, StepKey>> = {
  sent: "step.identitySent",
  verified: "step.identityVerified",
  wrong: "step.identityWrong",
  locked: "step.identityLocked",
};

/** What is asked of a centre that is opened or closed by telephone. */
export const centreQuestions: Readonly<Record<string, StepKey>> = {
  enter: "step.centreEnter",
  look: "step.centreLook",
  open: "step.centreOpens",
  close: "step.centreCloses",
  giveBack: "step.centreGivesBack",
};

export const centreAnswers: Readonly<Record<string, StepKey>> = {
  open: "step.centreOpen",
  closed: "step.centreClosed",
  holiday: "step.centreHoliday",
  openByHand: "step.centreOpenByHand",
  closedByHand: "step.centreClosedByHand",
  refused: "step.centreRefused",
  locked: "step.centreLocked",
  forbidden: "step.centreForbidden",
};

export const offers = {
  "offer.made": "step.offered",
  "offer.refused": "step.refused",
  "offer.expired": "step.expired",
  "offer.withdrawn": "step.withdrawn",
} as const;

export const scheduleStates: Readonly<Record<string, StepKey>> = {
  open: "step.scheduleOpen",
  closed: "step.scheduleClosed",
  holiday: "step.scheduleHoliday",
};

export const recordEnds: Readonly<Record<string, StepKey>> = {
  key: "step.recordedByKey",
  maximum: "step.recordedFully",
  silence: "step.recordedSilence",
};

export const callbackAnswers: Readonly<Record<string, StepKey>> = {
  promised: "step.callbackPromised",
  already: "step.callbackAlready",
  full: "step.callbackFull",
  slotTaken: "step.callbackSlotTaken",
};

export const contactAnswers: Readonly<Record<string, StepKey>> = {
  found: "step.contactFound",
  blocked: "step.contactBlocked",
};

/** How the operator's telephone was not picked up, in a call that was placed. */
export const missed: Readonly<Record<string, StepKey>> = {
  busy: "step.telephoneBusy",
  silent: "step.telephoneSilent",
};

/** How the number was not picked up, in a call that rings it first. */
export const missedNumber: Readonly<Record<string, StepKey>> = {
  busy: "step.numberBusy",
  silent: "step.numberSilent",
  machine: "step.numberMachine",
};

export const recordingWishes: Readonly<Record<string, StepKey>> = {
  on: "step.recordingOn",
  off: "step.recordingOff",
  refused: "step.recordingRefused",
};

/** What a caller asks of a voicemail box. */
export const mailboxQuestions: Readonly<Record<string, StepKey>> = {
  keep: "step.mailboxKeep",
  delete: "step.mailboxDelete",
  callBack: "step.mailboxCallBack",
  calledBack: "step.mailboxCalledBack",
  greeting: "step.mailboxGreeting",
};

export const goneBy: Readonly<Record<string, StepKey>> = {
  caller: "step.callerGone",
  operator: "step.operatorGone",
  us: "step.goneByUs",
  network: "step.goneByNetwork",
};
