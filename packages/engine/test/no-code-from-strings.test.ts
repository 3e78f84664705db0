import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const program = fileURLToPath(new URL("./no-code-from-strings.program.ts", import.meta.url));
const run = (...flags: string[]) =>
  execFileSync(process.execPath, ["--import", "tsx", ...flags, program], { encoding: "utf8", stdio: "pipe" });

test("reading, checking, compiling and running a flow makes no code from strings, as the content security policy wants", () => {
  expect(run("--disallow-code-generation-from-strings").trim()).toBe(
    "refused: EvalError; found: wrongType; ran: hangUp",
  );
});

test("the program would notice: without the flag, code from strings is made", () => {
  expect(run().trim()).toBe("refused: nothing; found: wrongType; ran: hangUp");
});
