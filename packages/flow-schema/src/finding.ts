import type { EditCommand } from "./edit-command.ts";
import en from "./findings.en.json" with { type: "json" };
import fr from "./findings.fr.json" with { type: "json" };
import type { Circumstance, Phase } from "./way-out.ts";

/** `error`: the flow cannot be published. `warning`: it can, and somebody should look. */
export type Severity = "error" | "warning";

/** A sentence for a person, in both of the product's languages. */
export interface Sentence {
  readonly fr: string;
  readonly en: string;
}

/** One thing that is wrong with a flow, where it is, and what to do about it. */
export interface Finding {
  readonly code: string;
  readonly severity: Severity;
  readonly nodeId?: string;
  /** JSON pointer (RFC 6901) into the document. */
  readonly pointer: string;
  readonly message: Sentence;
  /** What its sentence names, by the places there: `output`, `language`. */
  readonly about?: Details;
  /** How a call comes to it, where a call can. */
  readonly path?: FoundPath;
  /** What would mend it, each one step of undo. */
  readonly fixes?: readonly Fix[];
}

/** A change that mends what was found. */
export interface Fix {
  readonly label: Sentence;
  readonly commands: readonly EditCommand[];
}

/** A call that comes to what was found, so that it can be played and shown. */
export interface FoundPath {
  /** When it begins, ISO 8601, where that matters. */
  readonly startAt: string | null;
  readonly moves: readonly PathMove[];
  /** "Presses 9, says nothing for 18 s: …" */
  readonly sentence: Sentence;
}

/** A node that the call comes to, what happens there, and the output by which it goes on; null: it is there still, or ends there. */
export interface PathMove {
  readonly node: string;
  readonly output: string | null;
  readonly phases: readonly TimedPhase[];
  readonly needs: Circumstance | null;
}

/** `ms`: how long it lasts; of what is said, as it is estimated from its text. */
export type TimedPhase = Phase & { readonly ms: number };

/** The codes of this package's own findings; node types add theirs. */
export type FindingCode = keyof typeof en;

/** Words that differ from language to language are given in both. */
export type Details = Readonly<Record<string, string | number | Sentence>>;

/** A text with its `{names}` filled. */
export const fill = (template: string, details: Details, language: keyof Sentence): string =>
  template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const detail = details[name] ?? whole;
    return typeof detail === "object" ? detail[language] : String(detail);
  });

/** A finding of this package's catalogue; `details` fill the `{names}` of its sentence. */
export function finding(
  code: FindingCode,
  where: {
    readonly pointer: string;
    readonly nodeId?: string;
    readonly severity?: Severity;
    readonly path?: FoundPath;
    readonly fixes?: readonly Fix[];
  },
  details: Details = {},
): Finding {
  return {
    code,
    severity: where.severity ?? "error",
    ...(where.nodeId === undefined ? {} : { nodeId: where.nodeId }),
    pointer: where.pointer,
    message: { fr: fill(fr[code], details, "fr"), en: fill(en[code], details, "en") },
    ...(Object.keys(details).length === 0 ? {} : { about: details }),
    ...(where.path === undefined ? {} : { path: where.path }),
    ...(where.fixes === undefined || where.fixes.length === 0 ? {} : { fixes: where.fixes }),
  };
}
