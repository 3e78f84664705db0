import { afterAll, beforeEach } from "vitest";
import { wire } from "./start-real-server.ts";
import { report } from "./telling.ts";

/** Where `REAL_REPORT` names a folder: what was said and heard during a file's tests, and when each began, in a file of that folder. */
let name = "nothing";
beforeEach(({ task }) => {
  name = task.file.name.replaceAll("/", "-");
  wire.push({ atMs: Date.now(), socket: 0, path: "test", dir: "note", text: task.name });
});
afterAll(() => report(name, []));
