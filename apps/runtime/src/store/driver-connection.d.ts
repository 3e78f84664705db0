/** The part of the driver's own connection that `closing-sockets.ts` needs (mongodb 7.8: lib/cmap/connection.js). */
declare module "mongodb/lib/cmap/connection.js" {
  import type { Socket } from "node:net";

  export class Connection {
    readonly socket: Socket;
    /** Called once the socket is lost: everything that waits for an answer on it fails. */
    cleanup(error: Error): void;
  }
}
