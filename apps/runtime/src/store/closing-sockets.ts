import { Connection } from "mongodb/lib/cmap/connection.js";

let mended = false;

/**
 * Lets operations fail that the driver would wait for without end (mongodb 7.8 and 7.9, seen): it hands out a connection whose socket is gone
 * but has not said so yet, the write is taken for one that waits for room, and `drain` never comes. A call's step, or a request, would hang
 * for ever after the store was lost for a moment. Once the connection is cleaned up, who waits for room is let go on, and meets its error.
 */
export function mendClosingSockets(): void {
  if (mended) return;
  mended = true;
  const { cleanup } = Connection.prototype;
  Connection.prototype.cleanup = function (error) {
    cleanup.call(this, error);
    this.socket.emit("drain");
  };
}
