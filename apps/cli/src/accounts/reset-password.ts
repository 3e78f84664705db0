import type { ApiClient, ApiProblem } from "@cordboard/api";
import { connect, type ExitCode, explain, type ServerOptions } from "../server/connect.ts";
import { t } from "../texts/t.ts";

/** Gives somebody a new password and prints it, once: a user by e-mail address, an operator by code. For who has lost theirs. */
export async function resetPassword(account: string, options: ServerOptions): Promise<ExitCode> {
  const { client, url } = await connect(options);
  const reset = account.includes("@") ? await ofUser(client, account) : await ofOperator(client, account);
  if (!reset.ok) return explain(reset.error, url);
  if (reset.password === null) {
    console.error(t("reset.none", { account }));
    return 1;
  }
  console.log(
    options.json
      ? JSON.stringify({ account, newPassword: reset.password })
      : t("reset.done", { account, password: reset.password }),
  );
  return 0;
}

type Reset =
  | { readonly ok: true; readonly password: string | null }
  | { readonly ok: false; readonly error: ApiProblem };

async function ofUser(client: ApiClient, email: string): Promise<Reset> {
  const listed = await client.call("users.list");
  if (!listed.ok) return listed;
  const found = listed.value.items.find((user) => user.email.toLowerCase() === email.toLowerCase());
  if (!found) return { ok: true, password: null };
  const answer = await client.call("users.newPassword", { params: { userId: found.userId } });
  return answer.ok ? { ok: true, password: answer.value.newPassword } : answer;
}

async function ofOperator(client: ApiClient, code: string): Promise<Reset> {
  const listed = await client.call("operators.list");
  if (!listed.ok) return listed;
  const found = listed.value.items.find((operator) => operator.code === code);
  if (!found) return { ok: true, password: null };
  const answer = await client.call("operators.newPassword", { params: { operatorId: found.operatorId } });
  return answer.ok ? { ok: true, password: answer.value.newPassword } : answer;
}
