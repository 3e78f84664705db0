import { createHash } from "node:crypto";
import type { AlarmSettings, Company } from "@cordboard/api";
import type { Clock, MailPort } from "../ports/index.ts";
import { postWebhook, type WebhookAnswer } from "../webhooks/index.ts";
import { alarmMail, trialMail } from "./alarm-words.ts";
import type { AlarmDocument, AlarmSettingsDocument } from "./model.ts";

export interface TellingGiven {
  readonly mail: MailPort;
  readonly clock: Clock;
  readonly publicUrl: string;
  /** Hosts in private networks that webhooks may call. */
  readonly privateHosts: readonly string[];
}

type Recipients = Pick<AlarmSettings, "mails" | "webhook">;
type About = Pick<Company, "companyId" | "name" | "timeZone">;

/** Tells people and programs outside of alarms. */
export function createTelling({ mail, clock, publicUrl, privateHosts }: TellingGiven) {
  const post = (
    settings: Pick<AlarmSettingsDocument, "webhook" | "webhookSecret">,
    body: object,
  ): Promise<WebhookAnswer> =>
    postWebhook({
      url: settings.webhook?.url ?? "",
      secret: settings.webhookSecret,
      body: JSON.stringify(body),
      at: clock.now(),
      privateHosts,
    });

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
    webhook(alarm: AlarmDocument, what: "raised" | "cleared", settings: AlarmSettingsDocument): Promise<WebhookAnswer> {
      const { _id: alarmId, companyId, kind, about, since, endedAt } = alarm;
      const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());
      const told = { alarmId, companyId, kind, about, since: iso(since), endedAt: iso(endedAt) };
      return post(settings, { type: `alarm.${what}`, ...told });
    },
    /** A trial for everybody who is named. */
    async trial(settings: AlarmSettingsDocument, company: About, makeMailId: () => string) {
      const { companyId, name } = company;
      for (const { to, language } of settings.mails) {
        await mail.post({ companyId, mailId: makeMailId(), to, ...trialMail(language, name, publicUrl) });
      }
      const sentAt = new Date(clock.now()).toISOString();
      const webhook =
        settings.webhook === null ? null : await post(settings, { type: "alarm.trial", companyId, sentAt });
      return { mails: settings.mails.length, webhook: webhook && { ...webhook } };
    },
  };
}

export type Telling = ReturnType<typeof createTelling>;
