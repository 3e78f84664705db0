import en from "./texts.en.json" with { type: "json" };
import fr from "./texts.fr.json" with { type: "json" };

/** The sentences of a trace, by key, with `{{values}}` to fill in. */
export const traceTexts = { fr, en };
