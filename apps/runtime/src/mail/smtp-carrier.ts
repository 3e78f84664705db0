import { letterOptions } from "./letter.ts";
import type { Carried, MailCarrier } from "./mail-carrier.ts";

const PATIENCE_MS = 20_000;

/**
 * Delivers over SMTP: `smtp://user:password@host:587` (STARTTLS where the server has it), `smtps://…:465`. The library is loaded with the
 * first mail, so that an installation that sends none does not carry it.
 */
export function smtpCarrier({ url, from }: { readonly url: string; readonly from: string }): MailCarrier {
  const times = { connectionTimeout: PATIENCE_MS, greetingTimeout: PATIENCE_MS, socketTimeout: PATIENCE_MS };
  const open = () => import("nodemailer").then(({ createTransport }) => createTransport({ url, ...times }));
  let transport: ReturnType<typeof open> | null = null;
  return {
    kind: "smtp",
    async deliver(letter): Promise<Carried> {
      try {
        transport ??= open();
        await (await transport).sendMail(letterOptions(letter, from));
        return { kind: "delivered" };
      } catch (error) {
        return carriedOf(error);
      }
    },
    close() {
      void transport?.then((one) => one.close()).catch(() => undefined);
    },
  };
}

/** Only what the server says of this very mail is final; a password that is wrong is mended by somebody, and the mail then leaves. */
function carriedOf(error: unknown): Carried {
  const of = (name: string): unknown => Reflect.get(Object(error), name);
  const why = error instanceof Error ? error.message : String(error);
  const code = of("responseCode");
  const final = typeof code === "number" && code >= 500 && of("code") !== "EAUTH" && of("code") !== "EDNS";
  return final ? { kind: "refused", why } : { kind: "failed", why };
}
