import Type from "typebox";

/**
 * Kinds of settings that several node types have. `format` names what a text is an id of: the designer chooses the widget by it,
 * validation follows the reference. The formats are ours: validators that do not know them let any text pass.
 */
export const promptId = () => Type.String({ format: "prompt", minLength: 1, maxLength: 64 });
export const optionalPromptId = () => Type.Union([promptId(), Type.Null()]);
export const queueId = () => Type.String({ format: "queue", minLength: 1, maxLength: 128 });
export const scriptId = () => Type.String({ format: "script", minLength: 1, maxLength: 128 });
export const variableName = () => Type.String({ format: "variable", pattern: "^[a-z][A-Za-z0-9_]{0,63}$" });
export const expression = () => Type.String({ format: "expression", minLength: 1, maxLength: 1_000 });
export const template = (maxLength = 1_000) => Type.String({ format: "template", maxLength });
/** An id inside a node's settings; outputs are named by such ids. */
export const ownId = () => Type.String({ pattern: "^[A-Za-z][A-Za-z0-9_-]{0,63}$" });
export const durationMs = (minimum: number, maximum: number) => Type.Integer({ format: "duration", minimum, maximum });
export const scheduleId = () => Type.String({ format: "schedule", minLength: 1, maxLength: 128 });
export const voicemailBoxId = () => Type.String({ format: "voicemailBox", minLength: 1, maxLength: 128 });
/** A code of the company's list of skills. */
export const skillId = () => Type.String({ format: "skill", minLength: 1, maxLength: 40 });
/** `contacts`: the company's own; otherwise the id of a connector. */
export const contactSource = () => Type.String({ format: "contactSource", minLength: 1, maxLength: 128 });
export const flowId = () => Type.String({ format: "flow", minLength: 1, maxLength: 128 });
/** BCP 47, as the languages of a flow are written. */
export const languageTag = () => Type.String({ format: "language", pattern: "^[a-z]{2,3}(-[A-Z]{2})?$" });
/** A key of a telephone. */
export const key = () => Type.String({ format: "keys", pattern: "^[0-9*#]$" });
