import { connect, type ExitCode, explain, type ServerOptions } from "../server/connect.ts";
import { language, t } from "../texts/t.ts";

/** Has the sums of reports counted anew from everything that is kept. The runtime does it beside its calls; it may be cut off and goes on. */
export async function rebuildReports(options: ServerOptions): Promise<ExitCode> {
  const { client, url } = await connect(options);
  const answer = await client.call("reports.rebuild");
  if (!answer.ok) return explain(answer.error, url);
  const { from } = answer.value;
  if (options.json) console.log(JSON.stringify(answer.value));
  else if (from === null) console.log(t("reports.nothing"));
  else console.log(t("reports.begun", { day: new Date(from).toLocaleDateString(language) }));
  return 0;
}
