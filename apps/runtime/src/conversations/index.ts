export { createKeeping } from "./keeping.ts";
export { prepareConversations } from "./model.ts";
export { conversationHandlers } from "./routes.ts";
export { type ConversationArchive, createConversations } from "./service.ts";
