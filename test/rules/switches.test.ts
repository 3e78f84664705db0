import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { switches } from "./switches.mjs";

const root = join(import.meta.dirname, "../..");

for (const { rule, off, file, find, replace } of switches) {
  test(`rule ${rule} can be switched off: ${off}`, () => {
    expect(readFileSync(join(root, file), "utf8").split(find)).toHaveLength(2);
    expect(replace).not.toBe(find);
  });
}
