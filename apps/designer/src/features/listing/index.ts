/** What the pages of lists and forms share. */
export { DurationField } from "./duration-field.tsx";
export { EditPanel, type EditPanelProps } from "./edit-panel.tsx";
export { FormSection, FormSections } from "./form-section.tsx";
export { languageName } from "./language-name.ts";
export { ListLayout } from "./list-layout.tsx";
export { type MadePassword, NewPasswordButton, PasswordShown } from "./new-password.tsx";
export { useTypeName } from "./place-list.tsx";
export { nodeAddress } from "./places-of-use.ts";
export { noRecording, RecordingSection } from "./recording-section.tsx";
export type { Resource } from "./resource.ts";
export { ResourcePage } from "./resource-page.tsx";
export type { FieldsProps } from "./resource-page-props.ts";
export { SearchField } from "./search-field.tsx";
export { timeZones } from "./time-zones.ts";
export { useDraft } from "./use-draft.ts";
export { useListAddress } from "./use-list-address.ts";
export { UsedWhere } from "./used-where.tsx";
export { WholeField } from "./whole-field.tsx";
