import type { Exchange } from "./exchange.ts";

interface Row {
  readonly _id: unknown;
  readonly [field: string]: unknown;
}

export interface InvariantWatch {
  /** Looks once more: at once or, where it is looking just now, as soon as it has done so. */
  look(): void;
  /** What was seen that must never be. */
  broken(): readonly string[];
  /** The last look is over then. */
  stop(): Promise<void>;
}

/**
 * Looks at the call centre from outside, again and again, for what must never be seen, whoever dies: design section 7. A look is three reads, which
 * are not of one moment: what is compared stands in one of them.
 */
export function watchInvariants(
  { collection }: Pick<Exchange, "collection">,
  { companyId, atOnce }: { readonly companyId: string; readonly atOnce: number },
): InvariantWatch {
  const broken = new Set<string>();
  const places = new Map<string, number>();
  const open = (name: string, fields: readonly string[]) =>
    collection(name)
      .find({ companyId, live: true }, { projection: Object.fromEntries(fields.map((field) => [field, 1])) })
      .toArray() as Promise<Row[]>;
  const once = (what: string, rows: readonly Row[], of: (row: Row) => unknown, most = 1) => {
    for (const [whose, count] of counted(rows, of)) if (count > most) broken.add(`${what} of ${whose}: ${count}`);
  };
  const see = async () => {
    const [shifts, offers, waiting] = await Promise.all([
      open("shifts", ["operatorId", "telephoneId"]),
      open("offers", ["operatorId", "waitingCallId", "state"]),
      open("waitingCalls", ["callId", "place"]),
    ]);
    once("shifts", shifts, ({ operatorId }) => operatorId);
    once("shifts at the telephone", shifts, ({ telephoneId }) => telephoneId);
    once("live offers to an operator", offers, ({ operatorId }) => operatorId);
    once("live offers", offers, ({ waitingCallId }) => waitingCallId, atOnce);
    const accepted = offers.filter(({ state }) => state === "accepted");
    once("accepted offers", accepted, ({ waitingCallId }) => waitingCallId);
    for (const { _id, place } of waiting) {
      const before = places.get(String(_id)) ?? Number.POSITIVE_INFINITY;
      if (Number(place) > before) broken.add(`place of ${_id}: ${before}, then ${place}`);
      places.set(String(_id), Number(place));
    }
  };
  let looking: Promise<void> | null = null;
  let again = false;
  const look = () => {
    again = looking !== null;
    looking ??= see()
      .catch((error) => void broken.add(String(error)))
      .then(() => {
        looking = null;
        if (again) look();
      });
  };
  return {
    look,
    broken: () => [...broken],
    async stop() {
      look();
      while (looking) await looking;
    },
  };
}

function counted(rows: readonly Row[], of: (row: Row) => unknown): Map<unknown, number> {
  const counts = new Map<unknown, number>();
  for (const row of rows) if (of(row) != null) counts.set(of(row), (counts.get(of(row)) ?? 0) + 1);
  return counts;
}
