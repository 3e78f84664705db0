import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { onRealMongo, type StoreUnderTest, storeUnderTest } from "./support/store-under-test.ts";

let store: StoreUnderTest;
beforeAll(async () => {
  store = await storeUnderTest();
});
afterAll(async () => {
  await store.close();
});

describe.skipIf(onRealMongo)("a connection that does not speak the protocol", () => {
  test("is closed, and the others are served on", async () => {
    await store.db.command({ ping: 1 });
    const path = decodeURIComponent(/^mongodb:\/\/([^/]+)\//.exec(store.uri)?.[1] ?? "");
    const nonsense = [
      Buffer.from("GET / HTTP/1.1\r\n\r\n"),
      Buffer.alloc(64, 255),
      Buffer.from([20, 0, 0, 0, ...Array(16).fill(1)]),
      Buffer.from([21, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0xdd, 7, 0, 0, 0, 0, 0, 0, 0]),
    ];
    for (const bytes of nonsense) {
      const socket = connect(path);
      socket.write(bytes);
      await new Promise((resolve) => socket.on("close", resolve));
    }
    expect(await store.db.command({ ping: 1 })).toMatchObject({ ok: 1 });
  });
});
