import { callData } from "../call-info.ts";
import { Coaching } from "../conference/coaching.ts";
import type { Member, Room } from "../conference/room.ts";
import { createSignal, type Fiber, type Signal, wait } from "../kernel/fiber.ts";
import { SimulatedFailure } from "../kernel/simulated-failure.ts";
import type { Endpoint } from "../media/endpoint.ts";
import { TIMINGS } from "../timings.ts";
import type { Hook } from "../types.ts";
import type { VerbData } from "./normalize-verbs.ts";
import { type Resources, readHook, textOf, tracing, Verb, type VerbHost } from "./verb.ts";

const PLAYED = new Set(["play", "say", "pause"]);
const SILENCE_MS = 750;

/**
 * Talks with others in a room that has a name: begins it, comes into it, or waits for somebody who may begin it. What is heard on the way
 * in, while waiting and on hold is asked for by hooks of their own (jambonz 0.9.8, seen: h9, h10; muted entry, tags and coaching: read).
 */
export class ConferenceVerb extends Verb implements Member {
  override readonly precondition = "endpoint";
  private readonly enterHook: Hook | string | undefined;
  private readonly waitHook: Hook | string | undefined;
  private readonly statusHook: Hook | string | undefined;
  private readonly friendlyName: string;
  private readonly over: Signal<void> = createSignal();
  private host: VerbHost | undefined;
  private endpoint: Endpoint | undefined;
  private room: Room | undefined;
  private startedAt = 0;
  private isMember = false;
  private stopHearing = (): void => {};
  private wasMember = false;
  private isKicked = false;
  private isHeld = false;
  private isMuted = false;
  private tag: string | undefined;
  private readonly coaching = new Coaching<ConferenceVerb>();
  private holdHook: Hook | string | undefined;
  private playing: Verb | undefined;
  private waits: Signal<"begun" | "killed"> | undefined;

  constructor(data: VerbData) {
    super(data);
    this.enterHook = readHook(this.data.enterHook);
    this.waitHook = readHook(this.data.waitHook);
    this.statusHook = readHook(this.data.statusHook);
    this.friendlyName = textOf(this.data.name) ?? "";
    const { joinMuted, speakOnlyTo, endConferenceOnExit, startConferenceOnEnter } = this.data;
    this.coaching.prepare(textOf(speakOnlyTo));
    // A coach comes in muted only where one of the others is asked for as well, and is not given their voice back (read).
    const hasFlags = endConferenceOnExit === true || startConferenceOnEnter === true || joinMuted === true;
    this.isMuted = hasFlags && (joinMuted === true || this.coaching.isCoaching);
  }

  *exec(host: VerbHost, { endpoint }: Resources): Fiber<void> {
    this.host = host;
    this.endpoint = endpoint;
    const name = `conf:${host.info.accountSid}:${this.friendlyName}`;
    try {
      const there = host.world.rooms.find(name);
      if (there) yield* this.join(host, there);
      else if (this.data.startConferenceOnEnter === false) yield* this.await(host, name);
      else yield* this.start(host, name);
      yield* wait(this.over);
      yield* this.performAction(host, {});
    } catch (error) {
      if (!(error instanceof SimulatedFailure)) throw error;
    }
  }

  override kill(host: VerbHost): void {
    super.kill(host);
    this.stopPlaying(host);
    this.waits?.settle("killed");
    host.world.scheduler.spawn(this.leave(host));
  }

  /** Somebody ended the room: the call gets an endpoint of its own again, and the verb is over. */
  dropped(): void {
    const { host } = this;
    if (!host || this.isKicked) return;
    this.isKicked = true;
    this.isMember = false;
    this.stopPlaying(host);
    host.world.scheduler.spawn(this.replaceEndpoint(host));
  }

  begun(): void {
    this.waits?.settle("begun");
  }

  /** Speech begins: told of who speaks. */
  private speaks(host: VerbHost): void {
    if (this.isMember) host.world.scheduler.after(TIMINGS.conferenceVoice, () => this.tell(host, "start-talking"));
  }

  /** Whether the others are heard, and what is heard meanwhile (seen: h9). */
  hold(host: VerbHost, status: unknown, waitHook: unknown): void {
    const isHeld = status === "hold";
    const changes = this.isHeld !== isHeld;
    this.isHeld = isHeld;
    this.holdHook = readHook(waitHook) ?? this.holdHook;
    if (!changes || !isHeld) this.stopPlaying(host);
    if (isHeld && this.holdHook !== undefined) host.world.scheduler.spawn(this.playWhileHeld(host, this.holdHook));
    this.letHear();
  }

  /** Whether the others hear this member; before they are one that is lost (read: `doConferenceMute`; run against the real session code). */
  mute(isMuted: boolean): void {
    if (!this.isMember) return;
    this.isMuted = isMuted;
    this.letAllHear();
  }

  /** Orders of a member about themselves; before they are one they are lost (read: `_lccConferenceParticipantAction`). */
  act(host: VerbHost, action: unknown, tag: unknown, waitHook: unknown): void {
    if (!this.isMember) return;
    if (action === "mute" || action === "unmute") this.mute(action === "mute");
    else if (action === "hold" || action === "unhold") this.hold(host, action, waitHook);
    else if (action === "coach") {
      this.coaching.prepare(textOf(tag));
      this.coach();
    } else if (action === "uncoach") {
      this.coaching.stop();
      this.letAllHear();
    } else if (action === "tag" || action === "untag") {
      this.tag = action === "tag" ? textOf(tag) : undefined;
      for (const member of this.others()) member.coach();
    }
  }

  private coach(): void {
    if (!this.isMember || !this.coaching.isCoaching) return;
    this.coaching.speakOnly(this.others().map((member) => ({ member, tag: member.tag })));
    this.letAllHear();
  }

  private others(): ConferenceVerb[] {
    return [...(this.room?.members ?? [])].filter(
      (member): member is ConferenceVerb => member instanceof ConferenceVerb && member !== this,
    );
  }

  private letAllHear(): void {
    for (const member of this.room?.members ?? []) if (member instanceof ConferenceVerb) member.letHear();
  }

  muteNonModerators(isMuted: boolean): void {
    for (const member of this.room?.members ?? [])
      if (member instanceof ConferenceVerb && member.data.startConferenceOnEnter !== true) member.mute(isMuted);
  }

  private *start(host: VerbHost, name: string): Fiber<void> {
    this.startedAt = host.world.scheduler.now();
    const events = Array.isArray(this.data.statusEvents) ? this.data.statusEvents.map(String) : [];
    const room: Room = {
      ...{ name, startedAt: this.startedAt, statusHook: this.statusHook },
      ...{ statusEvents: this.statusHook === undefined ? [] : events, members: new Set() },
    };
    host.world.rooms.open(room);
    this.room = room;
    yield* wait(host.world.scheduler.sleep(TIMINGS.mediaServerQuestion));
    this.tell(host, "start", 0);
    yield* this.enter(host, room);
    host.world.rooms.callIn(name);
  }

  private *join(host: VerbHost, room: Room): Fiber<void> {
    this.room = room;
    this.startedAt ||= room.startedAt;
    yield* this.enter(host, room);
  }

  private *await(host: VerbHost, name: string): Fiber<void> {
    const waits = createSignal<"begun" | "killed">();
    this.waits = waits;
    host.world.rooms.wait(name, this);
    if (this.waitHook !== undefined) host.world.scheduler.spawn(this.playWhileWaiting(host, this.waitHook, waits));
    const how = yield* wait(waits);
    this.stopPlaying(host);
    if (how === "killed") {
      host.world.rooms.giveUp(name, this);
      return;
    }
    const room = host.world.rooms.find(name);
    this.startedAt = host.world.scheduler.now();
    if (room) yield* this.join(host, room);
  }

  private *enter(host: VerbHost, room: Room): Fiber<void> {
    if (this.enterHook !== undefined) yield* this.playHook(host, this.enterHook);
    if (this.killed || host.callGone) return;
    const silenceMs = Math.max(0, (host.silentUntil ?? 0) - host.world.scheduler.now());
    yield* wait(host.world.scheduler.sleep(silenceMs + TIMINGS.conferenceJoin));
    const isStopped = this.killed;
    room.members.add(this);
    this.stopHearing = this.endpoint?.leg.on("voice", () => this.speaks(host)) ?? (() => {});
    this.isMember = true;
    this.wasMember = true;
    this.tell(host, "join");
    for (const member of this.others()) member.coach();
    this.tag = textOf(this.data.memberTag);
    if (this.tag !== undefined) for (const member of this.others()) member.coach();
    this.coach();
    this.letAllHear();
    // Who is stopped while they come in is in it all the same, and the verb waits for ever to be told so: the session takes no order any more
    // (run against the real session code).
    if (isStopped) yield* wait(createSignal<void>());
  }

  private *leave(host: VerbHost): Fiber<void> {
    const { room } = this;
    if (room && this.wasMember) {
      yield* wait(host.world.scheduler.sleep(TIMINGS.mediaServerQuestion));
      room.members.delete(this);
      this.stopHearing();
      this.isMember = false;
      const members = this.isKicked ? 0 : room.members.size;
      this.tell(host, "leave", members);
      if (members === 0 || this.data.endConferenceOnExit === true) {
        this.tell(host, "end", members);
        host.world.rooms.close(room);
      }
      const { members: rest } = room;
      for (const member of rest) if (member instanceof ConferenceVerb) member.letHear();
      // Who ends a room with their own end drops the others, as soon as the media server has noticed.
      if (this.data.endConferenceOnExit === true && !this.isKicked)
        host.world.scheduler.after(TIMINGS.conferenceEnd, () => {
          for (const member of [...rest]) member.dropped();
        });
    }
    this.over.settle();
  }

  private *replaceEndpoint(host: VerbHost): Fiber<void> {
    yield* wait(host.world.scheduler.sleep(TIMINGS.endpoint));
    if (host.dialogue?.connected) yield* wait(host.dialogue.modify());
    // The verb is stopped, and asks the media server once more who is there.
    yield* wait(host.world.scheduler.sleep(TIMINGS.conferenceReplaced));
    this.kill(host);
  }

  private *playWhileWaiting(host: VerbHost, hook: Hook | string, waits: Signal<"begun" | "killed">): Fiber<void> {
    while (!this.killed && !waits.settled) {
      yield* wait(host.world.scheduler.sleep(TIMINGS.playbackStart + SILENCE_MS + TIMINGS.playbackEnd));
      if (this.killed || waits.settled) return;
      if (!(yield* this.playHook(host, hook))) return;
    }
  }

  private *playWhileHeld(host: VerbHost, hook: Hook | string): Fiber<void> {
    while (!this.killed && this.isHeld) if (!(yield* this.playHook(host, hook))) return;
  }

  /** Asks what is to be heard, and plays it; false when there is nothing. */
  private *playHook(host: VerbHost, hook: Hook | string): Fiber<boolean> {
    try {
      const data = ownData(host);
      const answer = yield* wait(host.requestor.request("verb:hook", hook, data, { b3: tracing(host) }));
      if (this.killed || !Array.isArray(answer) || answer.length === 0) return false;
      const verbs = host.makeVerbs(answer);
      if (verbs.some(({ name }) => !PLAYED.has(name))) return false;
      for (const verb of verbs) {
        const { endpoint } = this;
        if (!endpoint || this.killed) return false;
        this.playing = verb;
        yield* verb.exec(host, { endpoint });
        const isStopped = this.playing !== verb;
        this.playing = undefined;
        if (isStopped) return false;
      }
      return true;
    } catch (error) {
      if (!(error instanceof SimulatedFailure)) throw error;
      this.playing = undefined;
      return false;
    }
  }

  private stopPlaying(host: VerbHost): void {
    const { playing } = this;
    this.playing = undefined;
    playing?.kill(host);
  }

  private letHear(): void {
    const heard = this.others().filter((other) => !other.isHeld && !other.isMuted && other.coaching.isHeardBy(this));
    const [first, ...also] = heard.flatMap(({ endpoint }) => (endpoint ? [endpoint.leg.id] : []));
    this.endpoint?.leg.hearBehind(
      first !== undefined && this.isMember && !this.isHeld
        ? { kind: "bridged", with: first, ...(also.length > 0 && { also }) }
        : { kind: "silence" },
    );
  }

  private tell(host: VerbHost, event: string, members: number = this.room?.members.size ?? 0): void {
    const { room } = this;
    if (!room?.statusHook || !room.statusEvents.includes(event)) return;
    const now = host.world.scheduler.now();
    host.requestor.request("verb:hook", room.statusHook, {
      ...{ event, duration: (now - this.startedAt) / 1000, time: new Date(now).toISOString(), members },
      ...{ conferenceSid: room.name, friendlyName: this.friendlyName },
      ...defined(callData(host.info)),
      b3: tracing(host),
    });
  }
}

/** What is not known of a call takes the place of nothing. */
function defined(data: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined));
}

/** Hooks of a conference get the bare record of the call, not the data of status messages. */
function ownData({ info }: VerbHost): Record<string, unknown> {
  return { ...info, hasRecording: false };
}
