import type { Server as HttpServer } from "node:http";
import { authorSockets, ClientMessage, liveSockets, realtime } from "@cordboard/api";
import type { Logger } from "pino";
import { Server as SocketServer } from "socket.io";
import { Value } from "typebox/value";
import type { Desk, Directories } from "../desk/index.ts";
import { type Authenticate, isOwnOrigin, readCookie, type SignedInAs, sessionCookie } from "../http/index.ts";
import {
  atMostEvery,
  type BoardMessage,
  type Bus,
  boardChannel,
  type CallCentreCommands,
  type Clock,
  callbacksChannel,
  type OperatorMessage,
  oneAtATime,
  operatorChannel,
  type SessionMessage,
  type SettingsMessage,
  sessionChannel,
  settingsChannel,
  voicemailChannel,
} from "../ports/index.ts";
import { attachCoAuthors, type CoAuthorsGiven } from "./co-authors.ts";
import { attachLiveBoards } from "./live-boards.ts";
import { OperatorRoom, type OperatorRoomGiven, type Tab } from "./operator-room.ts";
import type { BrowserSocket, ClientEvents, ServerEvents, SocketData } from "./socket-types.ts";

interface RealtimeGiven {
  readonly server: HttpServer;
  readonly authenticate: Authenticate;
  readonly commands: CallCentreCommands;
  readonly desk: Desk;
  readonly directories: Directories;
  readonly unheard: OperatorRoomGiven["unheard"];
  readonly promised: OperatorRoomGiven["promised"];
  readonly nameOf: CoAuthorsGiven["nameOf"];
  readonly bus: Bus;
  readonly clock: Clock;
  readonly processId: string;
  /** The address that browsers use, where a proxy in front rewrites `Host`. */
  readonly publicUrl?: string;
  readonly log: Pick<Logger, "warn" | "info">;
  /** A browser that is asleep or offline is noticed after both together, ms. */
  readonly heartbeat?: { readonly intervalMs: number; readonly patienceMs: number };
}

/** Eight seconds: less than anybody lets an offer stand, more than a change of network takes. */
const defaultHeartbeat = { intervalMs: 4_000, patienceMs: 4_000 };

interface Company {
  readonly rooms: Map<string, { readonly room: OperatorRoom; readonly end: () => void }>;
  readonly end: () => void;
}

/**
 * Sockets of the operators' agents. WebSocket only (no stickiness needed behind a load balancer), authenticated by the desk's cookie,
 * fed from the bus. What the bus loses is made good: a gap in the board's numbers sends everybody their whole view.
 */
export function attachRealtime(given: RealtimeGiven) {
  const { authenticate, bus, clock, processId, commands, desk, directories, unheard, promised, log } = given;
  const { intervalMs, patienceMs } = given.heartbeat ?? defaultHeartbeat;
  const publicHost = given.publicUrl === undefined ? undefined : new URL(given.publicUrl).host;
  const companies = new Map<string, Company>();
  const io = new SocketServer<ClientEvents, ServerEvents, Record<string, never>, SocketData>(given.server, {
    path: realtime.path,
    serveClient: false,
    transports: ["websocket"],
    // Other paths of the same server are other people's upgrades (the telephone system's).
    destroyUpgrade: false,
    pingInterval: intervalMs,
    pingTimeout: patienceMs,
    maxHttpBufferSize: 10_000,
    allowRequest: ({ headers }, decide) => decide(null, isOwnOrigin(headers.origin, [headers.host, publicHost])),
  });

  // The bare namespace is always there, and open to anybody: nobody holds a socket here without a session.
  io.use((_socket, next) => next(new Error("notSignedIn")));
  const agents = io.of(realtime.namespace);
  agents.use((socket, next) => {
    const token = readCookie(socket.handshake.headers.cookie, sessionCookie.operator.name);
    const identify = async () => (token === null ? null : await authenticate("operator", token));
    identify().then(
      (who) => {
        if (!who || token === null) return next(new Error("notSignedIn"));
        socket.data = { who, token };
        next();
      },
      (cause) => {
        log.warn({ err: cause }, "a socket could not be authenticated");
        next(new Error("storeUnavailable"));
      },
    );
  });

  agents.on("connection", (socket) => {
    const { who } = socket.data;
    const { scope } = who;
    if (scope.actorId === null) return void socket.disconnect(true);
    const room = roomOf({ ...scope, actorId: scope.actorId });
    const tab = tabOf(socket, authenticate);
    let refreshing = false;
    socket.on("message", (message) => {
      // The union has one member so far; what is not in it is of another version and dropped.
      if (!Value.Check(ClientMessage, message) || refreshing) return;
      refreshing = true;
      void room.refresh(tab).finally(() => {
        refreshing = false;
      });
    });
    socket.on("disconnect", () => {
      if (room.leave(tab)) closeRoom(scope.companyId, scope.actorId);
    });
    void room.enter(tab);
  });

  const boards = attachLiveBoards({
    ...{ boards: io.of(liveSockets.namespace), authenticate, directories, bus, clock, log },
  });
  const authors = attachCoAuthors({
    ...{ authors: io.of(authorSockets.namespace), authenticate, nameOf: given.nameOf, bus, clock, processId, log },
  });

  function roomOf(scope: OperatorScope): OperatorRoom {
    const { companyId, actorId } = scope;
    const company = companies.get(companyId) ?? watchCompany(companyId);
    const known = company.rooms.get(actorId);
    if (known) return known.room;
    const room = new OperatorRoom({ scope, processId, commands, desk, directories, unheard, promised, clock, log });
    const end = bus.subscribe(operatorChannel(companyId, actorId), (message) => {
      room.changed(message as OperatorMessage).catch((cause) => log.warn({ err: cause }, "a view could not be sent"));
    });
    company.rooms.set(actorId, { room, end });
    return room;
  }

  function closeRoom(companyId: string, operatorId: string | null): void {
    const company = companies.get(companyId);
    const closing = operatorId === null ? undefined : company?.rooms.get(operatorId);
    if (!company || !closing || operatorId === null) return;
    closing.end();
    company.rooms.delete(operatorId);
    if (company.rooms.size > 0) return;
    company.end();
    companies.delete(companyId);
  }

  function watchCompany(companyId: string): Company {
    const rooms: Company["rooms"] = new Map();
    const each = (act: (room: OperatorRoom) => void) => {
      for (const { room } of rooms.values()) act(room);
    };
    const inTurns = async (act: (room: OperatorRoom) => unknown) => {
      const all = [...rooms.values()];
      for (let at = 0; at < all.length; at += ROOMS_A_TURN) {
        await Promise.all(all.slice(at, at + ROOMS_A_TURN).map(({ room }) => act(room)));
        await new Promise(setImmediate);
      }
    };
    const refreshAll = oneAtATime(clock, () => inTurns((room) => room.refreshAll()));
    // Subscribes before us to the same channel, so that names are forgotten before views are read again.
    directories.of(companyId).catch((cause) => log.warn({ err: cause }, "a company's names could not be read"));
    const tellCallbacks = async () => {
      try {
        const open = await promised(companyId);
        each((room) => room.callbacks(open));
      } catch (cause) {
        log.warn({ err: cause }, "promised callbacks could not be counted");
      }
    };
    let lastSeq: number | null = null;
    // One after the other: what is told of a queue last is what it is.
    let telling: Promise<void> = Promise.resolve();
    const ends = [
      bus.subscribe(boardChannel(companyId), (message) => {
        const board = message as BoardMessage;
        const gap = lastSeq !== null && board.seq !== lastSeq + 1;
        lastSeq = board.seq;
        if (gap) refreshAll();
        else telling = telling.then(() => inTurns((room) => room.board(board)));
      }),
      bus.subscribe(sessionChannel(companyId), (message) => {
        const { sessionId } = message as SessionMessage;
        each((room) => room.sessionEnded(sessionId));
      }),
      bus.subscribe(settingsChannel(companyId), (message) => {
        // Names may have changed; a bus that keeps its order has let the directory forget them first.
        const { resource } = message as SettingsMessage;
        if (shownSettings.has(resource)) refreshAll();
        if (resource === "voicemailBoxes") each((room) => void room.voicemail());
      }),
      bus.subscribe(voicemailChannel(companyId), () => each((room) => void room.voicemail())),
      bus.subscribe(
        callbacksChannel(companyId),
        atMostEvery(callbacksMs, clock, () => void tellCallbacks()),
      ),
    ];
    const company = { rooms, end: () => ends.forEach((end) => void end()) };
    companies.set(companyId, company);
    return company;
  }

  return {
    /** How many operators are connected to this process. */
    get operators(): number {
      return [...companies.values()].reduce((sum, { rooms }) => sum + rooms.size, 0);
    },
    /** Closes every socket; agents come back elsewhere by themselves. */
    close(): void {
      for (const { rooms, end } of companies.values()) {
        end();
        for (const open of rooms.values()) {
          open.end();
          open.room.close();
        }
      }
      companies.clear();
      boards.close();
      authors.close();
      agents.disconnectSockets(true);
      // Not `io.close()`: that would close the HTTP server, which is not ours.
      io.engine.close();
    },
  };
}

/** So many operators are told something that all are told before whoever waits for an answer has their turn. */
const ROOMS_A_TURN = 50;

/** The most often that the agents of a company are told of its callbacks: many changes come at once when a schedule opens. */
const callbacksMs = 500;

const shownSettings: ReadonlySet<string> = new Set(["company", "queues", "operators", "telephones"]);

type OperatorScope = SignedInAs["scope"] & { readonly actorId: string };

function tabOf(socket: BrowserSocket, authenticate: Authenticate): Tab {
  const { who, token } = socket.data;
  return {
    sessionId: who.sessionId,
    send: (message) => void socket.emit("message", message),
    dismiss() {
      socket.emit("message", { v: 1, type: "sessionEnded" });
      socket.disconnect(true);
    },
    stillSignedIn: async () => (await authenticate("operator", token)) !== null,
  };
}
