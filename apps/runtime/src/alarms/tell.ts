import { createHash } from "node:crypto";
import type { AlarmSettings, Company } from "@cordboard/api";
import type { Clock, MailPort, MakeId } from "../ports/index.ts";
import type { Sealer } from "../sealing/index.ts";
import { type PostSigned, receiptOf } from "../webhooks/index.ts";
import { alarmMail, trialMail } from "./alarm-words.ts";
import type { AlarmDocument, AlarmSettingsDocument } from "./model.ts";

export interface TellingGiven {
  readonly mail: MailPort;
  readonly clock: Clock;
  readonly publicUrl: string;
  readonly post: PostSigned;
  readonly sealer: Sealer;
}

type Recipients = Pick<AlarmSettings, "mails" | "webhook">;
type About = Pick<Company, "companyId" | "name" | "timeZone">;

/** Tells people and programs outside of alarms. */
export function createTelling({ mail, clock, publicUrl, post, sealer }: TellingGiven) {
  const opened = (secret: string) => (secret.startsWith("whsec_") ? secret : sealer.open(secret));
  /** The same `id` when it is told again, so that a receiver knows it. */
  async function tell(settings: AlarmSettingsDocument, id: string, told: object) {
    const { _id: companyId, webhook, webhookSecret, oldSecret } = settings;
    const at = clock.now();
    const secrets = [webhookSecret, ...(oldSecret && oldSecret.until > at ? [oldSecret.secret] : [])].map(opened);
    const url = webhook?.url ?? "";
    const body = JSON.stringify(told);
    return receiptOf(await post({ companyId, url, secrets, id, at, body }), url);
  }

  return {
    /** Posts the mails of these alarms, one to each recipient; done again for the same alarms, they are the same mails. */
    async mails(alarms: readonly AlarmDocument[], { mails }: Recipients, company: About): Promise<void> {
      const { companyId, timeZone, name } = company;
      const all = alarms.flatMap((alarm) => alarm.toTell.map((what) => ({ ...alarm, what })));
      for (const { to, language, kinds } of mails) {
        const news = all.filter(({ kind }) => kinds.includes(kind));
        if (news.length === 0) continue;
        const words = alarmMail(news, { language, timeZone, company: name, url: publicUrl });
        const about = [to, ...news.map(({ _id, what }) => `${_id}.${what}`)].join(" ");
        const mailId = `alarm.${createHash("sha256").update(about).digest("hex").slice(0, 32)}`;
        await mail.post({ companyId, mailId, to, ...words });
      }
    },
    webhook(alarm: AlarmDocument, what: "raised" | "cleared", settings: AlarmSettingsDocument) {
      const { _id: alarmId, companyId, kind, about, since, endedAt } = alarm;
      const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());
      const told = { alarmId, companyId, kind, about, since: iso(since), endedAt: iso(endedAt) };
      return tell(settings, `${alarmId}-${what}`, { type: `alarm.${what}`, ...told });
    },
    /** A trial for everybody who is named. */
    async trial(settings: AlarmSettingsDocument, company: About, makeId: MakeId) {
      const { companyId, name } = company;
      for (const { to, language } of settings.mails) {
        await mail.post({ companyId, mailId: makeId("mail"), to, ...trialMail(language, name, publicUrl) });
      }
      const told = { type: "alarm.trial", companyId, sentAt: new Date(clock.now()).toISOString() };
      const webhook = settings.webhook === null ? null : await tell(settings, `${makeId("alarm")}-trial`, told);
      return { mails: settings.mails.length, webhook };
    },
  };
}

export type Telling = ReturnType<typeof createTelling>;
