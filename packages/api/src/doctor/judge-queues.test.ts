import { expect, test } from "vitest";
import type { Product } from "./installation.ts";
import { judgeQueues } from "./judge-queues.ts";

const nothing: Product = {
  ...{ lines: [], sameNumber: () => false, telephones: [], languages: [], spokenLanguages: [], sampleMedia: null },
};
const problem = (name: string) => ({
  ...{ queueId: `queue_${name}`, code: "overflowUnserved" as const },
  sentence: { en: `“${name}” overflows into nobody.`, fr: `« ${name} » déborde vers personne.` },
});
const told = (queues: Product["queues"]) =>
  judgeQueues({ ...nothing, ...(queues && { queues }) }).map(({ state, sentence }) => `${state}: ${sentence.en}`);

test("each thing that is wrong with a queue is a warning of its own, in its own words", () => {
  expect(told({ count: 3, problems: [problem("Sales"), problem("Help")] })).toEqual([
    "warning: “Sales” overflows into nobody.",
    "warning: “Help” overflows into nobody.",
  ]);
});

test("queues with which nothing is wrong are counted; of queues that nobody knows nothing is said", () => {
  expect(told({ count: 3, problems: [] })).toEqual([expect.stringMatching(/^ok: .*3/)]);
  expect(told(undefined)).toEqual([]);
});
