import { accessSync, constants, mkdirSync } from "node:fs";
import { createServer } from "node:net";
import { t } from "../texts/t.ts";

export interface Place {
  readonly host: string;
  /** Every port that will be opened, with the variable that chooses it. */
  readonly ports: readonly { readonly variable: string; readonly port: number }[];
  readonly dataFolder: string;
}

/**
 * Looks, before anything is started, whether the ports are free and the data folder can be written. Gives what is wrong, each as a
 * sentence that names the variable to set. Before, not while starting: a first start that fails halfway would have made the demo company
 * and shown nobody its passwords.
 */
export async function checkPlace({ host, ports, dataFolder }: Place): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const [index, { variable, port }] of ports.entries()) {
    const same = ports.slice(0, index).find((earlier) => earlier.port === port);
    if (!Number.isInteger(port) || port < 1 || port > 65_535) {
      problems.push(t("run.portWrong", { variable }));
    } else if (same) problems.push(t("run.portTwice", { port, variable, other: same.variable }));
    else {
      const failure = await tryPort(host, port);
      if (failure) problems.push(portSentence(failure, { host, port, variable }));
    }
  }
  const denied = tryFolder(dataFolder);
  if (denied) problems.push(t("run.dataDenied", { folder: dataFolder, code: denied }));
  return [...new Set(problems)];
}

/** What to do about a port that cannot be opened; `code` is the operating system's. */
export function portSentence(
  code: string,
  { host, port, variable }: { readonly host: string; readonly port: number; readonly variable: string },
): string {
  const other = port + (port > 65_000 ? -100 : 100);
  if (code === "EADDRINUSE") return t("run.portBusy", { port, variable, other });
  if (code === "EACCES") return t("run.portForbidden", { port, variable, other: 4_700 });
  return t("run.hostWrong", { host, code });
}

function tryPort(host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen(port, host, () => server.close(() => resolve(null)));
  });
}

function tryFolder(folder: string): string | null {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    return null;
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : String(error);
  }
}
