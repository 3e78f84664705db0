import { connect, type ExitCode, explain, type ServerOptions } from "../server/connect.ts";
import { t } from "../texts/t.ts";

export interface CallbackOptions extends ServerOptions {
  /** The name of the queue that promises it; may be left out where the company has one queue. */
  readonly queue?: string;
  /** One of the queue's times, as `--times` shows them. */
  readonly at?: string;
  /** Whom the operator will speak to. */
  readonly name?: string;
  /** Promises nothing: lists the queue's times. */
  readonly times?: boolean;
}

/** Promises somebody a callback, or lists the times for which one may be promised. A number that has a promise in the queue keeps that one. */
export async function promiseCallback(number: string | undefined, options: CallbackOptions): Promise<ExitCode> {
  const { client, url } = await connect(options);
  const queues = await client.call("queues.list");
  if (!queues.ok) return explain(queues.error, url);
  const { items } = queues.value;
  const queue = options.queue === undefined && items.length === 1 ? items[0] : items.find(isNamed(options.queue));
  if (!queue) {
    console.error(
      t("callback.noQueue", { queue: options.queue ?? "?", queues: items.map(({ name }) => name).join(", ") }),
    );
    return options.queue === undefined ? 64 : 1;
  }
  const { queueId } = queue;
  if (options.times) {
    const times = await client.call("callbacks.queueTimes", { params: { queueId } });
    if (!times.ok) return explain(times.error, url);
    console.log(options.json ? JSON.stringify(times.value) : times.value.times.map(({ at }) => at).join("\n"));
    return 0;
  }
  if (number === undefined) {
    console.error(t("callback.noNumber"));
    return 64;
  }
  const { at: slotAt, name } = options;
  const body = { queueId, number, ...(slotAt !== undefined && { slotAt }), ...(name !== undefined && { name }) };
  const answer = await client.call("callbacks.create", { body });
  if (!answer.ok) {
    const code = explain(answer.error, url);
    if (answer.error.remedy !== "") console.error(answer.error.remedy);
    return code;
  }
  const { callback, created } = answer.value;
  const said = created ? "callback.promised" : "callback.already";
  const { callbackId, numberText } = callback;
  console.log(
    options.json ? JSON.stringify(answer.value) : t(said, { number: numberText, queue: queue.name, callbackId }),
  );
  return 0;
}

const isNamed = (named: string | undefined) => (queue: { readonly queueId: string; readonly name: string }) =>
  queue.queueId === named || queue.name.toLowerCase() === named?.toLowerCase();
