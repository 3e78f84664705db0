import { randomUUID } from "node:crypto";
import { mediaEvent } from "./foreign.ts";
import type { Channel } from "./media-server.ts";

interface Member {
  readonly id: number;
  readonly channel: Channel;
  readonly leave: () => void;
  readonly flags: ReadonlySet<string>;
  muted: boolean;
  deaf: boolean;
  tag: string;
  /** Members who do not hear this one. */
  readonly nospeak: Set<number>;
}
interface Room {
  readonly name: string;
  readonly uuid: string;
  readonly members: Map<number, Member>;
}

/** Conferences as the media server keeps them: who is in them, who hears whom, and whom it tells. */
export function createConferences(changed: () => void, note: (what: string) => void) {
  const rooms = new Map<string, Room>();
  const filters = new Map<string, Set<Channel>>();
  let ids = 0;

  /** Each connection gets what concerns its own channel, and what it has asked for of a conference. */
  const tell = (room: Room, member: Member, action: string, extra: Record<string, string> = {}) => {
    const event = mediaEvent({
      ...{ "Event-Name": "CUSTOM", "Event-Subclass": "conference::maintenance", Action: action },
      ...{
        "Conference-Name": room.name,
        "Conference-Unique-ID": room.uuid,
        "Conference-Size": String(room.members.size),
      },
      ...{ "Member-ID": String(member.id), "Unique-ID": member.channel.uuid },
      ...{ "Event-Date-Timestamp": String(Date.now() * 1000), ...extra },
    });
    const hearing = new Set([member.channel, ...(filters.get(room.uuid) ?? [])]);
    for (const { connection, gone } of hearing)
      if (!gone) connection.emit(`esl::event::CUSTOM::${member.channel.uuid}`, event);
  };
  const find = (channel: Channel) => {
    for (const room of rooms.values())
      for (const member of room.members.values()) if (member.channel === channel) return { room, member };
    return null;
  };
  const remove = (room: Room, member: Member) => {
    if (!room.members.delete(member.id)) return;
    tell(room, member, "del-member");
    if (room.members.size === 0) rooms.delete(room.name);
    member.leave();
    changed();
    if (member.flags.has("endconf")) for (const other of [...room.members.values()]) remove(room, other);
  };

  return {
    rooms: () => [...rooms.values()],
    filter(channel: Channel, name: string, value: string) {
      if (name !== "Conference-Unique-ID") return;
      filters.set(value, (filters.get(value) ?? new Set()).add(channel));
    },
    join(channel: Channel, argument: string, stops: (leave: () => void) => void, done: () => void) {
      const [name = "", flagText = ""] = argument.split("+flags{");
      const flags = new Set(flagText.replace("}", "").split("|").filter(Boolean));
      const clean = name.replace(/\++$/, "");
      const timer = setTimeout(() => {
        const room = rooms.get(clean) ?? { name: clean, uuid: randomUUID(), members: new Map() };
        rooms.set(clean, room);
        ids += 1;
        const member: Member = {
          ...{ id: ids, channel, flags, muted: flags.has("mute"), deaf: false, tag: "", nospeak: new Set() },
          leave: done,
        };
        room.members.set(member.id, member);
        stops(() => remove(room, member));
        note(`join ${clean} ${member.id} ${[...flags].join("|")}`);
        tell(room, member, "add-member");
        changed();
      }, 30);
      stops(() => {
        clearTimeout(timer);
        done();
      });
    },
    left(channel: Channel) {
      const found = find(channel);
      if (found) remove(found.room, found.member);
    },
    /** Whether the channel is in a conference, and whom it hears there. */
    heardBy(channel: Channel): readonly Channel[] | null {
      const found = find(channel);
      if (!found) return null;
      if (found.member.deaf) return [];
      return [...found.room.members.values()]
        .filter((other) => other !== found.member && !other.muted && !other.nospeak.has(found.member.id))
        .map((other) => other.channel);
    },
    order(words: readonly string[]): string {
      note(words.join(" "));
      const [name = "", command = "", who = "", ...rest] = words;
      const room = rooms.get(name);
      if (!room) return `-ERR Conference ${name} not found\n`;
      const one = room.members.get(Number(who));
      const chosen =
        who === "all"
          ? [...room.members.values()]
          : who === "non_moderator"
            ? [...room.members.values()].filter(({ flags }) => !flags.has("moderator"))
            : one
              ? [one]
              : [];
      const all = (act: (member: Member) => void) => {
        for (const member of chosen) act(member);
        changed();
        return `OK ${command} ${chosen.map(({ id }) => id).join(",")}\n`;
      };
      switch (command) {
        case "get":
          return who === "count" ? String(room.members.size) : "";
        case "list":
          return String(room.members.size);
        case "kick":
          return all((member) => remove(room, member));
        case "mute":
        case "unmute":
          return all((member) => {
            member.muted = command === "mute";
            tell(room, member, `${command}-member`);
          });
        case "deaf":
        case "undeaf":
          return all((member) => {
            member.deaf = command === "deaf";
          });
        case "tag":
          if (one) {
            one.tag = rest.join(" ");
            tell(room, one, "tag", { Tag: one.tag });
          }
          return "+OK\n";
        case "gettag": {
          const members = [...room.members.values()].filter(({ tag }) =>
            rest[0] === "nomatch" ? tag !== who : tag === who,
          );
          return members.map(({ id }) => id).join(",");
        }
        case "relate": {
          const [others = "", how] = rest;
          for (const other of others.split(",").map(Number)) {
            if (how === "nospeak") one?.nospeak.add(other);
            else one?.nospeak.delete(other);
          }
          changed();
          return "+OK\n";
        }
        default:
          return "+OK\n";
      }
    },
  };
}
