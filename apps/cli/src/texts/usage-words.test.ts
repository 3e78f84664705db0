import { Command } from "commander";
import { expect, test, vi } from "vitest";
import { speakUsage } from "./usage-words.ts";

test.each([
  [["dance"], "dance"],
  [["pull"], "flow"],
  [["pull", "a", "b"], "--help"],
  [["pull", "a", "--loud"], "--loud"],
  [["pull", "a", "--output"], "--output"],
])("asked with %j the command says what is wrong, points to its help, and ends with 64", (args, named) => {
  const exit = vi.spyOn(process, "exit").mockImplementation((code) => {
    throw new Error(`exit ${code}`);
  });
  let said = "";
  const program = speakUsage(new Command("cordboard"));
  program.command("pull").argument("<flow>").option("-o, --output <file>");
  for (const command of [program, ...program.commands]) {
    command.configureOutput({
      writeErr: (text) => {
        said += text;
      },
    });
  }
  expect(() => program.parse(args, { from: "user" })).toThrow("exit 64");
  expect(said).toContain(named);
  expect(said).toContain("--help");
  expect(said).not.toContain("error:");
  exit.mockRestore();
});
