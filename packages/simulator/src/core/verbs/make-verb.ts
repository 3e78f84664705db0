import { SimulatedFailure } from "../kernel/simulated-failure.ts";
import { makeAdult } from "../session/adult-session.ts";
import { confirmDialledLeg } from "../session/confirm-session.ts";
import { ConferenceVerb } from "./conference.ts";
import { DialVerb } from "./dial.ts";
import { GatherVerb } from "./gather.ts";
import { ListenVerb } from "./listen.ts";
import { normalizeVerbs, type VerbData } from "./normalize-verbs.ts";
import { PlayVerb } from "./play.ts";
import { SayVerb } from "./say.ts";
import {
  AnswerVerb,
  ConfigVerb,
  DtmfVerb,
  HangupVerb,
  PauseVerb,
  RedirectVerb,
  SipDeclineVerb,
  TagVerb,
} from "./simple-verbs.ts";
import { SipReferVerb } from "./sip-refer.ts";
import { validateVerb } from "./validate-verb.ts";
import type { Verb } from "./verb.ts";

const MAKERS: Readonly<Record<string, (data: VerbData) => Verb>> = {
  answer: (data) => new AnswerVerb(data),
  conference: (data) => new ConferenceVerb(data),
  config: (data) => new ConfigVerb(data),
  dial: (data) => new DialVerb(data, confirmDialledLeg, makeAdult),
  dtmf: (data) => new DtmfVerb(data),
  gather: (data) => new GatherVerb(data),
  hangup: (data) => new HangupVerb(data),
  listen: (data) => new ListenVerb(data),
  pause: (data) => new PauseVerb(data),
  play: (data) => new PlayVerb(data),
  redirect: (data) => new RedirectVerb(data),
  say: (data) => new SayVerb(data),
  "sip:decline": (data) => new SipDeclineVerb(data),
  "sip:refer": (data) => new SipReferVerb(data),
  tag: (data) => new TagVerb(data),
};

/** The verbs that the simulator carries; all others are refused, so that nobody takes silence for their working. */
export const CARRIED_VERBS: readonly string[] = Object.keys(MAKERS);

/** Makes the verbs of a list; one that is wrong or not carried fails the whole list, as in jambonz (0.9.8, seen: g3, g4, k13). */
export function makeVerbs(list: unknown): Verb[] {
  return normalizeVerbs(list).map((data) => {
    validateVerb(data.name, data.data);
    const make = MAKERS[data.name];
    if (!make) throw new SimulatedFailure(`the simulator does not carry the verb ${data.name}`);
    return make(data);
  });
}
