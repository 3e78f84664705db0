import type { EverydayFlow, FlowSummary, Line } from "@cordboard/api";
import { registry } from "@cordboard/nodes";
import { formatDateTime, Loading, Notice } from "@cordboard/ui";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useApiQuery } from "../../../app/use-api-query.ts";
import { useTimeForm } from "../../../app/use-time-form.ts";
import { nodeAddress } from "../../listing/index.ts";
import { flowAsRun, hoursAt, type SaidHours, saidByQueue, type TestedWorld } from "./hours-at.ts";
import styles from "./line-test.module.css";
import { type Reached, reachedBy } from "./reached.ts";

type Props = {
  line: Line;
  when: string;
  flows: readonly FlowSummary[];
  everyday: readonly EverydayFlow[];
  world: TestedWorld;
};

/** The answer in sentences: what is reached, and what each of the hours on the way says. */
export function LineVerdict({ line, when, flows, everyday, world }: Props) {
  const { t } = useTranslation("lines");
  const form = useTimeForm();
  const reached = reachedBy(line, flows, world.at);
  const asked = { when, number: line.numberText, line: line.name };
  switch (reached.kind) {
    case "nothing":
      return <Notice kind="warning">{t("reaches.nothing", asked)}</Notice>;
    case "unpublished":
      return (
        <Notice kind="warning">
          {t("reaches.unpublished", { ...asked, flow: reached.flow.name })}{" "}
          <Link to={`/flows/${reached.flow.flowId}`}>{t("toFlow")}</Link>
        </Notice>
      );
    case "queue": {
      const said = saidByQueue(reached.queueId, world);
      const queue = world.queues.find((one) => one.queueId === reached.queueId)?.name ?? reached.queueId;
      return (
        <>
          <p>
            <strong>{t("reaches.queue", { ...asked, queue })}</strong>{" "}
            <Link to={`/queues/${reached.queueId}`}>{t("toQueue")}</Link>
          </p>
          {said ? <Said said={said} where={t("atQueue", { queue })} /> : <p>{t("queueAlwaysOpen")}</p>}
        </>
      );
    }
    case "flow":
      return (
        <>
          <p>
            <strong>
              {t(reached.plannedFor === null ? "reaches.flow" : "reaches.planned", {
                ...asked,
                flow: reached.flow.name,
                version: reached.number,
                planned: reached.plannedFor === null ? "" : formatDateTime(Date.parse(reached.plannedFor), form),
              })}
            </strong>{" "}
            <Link to={`/flows/${reached.flow.flowId}`}>{t("toFlow")}</Link>
          </p>
          <FlowHours reached={reached} everyday={everyday} world={world} />
        </>
      );
  }
}

type FlowHoursProps = {
  reached: Extract<Reached, { kind: "flow" }>;
  everyday: readonly EverydayFlow[];
  world: TestedWorld;
};

function FlowHours({ reached: { flow, versionId }, everyday, world }: FlowHoursProps) {
  const { t, i18n } = useTranslation("lines");
  const { flowId } = flow;
  const version = useApiQuery("flows.getVersion", { params: { flowId, versionId } });
  if (!version.data) return <Loading />;
  const own = everyday.find((one) => one.flowId === flowId);
  const document = flowAsRun(version.data.document, registry, own);
  if (!document) return null;
  const hours = hoursAt(document, registry, world);
  const inside = Object.keys(version.data.subflows).length;
  const language = i18n.language === "fr" ? "fr" : "en";
  return (
    <>
      {hours.length === 0 && <p>{t("noHours")}</p>}
      <ul className={styles.hours}>
        {hours.map(({ node, queue, said }) => {
          const name = node.name || (registry.find(node.type, 1)?.texts[language].name ?? node.type);
          return (
            <li key={`${node.nodeId} ${said.scheduleId}`}>
              <Said
                said={said}
                where={queue === null ? t("atNode", { node: name }) : t("atNodeQueue", { node: name, queue })}
                to={nodeAddress(flowId, node.nodeId)}
              />
            </li>
          );
        })}
      </ul>
      {inside > 0 && <p className={styles.hint}>{t("insideToo", { count: inside })}</p>}
    </>
  );
}

/** What a schedule says, in a sentence. */
function Said({ said, where, to }: { said: SaidHours; where: string; to?: string }) {
  const { t } = useTranslation("lines");
  const { language } = useTimeForm();
  const until = said.until === null ? null : formatDateTime(said.until, { language, timeZone: said.timeZone });
  return (
    <p>
      {to === undefined ? where : <Link to={to}>{where}</Link>}
      {t("says", { schedule: said.name })}
      <strong>
        {t(`said.${said.state}`)}
        {said.holiday !== null && ` (${said.holiday})`}
      </strong>
      {until !== null && ` ${t("saidUntil", { until })}`}
      {said.byHand && `, ${t("saidByHand")}`}.
    </p>
  );
}
