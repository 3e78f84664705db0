import Type, { type Static } from "typebox";
import { Check, Errors } from "typebox/value";
import type { Sentence } from "../finding.ts";
import type { FlowDocument } from "../flow-document.ts";
import { readFlow } from "../parse-flow.ts";

const closed = { additionalProperties: false } as const;
const Sha = "^[0-9a-f]{64}$";
const Title = Type.String({ minLength: 1, maxLength: 200 });

/** The largest bundle that is read, bytes: an hour of recordings, with room. */
export const MAX_BUNDLE_BYTES = 100_000_000;

/** A scenario as an installation keeps it; its steps are checked there, by the scenarios' own schema. */
export const BundledScenario = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 300 }),
    answers: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    startAt: Type.Optional(Type.String({ maxLength: 40 })),
    lasts: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    steps: Type.Array(Type.Record(Type.String(), Type.Unknown()), { minItems: 1, maxItems: 1_000 }),
  },
  closed,
);
export type BundledScenario = Static<typeof BundledScenario>;

/** A flow with its scenarios. */
export const BundledFlow = Type.Object(
  {
    document: Type.Unsafe<FlowDocument>(Type.Record(Type.String(), Type.Unknown())),
    scenarios: Type.Array(BundledScenario, { maxItems: 100 }),
  },
  closed,
);
export type BundledFlow = Static<typeof BundledFlow>;

/** A prompt of the library that flows say. */
export const BundledPrompt = Type.Object(
  {
    name: Title,
    texts: Type.Record(Type.String(), Type.String({ maxLength: 4_000 })),
    /** SHA-256 by language, of `audio`. */
    audio: Type.Record(Type.String(), Type.String({ pattern: Sha })),
  },
  closed,
);
export type BundledPrompt = Static<typeof BundledPrompt>;

/**
 * What moves between installations, in one file: flows with all that runs inside them, their scenarios, prompts with their recordings, and the
 * names of what they refer to, which the other installation has to have. No secret is ever in it, only what it is called.
 */
export const FlowBundle = Type.Object(
  {
    $schema: Type.Optional(Type.String()),
    bundleVersion: Type.Literal(1),
    /** The company that it was made in. */
    from: Title,
    /** The flows that were asked for; the others run inside them. */
    wanted: Type.Array(Type.String({ maxLength: 64 }), { minItems: 1, maxItems: 500 }),
    flows: Type.Array(BundledFlow, { minItems: 1, maxItems: 500 }),
    /** By kind (queue, schedule, script …) and id, what it is called where the file was made. */
    names: Type.Record(Type.String({ maxLength: 40 }), Type.Record(Type.String(), Title)),
    /** By id. */
    prompts: Type.Record(Type.String(), BundledPrompt),
    /** By SHA-256, WAV files in base64. */
    audio: Type.Record(Type.String({ pattern: Sha }), Type.String()),
  },
  closed,
);
export type FlowBundle = Static<typeof FlowBundle>;

export type ReadBundle =
  | { readonly ok: true; readonly bundle: FlowBundle }
  | { readonly ok: false; readonly problem: Sentence };

/** Whether a text is meant to be a bundle: any file can be dropped anywhere. */
export const looksLikeBundle = (text: string): boolean => /^\s*\{[^{[]*"bundleVersion"\s*:/.test(text.slice(0, 2_000));

/** Reads a bundle from text that may come from anywhere. Flows are complete afterwards. Never throws. */
export function readBundle(text: string): ReadBundle {
  const refuse = (fr: string, en: string): ReadBundle => ({ ok: false, problem: { fr, en } });
  if (text.length > MAX_BUNDLE_BYTES)
    return refuse(
      "Ce fichier est trop grand pour un lot de scénarios.",
      "This file is too large for a bundle of flows.",
    );
  let value: unknown;
  try {
    value = JSON.parse(text.startsWith("\uFEFF") ? text.slice(1) : text);
  } catch {
    return refuse(
      "Ce fichier n’est pas un lot de scénarios : ce n’est pas du JSON, ou il est incomplet. Exportez-le à nouveau.",
      "This file is no bundle of flows: it is not JSON, or incomplete. Export it again.",
    );
  }
  const version: unknown = Object(value).bundleVersion;
  if (typeof version === "number" && version !== 1)
    return refuse(
      `Ce lot est de la version ${version}, que cette installation ne connaît pas : mettez-la à jour.`,
      `This bundle is of version ${version}, which this installation does not know: update it.`,
    );
  if (!Check(FlowBundle, value)) {
    const [first] = Errors(FlowBundle, value);
    const place = first?.instancePath || "/";
    return refuse(
      `Ce fichier n’est pas un lot de scénarios : ${place} n’a pas la forme attendue. Exportez-le à nouveau.`,
      `This file is no bundle of flows: ${place} is not of the form that is expected. Export it again.`,
    );
  }
  const flows: BundledFlow[] = [];
  const ids = new Set<string>();
  for (const [index, flow] of value.flows.entries()) {
    const read = readFlow(flow.document);
    if (!read.ok) {
      const [first] = read.findings;
      const place = `/flows/${index}/document${first?.pointer ?? ""}`;
      return refuse(
        `Un scénario de ce lot ne peut pas être lu (${place}) : ${first?.message.fr ?? ""}`,
        `A flow of this bundle cannot be read (${place}): ${first?.message.en ?? ""}`,
      );
    }
    if (ids.has(read.document.id))
      return refuse(`Le scénario ${read.document.id} y est deux fois.`, `The flow ${read.document.id} is in it twice.`);
    ids.add(read.document.id);
    flows.push({ ...flow, document: read.document });
  }
  const gone = value.wanted.find((id) => !ids.has(id));
  if (gone !== undefined)
    return refuse(`Le scénario ${gone} manque dans ce lot.`, `The flow ${gone} is missing in this bundle.`);
  return { ok: true, bundle: { ...value, flows } };
}
