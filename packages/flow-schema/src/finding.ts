import en from "./findings.en.json" with { type: "json" };
import fr from "./findings.fr.json" with { type: "json" };

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
}

/** The codes of this package's own findings; node types add theirs. */
export type FindingCode = keyof typeof en;

/** Words that differ from language to language are given in both. */
type Details = Readonly<Record<string, string | number | Sentence>>;

const fill = (template: string, details: Details, language: keyof Sentence): string =>
  template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const detail = details[name] ?? whole;
    return typeof detail === "object" ? detail[language] : String(detail);
  });

/** A finding of this package's catalogue; `details` fill the `{names}` of its sentence. */
export function finding(
  code: FindingCode,
  where: { readonly pointer: string; readonly nodeId?: string; readonly severity?: Severity },
  details: Details = {},
): Finding {
  return {
    code,
    severity: where.severity ?? "error",
    ...(where.nodeId === undefined ? {} : { nodeId: where.nodeId }),
    pointer: where.pointer,
    message: { fr: fill(fr[code], details, "fr"), en: fill(en[code], details, "en") },
  };
}
