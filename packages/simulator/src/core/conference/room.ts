import type { Hook } from "../types.ts";

/** Somebody in a conference, as the others and the room act on them. */
export interface Member {
  /** The room is over: whoever is still in it goes on with something else. */
  dropped(): void;
  /** Somebody whom one waited for has begun. */
  begun(): void;
}

/** A conference: who is in it, who waits for it to begin, and whom it tells. */
export interface Room {
  readonly name: string;
  readonly startedAt: number;
  /** Of whoever began it; whoever comes later tells there too, whatever their own verb says (jambonz 0.9.8, read). */
  readonly statusHook: Hook | string | undefined;
  readonly statusEvents: readonly string[];
  readonly members: Set<Member>;
}

/** The conferences of a server, and who waits for one that is not there yet. */
export class Rooms {
  private readonly rooms = new Map<string, Room>();
  private readonly waiting = new Map<string, Set<Member>>();

  find(name: string): Room | undefined {
    return this.rooms.get(name);
  }

  open(room: Room): void {
    this.rooms.set(room.name, room);
  }

  close(room: Room): void {
    if (this.rooms.get(room.name) === room) this.rooms.delete(room.name);
  }

  wait(name: string, member: Member): void {
    this.waiting.set(name, (this.waiting.get(name) ?? new Set()).add(member));
  }

  giveUp(name: string, member: Member): void {
    this.waiting.get(name)?.delete(member);
  }

  /** Calls in everybody who waits for this one. */
  callIn(name: string): void {
    const members = this.waiting.get(name) ?? [];
    this.waiting.delete(name);
    for (const member of members) member.begun();
  }
}
