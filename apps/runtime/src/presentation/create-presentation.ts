import type { CompiledFlow } from "@cordboard/engine";
import { promptSource, valuesFor } from "@cordboard/flow-schema";
import {
  type DialTarget,
  fillTemplate,
  formatValue,
  type GreetingState,
  type MediaEffect,
  type PromptReference,
  type RecordEffect,
} from "@cordboard/node-kit";
import { builtInAudio, isBuiltInPromptName, spokenPieces } from "@cordboard/prompts";
import type { Presentation, PresentedCall } from "../calls/presentation.ts";
import { isToldFirst } from "../calls/recording-plan.ts";
import type { JambonzTarget, Verb } from "../ports/index.ts";
import {
  audioOf,
  callHeader,
  type ListenTo,
  renderApart,
  renderMedia,
  renderNotice,
  type Spoken,
} from "../telephony/index.ts";
import { musicFrom, type Track } from "./music-from.ts";

export interface PresentationGiven {
  /** The address under which jambonz fetches audio, as `http://host:port/media`. */
  readonly mediaUrl: string;
  readonly promptsFolder: string;
  /** The compiled version of a call, when it is in memory (it is, for every live call). */
  readonly versionOf: (call: PresentedCall) => CompiledFlow | undefined;
  /** How a company's telephone is dialled; `null` when it does not exist (any more). */
  readonly telephone: (companyId: string, telephoneId: string) => Promise<JambonzTarget | null>;
  /** The telephone that the company named as its switchboard; `null` when it named none. */
  readonly switchboard: (companyId: string) => Promise<JambonzTarget | null>;
  /** Where the next stretch of a recording goes; fails when there is no room for it. */
  readonly listenTo: (call: PresentedCall, effect: RecordEffect) => Promise<ListenTo>;
  /** A path, below `mediaUrl`, of what the caller recorded; `null` when there is nothing. */
  readonly recording: (call: PresentedCall, recordingId: string) => Promise<string | null>;
  /** A path, below `mediaUrl`, of a message in a voicemail box, from a moment on; `null` when it is gone. */
  readonly message: (call: PresentedCall, messageId: string, fromMs: number) => Promise<string | null>;
  /** What a voicemail box says to its callers; `null` when it has nothing of its own. */
  readonly greeting?: (companyId: string, boxId: string, state: GreetingState) => Replacement | null;
  /** Whether the conversation that this dial leads to may be recorded. */
  readonly mayRecord?: (call: PresentedCall, offerId: string | null) => Promise<boolean>;
  /** Length of uploaded audio, ms, when it is known. */
  readonly mediaMs: (sha256: string) => number | null;
  /** The company's own recording in place of an announcement that ships with the product, when it made one. */
  readonly replacement?: (companyId: string, name: string, language: string) => Replacement | null;
  /** The voice that the company chose for texts in a language; null: the one that is set for jambonz' application. */
  readonly voice?: (companyId: string, language: string) => string | null;
  /** What dialled telephones show as the caller; null leaves the caller's own number. */
  readonly callerId: string | null;
}

interface Replacement {
  readonly sha256: string;
  readonly durationMs: number;
}

type Timed<Heard> = Heard & { readonly durationMs: number | null };
type Audio = Timed<{ readonly url: string }>;
/** What was looked up for one effect: recordings by their id. */
type Looked = ReadonlyMap<string, string | null>;
const NOTHING_LOOKED_UP: Looked = new Map();

/** What an operator hears while somebody is called whom they ask, and where nothing comes of it. */
const SAID_OF_CONSULT = {
  ringing: "ringMusic",
  refused: "nobodyAvailable",
  busy: "numberBusy",
  silent: "nobodyAnswers",
  unreachable: "numberUnreachable",
  left: "beep",
} as const;

/** What whoever was called hears before they are connected. */
const NOTICES = { notice: "recordingNotice", refusal: "recordingRefused" } as const;
const LIKELY_NOTICE_MS = 10_000;

/** A target that nothing answers: a telephone that was deleted while its call rang ends as unreachable, audibly, not as an error. */
const NOBODY: JambonzTarget = { type: "sip", sipUri: "sip:nobody@invalid.invalid" };

/** Values can make a text of any length; jambonz closes the socket over a message of 24 KB. Characters: two minutes of speech and more. */
const LONGEST_TEXT = 4_000;

/** The zone matters to dates alone, and those come as the day that they are. */
const SPOKEN_AS = (language: string) => ({ language, timeZone: "UTC" });

/** Turns what a caller should hear into verbs, with the media and telephones of the call's company. */
export function createPresentation(given: PresentationGiven): Presentation {
  const builtIn = (call: PresentedCall | null, name: string, language: string): Audio => {
    // A name that this release does not know (a flow of a newer one) is answered by the apology rather than by silence.
    const known = isBuiltInPromptName(name) ? name : "technicalProblem";
    const own = call && given.replacement?.(call.companyId, known, language);
    const { sha256, durationMs } = own ?? builtInAudio(known, language, given.promptsFolder);
    return { url: `${given.mediaUrl}/${sha256}.wav`, durationMs };
  };
  const uploaded = (media: string): Audio => {
    const sha256 = media.replace(/^sha256:/, "");
    return { url: `${given.mediaUrl}/${sha256}.wav`, durationMs: given.mediaMs(sha256) };
  };
  const spokenText = (call: PresentedCall, text: string, language: string): Timed<Spoken> => {
    const name = given.voice?.(call.companyId, language) ?? null;
    return { text, durationMs: null, ...(name !== null && { voice: { language, name } }) };
  };
  const pieces = (
    call: PresentedCall,
    { value, format, language }: Extract<PromptReference, { kind: "pieces" }>,
  ): Timed<Spoken> => {
    const said = momentOf(value, format) ?? value;
    const found = spokenPieces(said, format, {
      ...SPOKEN_AS(language),
      language: language.startsWith("fr") ? "fr" : "en",
    });
    if (!found) return spokenText(call, formatValue(value, format, SPOKEN_AS(language)), language);
    const heard = found.map((piece) => given.replacement?.(call.companyId, piece.name, language) ?? piece);
    const durationMs = heard.reduce((sum, piece) => sum + piece.durationMs, 0);
    return { url: heard.map(({ sha256 }) => `${given.mediaUrl}/${sha256}.wav`), durationMs };
  };
  /** "You are next. Expected waiting time: five minutes." One after the other, so that one play says it and one key cuts it short. */
  const place = (
    call: PresentedCall,
    { position, minutes, language }: Extract<PromptReference, { kind: "place" }>,
  ): Timed<Spoken> => {
    const said = [
      ...(position === null
        ? []
        : position === 1
          ? [builtIn(call, "placeNext", language)]
          : [builtIn(call, "placeIs", language)]),
      ...(position === null || position === 1
        ? []
        : [pieces(call, { kind: "pieces", format: "number", value: String(position), language })]),
      ...(minutes === null
        ? []
        : [
            builtIn(call, "waitIs", language),
            pieces(call, { kind: "pieces", format: "duration", value: String(minutes * 60_000), language }),
          ]),
    ];
    const urls = said.flatMap(audioOf);
    if (urls.length === 0) return builtIn(call, "pleaseWait", language);
    return { url: urls, durationMs: said.reduce((sum, { durationMs }) => sum + (durationMs ?? 0), 0) };
  };
  /** "To be called back from: Tuesday the first of December, two pm, press 2." */
  const slot = (
    call: PresentedCall,
    { at, key, timeZone, language }: Extract<PromptReference, { kind: "slot" }>,
  ): Timed<Spoken> => {
    const spoken = { timeZone, language: language.startsWith("fr") ? "fr" : "en" } as const;
    const recorded = (spokenPieces(at, "moment", spoken) ?? []).map(
      (piece) => given.replacement?.(call.companyId, piece.name, language) ?? piece,
    );
    const said = [
      builtIn(call, "callbackSlotFrom", language),
      ...recorded.map(({ sha256, durationMs }) => ({ url: `${given.mediaUrl}/${sha256}.wav`, durationMs })),
      builtIn(call, "callbackSlotKey", language),
      pieces(call, { kind: "pieces", format: "digits", value: key, language }),
    ];
    const durationMs = said.reduce((sum, one) => sum + (one.durationMs ?? 0), 0);
    return { url: said.flatMap(audioOf), durationMs };
  };
  /** What a caller recorded; where it is gone they hear that, rather than silence. */
  const recorded = (call: PresentedCall, recordingId: string, looked: Looked): Audio => {
    const path = looked.get(recordingId);
    if (path === null) return builtIn(call, "technicalProblem", call.language);
    const known = call.recordings?.find((recording) => recording.recordingId === recordingId);
    return { url: `${given.mediaUrl}/${path ?? ""}`, durationMs: known?.durationMs ?? null };
  };
  const resolve = (call: PresentedCall, prompt: PromptReference, looked = NOTHING_LOOKED_UP): Timed<Spoken> => {
    switch (prompt.kind) {
      case "builtIn":
        return builtIn(call, prompt.name, prompt.language);
      case "media":
        return uploaded(prompt.media);
      case "text":
        return spokenText(call, prompt.text.slice(0, LONGEST_TEXT), prompt.language);
      case "pieces":
        return pieces(call, prompt);
      case "slot":
        return slot(call, prompt);
      case "place":
        return place(call, prompt);
      case "message": {
        const path = looked.get(prompt.messageId);
        if (path === null) return builtIn(call, "mailboxUnavailable", call.language);
        return { url: `${given.mediaUrl}/${path ?? ""}`, durationMs: Math.max(0, prompt.durationMs - prompt.fromMs) };
      }
      case "greeting": {
        const own = given.greeting?.(call.companyId, prompt.boxId, prompt.state);
        if (!own) return builtIn(call, "voicemailGreeting", prompt.language);
        return { url: `${given.mediaUrl}/${own.sha256}.wav`, durationMs: own.durationMs };
      }
      case "recording":
        return recorded(call, prompt.recordingId, looked);
      case "flow": {
        const document = given.versionOf(call)?.document;
        const source = document && promptSource(document, prompt.promptId, prompt.language);
        switch (source?.kind) {
          case "audio":
            return uploaded(source.media);
          case "builtIn":
            return builtIn(call, source.name, source.language);
          case "text":
            return spokenText(
              call,
              fillTemplate(source.text, valuesFor(source.text, prompt.values)).slice(0, LONGEST_TEXT),
              source.language,
            );
          default:
            return builtIn(call, "technicalProblem", prompt.language);
        }
      }
    }
  };
  /** Hold music of texts only would be silence: the music that ships with the product stands in. */
  const withMusic = (call: PresentedCall, effect: MediaEffect): MediaEffect => {
    if (effect.type !== "hold" || effect.playlist.some((prompt) => "url" in resolve(call, prompt))) return effect;
    return { ...effect, playlist: [{ kind: "builtIn", name: "holdMusic", language: call.language }] };
  };
  /** The files of hold music, from where this caller heard it last. */
  const musicOf = (call: PresentedCall, effect: MediaEffect): { readonly music?: readonly string[] } => {
    if (effect.type !== "hold" || !effect.heardMs) return {};
    const tracks = effect.playlist.flatMap((prompt): readonly Track[] => {
      const spoken = resolve(call, prompt);
      const files = audioOf(spoken);
      return files.map((url) => ({ url, durationMs: files.length === 1 ? spoken.durationMs : null }));
    });
    return { music: musicFrom(tracks, effect.heardMs) };
  };
  const promptOf = (effect: MediaEffect): PromptReference | null =>
    effect.type === "play" || effect.type === "collect" ? effect.prompt : null;

  return {
    async render(call, effect, { unanswered } = { unanswered: false }) {
      const target = effect.type === "dial" ? await resolveTarget(call, effect.target, given) : NOBODY;
      const prompt = promptOf(effect);
      const looked = await lookUp(call, prompt, given);
      const heard = withMusic(call, effect);
      return renderMedia(heard, {
        ...musicOf(call, heard),
        answered: call.answeredAt !== null,
        unanswered,
        resolvePrompt: (prompt) => resolve(call, prompt, looked),
        ...(effect.type === "record" && { listenTo: await given.listenTo(call, effect) }),
        resolveTarget: () => target,
        // A call that we placed shows the number that it was placed with.
        callerId: call.direction === "outbound" ? call.from : given.callerId,
        hidden: call.hidden,
        ...(effect.type === "dial" && (await staysOnServer(call, effect.offerId, given)) && { anchored: true }),
        ...(effect.type === "dial" && isToldFirst({ placed: null, ...call }) && { tellsFirst: true }),
        ...(effect.type === "dial" && call.leg?.way === "refer" && { handedOver: true }),
        headers: target.type === "user" && call.leg?.way !== "refer" ? callHeader(call._id) : {},
      });
    },
    spokenMs(call, effect) {
      const prompt = promptOf(effect);
      return prompt ? resolve(call, prompt).durationMs : 0;
    },
    comfort(call) {
      const language = call?.language ?? "fr";
      const verbs: Verb[] = [
        { verb: "play", url: builtIn(call, "pleaseWait", language).url },
        { verb: "play", url: builtIn(call, "holdMusic", language).url, loop: "forever" },
      ];
      return call && call.answeredAt !== null ? verbs : [{ verb: "answer" }, ...verbs];
    },
    apart(call, { held, turn, operator, listensTo }) {
      if (listensTo !== undefined) return renderApart({ kind: "room", callId: listensTo, turn, listens: true });
      if (!held) return renderApart({ kind: "room", callId: call._id, turn, ...(operator && { operator }) });
      const { url: word } = builtIn(call, "pleaseWait", call.language);
      // What the caller heard in line, as it was settled when they joined.
      const own = (call.snapshot?.queueMusic?.holdMusic ?? []).flatMap((prompt) => audioOf(resolve(call, prompt)));
      const music = own.length > 0 ? own : [builtIn(call, "holdMusic", call.language).url];
      return renderApart({ kind: "music", word, music, turn });
    },
    consult(call, hears, operator) {
      const room = renderApart({ kind: "room", callId: call._id, turn: 0, ...(operator && { operator }) });
      if (hears === "room") return room;
      const said = builtIn(call, SAID_OF_CONSULT[hears], call.language).url;
      if (hears === "ringing") return [{ verb: "play", url: said, loop: "forever" }];
      return [{ verb: "play", url: said }, ...room];
    },
    notice: (call, entry, which) => renderNotice(entry, builtIn(call, NOTICES[which], call.language), which),
    noticeMs(call) {
      const lengths = Object.values(NOTICES).map((name) => builtIn(call, name, call.language).durationMs);
      return lengths.reduce((sum: number, length) => sum + (length ?? LIKELY_NOTICE_MS), 0);
    },
    apology(call) {
      const languages = call ? [call.language] : ["fr", "en"];
      const verbs: Verb[] = languages.map((language) => ({
        verb: "play",
        url: builtIn(call, "technicalProblem", language).url,
      }));
      return [...(call && call.answeredAt !== null ? [] : [{ verb: "answer" }]), ...verbs, { verb: "hangup" }];
    },
  };
}

/**
 * Whether the sound of a conversation stays on the media server: where it may be recorded, and where we rang who is at the near end. To a
 * telephone that jambonz has dialled it does not bring the sound back: somebody who is passed on, or whose operator hangs up, would hear
 * nothing more (run against the real session code, 0.9.8).
 */
async function staysOnServer(call: PresentedCall, offerId: string | null, given: PresentationGiven): Promise<boolean> {
  return call.direction === "outbound" || (await given.mayRecord?.(call, offerId)) === true;
}

/** What lies on the private shelf is looked up before it is told where it is. */
async function lookUp(call: PresentedCall, prompt: PromptReference | null, given: PresentationGiven): Promise<Looked> {
  if (prompt?.kind === "recording") {
    return new Map([[prompt.recordingId, await given.recording(call, prompt.recordingId)]]);
  }
  if (prompt?.kind === "message") {
    return new Map([[prompt.messageId, await given.message(call, prompt.messageId, prompt.fromMs)]]);
  }
  return NOTHING_LOOKED_UP;
}

/** A day as it is written in flows, or a time of day, in UTC milliseconds. */
function momentOf(value: string, format: string): number | null {
  if (format === "date" && /^\d{4}-\d{2}-\d{2}/.test(value)) return Date.parse(value);
  if (format === "time" && /^\d{2}:\d{2}$/.test(value)) return Date.parse(`1970-01-01T${value}:00Z`);
  return null;
}

/**
 * A flow may make a target of what a caller keyed or is called by: what is no address goes nowhere, so that nothing of it gets into a SIP
 * header. Numbers are dialled as written, without what people put between digits.
 */
async function resolveTarget(
  call: PresentedCall,
  target: DialTarget,
  given: PresentationGiven,
): Promise<JambonzTarget> {
  switch (target.kind) {
    case "telephone":
      return (await given.telephone(call.companyId, target.telephoneId)) ?? NOBODY;
    case "switchboard":
      return (await given.switchboard(call.companyId)) ?? NOBODY;
    case "sipUri":
      return /^sips?:[^\s<>"]{3,250}$/.test(target.uri) ? { type: "sip", sipUri: target.uri } : NOBODY;
    case "user":
      return /^[^\s@<>"]{1,64}(@[^\s@<>"]{1,190})?$/.test(target.name) ? { type: "user", name: target.name } : NOBODY;
    case "number": {
      const number = target.number.replace(/[ ().\-/\u00a0\u202f]/g, "");
      return /^[+*#]?\d{1,32}$/.test(number) ? { type: "phone", number } : NOBODY;
    }
  }
}
