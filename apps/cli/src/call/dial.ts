import { connect, type ExitCode, explain, type ServerOptions } from "../server/connect.ts";
import { t } from "../texts/t.ts";
import { followTrace } from "../trace/follow-trace.ts";

export interface DialOptions extends ServerOptions {
  /** The name or the number of the line to show. */
  readonly line?: string;
  /** Says that the call is ordered, and does not follow it. */
  readonly detach?: boolean;
}

/** Dials a number for an operator who is signed in, named by their code, and shows each step of the call as it happens. */
export async function dial(operator: string, number: string, options: DialOptions): Promise<ExitCode> {
  const connection = await connect(options);
  const { client, url } = connection;
  const lineId = await lineNamed(connection, options.line);
  if (lineId !== undefined && typeof lineId !== "string") return lineId.code;
  const answer = await client.call("calls.create", { body: { operator, number, ...(lineId && { lineId }) } });
  if (!answer.ok) {
    const code = explain(answer.error, url);
    if (answer.error.remedy !== "") console.error(answer.error.remedy);
    return code;
  }
  const { callId } = answer.value;
  if (options.detach) {
    console.log(options.json ? JSON.stringify({ callId }) : t("dial.ordered", { callId }));
    return 0;
  }
  return followTrace(connection, callId, options);
}

async function lineNamed(
  { client, url }: Awaited<ReturnType<typeof connect>>,
  name: string | undefined,
): Promise<string | undefined | { readonly code: ExitCode }> {
  if (name === undefined) return undefined;
  const lines = await client.call("lines.list");
  if (!lines.ok) return { code: explain(lines.error, url) };
  const found = lines.value.items.find((line) => line.name === name || line.number === name);
  if (found) return found.lineId;
  console.error(t("dial.noLine", { line: name, lines: lines.value.items.map((line) => line.name).join(", ") }));
  return { code: 1 };
}
