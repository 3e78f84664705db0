export { createVoicemailBoxes, type VoicemailBoxes } from "./boxes.ts";
export { createMailbox } from "./mailbox.ts";
export { createMessages, type Messages } from "./messages.ts";
export { type MessageDocument, prepareVoicemail } from "./model.ts";
export { createRetention } from "./retention.ts";
export { voicemailHandlers } from "./routes.ts";
