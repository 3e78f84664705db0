import { Long } from "bson";
import type { Doc } from "../bson-values.ts";
import { MAX_DOCUMENT_BYTES } from "../raw-bson.ts";
import type { Command, Store } from "../store.ts";
import { MAX_MESSAGE_BYTES } from "../wire.ts";

/** The version whose behaviour this store follows. */
const VERSION = "7.0.0";
const WIRE_VERSION = 21;

/**
 * Says that it is a replica set's primary: only then does the driver make writes retryable (txnNumber). No `hosts` are named, so with
 * `directConnection` the driver looks for no other member; no `topologyVersion`, so it asks again every 10 s instead of waiting for news.
 */
function hello(store: Store): Doc {
  return {
    helloOk: true,
    ismaster: true,
    isWritablePrimary: true,
    secondary: false,
    setName: "cordboard",
    setVersion: 1,
    maxBsonObjectSize: MAX_DOCUMENT_BYTES,
    maxMessageSizeBytes: MAX_MESSAGE_BYTES,
    maxWriteBatchSize: 100_000,
    localTime: new Date(store.clock.now()),
    logicalSessionTimeoutMinutes: 30,
    minWireVersion: 0,
    maxWireVersion: WIRE_VERSION,
    readOnly: false,
    ok: 1,
  };
}

const helloCommand: Command = { fields: "any", run: (_request, store) => hello(store) };

export const handshakeCommands: Readonly<Record<string, Command>> = {
  hello: helloCommand,
  isMaster: helloCommand,
  ismaster: helloCommand,
  ping: { fields: [], run: () => ({ ok: 1 }) },
  buildInfo: {
    fields: [],
    run: () => ({
      version: VERSION,
      versionArray: [7, 0, 0, 0],
      gitVersion: "embedded",
      modules: ["cordboard-embedded-mongo"],
      bits: 64,
      debug: false,
      maxBsonObjectSize: MAX_DOCUMENT_BYTES,
      ok: 1,
    }),
  },
  endSessions: { fields: [], run: () => ({ ok: 1 }) },
  killCursors: {
    fields: ["cursors"],
    run: (request, store) => {
      const killed: Long[] = [];
      const notFound: Long[] = [];
      for (const id of request.array("cursors"))
        if (id instanceof Long) (store.cursors.close(id) ? killed : notFound).push(id);
      return { cursorsKilled: killed, cursorsNotFound: notFound, cursorsAlive: [], cursorsUnknown: [], ok: 1 };
    },
  },
};
