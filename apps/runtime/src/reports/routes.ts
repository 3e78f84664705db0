import type { Directories } from "../desk/index.ts";
import type { Handlers } from "../http/handlers.ts";
import { reportCsv } from "./csv.ts";
import type { Reports } from "./service.ts";

export function reportHandlers(
  reports: Reports,
  directories: Directories,
): Pick<Handlers, "reports.get" | "reports.csv" | "reports.rebuild"> {
  return {
    "reports.get": ({ scope, input: { params, query }, language }) =>
      reports.get(scope, { ...query, ...params, language }),
    "reports.csv": async ({ scope, input: { params, query }, language: asked }) => {
      const { table = "rows", language = asked, ...period } = query;
      const whole = await reports.whole(scope, { ...period, ...params, language });
      const { pauseReasons } = (await directories.of(scope.companyId)).company;
      const pauses = new Map(pauseReasons.map(({ code, name }) => [code, name[language]]));
      return inPieces(reportCsv(whole, table, language, pauses));
    },
    "reports.rebuild": ({ scope }) => reports.rebuild(scope),
  };
}

async function* inPieces(lines: Iterable<string>): AsyncGenerator<string> {
  yield* lines;
}
