import type { AuthorsMessage, LiveMessage, ServerMessage } from "@cordboard/api";
import type { Namespace, Socket } from "socket.io";
import type { SignedInAs } from "../http/index.ts";

/** What browsers may say, in every namespace. */
export type ClientEvents = { message: (message: unknown) => void };
/** Agents are sent the first, live boards the second, pages that draw on flows the last. */
export type ServerEvents = { message: (message: ServerMessage | LiveMessage | AuthorsMessage) => void };
/** Whose socket it is, and the token that said so. */
export interface SocketData {
  who: SignedInAs;
  token: string;
}
type NoEvents = Record<string, never>;
export type BrowserSocket = Socket<ClientEvents, ServerEvents, NoEvents, SocketData>;
export type BrowserNamespace = Namespace<ClientEvents, ServerEvents, NoEvents, SocketData>;
