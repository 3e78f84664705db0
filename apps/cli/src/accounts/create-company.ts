import { connect, type ExitCode, explain, type ServerOptions } from "../server/connect.ts";
import { language, t } from "../texts/t.ts";

export interface CompanyOptions extends ServerOptions {
  readonly name?: string;
  readonly country: string;
  readonly timeZone: string;
  /** IETF tags, apart by commas; callers begin in the first one. */
  readonly languages: string;
  /** The first administrator's e-mail address. */
  readonly admin: string;
  readonly adminName?: string;
}

/** Makes a company with its first administrator, and prints the password, once. On the installation's own machine only. */
export async function createCompany(code: string, options: CompanyOptions): Promise<ExitCode> {
  const { client, url } = await connect(options);
  const screenLanguage: "fr" | "en" = language === "fr" ? "fr" : "en";
  const body = {
    code,
    name: options.name ?? code,
    country: options.country.toUpperCase(),
    timeZone: options.timeZone,
    languages: options.languages.split(/[\s,]+/).filter((tag) => tag !== ""),
    admin: { email: options.admin, name: options.adminName ?? options.admin, language: screenLanguage },
  };
  const answer = await client.call("companies.create", { body });
  if (!answer.ok) {
    if (answer.error.status === 401) {
      console.error(t("company.onlyHere"));
      return 2;
    }
    return explain(answer.error, url);
  }
  const { admin } = answer.value;
  if (options.json) console.log(JSON.stringify(answer.value));
  else console.log(t("company.done", { name: body.name, email: admin.email, password: admin.newPassword, url }));
  return 0;
}
