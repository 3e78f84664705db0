export { createVoicemailBoxes, type VoicemailBoxes } from "./boxes.ts";
export { createMessages, type Messages } from "./messages.ts";
export { prepareVoicemail } from "./model.ts";
export { voicemailHandlers } from "./routes.ts";
