import type { Command } from "commander";
import { t } from "./t.ts";

/** Asked wrongly, as sysexits calls it. */
const USAGE = 64;

const mistakes = [
  [/missing required argument '(?<name>[^']+)'/, "usage.argumentMissing"],
  [/option '(?<name>[^']+)' argument missing/, "usage.valueMissing"],
  [/unknown option '(?<name>[^']+)'/, "usage.optionUnknown"],
  [/unknown command '(?<name>[^']+)'/, "usage.commandUnknown"],
  [/too many arguments/, "usage.tooMany"],
] as const;

/** What a wrong command line is answered with; `null` for a mistake that is not among those. */
function usageSentence(english: string): string | null {
  for (const [pattern, key] of mistakes) {
    const found = pattern.exec(english);
    if (found) return t(key, { name: found.groups?.name ?? "" });
  }
  return null;
}

/**
 * Makes the command speak the terminal's language where the program that reads the command line has words of its own, and end with 64 when it is
 * asked wrongly. Commands that are added afterwards do the same.
 */
export function speakUsage(program: Command): Command {
  const titles: Readonly<Record<string, string>> = {
    "Usage:": t("usage.usage"),
    "Arguments:": t("usage.arguments"),
    "Options:": t("usage.options"),
    "Commands:": t("usage.commands"),
  };
  return program
    .configureHelp({ styleTitle: (title) => titles[title] ?? title })
    .helpOption("-h, --help", t("usage.help"))
    .helpCommand("help [command]", t("usage.help"))
    .configureOutput({
      outputError: (english, write) => {
        const sentence = usageSentence(english);
        write(sentence === null ? english : `${sentence}\n`);
      },
    })
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : USAGE));
}
