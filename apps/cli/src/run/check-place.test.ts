import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { t } from "../texts/t.ts";
import { checkPlace } from "./check-place.ts";

const host = "127.0.0.1";
const folder = mkdtempSync(join(tmpdir(), "cordboard-place-"));
let busy: Server;
let port: number;

beforeAll(async () => {
  busy = createServer();
  await new Promise<void>((resolve) => busy.listen(0, host, resolve));
  const address = busy.address();
  port = typeof address === "object" && address ? address.port : 0;
});
afterAll(async () => {
  await new Promise((resolve) => busy.close(resolve));
  rmSync(folder, { recursive: true });
});

const look = (ports: readonly [string, number][], dataFolder = join(folder, "data")) =>
  checkPlace({ host, ports: ports.map(([variable, number]) => ({ variable, port: number })), dataFolder });

test("each busy port is said with the variable that chooses it", async () => {
  expect(await look([["CORDBOARD_LAB_REST_PORT", port]])).toEqual([
    t("run.portBusy", { port, variable: "CORDBOARD_LAB_REST_PORT", other: port + (port > 65_000 ? -100 : 100) }),
  ]);
});

test("what is no port, and a port given twice, are said before anything is opened", async () => {
  expect(
    await look([
      ["CORDBOARD_PORT", Number.NaN],
      ["CORDBOARD_LAB_PORT", port],
      ["CORDBOARD_LAB_REST_PORT", port],
    ]),
  ).toEqual([
    t("run.portWrong", { variable: "CORDBOARD_PORT" }),
    t("run.portBusy", { port, variable: "CORDBOARD_LAB_PORT", other: port + (port > 65_000 ? -100 : 100) }),
    t("run.portTwice", { port, variable: "CORDBOARD_LAB_REST_PORT", other: "CORDBOARD_LAB_PORT" }),
  ]);
});

test("a data folder that cannot be made is said; a free place has nothing wrong, and is free afterwards", async () => {
  const file = join(folder, "file");
  writeFileSync(file, "");
  expect(await look([], join(file, "data"))).toEqual([
    t("run.dataDenied", { folder: join(file, "data"), code: "ENOTDIR" }),
  ]);

  await new Promise((resolve) => busy.close(resolve));
  expect(await look([["CORDBOARD_PORT", port]])).toEqual([]);
  await new Promise<void>((resolve) => busy.listen(port, host, resolve));
});
