import type { LiveMessage } from "@cordboard/api";
import type { Logger } from "pino";
import { mayRead, type Scope } from "../access/index.ts";
import type { Directories } from "../desk/index.ts";
import { type Authenticate, readCookie, sessionCookie } from "../http/index.ts";
import { operatorState, queueState, rowsWithin } from "../live/index.ts";
import {
  type Bus,
  type Clock,
  type LiveChanges,
  liveChannel,
  type SessionMessage,
  type SettingsMessage,
  sessionChannel,
  settingsChannel,
} from "../ports/index.ts";
import type { BrowserNamespace, BrowserSocket } from "./socket-types.ts";

export interface LiveBoardsGiven {
  readonly boards: BrowserNamespace;
  readonly authenticate: Authenticate;
  readonly directories: Directories;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly log: Pick<Logger, "warn">;
}

/** How often a board's session is looked at again: one that was ended without a word ends here. */
const sessionCheckMs = 30_000;
const shownSettings: ReadonlySet<string> = new Set(["company", "queues", "operators", "telephones"]);

/**
 * The sockets of live boards: what the call centre tells of a company is put into words once and sent to all who look, so that twenty boards
 * cost little more than one. A board reads the whole by REST and makes good by it what it missed.
 */
export function attachLiveBoards({ boards, authenticate, directories, bus, clock, log }: LiveBoardsGiven) {
  const watched = new Map<
    string,
    { viewers: number; readonly limited: Map<string, Pick<Scope, "queues">>; readonly end: () => void }
  >();
  let cancelCheck = () => {};

  boards.use((socket, next) => {
    const token = readCookie(socket.handshake.headers.cookie, sessionCookie.user.name);
    const identify = async () => (token === null ? null : await authenticate("user", token));
    identify().then(
      (who) => {
        if (!who || token === null || !mayRead(who.scope, "live")) return next(new Error("notSignedIn"));
        socket.data = { who, token };
        next();
      },
      (cause) => {
        log.warn({ err: cause }, "a live board could not be authenticated");
        next(new Error("storeUnavailable"));
      },
    );
  });

  boards.on("connection", (socket: BrowserSocket) => {
    const { companyId } = socket.data.who.scope;
    const company = watched.get(companyId) ?? watch(companyId);
    company.viewers += 1;
    const { queues } = socket.data.who.scope;
    const room = roomOf(companyId, queues);
    // Whoever is limited to some queues is told of these alone: words are put together once for all who have the same.
    if (queues) company.limited.set(room, { queues });
    void socket.join(room);
    socket.on("disconnect", () => {
      company.viewers -= 1;
      if (company.viewers > 0) return;
      company.end();
      watched.delete(companyId);
    });
  });

  const send = (room: string, message: LiveMessage) => boards.to(room).emit("message", message);

  function watch(companyId: string) {
    // Subscribes before us to the settings, so that names are forgotten before they are asked for again.
    directories.of(companyId).catch((cause) => log.warn({ err: cause }, "a company's names could not be read"));
    const limited = new Map<string, Pick<Scope, "queues">>();
    const ends = [
      bus.subscribe(liveChannel(companyId), (message) => {
        const { epoch, seq, now, queues, operators } = message as LiveChanges;
        directories.of(companyId).then(
          (directory) => {
            const about = { v: 1, type: "changes", epoch, seq, now: new Date(now).toISOString() } as const;
            const rows = {
              queues: queues.map(queueState),
              operators: operators.map((row) => operatorState(row, directory)),
            };
            send(companyId, { ...about, ...rows });
            // Also where nothing is left of it: a number that is missing is a message that was lost.
            for (const [room, scope] of limited) send(room, { ...about, ...rowsWithin(scope, rows, directory) });
          },
          // The boards see the gap and read again.
          (cause) => log.warn({ err: cause }, "changes of the live board could not be sent"),
        );
      }),
      bus.subscribe(settingsChannel(companyId), (message) => {
        const { resource } = message as SettingsMessage;
        if (!shownSettings.has(resource)) return;
        for (const room of [companyId, ...limited.keys()]) send(room, { v: 1, type: "settings" });
      }),
      bus.subscribe(sessionChannel(companyId), (message) => {
        const { sessionId } = message as SessionMessage;
        for (const socket of socketsOf()) if (socket.data.who.sessionId === sessionId) dismiss(socket);
      }),
    ];
    const company = { viewers: 0, limited, end: () => ends.forEach((end) => void end()) };
    watched.set(companyId, company);
    return company;
  }

  const roomOf = (companyId: string, queues: Scope["queues"]): string =>
    queues ? `${companyId}/${[...queues].sort().join("+")}` : companyId;

  const socketsOf = (): BrowserSocket[] => [...boards.sockets.values()];

  function dismiss(socket: BrowserSocket): void {
    socket.emit("message", { v: 1, type: "sessionEnded" });
    socket.disconnect(true);
  }

  const checkLater = () => {
    cancelCheck = clock.at(clock.now() + sessionCheckMs, () => void check());
  };
  async function check(): Promise<void> {
    for (const socket of socketsOf()) {
      // A store that does not answer ends nobody's session.
      const who = await authenticate("user", socket.data.token).catch(() => socket.data.who);
      if (!who || !mayRead(who.scope, "live")) dismiss(socket);
    }
    checkLater();
  }
  checkLater();

  return {
    close(): void {
      cancelCheck();
      for (const { end } of watched.values()) end();
      watched.clear();
      boards.disconnectSockets(true);
    },
  };
}
