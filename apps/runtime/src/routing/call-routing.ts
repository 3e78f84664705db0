import type { Line } from "@cordboard/api";
import { type CompiledFlow, compile } from "@cordboard/engine";
import { type FlowDocument, readFlow, withEveryday } from "@cordboard/flow-schema";
import { registry } from "@cordboard/nodes";
import { systemScope } from "../access/index.ts";
import type { CallRoute, CallRoutes, PassOnRoute, PlacedCallRoute } from "../calls/call-routes.ts";
import { PASS_ON_FLOW } from "../calls/passings.ts";
import type { Companies } from "../companies/index.ts";
import { UserError } from "../errors/index.ts";
import type { Everyday } from "../everyday/index.ts";
import type { Flows } from "../flows/index.ts";
import type { Lines } from "../lines/index.ts";
import type { CallOrder, EverydayUse, PassOnTarget } from "../ports/index.ts";
import type { Prompts } from "../prompts/index.ts";
import type { Queues } from "../queues/index.ts";
import { ALARM_FLOW } from "./alarm-flow.ts";
import { CALLBACK_FLOW, flowOfCallback } from "./callback-flow.ts";
import { DIALLED_FLOW, dialledFlow, LISTENING_FLOW } from "./dialled-flow.ts";
import { Kept } from "./kept.ts";
import { NOT_IN_SERVICE_FLOW, NOT_IN_SERVICE_VERSION, notInServiceFlow } from "./not-in-service.ts";
import { ONE_QUEUE_FLOW, oneQueueFlow, oneQueueFrom } from "./one-queue.ts";
import { passOnFlow } from "./pass-on-flow.ts";
import { withClosedWay } from "./when-closed.ts";

export interface CallRoutingGiven {
  readonly lines: Pick<Lines, "dialled" | "list">;
  readonly flows: Pick<Flows, "version" | "published" | "builtIn">;
  readonly companies: Pick<Companies, "get" | "all">;
  readonly queues: Pick<Queues, "opening">;
  readonly prompts: Pick<Prompts, "list">;
  readonly everyday: Pick<Everyday, "current" | "values">;
  /** The flow of a line that names a queue, as a template; without one a plain flow serves. */
  readonly oneQueue?: FlowDocument | null;
  readonly now: () => number;
  readonly log: { error(details: object, message: string): void };
}

type LineTarget = Pick<Line, "flowId" | "queueId">;

export interface CallRouting extends CallRoutes {
  /** The compiled version of a live call: it was asked for when the call began, or was taken up, here. */
  inMemory(flowVersionId: string | null, everyday: readonly EverydayUse[]): CompiledFlow | undefined;
  /** A line, flow or company changed. */
  expire(): void;
}

/** From a dialled number to the flow that serves it, with as little store as possible: what was asked lately is remembered. */
export function createCallRouting(given: CallRoutingGiven): CallRouting {
  const { lines, flows, companies, now, log } = given;
  const compiled = new Kept<string, CompiledFlow | null>(
    async (key) => {
      const [companyId = "", versionId = "", ...everyday] = key.split(" ");
      if (versionId === NOT_IN_SERVICE_VERSION) {
        const { languages } = await companies.get(systemScope(companyId));
        return notInServiceFlow(languages[0] ?? "fr-FR");
      }
      const kept = await stored(companyId, versionId);
      if (!kept) return null;
      const read = readFlow(kept.document);
      const inside = await insideOf(companyId, kept.subflows);
      const put = await putting(companyId, everyday);
      const compiledWith = (values: typeof put) =>
        read.ok
          ? compile(values(read.document), registry, {
              subflow: (id) => {
                const inner = inside.get(id);
                return inner && values(inner);
              },
            })
          : read;
      let result = compiledWith(put);
      if (!result.ok && everyday.length > 0) {
        log.error(
          { versionId, everyday, findings: result.findings },
          "everyday settings do not fit: what is drawn holds",
        );
        result = compiledWith((drawn) => drawn);
      }
      if (result.ok) return result.flow;
      log.error({ versionId, findings: result.findings }, "a published flow does not compile with this release");
      return null;
    },
    { now, freshMs: Number.POSITIVE_INFINITY, most: 500 },
  );
  /** Puts the values of everyday settings, `<flowId>:<everydayId>` each, into the flows that they are of. */
  const putting = async (companyId: string, uses: readonly string[]) => {
    const values = new Map<string, Awaited<ReturnType<Everyday["values"]>>>();
    for (const use of uses) {
      const [flowId = "", everydayId = ""] = use.split(":");
      values.set(flowId, await given.everyday.values(companyId, everydayId));
    }
    return (drawn: FlowDocument): FlowDocument => {
      const own = values.get(drawn.id);
      return own ? withEveryday(drawn, registry, own).document : drawn;
    };
  };
  /** The flows that run inside a version, as they were when it was published. */
  const insideOf = async (companyId: string, subflows: Readonly<Record<string, string>>) => {
    const documents = new Map<string, FlowDocument>();
    for (const [flowId, versionId] of Object.entries(subflows)) {
      const read = readFlow((await stored(companyId, versionId))?.document);
      if (read.ok) documents.set(flowId, read.document);
    }
    return documents;
  };
  /** A version that was deleted under its live calls is known to be gone, which is no reason to ask again and again. */
  const stored = async (companyId: string, versionId: string) => {
    try {
      return await flows.version(systemScope(companyId), null, versionId);
    } catch (error) {
      if (error instanceof UserError) return null;
      throw error;
    }
  };
  /** Never forgotten: a live call must find its version without asking anybody. */
  const versions = new Map<string, CompiledFlow>();

  const version = async (companyId: string, versionId: string, everyday: readonly EverydayUse[] = []) => {
    const key = versionKey(versionId, everyday);
    const found = await compiled.get(`${companyId} ${key}`);
    if (found) versions.set(key, found);
    return found;
  };

  /** What a flow has published, with the values that its everyday settings, and those of the flows inside it, have now. */
  const servedFlow = async (companyId: string, flowId: string) => {
    const published = await flows.published(systemScope(companyId), flowId);
    if (!published) return null;
    const everyday = await given.everyday.current(companyId, [flowId, ...Object.keys(published.subflows)]);
    return { flowId: published.flowId, versionId: published.versionId, everyday };
  };

  /** What a line leads to: what its flow has published, or the flow that is made for a queue. */
  const servedBy = async (companyId: string, { flowId, queueId }: LineTarget, languages: readonly string[]) => {
    if (flowId !== null) return servedFlow(companyId, flowId);
    if (queueId === null) return null;
    return { flowId: ONE_QUEUE_FLOW, versionId: await toOneQueue(companyId, queueId, languages), everyday: [] };
  };

  /** A template that does not do here must keep no caller out of line: the plain flow always does. */
  const toOneQueue = async (companyId: string, queueId: string, languages: readonly string[]) => {
    const adopted = given.oneQueue ? oneQueueFrom(given.oneQueue, queueId, languages) : null;
    const closed = await whenClosed(companyId, queueId);
    try {
      if (adopted) return await flows.builtIn(companyId, withClosedWay(adopted, closed));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      log.error({ companyId, details: error.details }, "the template of lines to one queue cannot be used");
    }
    return flows.builtIn(companyId, withClosedWay(oneQueueFlow(queueId, languages), closed));
  };

  /** What the queue says of the time when it is closed, with what its greeting is today. */
  const whenClosed = async (companyId: string, queueId: string) => {
    const opening = (await given.queues.opening(companyId, queueId)) ?? {
      scheduleId: null,
      promptId: null,
      boxId: null,
    };
    const { promptId } = opening;
    const library = promptId === null ? [] : await given.prompts.list(systemScope(companyId));
    return { opening, greeting: library.find((prompt) => prompt.promptId === promptId) ?? null };
  };

  /** The line that was dialled; of one that follows diversions, that of the number which was dialled first, where there is one. */
  const lineFor = async (dialled: string, first: string) => {
    const line = await lines.dialled(dialled);
    if (!line?.followsDiversion || first === "") return line;
    const other = await lines.dialled(first);
    return other?.companyId === line.companyId ? other : line;
  };

  const routes = new Kept<string, CallRoute>(
    async (asked) => {
      const [dialled = "", first = ""] = asked.split("\n");
      const line = await lineFor(dialled, first);
      const companyId = line?.companyId ?? (await companies.all())[0]?.companyId;
      if (companyId === undefined) throw new Error("no company yet");
      const { timeZone, languages } = await companies.get(systemScope(companyId));
      const served = line && (await servedBy(companyId, line, languages));
      const serving = served && (await version(companyId, served.versionId, served.everyday));
      if (served && serving) {
        return {
          companyId,
          lineId: line.lineId,
          unansweredMs: line.unansweredMs ?? null,
          lineName: line.name,
          flowId: served.flowId,
          flowVersionId: served.versionId,
          everyday: served.everyday,
          compiled: serving,
          language: line.language,
          timeZone,
        };
      }
      const announcement = await version(companyId, NOT_IN_SERVICE_VERSION);
      if (!announcement) throw new Error("bug: no announcement for a line that is not in service");
      return {
        companyId,
        lineId: null,
        lineName: line?.name ?? dialled,
        flowId: NOT_IN_SERVICE_FLOW,
        flowVersionId: NOT_IN_SERVICE_VERSION,
        compiled: announcement,
        language: languages[0] ?? null,
        timeZone,
      };
    },
    { now, freshMs: 5_000, most: 1_000 },
  );

  const placed: CallRoutes["placed"] = async (order): Promise<PlacedCallRoute> => {
    const { companyId } = order;
    const { to: dialled, lineName } = order.card;
    const { timeZone, languages: spoken } = await companies.get(systemScope(companyId));
    // Who is told of an alarm has a language of their own.
    const languages = order.party?.kind === "alarm" ? [order.card.language] : spoken;
    const drawing = order.callbackId === null ? dialledFlow(languages, order) : flowOfCallback(languages, order);
    const flowVersionId = await flows.builtIn(companyId, drawing);
    const serving = await version(companyId, flowVersionId);
    if (!serving) throw new Error("bug: the flow of calls that are placed does not compile");
    const found = dialled === "" ? null : await lines.dialled(dialled);
    const line = found?.companyId === companyId ? found : null;
    const [other] = line ? [] : await lines.list(systemScope(companyId));
    return {
      companyId,
      shows: (line ?? other)?.number ?? (dialled || null),
      lineId: line?.lineId ?? null,
      lineName,
      flowId: placedFlowId(order),
      flowVersionId,
      compiled: serving,
      language: languages[0] ?? null,
      timeZone,
    };
  };

  const passOn = async (companyId: string, queueId: string, to: PassOnTarget): Promise<PassOnRoute | null> => {
    const { timeZone, languages } = await companies.get(systemScope(companyId));
    const served =
      to.kind === "flow"
        ? await servedFlow(companyId, to.flowId)
        : {
            flowId: PASS_ON_FLOW,
            versionId: await flows.builtIn(companyId, passOnFlow(to, queueId, languages)),
            everyday: [],
          };
    if (!served) return null;
    const { flowId, versionId: flowVersionId, everyday } = served;
    const serving = await version(companyId, flowVersionId, everyday);
    return serving && { flowId, flowVersionId, everyday, compiled: serving, timeZone };
  };

  return {
    passOn,
    route: (dialled, first = null) => routes.get(first === null ? dialled : `${dialled}\n${first}`),
    placed,
    version,
    inMemory: (versionId, everyday) => (versionId === null ? undefined : versions.get(versionKey(versionId, everyday))),
    expire: () => routes.expire(),
  };
}

/** A version with the everyday settings that a call runs it with. */
function versionKey(versionId: string, everyday: readonly EverydayUse[]): string {
  return [versionId, ...everyday.map(({ flowId, everydayId }) => `${flowId}:${everydayId}`)].join(" ");
}

function placedFlowId({ party, callbackId }: Pick<CallOrder, "party" | "callbackId">): string {
  if (party?.kind === "conversation") return LISTENING_FLOW;
  if (party?.kind === "alarm") return ALARM_FLOW;
  return callbackId === null ? DIALLED_FLOW : CALLBACK_FLOW;
}
