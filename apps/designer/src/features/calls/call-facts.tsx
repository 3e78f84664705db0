import type { CallDetail, OfferReasons } from "@cordboard/api";
import { Card, type DateTimeForm, formatDuration, formatTime } from "@cordboard/ui";
import { AnswerList } from "@cordboard/ui/guided";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { OfferWhy } from "../offers/index.ts";
import { MessagePlayer } from "../voicemail/index.ts";
import styles from "./call-facts.module.css";
import { useOutcomes } from "./queries.ts";

interface Line {
  readonly at: string;
  readonly text: string;
  readonly id?: string;
  readonly why?: OfferReasons | undefined;
}

const nameOf = ({ name }: { readonly name: string }) => name;

/** Where a call waited, to whom it was offered, and who talked: each in a line. */
export function CallFacts({ call, form }: { call: CallDetail; form: DateTimeForm }) {
  const { t } = useTranslation("calls");
  const outcomes = useOutcomes();
  const at = (iso: string) => formatTime(Date.parse(iso), form);
  const long = (ms: number) => formatDuration(ms, form.language);
  const lines = [
    ...call.visits.map((visit) => ({
      at: visit.joinedAt,
      text: t("visit", { queue: visit.name, wait: long(visit.waitMs), outcome: t(`visit.${visit.outcome}`) }),
    })),
    ...call.visits.flatMap(({ overflow, movedUpAt }) => [
      ...(overflow
        ? [{ at: overflow.at, text: t(`overflow.${overflow.by}`, { queues: overflow.queues.map(nameOf).join(", ") }) }]
        : []),
      ...(movedUpAt ? [{ at: movedUpAt, text: t("movedUp") }] : []),
    ]),
    ...call.offers.map((offer) => ({
      at: offer.offeredAt,
      text: t("offer", {
        operator: offer.operatorName,
        end: t(offer.withdrawReason === "takenByOther" ? "offer.takenByOther" : `offer.${offer.end ?? "open"}`),
      }),
      why: offer.why,
      id: offer.offerId,
    })),
    ...call.conversations.map((one) => ({
      at: one.rangAt,
      text: t(one.handedOver ? "conversation.handedOver" : "conversation", {
        who: one.operator?.name ?? one.target ?? "",
        outcome: t(`conversation.${one.outcome ?? "ringing"}`),
        ring: long(one.ringMs),
        talk: long(one.talkMs),
      }),
    })),
    ...call.conversations.flatMap((one) =>
      one.holds
        ? [
            {
              at: one.answeredAt ?? one.rangAt,
              text: t("held", { count: one.holds, who: one.operator?.name ?? "", time: long(one.heldMs ?? 0) }),
            },
          ]
        : [],
    ),
    ...(call.identity
      ? [
          {
            at: call.identity.at,
            text: t(`identity.${call.identity.result}`, { by: t(`identity.by.${call.identity.by}`) }),
          },
        ]
      : []),
    ...call.notes.map(({ at: notedAt, operatorName, outcome, note }) => ({
      at: notedAt,
      text: t("note", {
        operator: operatorName,
        said: [outcomes.find(({ value }) => value === outcome)?.label ?? outcome, note].filter(Boolean).join(" · "),
      }),
    })),
  ]
    .map((line): Line => line)
    .sort((first, second) => first.at.localeCompare(second.at));
  if (lines.length === 0 && call.messages.length === 0 && call.scripts.length === 0) return null;
  return (
    <Card title={t("inShort")}>
      <ul className={styles.lines}>
        {lines.map((line) => (
          <li key={line.id ?? `${line.at} ${line.text}`}>
            <time dateTime={line.at}>{at(line.at)}</time>
            <div>
              {line.text}
              {line.why !== undefined && <OfferWhy why={line.why} />}
            </div>
          </li>
        ))}
        {call.messages.map((message) => (
          <li key={message.messageId}>
            <span />
            <span className={styles.message}>
              <Link to="/voicemail">{t("message")}</Link>
              <MessagePlayer message={message} />
            </span>
          </li>
        ))}
      </ul>
      {call.scripts.map((script) => (
        <section key={script.scriptId} className={styles.script} aria-label={script.name}>
          <h3>
            {script.name}
            {script.finishedAt === null && <span className={styles.unfinished}> · {t("script.unfinished")}</span>}
          </h3>
          <AnswerList answers={script.answers} form={form} />
        </section>
      ))}
    </Card>
  );
}
